"""Who / cue / what: finds the attributions of a parsed text, nested to any depth.

Reads Universal Dependencies as ``spacy`` holds them. A cue of the lexicon (verb, noun, adjective, "according to"), or
a word that the pipeline's attribution component marks as cue, opens an attribution; its source, content and
addressees are read off the parse (``arguments``). An attribution whose cue stands in another's content is nested
in it. Method after the annotation scheme of PolNeAR (Newell, Margolin and Ruths 2018), which marks the outermost
attributions only; reading contents again gives the inner ones.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from claims.extraction.arguments import (
    Content,
    addressees_of,
    completed,
    content_of,
    equated,
    received,
    with_addressee_apart,
)
from claims.extraction.assertion import is_supposed, polarity, polarity_of_noun
from claims.extraction.attributions import Attribution
from claims.extraction.learned import attributions_from_marks, marked, unknown_cue
from claims.extraction.lexicon import Cue, cues, words
from claims.extraction.nesting import inherit_contents, lift, nest, without_other_positions
from claims.extraction.sources import agent_of, can_hold, light_verb, source_of, source_of_noun
from claims.extraction.speech import carry
from claims.extraction.syntax import (
    case_of,
    children,
    has_child,
    is_passive,
    is_verbal,
    negation,
    quoted_regions,
    run,
    subtree,
    trim,
)
from claims.extraction.transcripts import under_names
from claims.extraction.types import Act

ACCORDING = Cue("according to", "P", Act.STATES, "?", (), (), "said")


def find_attributions(doc: Doc, *, unquoted: bool = False) -> list[Attribution]:
    """All attributions of a text in the order of their cues.

    ``unquoted`` tells that the article has lost its quotation marks, so that running speech must be told without them.
    """
    regions = quoted_regions(doc)
    found = [attribution for token in doc if (attribution := _at(token, regions)) is not None]
    found = _without_parts(found)
    found += attributions_from_marks(doc, found)
    found += under_names(doc)
    found = inherit_contents(found)
    found = without_other_positions(found)
    found = carry(doc, found, regions, unquoted=unquoted)
    return sorted(lift(nest(found)), key=lambda attribution: (attribution.head.i, attribution.content.start))


def _without_parts(found: list[Attribution]) -> list[Attribution]:
    """Leave out nouns that are part of another's cue: "doubt" in "cast doubt on"."""
    parts = {(one.head, lemma) for one in found for lemma in one.cue.lemma.split()[1:]}
    return [one for one in found if (one.head.head, one.head.lemma_.lower()) not in parts]


def _at(token: Token, regions: list[tuple[int, int]]) -> Attribution | None:
    """The attribution that a token is the cue of, or None."""
    if token.lower_ == "according" and token.dep_ in {"case", "fixed", "advmod", "mark"}:
        return _according(token)
    lemma = token.lemma_.lower()
    if token.tag_ in {"VBN", "VBD", "JJ"} and (token.lower_, "A") in cues() and token.dep_ not in {"amod", "compound"}:
        found = _adjective(token, regions)
        if found is not None:
            return found
    if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound", "aux", "cop", "case", "fixed"}:
        return _verb(token, lemma, regions)
    if token.pos_ == "NOUN" and (lemma, "N") in cues():
        return _noun(token, lemma, regions)
    return None


def _according(token: Token) -> Attribution | None:
    source = token.head
    if token.dep_ == "advmod" or source.i == token.i or source.head.i == source.i:
        return None
    clause = source.head
    while not (is_verbal(clause) or has_child(clause, "nsubj*")) and clause.head.i != clause.i:
        clause = clause.head
    start, end = trim(token.doc, *run(clause, subtree(source)))
    if not can_hold(source) or start >= end:
        return None
    cue_end = max([token.i, *(fixed.i for fixed in children(token, "fixed"))]) + 1
    content = Content(clause, start, end, "according", fronted=start < token.i)
    return Attribution(ACCORDING, token, token.i, cue_end, source, content, Act.STATES, rule="according")


def _verb(token: Token, lemma: str, regions: list[tuple[int, int]]) -> Attribution | None:
    if is_supposed(token):
        return None
    readings = cues().get((lemma, "V")) or (
        (unknown_cue(token.doc[token.i : token.i + 1]),)
        if _is_marked_cue(token) or _is_inverted_quote(token, regions)
        else ()
    )
    for cue in readings:
        if cue.preposition and not _has_preposition(token, cue):
            continue
        content = content_of(token, cue, regions)
        if content is None or content.start <= token.i < content.end:
            continue
        source = source_of(token)
        if is_passive(token) and cue.addressee and not any(slot.label == "obj" for slot in cue.content):
            source = agent_of(token)
        if source is None or content.start <= source.i < content.end or _is_nobody(source):
            continue
        # What says, believes or hopes that something is so is somebody, whatever the noun.
        telling = content.slot == "ccomp" and lemma in words("telling") and source.pos_ == "NOUN"
        strictly = cue.sense in {"strict", "want", "plan", "think", "refuse"}
        if not telling and not can_hold(source, strictly=strictly):
            continue
        act, negated = polarity(token, cue, content)
        if act is None:
            continue
        content, told = with_addressee_apart(token, cue, completed(token, source, content))
        return Attribution(
            cue,
            token,
            *_cue_span(token, cue, content),
            source,
            content,
            act,
            (told,) if told is not None else tuple(addressees_of(token, cue, content)),
            negated,
            rule=f"verb:{content.slot}",
        )
    return None


