"""Readers of the three corpora. Nothing here needs torch, so evaluation uses them as well.

``treebank`` reads CoNLL-U files, ``entity_articles`` the worldwide newswire files (a token and its tag a line) and
``attribution_articles`` PolNeAR's texts with their brat standoff annotations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from claims.extraction.training.standoff import ROLES, Standoff, annotated_texts, read_standoff

# Names of the newswire corpus on the left, of the pipeline on the right.
ENTITY_LABELS = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "LOC",
    "NORP": "NORP",
    "Facility": "FAC",
    "Date": "DATE",
    "Money": "MONEY",
    "Product": "PRODUCT",
    "Misc": "MISC",
}
# What a span of a role points to: contents to their cue, cues to their source.
_LINKED_TO = {"CONTENT": "CUE", "CUE": "SOURCE"}

# The role of a fragment, and its characters.
_RoleSpan = tuple[str, int, int]


@dataclass(slots=True)
class Word:
    """One word of a treebank; ``head`` is the index of its head in the sentence, its own index for the root."""

    form: str
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    dep: str
    space_after: bool = True


@dataclass(slots=True)
class Tree:
    """One sentence of a treebank; ``text`` is its raw text, ``offsets`` each word's characters in it."""

    words: list[Word]
    text: str
    starts_paragraph: bool
    starts_document: bool
    offsets: list[tuple[int, int]] = field(default_factory=list)

    def copy(self) -> Tree:
        """Give a tree whose words can be changed without changing this one's."""
        return Tree([replace(word) for word in self.words], self.text, self.starts_paragraph, self.starts_document)


@dataclass(slots=True)
class TaggedText:
    """Words with one BIO tag each per layer ("ENT", or the three roles of an attribution).

    ``line_starts`` holds the indices of words that begin a line. Where spans are linked, ``spans`` holds the number of
    the span that each word is in (0 outside) and ``links`` the number of the span that its span points to: 0 where the
    role points to nothing, -1 where there is nothing to point to.
    """

    name: str
    words: list[str]
    layers: dict[str, list[str]]
    line_starts: set[int]
    space_after: list[bool] = field(default_factory=list)
    spans: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)


def treebank(path: Path) -> list[Tree]:
    """Read a CoNLL-U file; ranges (``3-4 don't``) only serve to place the words in the text."""
    trees: list[Tree] = []
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            trees.append(_tree(rows, comments))
            comments, rows = {}, []
    return trees


def _tree(rows: list[list[str]], comments: dict[str, str]) -> Tree:
    words = []
    for row in rows:
        if not row[0].isdecimal():
            continue
        index = int(row[0]) - 1
        head = int(row[6]) - 1
        form = row[1]
        words.append(
            Word(
                form=form,
                lemma=form if row[2] == "_" and form != "_" else row[2],
                pos=row[3],
                tag=row[4],
                feats="" if row[5] == "_" else row[5],
                head=index if head < 0 else head,
                dep="ROOT" if head < 0 else row[7],
                space_after="SpaceAfter=No" not in row[9],
            )
        )
    text = comments.get("text", "")
    document = any(key.startswith("newdoc") for key in comments)
    paragraph = document or any(key == "newpar" or key.startswith("newpar id") for key in comments)
    tree = Tree(words, text, paragraph, document)
    tree.offsets = _place(rows, text, words)
    return tree


def _place(rows: list[list[str]], text: str, words: list[Word]) -> list[tuple[int, int]]:
    """Find each word in the sentence's text; words of one range share its characters in order."""
    offsets: list[tuple[int, int]] = []
    position = range_end = last_in_range = 0
    for row in rows:
        if "-" in row[0]:
            start = text.index(row[1], position)
            position, range_end = start, start + len(row[1])
            last_in_range = int(row[0].split("-")[1])
        elif row[0].isdecimal():
            number = int(row[0])
            inside = number <= last_in_range
            start = text.find(row[1], position, range_end if inside else len(text))
            end = start + len(row[1])
            if inside and (start < 0 or number == last_in_range):
                start = position if start < 0 else start
                end = range_end if number == last_in_range else min(start + len(row[1]), range_end)
            elif start < 0:
                start = end = position
            words[number - 1].space_after = text[end : end + 1].isspace() or end >= len(text)
            offsets.append((start, end))
            position = end
    return offsets


