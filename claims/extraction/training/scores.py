"""Scores of a pipeline on the corpora, with the corpora's own words and with words found in raw text.

Words, sentences and entities are compared by their characters in the text, as in the CoNLL 2018 shared task: where the
pipeline's words differ from the corpus's, a score is F1 over both; with the corpus's words it is the plain accuracy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from claims.extraction.training.corpora import TaggedText, Tree

TREE_SCORES = ("WORDS", "SENTS", "TAG", "UPOS", "LEMMA", "UAS", "LAS")
_BATCH = 64


@dataclass(slots=True)
class Count:
    """How many were found, how many are there, how many of both agree."""

    hit: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hit / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.hit / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.found + self.wanted
        return 2 * self.hit / both if both else 0.0

    def add(self, found: set[tuple[object, ...]], wanted: set[tuple[object, ...]]) -> None:
        """Count two sets of spans."""
        self.hit += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)


@dataclass(slots=True)
class Scores:
    """Counts by name: one of ``TREE_SCORES``, or a label of a span; "ALL" sums the labels."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, name: str, found: set[tuple[object, ...]], wanted: set[tuple[object, ...]]) -> None:
        """Count two sets of spans under ``name``."""
        self.counts.setdefault(name, Count()).add(found, wanted)


def score_trees(nlp: Language, trees: Sequence[Tree], *, gold_words: bool) -> Scores:
    """Score tags, lemmas, heads and labels.

    With ``gold_words`` the pipeline is given the words of one sentence at a time; otherwise it reads the raw text of
    whole paragraphs and finds words and sentences itself.
    """
    scores = Scores()
    groups = [[tree] for tree in trees] if gold_words else list(_paragraphs(trees))
    inputs = (
        Doc(nlp.vocab, [w.form for w in group[0].words], [w.space_after for w in group[0].words])
        if gold_words
        else _paragraph_text(group)
        for group in groups
    )
    for group, doc in zip(groups, nlp.pipe(inputs, batch_size=_BATCH), strict=True):
        _score_group(scores, doc, group)
    return scores


def _score_group(scores: Scores, doc: Doc, group: Sequence[Tree]) -> None:
    words: list[tuple[int, int]] = []
    wanted: dict[str, set[tuple[object, ...]]] = {name: set() for name in TREE_SCORES}
    base = 0
    given = list(doc) if len(group) == 1 and len(doc) == len(group[0].words) else None
    for tree in group:
        if given is not None and len(group) == 1:
            offsets = [(token.idx, token.idx + len(token)) for token in given]
        else:
            offsets = [(base + start, base + end) for start, end in tree.offsets]
        wanted["SENTS"].add((offsets[0][0], offsets[-1][1]))
        for word, span in zip(tree.words, offsets, strict=True):
            words.append(span)
            head = offsets[word.head]
            wanted["WORDS"].add(span)
            wanted["TAG"].add((*span, word.tag))
            wanted["UPOS"].add((*span, word.pos))
            wanted["LEMMA"].add((*span, word.lemma))
            wanted["UAS"].add((*span, *head))
            wanted["LAS"].add((*span, *head, word.dep))
        base += len(tree.text) + 1
    found: dict[str, set[tuple[object, ...]]] = {name: set() for name in TREE_SCORES}
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        if tokens:
            found["SENTS"].add((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
        for token in tokens:
            span, head = _span(token), _span(token.head)
            found["WORDS"].add(span)
            found["TAG"].add((*span, token.tag_))
            found["UPOS"].add((*span, token.pos_))
            found["LEMMA"].add((*span, token.lemma_))
            found["UAS"].add((*span, *head))
            found["LAS"].add((*span, *head, token.dep_))
    for name in TREE_SCORES:
        scores.add(name, found[name], wanted[name])


def score_entities(nlp: Language, articles: Sequence[TaggedText], *, gold_words: bool) -> Scores:
    """Score entities by label; with ``gold_words`` the pipeline is given the corpus's words, a line a sentence."""
    inputs = []
    places = []
    for article in articles:
        words, spaces = _with_lines(article)
        text, offsets = _joined(words, spaces)
        inputs.append(Doc(nlp.vocab, [word for word, _ in words], spaces) if gold_words else text)
        places.append({index: span for (_, index), span in zip(words, offsets, strict=True) if index is not None})
    scores = Scores()
    for article, place, doc in zip(articles, places, nlp.pipe(inputs, batch_size=8), strict=True):
        found = {(span.start_char, span.end_char, span.label_) for span in doc.ents}
        wanted = {(place[start][0], place[end - 1][1], label) for start, end, label in tag_spans(article.layers["ENT"])}
        _add_spans(scores, found, wanted)
    return scores


def tag_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Give the spans (start, end, label) of BIO tags; an I- that continues nothing begins a span."""
    result = []
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            result.append((start, index, label))
            label = ""
        if tag != "O" and not label:
            start, label = index, tag[2:]
    return result


def _add_spans(scores: Scores, found: set[tuple[int, int, str]], wanted: set[tuple[int, int, str]]) -> None:
    labels = Counter(label for _, _, label in found | wanted)
    for label in sorted(labels):
        scores.add(label, {span for span in found if span[2] == label}, {span for span in wanted if span[2] == label})
    scores.add("ALL", set(found), set(wanted))


def _span(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _paragraphs(trees: Sequence[Tree]) -> Iterator[list[Tree]]:
    group: list[Tree] = []
    for tree in trees:
        if group and (tree.starts_paragraph or tree.starts_document):
            yield group
            group = []
        group.append(tree)
    if group:
        yield group


def _paragraph_text(group: Sequence[Tree]) -> str:
    return " ".join(tree.text for tree in group)


def _with_lines(article: TaggedText) -> tuple[list[tuple[str, int | None]], list[bool]]:
    """Give the words with their indices, newlines between lines, and whether a space follows, as print has it."""
    words: list[tuple[str, int | None]] = []
    spaces: list[bool] = []
    for index, word in enumerate(article.words):
        following = article.words[index + 1] if index + 1 < len(article.words) else ""
        if index and index in article.line_starts:
            words.append(("\n", None))
            spaces.append(False)
        words.append((word, index))
        last = not following or index + 1 in article.line_starts
        spaces.append(not last and _spaced(article.words[index - 1] if index else "", word, following))
    return words, spaces


def _spaced(before: str, word: str, following: str) -> bool:
    if following in (",", ".", ";", ":", "?", "!", ")", "]", "%", "n't", "’", "”") or following[:1] in ("'", "’"):
        return False
    if word in ("(", "[", "$", "“", "‘"):
        return False
    if following == "-" or word == "-":
        return not ((word if following == "-" else before)[-1:].isalnum())
    return True


def _joined(words: Sequence[tuple[str, int | None]], spaces: Sequence[bool]) -> tuple[str, list[tuple[int, int]]]:
    text = ""
    offsets = []
    for (word, _), space in zip(words, spaces, strict=True):
        offsets.append((len(text), len(text) + len(word)))
        text += word + " " * space
    return text, offsets
