"""Build ``claims/extraction/data/guesses.tsv``: acts of words that the cue lexicon lacks, guessed by likeness.

    python -m claims.extraction.training.build_guesses [--output FILE]

A verb's vector is the mean of its pieces in the shipped encoder's input table. A ridge regression from the vectors of
the lexicon's verbs to their acts scores the other words that the lemmatizer knows; one is listed if its best act is not
plain speech and scores enough to be right about seven times in ten on verbs left out. Leaving each verb of the lexicon
out in turn is exact and cheap here (Hastie, Tibshirani, Friedman, *The Elements of Statistical Learning*, 7.10): the
figures are printed. Needs ``onnx``, like the rest of the training.

One verb a line: lemma, tab, act.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from claims.extraction.frequencies import english_words
from claims.extraction.lexicon import cues
from claims.extraction.types import Act
from claims.extraction.wordpieces import WordPieces

HERE = Path(__file__).parents[1]
ENCODER = HERE / "en_stance_news" / "encoder"
LEMMAS = HERE / "en_stance_news" / "lemmatizer" / "lexicon.json"
OUTPUT = HERE / "data" / "guesses.tsv"
RIDGE = 1.0
LEAST_SCORE = 0.40
SHORTEST = 3

Floats = npt.NDArray[np.float64]


class Vectors:
    """The vectors of single words, from the encoder's input table."""

    def __init__(self) -> None:
        model = onnx.load(str(ENCODER / "model.onnx"))
        self.pieces = WordPieces((ENCODER / "pieces.txt").read_text(encoding="utf-8").split("\n"))
        tables = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        name = next(name for name, table in tables.items() if len(table) == len(self.pieces.vocabulary))
        scale = next(table for table in tables.values() if table.shape == (len(self.pieces.vocabulary), 1))
        self._table = tables[name].astype(np.float64) * scale

    def of(self, words: list[str]) -> Floats:
        """The vectors of ``words``, one a row."""
        return np.stack([self._table[list(self.pieces.ids(word))].mean(axis=0) for word in words])


def known_acts() -> dict[str, Act]:
    """The lexicon's verbs with the act of their first reading without a preposition."""
    return {
        word: next(reading.act for reading in readings if reading.lemma == word)
        for (word, pos), readings in cues().items()
        if pos == "V" and word.isalpha() and any(reading.lemma == word for reading in readings)
    }


def normalised(vectors: Floats, mean: Floats) -> Floats:
    """``vectors`` round the ``mean`` of the lexicon's, each of length one."""
    centred = vectors - mean
    lengths: Floats = np.linalg.norm(centred, axis=1, keepdims=True)
    return centred / lengths


def fitted(vectors: Floats, acts: list[Act]) -> tuple[Floats, Floats]:
    """The weights of a regression from vectors to acts, and the scores of each word by the other words alone."""
    goal = np.array([[float(act == each) for each in Act] for act in acts])
    mean = goal.mean(axis=0)
    inverse = np.linalg.inv(vectors @ vectors.T + RIDGE * np.eye(len(vectors)))
    weights = vectors.T @ inverse @ (goal - mean)
    hat = vectors @ vectors.T @ inverse
    own = np.diag(hat)[:, None]
    left_out = (hat @ (goal - mean) - own * (goal - mean)) / (1 - own) + mean
    return weights, left_out


def candidates() -> list[str]:
    """The verbs that the lemmatizer knows, without the lexicon's: words whose past tense is in use."""
    known = json.loads(LEMMAS.read_text(encoding="utf-8"))
    verbs = {lemma for form, lemma in known["lemmas"].items() if form.partition("|")[2].startswith("VB")}
    common = english_words()
    verbs |= {word for word in known["words"] if max(common.zipf(past) for past in regular_pasts(word)) > 0}
    return sorted(
        word
        for word in verbs
        if word.isascii() and word.isalpha() and len(word) >= SHORTEST and (word, "V") not in cues()
    )


def regular_pasts(verb: str) -> tuple[str, ...]:
    """What the regular past tense of a verb may be spelled like."""
    return (f"{verb}d",) if verb.endswith("e") else (f"{verb}ed", f"{verb}{verb[-1]}ed", f"{verb[:-1]}ied")


def main() -> None:
    """Fit, measure and write the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    output = parser.parse_args().output
    vectors = Vectors()
    every = list(Act)
    known = known_acts()
    raw = vectors.of(list(known))
    mean = raw.mean(axis=0)
    acts = list(known.values())
    weights, left_out = fitted(normalised(raw, mean), acts)
    best = [every[place] for place in left_out.argmax(axis=1)]
    right = np.array([guess == act for guess, act in zip(best, acts, strict=True)])
    listed = np.array([guess != Act.STATES for guess in best]) & (left_out.max(axis=1) >= LEAST_SCORE)
    prior = np.array([[float(act == each) for each in every] for act in acts]).mean(axis=0)
    print(  # noqa: T201
        f"{len(acts)} verbs, each left out: {right.mean():.3f} right (commonest act {prior.max():.3f});"
        f" of the {listed.sum()} that would be listed {right[listed].mean():.3f}"
    )
    others = candidates()
    lines = []
    for word, row in zip(others, normalised(vectors.of(others), mean) @ weights + prior, strict=True):
        act = every[int(row.argmax())]
        if act != Act.STATES and row.max() >= LEAST_SCORE:
            lines.append(f"{word}\t{act}\n")
    output.write_text("".join(["verb\tact\n", *lines]), encoding="utf-8")
    print(f"{len(lines)} verbs, {output.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
