"""Training sentences as scraped pages and headlines print them: changes that keep trees and tags valid.

Every function takes and gives words with their annotation and draws from a ``random.Random`` it is given, so a run
can be repeated. The changes: marks outside ``, . - '`` are lost; apostrophes are lost, so that a possessive grows
onto its noun ("Russias"); articles, auxiliaries and the full stop go and the past turns into the present, as in
headlines; letter case changes; names are exchanged for those of world politics.
"""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from claims.extraction.training import world_names
from claims.extraction.training.corpora import TaggedText, Tree, Word

_LOST_IN_SCRAPING = re.compile(r"[^A-Za-z0-9 ,.'\-]")
_APOSTROPHES = re.compile(r"['’]")
_SMALL_WORDS = frozenset(world_names.SMALL_WORDS)
_COUNTRIES, _CAPITALS = frozenset(world_names.COUNTRIES), frozenset(world_names.CAPITALS)
_ADJECTIVES = frozenset(world_names.ADJECTIVES)


def without(tree: Tree, dropped: set[int]) -> Tree:
    """Give the tree without the words at the ``dropped`` indices; what hung on them hangs on their heads.

    Where the root goes, its first child takes its place.
    """
    words = tree.words
    dropped = set(dropped)
    if len(dropped) >= len(words):
        return tree
    for index in sorted(dropped):
        if words[index].head == index:
            children = [child for child, word in enumerate(words) if word.head == index and child != index]
            kept = [child for child in children if child not in dropped]
            if not kept:
                return tree
            for child in children:
                words[child].head = kept[0]
            words[kept[0]].dep = "ROOT"
            words[index].head = kept[0]
    for word in words:
        while word.head in dropped:
            word.head = words[word.head].head
    new_index: dict[int, int] = {}
    for index in range(len(words)):
        if index not in dropped:
            new_index[index] = len(new_index)
    kept_words = [word for index, word in enumerate(words) if index not in dropped]
    for word in kept_words:
        word.head = new_index[word.head]
    tree.words = kept_words
    return tree


def scraped(tree: Tree, random: Random) -> Tree:
    """Lose all but ASCII letters, digits and ``, . - '``; mostly lose the apostrophes as well."""
    dropped: set[int] = set()
    loses_apostrophes = random.random() < 0.7
    children = {word.head for index, word in enumerate(tree.words) if word.head != index}
    for index, word in enumerate(tree.words):
        form = _LOST_IN_SCRAPING.sub("", word.form)
        if loses_apostrophes:
            form = _APOSTROPHES.sub("", form)
            before = tree.words[index - 1] if index else None
            if before is not None and word.tag == "POS" and index not in children and index - 1 not in dropped:
                before.form += form
                dropped.add(index)
                continue
        if form:
            word.form = form
        else:
            dropped.add(index)
    return without(tree, dropped)


def headline(tree: Tree, random: Random) -> Tree:
    """Write a sentence as a headline, if it is short enough to be one."""
    if not 4 <= len(tree.words) <= 22:
        return tree
    words = tree.words
    parents = {word.head for index, word in enumerate(words) if word.head != index}
    drops_articles, drops_auxiliaries = random.random() < 0.8, random.random() < 0.5
    dropped: set[int] = set()
    for index, word in enumerate(words):
        leaf = index not in parents
        article = word.tag == "DT" and word.lemma in ("the", "a") and word.dep == "det"
        auxiliary = word.lemma == "be" and word.dep in ("aux:pass", "cop", "aux") and word.tag[:2] == "VB"
        quote_or_stop = word.tag in ("``", "''") or (word.tag == "." and word.form in (".", "...") and index > 2)
        if leaf and (
            quote_or_stop or (article and drops_articles) or (auxiliary and drops_auxiliaries and "Fin" in word.feats)
        ):
            dropped.add(index)
        elif word.lemma == "will" and word.tag == "MD" and leaf and random.random() < 0.4:
            _to_infinitive_marker(words, index)
        elif word.tag == "VBD" and "Past" in word.feats:
            _to_present(words, index)
    return without(tree, dropped)


def _to_infinitive_marker(words: list[Word], index: int) -> None:
    will, verb = words[index], words[words[index].head]
    if verb.tag == "VB":
        will.form, will.lemma, will.pos, will.tag, will.feats, will.dep = "to", "to", "PART", "TO", "", "mark"


def _to_present(words: list[Word], index: int) -> None:
    verb = words[index]
    if verb.lemma == "be" or not verb.lemma.isascii() or not verb.lemma.islower():
        return
    if verb.dep not in ("ROOT", "parataxis", "conj", "ccomp", "aux"):
        return
    holder = words[verb.head] if verb.dep == "aux" else verb
    place = next(position for position, word in enumerate(words) if word is holder)
    subjects = [word for word in words if word.head == place and word.dep.startswith("nsubj")]
    plural = not subjects or "Plur" in subjects[0].feats or subjects[0].form.lower() in ("i", "you", "we", "they")
    if subjects and any(w.dep == "conj" and words[w.head] is subjects[0] for w in words):
        plural = True
    if plural:
        verb.form, verb.tag = verb.lemma, "VBP"
    else:
        verb.form, verb.tag = third_person(verb.lemma), "VBZ"
    verb.feats = verb.feats.replace("Tense=Past", "Tense=Pres")


