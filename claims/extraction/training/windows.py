"""Training examples: windows of several sentences as piece ids, letter cases and targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from claims.extraction.lemma_scripts import script_for
from claims.extraction.training.augment import changed_text, changed_tree
from claims.extraction.training.corpora import TaggedText, Tree
from claims.extraction.training.labels import Labels, morph_label
from claims.extraction.wordpieces import NO_CASE, WordPieces, letter_case

IGNORED = -100


@dataclass(slots=True)
class Window:
    """One input of the encoder and the targets of its task ("tree", "entities" or "roles"), a list each.

    ``first`` and ``last`` are each word's first and last piece; "head" targets are word indices in the window,
    a root's its own; "sentence" and "line" number the sentences and lines. "link" is the first word of the span that a
    word's span points to, its own index where that is missing.
    """

    task: str
    pieces: list[int] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    targets: dict[str, list[int]] = field(default_factory=dict)

    def add_word(self, word: str, ids: Sequence[int]) -> None:
        """Append the pieces of one word."""
        case = letter_case(word)
        self.first.append(len(self.pieces))
        self.pieces.extend(ids)
        self.cases.extend([case] * len(ids))
        self.last.append(len(self.pieces) - 1)

    def add_mark(self, piece: int) -> None:
        """Append a piece that belongs to no word."""
        self.pieces.append(piece)
        self.cases.append(NO_CASE)


class WindowMaker:
    """Makes windows of at most ``longest`` pieces from the corpora, changed at random while ``random`` is given."""

    def __init__(self, pieces: WordPieces, labels: Labels, longest: int) -> None:
        self.pieces = pieces
        self.longest = longest
        self._index = {
            "tag": _index(labels.tags),
            "morph": _index(labels.morphs),
            "script": _index(labels.scripts),
            "dep": _index(labels.deps),
            "ENT": _index(labels.entities),
            "role": _index(labels.roles),
        }

    def trees(self, trees: Sequence[Tree], random: Random | None = None) -> Iterator[Window]:
        """Yield windows of consecutive sentences; a third of them of shuffled ones, as scraped pages order lines.

        A [SEP] stands where a new line begins: at every paragraph, and at further sentences drawn at random.
        """
        order = list(trees)
        if random is not None:
            order = _partly_shuffled(order, random)
        window, limit = self._new("tree"), self._limit(random)
        scraped = random is not None and random.random() < 0.25
        lines = random.random() if random is not None else 0.0
        for original in order:
            tree = changed_tree(original, random, is_scraped=scraped) if random is not None else original
            ids = [self.pieces.ids(word.form) for word in tree.words]
            size = sum(map(len, ids)) + 2
            if window.first and len(window.pieces) + size > limit:
                yield self._closed(window)
                window, limit = self._new("tree"), self._limit(random)
                if random is not None:
                    scraped, lines = random.random() < 0.25, random.random()
            if len(window.pieces) + size > self.longest + 2:
                continue
            if window.first and (tree.starts_paragraph or (random is not None and random.random() < lines)):
                window.add_mark(self.pieces.separator)
            self._add_tree(window, tree, ids)
        if window.first:
            yield self._closed(window)

    def texts(self, texts: Sequence[TaggedText], task: str, random: Random | None = None) -> Iterator[Window]:
        """Yield windows of whole lines of each text; longer lines are cut at their words."""
        for original in texts:
            text = changed_text(original, random) if random is not None else original
            shows_lines = task == "roles" or (random is not None and random.random() < 0.5)
            window, limit = self._new(task), self._limit(random)
            for number, line in enumerate(_lines(text)):
                ids = [self.pieces.ids(text.words[index]) for index in line]
                if window.first and len(window.pieces) + sum(map(len, ids)) + 2 > limit:
                    yield self._closed(window)
                    window, limit = self._new(task), self._limit(random)
                if window.first and shows_lines:
                    window.add_mark(self.pieces.separator)
                for index, word_ids in zip(line, ids, strict=True):
                    if len(window.pieces) + len(word_ids) + 1 > self.longest:
                        yield self._closed(window)
                        window, limit = self._new(task), self._limit(random)
                    window.add_word(text.words[index], word_ids)
                    self._add_tags(window, text, index, number)
            if window.first:
                yield self._closed(window)

    def _add_tags(self, window: Window, text: TaggedText, index: int, line: int) -> None:
        if window.task == "entities":
            values = {"ENT": self._index["ENT"][text.layers["ENT"][index]]}
        else:
            tag = next((tags[index] for tags in text.layers.values() if tags[index] != "O"), "O")
            lines = window.targets.get("line", [])
            before = window.targets["role"][-1] if lines and lines[-1] == line else 0
            role = self._index["role"][tag]
            if tag.startswith("I-") and before not in (role, role - 1):
                role -= 1  # A span that the window cuts begins with its first word there.
            values = {"role": role, "line": line, "span": text.spans[index], "link": text.links[index]}
        for name, value in values.items():
            window.targets.setdefault(name, []).append(value)

    def _add_tree(self, window: Window, tree: Tree, ids: Sequence[Sequence[int]]) -> None:
        base = len(window.first)
        targets = window.targets
        sentence = targets["sentence"][-1] + 1 if base else 0
        for index, (word, word_ids) in enumerate(zip(tree.words, ids, strict=True)):
            window.add_word(word.form, word_ids)
            values = {
                "tag": self._index["tag"].get(word.tag, IGNORED),
                "morph": self._index["morph"].get(morph_label(word), IGNORED),
                "script": self._index["script"].get(script_for(word.form, word.lemma), IGNORED),
                "start": int(index == 0),
                "head": base + word.head,
                "dep": self._index["dep"].get(word.dep, IGNORED),
                "sentence": sentence,
            }
            for name, value in values.items():
                targets.setdefault(name, []).append(value)

    def _new(self, task: str) -> Window:
        window = Window(task)
        window.add_mark(self.pieces.start)
        return window

    def _closed(self, window: Window) -> Window:
        window.add_mark(self.pieces.separator)
        if window.task == "roles":
            window.targets["link"] = _links(window.targets.pop("span"), window.targets["link"])
        return window

    def _limit(self, random: Random | None) -> int:
        return self.longest if random is None else random.randint(self.longest // 4, self.longest)


def _index(labels: Sequence[str]) -> dict[str, int]:
    return {label: index for index, label in enumerate(labels)}


def _links(spans: Sequence[int], links: Sequence[int]) -> list[int]:
    """Turn the numbers of spans pointed to into indices of words (see ``Window``); 0 is left out of the loss."""
    first: dict[int, int] = {}
    for index, span in enumerate(spans):
        first.setdefault(span, index)
    return [first.get(link, index) if link else IGNORED for index, link in enumerate(links)]


def _partly_shuffled(trees: list[Tree], random: Random) -> list[Tree]:
    """Keep the documents' order for two thirds of them (documents shuffled), and mix the sentences of the rest."""
    documents: list[list[Tree]] = []
    for tree in trees:
        if tree.starts_document or not documents:
            documents.append([])
        documents[-1].append(tree)
    random.shuffle(documents)
    loose: list[Tree] = []
    kept: list[Tree] = []
    for document in documents:
        (loose if random.random() < 0.33 else kept).extend(document)
    random.shuffle(loose)
    return kept + loose


def _lines(text: TaggedText) -> Iterator[list[int]]:
    line: list[int] = []
    for index in range(len(text.words)):
        if index in text.line_starts and line:
            yield line
            line = []
        line.append(index)
    if line:
        yield line