def _is_nobody(source: Token) -> bool:
    """Whether a source stands for none or for whoever it may be: "nobody", "no country", "anyone in office"."""
    if source.lower_ in words("nobody"):
        return True
    return any(determiner.lower_ in {"no", "any", "neither"} for determiner in children(source, "det", "cc:preconj"))


def _has_preposition(token: Token, cue: Cue) -> bool:
    """Whether a cue of several words ("call for", "brush aside", "take issue with") stands with all of them."""
    wanted = cue.preposition
    between = cue.lemma.split()[1:-1]
    following = {word.lower_ for word in token.doc[token.i + 1 : token.i + 3 + 2 * len(between)]}
    if not following.issuperset(between):
        return False
    if any(particle.lower_ == wanted for particle in children(token, "compound:prt", "advmod", "xcomp", "obj")):
        return True
    heads = [token, *(thing for thing in children(token, "obj", "compound:prt", "xcomp") if thing.lower_ in between)]
    return any(
        case_of(phrase).split(" ")[0] == wanted
        for head in heads
        for phrase in children(head, "obl*", "nmod*", "advcl*", "acl", "xcomp", "ccomp")
    )


def _cue_span(token: Token, cue: Cue, content: Content) -> tuple[int, int]:
    """The cue with its particle and preposition; a negated one with its auxiliary and "not"."""
    start, end = token.i, token.i + 1
    for particle in children(token, "compound:prt"):
        if particle.i == end:
            end += 1
    if content.slot == "need" and start < content.start <= start + 5:
        return start, content.start
    if cue.preposition and end < len(token.doc) and token.doc[end].lower_ == cue.preposition:
        end += 1
    negative = negation(token)
    if negative is not None and negative.i < start:
        start = negative.i
        if start and token.doc[start - 1].dep_.startswith("aux") and token.doc[start - 1].head == token:
            start -= 1
    return start, min(end, content.start) if content.start > token.i else end


def _is_marked_cue(token: Token) -> bool:
    """Whether the pipeline's attribution component marks the token as (part of) a cue."""
    return any(span.start <= token.i < span.end for span in marked(token.doc, "cue"))


def _is_inverted_quote(token: Token, regions: list[tuple[int, int]]) -> bool:
    """Whether a verb follows a quotation with its subject behind it ("...," quipped the minister)."""
    subjects = children(token, "nsubj")
    after = bool(subjects) and subjects[0].i == token.i + 1
    return after and any(0 < token.i - closing <= 2 for _, closing in regions)


def _adjective(token: Token, regions: list[tuple[int, int]]) -> Attribution | None:
    if has_child(token, "obj") or is_supposed(token) or negation(token) is not None:
        return None
    for cue in cues()[token.lower_, "A"]:
        content = content_of(token, cue, regions)
        if content is None or content.start <= token.i:
            continue
        source = _subject_of_adjective(token)
        if source is None or not can_hold(source, strictly=True):
            continue
        preposition = content.slot.partition(":")[2]
        end = token.i + 1
        if end < len(token.doc) and token.doc[end].lower_ == preposition:
            end += 1
        return Attribution(cue, token, token.i, end, source, content, cue.act, rule=f"adjective:{content.slot}")
    return None


def _subject_of_adjective(token: Token) -> Token | None:
    """Whose state of mind an adjective tells: its subject, that of its clause, or the noun it is set beside."""
    for subject in children(token, "nsubj", "nsubj:pass"):
        return subject
    head = token.head
    if head.i == token.i:
        return None
    if token.dep_ in {"acl", "amod", "appos"} and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return head
    if token.dep_ in {"xcomp", "advcl", "conj", "parataxis", "ccomp"}:
        return source_of(head) if not is_passive(head) else next(iter(children(head, "nsubj:pass")), None)
    return None


def _noun(token: Token, lemma: str, regions: list[tuple[int, int]]) -> Attribution | None:
    for cue in cues()[lemma, "N"]:
        content = content_of(token, cue, regions) or received(token) or equated(token)
        source = source_of_noun(token, has_content=content is not None)
        if source is None or not can_hold(source):
            continue
        if content is not None and content.start <= source.i < content.end:
            continue
        carrier = light_verb(token)
        act, negated = polarity_of_noun(token, carrier, cue)
        if act is None or (carrier is not None and is_supposed(carrier)):
            continue
        if content is None:
            if negated or token.dep_ not in {"appos", "parataxis", "dislocated", "nsubj"}:
                continue
            content = Content(token, token.i, token.i, "inherited")
        start = carrier.i if carrier is not None and carrier.i < token.i and source.i != token.i else token.i
        start = start if token.i - start <= 4 else token.i
        end = content.start if content.start > token.i and content.slot.startswith("nmod") else token.i + 1
        addressees = tuple(addressees_of(token, cue, content if content.slot != "inherited" else None))
        return Attribution(
            cue,
            token,
            start,
            max(end, token.i + 1),
            source,
            content,
            act,
            addressees,
            negated=negated,
            rule=f"noun:{content.slot}",
        )
    return None