def third_person(lemma: str) -> str:
    """Give the third person singular present of a verb: "deny" -> "denies"."""
    irregular = {"have": "has", "be": "is", "do": "does", "go": "goes"}
    if lemma in irregular:
        return irregular[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in ("a", "e", "i", "o", "u"):
        return lemma[:-1] + "ies"
    return lemma + "s"


def renamed(tree: Tree, random: Random) -> Tree:
    """Exchange names for those of world politics, and some subject pronouns for names of politicians."""
    words = tree.words
    parents = {word.head for index, word in enumerate(words) if word.head != index}
    for index, word in enumerate(words):
        if word.form in _COUNTRIES:
            _rename(word, random.choice(world_names.COUNTRIES))
        elif word.form in _CAPITALS:
            _rename(word, random.choice(world_names.CAPITALS))
        elif word.form in _ADJECTIVES:
            _rename(word, random.choice(world_names.ADJECTIVES))
        elif index in parents:
            continue
        elif word.tag == "NNP" and word.dep in ("nsubj", "obj", "obl", "nmod", "nsubj:pass", "iobj", "nmod:poss"):
            _rename(word, _any_name(random))
        elif word.tag == "PRP" and word.form.lower() in ("he", "she", "him") and random.random() < 0.5:
            word.pos, word.tag, word.feats = "PROPN", "NNP", "Number=Sing"
            _rename(word, _any_name(random))
    return tree


def _rename(word: Word, name: str) -> None:
    if word.pos == "PROPN":
        word.form, word.lemma, word.feats = name, name, "Number=Sing"
        word.tag = "NNP"
    elif word.pos == "ADJ":
        word.form, word.lemma = name, name
    elif word.form[:1].isupper():
        return


def _any_name(random: Random) -> str:
    draw = random.random()
    if draw < 0.35:
        return random.choice(world_names.SURNAMES)
    if draw < 0.65:
        return random.choice(world_names.COUNTRIES)
    return random.choice(world_names.CAPITALS if draw < 0.88 else world_names.BODIES)


def recased(forms: list[str], random: Random, *, style: str | None = None) -> list[str]:
    """Give the words of a sentence in lower case, in capitals, or each with a capital (``style``, or one of them)."""
    style = style or random.choice(("lower", "upper", "title", "title", "all title"))
    if style == "lower":
        return [form.lower() for form in forms]
    if style == "upper":
        return [form.upper() for form in forms]
    result = []
    for index, form in enumerate(forms):
        small = style == "title" and index > 0 and form.lower() in _SMALL_WORDS
        plain = form.islower() and form[:1].isalpha() and not small
        result.append(form[:1].upper() + form[1:] if plain else form)
    return result


def changed_tree(tree: Tree, random: Random, *, is_scraped: bool) -> Tree:
    """Give a training copy of a tree with changes drawn at random; ``is_scraped`` where its window lost its marks."""
    tree = tree.copy()
    if random.random() < 0.35:
        tree = renamed(tree, random)
    is_headline = random.random() < 0.12
    if is_headline:
        tree = headline(tree, random)
    elif random.random() < 0.06 and len(tree.words) > 2 and tree.words[-1].dep == "punct":
        tree = without(tree, {len(tree.words) - 1})
    if is_scraped:
        tree = scraped(tree, random)
    if random.random() < (0.4 if is_headline else 0.05):
        style = random.choice(("title", "all title")) if is_headline else None
        forms = recased([word.form for word in tree.words], random, style=style)
        for word, form in zip(tree.words, forms, strict=True):
            word.form = form
    return tree


def changed_text(text: TaggedText, random: Random) -> TaggedText:
    """Give a training copy of a tagged text, as it is or with changes drawn at random for the whole of it."""
    is_scraped = random.random() < 0.3
    if is_scraped:
        text = _scraped_text(text, random)
    if random.random() < 0.04:
        text = replace(text, words=recased(text.words, random))
    return text


def _scraped_text(text: TaggedText, random: Random) -> TaggedText:
    loses_apostrophes = random.random() < 0.7
    words: list[str] = []
    kept: list[int] = []
    layers: dict[str, list[str]] = {layer: [] for layer in text.layers}
    starts: set[int] = set()
    pending_start = False
    interrupted = dict.fromkeys(text.layers, False)
    for index, word in enumerate(text.words):
        pending_start = pending_start or index in text.line_starts
        form = _LOST_IN_SCRAPING.sub("", word.replace("’", "'"))
        if loses_apostrophes:
            form = _APOSTROPHES.sub("", form)
            if word in ("'s", "’s", "'", "’") and words and not pending_start and index:
                words[-1] += form
                continue
        if not form:
            for layer, tags in text.layers.items():
                interrupted[layer] = interrupted[layer] or tags[index].startswith("B-")
            continue
        if pending_start:
            starts.add(len(words))
            pending_start = False
        words.append(form)
        kept.append(index)
        for layer, tags in text.layers.items():
            tag = tags[index]
            if interrupted[layer] and tag.startswith("I-"):
                tag = "B-" + tag[2:]
            interrupted[layer] = False
            layers[layer].append(tag)
    spans, links = ([numbers[index] for index in kept] if numbers else [] for numbers in (text.spans, text.links))
    return TaggedText(text.name, words, layers, starts, spans=spans, links=links)
