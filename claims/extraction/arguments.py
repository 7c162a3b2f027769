"""What a cue introduces and to whom it is said: contents and addressees in a Universal Dependencies parse."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from claims.extraction.lexicon import Cue, Slot, words
from claims.extraction.sources import RELATIVES, agent_of
from claims.extraction.syntax import (
    case_of,
    child,
    children,
    has_child,
    is_passive,
    is_verbal,
    negation,
    prepositional,
    run,
    subtree,
    trim,
)
from claims.extraction.types import Act


@dataclass(frozen=True, slots=True)
class Content:
    """What a cue introduces: its head and its first and last + 1 token."""

    head: Token
    start: int
    end: int
    slot: str
    fronted: bool = False


def _content(head: Token, slot: str, *, excluded: set[int] | None = None, fronted: bool = False) -> Content | None:
    start, end = trim(head.doc, *run(head, excluded or ()))
    if not slot.startswith("quote"):
        end = next((i for i in range(head.i + 1, end) if head.doc[i].text == ";"), end)
    if head.pos_ in {"NOUN", "PROPN"} and not slot.startswith(("ccomp", "quote")):
        end = next((i for i in range(head.i + 1, end) if _begins_aside(head.doc[i])), end)
    return Content(head, start, end, slot, fronted) if start < end else None


def _begins_aside(token: Token) -> bool:
    """Whether a comma begins a relative clause that only adds something (", where prices rose")."""
    following = token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"where", "which", "who", "whose"}
    return token.text == "," and following


def _without_preposition(phrase: Token, slot: str) -> Content | None:
    marks = {mark.i for mark in children(phrase, "case", "mark") if mark.i < phrase.i}
    for mark in list(marks):
        marks.update(subtree(phrase.doc[mark]))
    return _content(phrase, slot, excluded=marks)


def _gap(token: Token) -> Token | None:
    """The noun that a relative clause headed by ``token`` modifies, where it is not the clause's subject.

    "the guarantees it is seeking": the object of *seeking* is *guarantees*.
    """
    node = token
    while node.dep_ in {"xcomp", "ccomp", "conj"} and node.head.i != node.i:
        if node.dep_ != "conj" and has_child(node, "obj"):
            return None
        node = node.head
    if node.dep_ not in {"acl:relcl", "acl"} or node.head.pos_ not in {"NOUN", "PROPN"}:
        return None
    subject = child(token, "nsubj")
    if subject is None or subject.lower_ in RELATIVES:
        return None
    return node.head


def _gap_content(token: Token, cue: Cue, slot: str) -> Content | None:
    noun = _gap(token)
    if noun is None or cue.act == Act.STATES:
        return None
    relative = token
    while relative.head.i != noun.i:
        relative = relative.head
    return _content(noun, slot, excluded=subtree(relative) | {mark.i for mark in children(noun, "case")})


def content_of(token: Token, cue: Cue, regions: list[tuple[int, int]]) -> Content | None:
    """The first of a cue's contents that the parse holds, or None.

    ``regions`` are the quoted stretches of the text, see ``syntax.quoted_regions``.
    """
    for slot in cue.content:
        found = _slot_content(token, cue, slot, regions)
        if found is not None:
            return found
    return None


def _slot_content(token: Token, cue: Cue, slot: Slot, regions: list[tuple[int, int]]) -> Content | None:
    if slot.label == "ccomp":
        return _clause(token, slot.extra)
    if slot.label == "quote":
        return _paratactic(token) or _quoted(token, regions)
    if slot.label == "xcomp":
        return _infinitive(token, cue)
    if slot.label == "obj":
        return _labelled(token, regions) if slot.extra == "+label" else _object(token, cue, slot.extra)
    if slot.label == "acl":
        within = [thing for thing in children(token, "obj") if thing.lower_ == cue.preposition]
        for clause in [
            *(part for thing in within for part in children(thing, "acl")),
            *children(token, "acl", "acl:relcl", "ccomp", "advcl"),
        ]:
            if clause.dep_ == "acl:relcl" or clause.i < token.i:
                continue
            marks = {mark.lower_: mark.i for mark in children(clause, "mark")}
            if marks.keys() & {"to", "that"}:
                return _content(clause, "acl")
            if "of" in marks and clause.tag_ == "VBG":
                return _content(clause, "acl", excluded={marks["of"]})
        for clause in children(token.head, "ccomp") if token.dep_ == "obj" else ():
            if clause.i > token.i and any(mark.lower_ == "that" for mark in children(clause, "mark")):
                return _content(clause, "acl")
        return None
    phrase = prepositional(token, slot.extra)
    if phrase is None and " " in cue.lemma:
        # "cast doubt on": the phrase may hang on the noun within the cue.
        within = [thing for thing in children(token, "obj", "xcomp") if thing.lower_ in cue.lemma.split()]
        phrase = next((found for thing in within if (found := prepositional(thing, slot.extra))), None)
    if phrase is None or phrase.i < token.i:
        return None
    return _said_to_be(phrase, slot) or _without_preposition(phrase, f"{slot.label}:{slot.extra}")


def _said_to_be(phrase: Token, slot: Slot) -> Content | None:
    """Of "what it says is the re-arming" the re-arming: what a free relative clause says something to be."""
    if phrase.lower_ != "what":
        return None
    for clause in children(phrase, "acl:relcl", "acl"):
        for told in children(clause, "ccomp", "xcomp"):
            return _content(told, f"{slot.label}:{slot.extra}")
    return None


def _clause(token: Token, mood: str) -> Content | None:
    """A finite complement clause, before or after the cue; with mood "subj" only a wish ("that it leave")."""
    relative = len([subject for subject in children(token, "nsubj") if subject.i < token.i]) > 1
    for clause in children(token, "ccomp", "ccomp:reported"):
        if relative and clause.i < token.i:
            continue
        if clause.i > token.i and has_child(clause, "cc") and not has_child(clause, "mark"):
            # "praised the plan, and others followed": no clause of the cue's, though hung on it.
            continue
        claim = child(token, "obj")
        if claim is not None and claim.lemma_.lower() in words("claimlike") and token.i < claim.i < clause.i:
            # "rejected the statement that ...": the clause is the noun's, wherever the parser hung it.
            return Content(claim, *trim(token.doc, run(claim)[0], max(subtree(clause)) + 1), slot="obj")
        if mood == "subj" and not is_wish(clause):
            continue
        question = any(mark.lower_ in {"whether", "if"} for mark in children(clause, "mark"))
        if question and cue_is_negated(token):
            continue
        cue_part = subtree(token) - subtree(clause)
        for stray in children(token, "xcomp", "acl", "advcl"):
            # "they have | to choose": the parser hung the rest of the clause on the cue.
            if clause.i < token.i or stray.i < clause.i or case_of(stray) not in {"to", ""}:
                continue
            if min(subtree(stray)) == max(subtree(clause)) + 1:
                cue_part -= subtree(stray)
                start, end = trim(token.doc, min(subtree(clause) - cue_part), max(subtree(stray)) + 1)
                return Content(clause, start, end, "ccomp")
        return _content(clause, "ccomp", excluded=cue_part, fronted=clause.i < token.i)
    for clause in children(token, "advcl"):
        # "responded that if they did, then ...": what stands between "that" and its clause belongs to it.
        that = next((mark for mark in children(clause, "mark") if mark.lower_ == "that"), None)
        if that is not None and that.i > token.i:
            start, end = trim(token.doc, that.i + 1, max(subtree(clause)) + 1)
            return Content(clause, start, end, "ccomp") if start < end else None
    return None if mood == "subj" else _told_in(token)


def _told_in(token: Token) -> Content | None:
    """What is told in a call or a letter, where it got hung there ("warned her in a call that ties were off")."""
    for place in children(token, "obl"):
        for clause in children(place, "acl") if place.i > token.i else ():
            that = place.doc[min(subtree(clause))]
            if that.lower_ == "that" and that.dep_ == "mark" and has_child(clause, "nsubj", "nsubj:pass"):
                return _content(clause, "ccomp")
    return None


def is_wish(clause: Token) -> bool:
    """Whether a clause says what should be: with "should", or a bare verb under "that"."""
    auxiliaries = {auxiliary.lower_ for auxiliary in children(clause, "aux*")}
    if auxiliaries & {"should", "must"}:
        return True
    return clause.tag_ == "VB" and not auxiliaries


def cue_is_negated(token: Token) -> bool:
    """Whether the cue itself is negated ("has not said")."""
    return negation(token) is not None


def _paratactic(token: Token) -> Content | None:
    """The clause that a parenthetical cue hangs on ("The talks went well, he said"), or one that follows it loosely."""
    aside = token.dep_.split(":")[0] == "parataxis" or _is_between_commas(token)
    if aside and token.head.i != token.i and is_verbal(token.head):
        return _content(token.head, "quote", excluded=subtree(token), fronted=token.head.i < token.i)
    for clause in children(token, "parataxis"):
        if is_verbal(clause) or has_child(clause, "nsubj"):
            between = token.doc[min(token.i, clause.i) : max(token.i, clause.i)]
            if any(mark.text in {":", ","} or mark.lower_ in {'"', "“"} for mark in between):
                return _content(clause, "quote", excluded=subtree(token) - subtree(clause), fronted=clause.i < token.i)
    return None


def _is_between_commas(token: Token) -> bool:
    """Whether a bare subject and verb stand between commas ("Russia, he said, has kept its word")."""
    if token.dep_ != "advcl" or has_child(token, "mark", "obj", "ccomp", "xcomp") or not has_child(token, "nsubj"):
        return False
    below = [word.i for word in token.subtree if not word.is_punct]
    first, last = min(below), max(below)
    enclosed = first > 0 and last + 1 < len(token.doc) and token.doc[first - 1].text == token.doc[last + 1].text == ","
    return enclosed and token.doc[first - 1].sent == token.sent


def _quoted(token: Token, regions: list[tuple[int, int]]) -> Content | None:
    """The quoted stretch beside a cue in its sentence."""
    sentence = token.sent
    best: Content | None = None
    for opening, closing in regions:
        # A sentence may be cut right behind the closing mark.
        if closing < sentence.start - 1 or opening >= sentence.end or opening <= token.i <= closing:
            continue
        inside = token.doc[opening + 1 : closing]
        if len(inside) < 3 or not any(is_verbal(word) for word in inside):
            continue
        if opening > token.i and any(word.pos_ == "VERB" for word in token.doc[token.i + 1 : opening]):
            continue
        start, end = trim(token.doc, opening + 1, closing)
        if start < end:
            head = token.doc[start:end].root
            best = best or Content(head, start, end, "quote", fronted=end <= token.i)
    return best


def _infinitive(token: Token, cue: Cue) -> Content | None:
    for clause in children(token, "xcomp"):
        if clause.i > token.i:
            changed = _gap_content(token, cue, "xcomp") if clause.tag_ == "VBN" else None
            return changed or _content(clause, "xcomp")
    for clause in children(token, "advcl"):
        # Parsers attach the gerund of "denied using force" loosely.
        bare = not children(clause, "mark") and clause.tag_ == "VBG" and clause.i == token.i + 1
        if bare or (cue.sense == "control" and clause.i > token.i and case_of(clause) == "to"):
            return _content(clause, "xcomp")
    return None


def _object(token: Token, cue: Cue, extra: str) -> Content | None:
    if is_passive(token):
        subject = child(token, "nsubj:pass")
        if subject is None and token.dep_ == "acl":
            return _content(token.head, "obj", excluded=subtree(token))
        return _content(subject, "obj") if subject is not None and agent_of(token) is not None else None
    thing = child(token, "obj") or (child(token, "iobj") if extra == "+xcomp" else None)
    if thing is None:
        return None if extra else _gap_content(token, cue, "obj")
    if thing.lower_ in RELATIVES | {"what", "whom"} and thing.i < token.i:
        if extra == "+as":
            phrase = prepositional(token, "as")
            return _content(phrase, "obj+as") if phrase is not None else None
        return None if extra else _gap_content(token, cue, "obj")
    if extra == "+xcomp":
        return _with_second(token, thing, cue, "xcomp")
    if extra in {"+as", "+with", "+on", "+of", "+for", "+to"}:
        phrase = prepositional(token, extra[1:]) or prepositional(thing, extra[1:])
        if phrase is None:
            return None
        if extra in {"+of", "+for"}:
            return _without_preposition(phrase, f"obj{extra}")
        start, _ = run(thing)
        _, end = run(phrase)
        return Content(thing, *trim(token.doc, start, end), slot=f"obj{extra}") if start < end else None
    if extra in {"said", ""} and cue.act == Act.STATES and (needed := _needed(thing)) is not None:
        return needed
    if extra == "said" and not (thing.lemma_.lower() in words("sayable") or has_child(thing, "acl", "ccomp", "nmod")):
        return None
    if extra == "claim" and thing.lemma_.lower() not in words("sayable"):
        return None
    return _judged(token, thing)


def _judged(token: Token, thing: Token) -> Content | None:
    """An object, with what it is judged to be ("the firing as reckless") and whose it is, wherever that hangs."""
    content = _content(thing, "obj")
    if content is None or thing.i < token.i:
        return content
    start, end = content.start, content.end
    view = prepositional(token, "as")
    if view is not None and view.i >= end and run(view)[0] == end:
        end = run(view)[1]
    owner = next((name for name in children(token, "nsubj", "iobj") if token.i < name.i < start), None)
    if owner is not None and run(owner)[1] == start and token.doc[start - 1].tag_ == "POS":
        start = run(owner)[0]
    start, end = trim(token.doc, start, end)
    return replace(content, start=start, end=end)


def _needed(thing: Token) -> Content | None:
    """What is called for in "stressed the need for talks"."""
    if thing.lemma_.lower() not in {"need", "necessity", "importance", "urgency"}:
        return None
    for preposition in ("for", "of", "to"):
        phrase = prepositional(thing, preposition) or prepositional(thing.head, preposition)
        if phrase is not None and phrase.i > thing.i:
            return _without_preposition(phrase, "need") if preposition != "to" else _content(phrase, "need")
    return None


def _with_second(token: Token, thing: Token, cue: Cue, label: str) -> Content | None:
    """Object and infinitive: of a request the infinitive alone, else both ("saw the talks stall")."""
    second = next((clause for clause in children(token, label) if clause.i > thing.i), None)
    if second is None and cue.sense == "control":
        second = next(
            (
                clause
                for clause in [*children(token, "advcl", "ccomp"), *children(thing, "acl")]
                if clause.i > thing.i and clause.tag_ == "VB" and case_of(clause) == "to"
            ),
            None,
        )
    if second is None:
        return None
    if cue.sense == "control":
        return _content(second, "control") if case_of(second) == "to" or second.tag_ == "VB" else None
    start, _ = run(thing)
    _, end = run(second)
    return Content(thing, *trim(token.doc, start, end), slot="label") if start < end else None


def _labelled(token: Token, regions: list[tuple[int, int]]) -> Content | None:
    """What is called what: "the move illegal", "half of them “a danger”".

    Treebanks hold few such verbs, so parsers hang the two parts in many ways: as object and predicate, as a small
    clause, the one in the other, or the label alone in quotation marks. They stand side by side in all of these.
    """
    doc = token.doc
    parts = [
        part
        for part in children(token, "obj", "iobj", "xcomp", "ccomp", "obl:unmarked", "nsubj", "appos")
        if part.i > token.i and case_of(part) != "to"
    ]
    if not parts:
        return None
    if any(thing.i < token.i for thing in children(token, "obj")):
        # "the picture, which she found offensive", "what he termed plunder": the label alone.
        return _content(parts[0], "label")
    thing = child(parts[0], "nsubj") if parts[0].dep_ in {"xcomp", "ccomp"} else parts[0]
    thing = thing or parts[0]
    if len(parts) == 1 and thing.pos_ == "ADJ":
        # "called the law draconian", the noun drawn to the adjective as if it were part of it.
        thing = next((noun for noun in thing.lefts if noun.pos_ in {"NOUN", "PROPN", "PRON"}), thing)
    start = run(parts[0])[0]
    if start <= token.i or any(word.is_punct and not word.is_quote for word in doc[token.i + 1 : start]):
        return None
    end = max(run(part)[1] for part in parts)
    quoted = next((closing for opening, closing in regions if token.i + 1 < opening < token.sent.end), None)
    if quoted is not None and not any(word.text == "," or word.dep_ == "cc" for word in doc[start:quoted]):
        end = quoted
    elif len(parts) == 1 and thing is parts[0]:
        second = next((part for part in children(thing, "appos", "acl", "amod", "xcomp") if part.i > thing.i), None)
        if second is None or any(word.text == "," for word in doc[thing.i : second.i]):
            return None
        end = run(second)[1]
    start, end = trim(doc, start, end)
    return Content(thing, start, end, "label") if end - start > 1 else None


def completed(token: Token, source: Token, content: Content) -> Content:
    """A content with the words the parser hung elsewhere: up to the cue that follows it, or to the next punctuation.

    Nothing stands between what is said and ", said the minister"; behind a cue a clause runs on until a comma, a
    conjunction, a date or a clause of the cue's own ends it.
    """
    doc, end = token.doc, content.end
    if content.fronted and content.slot == "ccomp":
        behind = [i for i in (token.i, *subtree(source)) if i >= end and doc[i].sent.start == token.sent.start]
        end = max(end, min(behind)) if behind else end
    elif not content.fronted and content.slot in {"ccomp", "xcomp", "control"} and content.start > token.i:
        own = {i for clause in children(token, "advcl", "conj", "parataxis") for i in subtree(clause)}
        while end < token.sent.end and not _ends_content(doc[end], own):
            end += 1
    start, end = trim(doc, content.start, end)
    return replace(content, start=start, end=end)


def _ends_content(token: Token, own: set[int]) -> bool:
    dated = token.ent_type_ == "DATE" or (token.dep_ == "case" and token.head.ent_type_ == "DATE")
    return token.is_punct or token.is_space or token.dep_ == "cc" or token.i in own or dated


def with_addressee_apart(token: Token, cue: Cue, content: Content) -> tuple[Content, Token | None]:
    """Content and addressee where the parser drew the name of who is told into the clause.

    "tells Biden new sanctions could hurt": no name stands before an adjective or determiner of its own noun.
    """
    labels = {slot.label for slot in cue.addressee}
    first = token.doc[content.start]
    if content.start != token.i + 1 or not labels & {"obj", "iobj"} or first.ent_type_ != "PERSON":
        return content, None
    if has_child(first, "case"):
        return content, None
    end = next((i for i in range(first.i + 1, content.end) if token.doc[i].ent_type_ != "PERSON"), content.end)
    before_noun = end < content.end and token.doc[end].pos_ in {"ADJ", "DET", "NUM"}
    if not before_noun or first.dep_ not in {"compound", "nmod", "nmod:poss"}:
        return content, None
    return replace(content, start=end), first


def addressees_of(token: Token, cue: Cue, content: Content | None) -> list[Token]:
    """The heads of the phrases that say to whom a cue is addressed."""
    if is_passive(token) and cue.addressee:
        subject = child(token, "nsubj:pass")
        labels = {slot.label for slot in cue.addressee}
        return [subject] if subject is not None and labels & {"obj", "iobj"} else []
    for slot in cue.addressee:
        wanted = ("obj", "iobj") if slot.label in {"obj", "iobj"} else (f"{slot.label}*",)
        for phrase in children(token, *wanted):
            if slot.extra and case_of(phrase) != slot.extra:
                continue
            if phrase.i < token.i or (content is not None and content.start <= phrase.i < content.end):
                continue
            if phrase.lower_ in RELATIVES or phrase.dep_ in {"obl:tmod", "obl:agent", "obl:unmarked"}:
                continue
            return [phrase]
    return []


def received(noun: Token) -> Content | None:
    """What drew a noun cue: "the attack" of "the attack drew criticism"."""
    carrier = noun.head
    subject = child(carrier, "nsubj") if carrier.lemma_.lower() in words("receiving") else None
    return _content(subject, "received") if subject is not None and noun.dep_ == "obj" else None


def equated(noun: Token) -> Content | None:
    """What a noun cue is said to be: "Russia's position is that X", "It is the view of Russia that X"."""
    subject = noun.dep_.startswith("nsubj") and noun.head.i > noun.i
    predicate = has_child(noun, "cop") and has_child(noun, "expl")
    if not subject and not predicate:
        return None
    for word in noun.head.subtree if subject else noun.subtree:
        if word.i > noun.i and word.lower_ == "that" and word.dep_ == "mark" and is_verbal_clause(word.head):
            below = [node.i for node in word.head.subtree if node.i > word.i]
            start, end = trim(noun.doc, word.i + 1, max(below) + 1)
            return Content(word.head, start, end, "ccomp") if start < end else None
    return None


def is_verbal_clause(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or anything with a subject or copula."""
    return is_verbal(token) or has_child(token, "nsubj*", "cop")