def entity_articles(folder: Path) -> list[TaggedText]:
    """Read the newswire files in order of their names; a blank line ends a sentence."""
    return [_entity_article(path) for path in sorted(folder.glob("*.tsv"))]


def _entity_article(path: Path) -> TaggedText:
    words: list[str] = []
    tags: list[str] = []
    starts: set[int] = set()
    new_line = True
    for line in path.read_text(encoding="utf8").splitlines():
        columns = line.split("\t") if "\t" in line else line.rsplit(maxsplit=1)
        if len(columns) < 2 or not columns[0].strip():
            new_line = True
            continue
        if columns[0].startswith(("http://", "https://")) and not words:
            continue
        if new_line:
            starts.add(len(words))
            new_line = False
        words.append(columns[0].strip())
        prefix, _, label = columns[1].strip().partition("-")
        tags.append(f"{prefix}-{ENTITY_LABELS[label]}" if label else "O")
    return TaggedText(path.name, words, {"ENT": tags}, starts)


def split_entities(articles: list[TaggedText]) -> tuple[list[TaggedText], list[TaggedText], list[TaggedText]]:
    """Part the newswire articles, in order of name: every tenth is test, another twentieth dev, the rest train."""
    test = [article for index, article in enumerate(articles) if index % 10 == 0]
    dev = [article for index, article in enumerate(articles) if index % 20 == 5]
    train = [article for index, article in enumerate(articles) if index % 10 != 0 and index % 20 != 5]
    return train, dev, test


def attribution_articles(folder: Path, tokenize: Callable[[str], list[tuple[int, int]]]) -> Iterator[TaggedText]:
    """Read PolNeAR's ``train`` or ``dev``: of several annotators' files the first in order of name counts.

    ``tokenize`` gives the character spans of a text's words.
    """
    for text_path, annotation in annotated_texts(folder):
        with text_path.open(encoding="utf8", newline="") as file:
            yield _attribution_article(text_path.stem, file.read(), read_standoff(annotation), tokenize)


def _attribution_article(
    name: str, text: str, annotation: Standoff, tokenize: Callable[[str], list[tuple[int, int]]]
) -> TaggedText:
    offsets = tokenize(text)
    tags = {role: ["O"] * len(offsets) for role in ROLES}
    numbers = _numbers(annotation)
    targets = _targets(annotation)
    spans, links = [0] * len(offsets), [0] * len(offsets)
    for span in sorted(numbers, key=lambda span: span[1] - span[2]):
        role, start, end = span
        nothing = -1 if role in _LINKED_TO else 0
        inside = [index for index, (left, right) in enumerate(offsets) if left < end and right > start]
        if inside and all(tags[role][index] == "O" for index in inside):
            tags[role][inside[0]] = f"B-{role}"
            for index in inside[1:]:
                tags[role][index] = f"I-{role}"
            for index in inside:
                spans[index] = numbers[span]
                links[index] = numbers.get(targets[span], nothing) if span in targets else nothing
    starts = {0} | {i for i in range(1, len(offsets)) if "\n" in text[offsets[i - 1][1] : offsets[i][0]]}
    spaces = [text[end : end + 1].isspace() for _, end in offsets]
    return TaggedText(name, [text[start:end] for start, end in offsets], tags, starts, spaces, spans, links)


def _numbers(annotation: Standoff) -> dict[_RoleSpan, int]:
    """Number the fragments of all roles, from 1."""
    spans = [(role, *fragment) for role, fragments in annotation.fragments.items() for fragment in fragments]
    return {span: number for number, span in enumerate(spans, 1)}


def _targets(annotation: Standoff) -> dict[_RoleSpan, _RoleSpan]:
    """Give which fragment points to which; of a target in several fragments the first counts."""
    return {
        (role, *fragment): (target, *attribution[target][0])
        for attribution in annotation.attributions
        for role, target in _LINKED_TO.items()
        if attribution[target]
        for fragment in attribution[role]
    }
