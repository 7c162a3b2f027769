"""The parts of the pipeline that need no model: trees, windows, spans, pieces, lemmas, conversion of labels."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from claims.extraction.components.clearnlp import universal_dependencies
from claims.extraction.components.reading import Floats, reading_of
from claims.extraction.components.spans import Costs, bio_spans
from claims.extraction.components.trees import best_heads
from claims.extraction.components.windows import LONGEST, cut, window_at
from claims.extraction.lemma_scripts import apply_script, script_for
from claims.extraction.pipeline import blank_pipeline
from claims.extraction.tokenizer import word_offsets
from claims.extraction.wordpieces import CASES, MAX_PIECES_PER_WORD, WordPieces, letter_case

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "de", "##ni", "##es", "kyiv", "a", "-", "elysee", "中"]


def is_tree(heads: tuple[int, ...]) -> bool:
    roots = [word for word, head in enumerate(heads) if word == head]
    for word in range(len(heads)):
        for _ in heads:
            word = heads[word]
        if word not in roots:
            return False
    return len(roots) == 1


SQUARES = st.integers(1, 5).flatmap(
    lambda size: st.lists(st.lists(st.floats(-5, 5), min_size=size, max_size=size), min_size=size, max_size=size)
)


@given(SQUARES)
def test_it_finds_the_best_tree_with_one_root(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float32)
    shares = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(shares[word, head] for word, head in enumerate(heads)))

    found = tuple(best_heads(scores).tolist())
    assert is_tree(found)
    trees = filter(is_tree, itertools.product(range(len(rows)), repeat=len(rows)))
    assert total(found) >= max(map(total, trees)) - 1e-3


def test_windows_hold_whole_lines_while_they_fit() -> None:
    pieces = WordPieces(VOCABULARY)
    words = ["a"] * 300
    line_starts = [index % 100 == 0 for index in range(300)]
    window = window_at(0, words, line_starts, pieces)
    assert (window.start, window.end, window.complete) == (0, 200, True)
    assert len(window.pieces) == 1 + 200 + 1 + 1  # Start, words, a separator between the lines and one at the end.
    assert window.pieces[101] == pieces.separator
    assert window_at(200, words, line_starts, pieces).end == 300


def test_a_line_that_is_too_long_fills_a_window() -> None:
    words = ["denies"] * 200
    window = window_at(0, words, [True] + [False] * 199, WordPieces(VOCABULARY))
    assert not window.complete
    assert len(window.pieces) <= LONGEST < len(window.pieces) + 3
    assert [int(index) for index in window.last - window.first] == [2] * window.end


def test_a_window_is_cut_at_its_last_sentence() -> None:
    words = ["a"] * 400
    window = window_at(0, words, [True] + [False] * 399, WordPieces(VOCABULARY))
    starts = [index in (0, 90, 180) for index in range(window.end)]
    assert cut(window, starts, words) == 180


@pytest.mark.parametrize(("mark", "kept"), [("a", LONGEST - 2), (",", 201)])
def test_a_sentence_longer_than_a_window_is_cut_behind_a_comma_if_there_is_one(mark: str, kept: int) -> None:
    words = ["a"] * 200 + [mark] + ["a"] * 300
    pieces = WordPieces([*VOCABULARY, ","])
    window = window_at(0, words, [True] + [False] * 500, pieces)
    assert cut(window, [True] + [False] * (window.end - 1), words) == kept


def log_probabilities(*rows: list[float]) -> Floats:
    logarithms: Floats = np.log(np.array(rows, dtype=np.float32) + 1e-6)
    return logarithms


def test_inside_tags_need_a_beginning() -> None:
    scores = log_probabilities([0.45, 0.1, 0.45], [0.1, 0.1, 0.8], [0.8, 0.1, 0.1])
    assert bio_spans(scores, ["O", "B-CUE", "I-CUE"], [True, False, False]) == [(0, 2, "CUE")]


def test_no_span_reaches_over_a_line() -> None:
    scores = log_probabilities([0.1, 0.8, 0.1], [0.05, 0.15, 0.8], [0.05, 0.15, 0.8])
    assert bio_spans(scores, ["O", "B-X", "I-X"], [True, False, True]) == [(0, 2, "X"), (2, 3, "X")]


def test_a_span_pays_for_its_beginning_and_gains_by_staying() -> None:
    tags = ["O", "B-X", "I-X"]
    split = log_probabilities([0.1, 0.8, 0.1], [0.1, 0.5, 0.4], [0.1, 0.1, 0.8])
    assert bio_spans(split, tags, [True, False, False]) == [(0, 1, "X"), (1, 3, "X")]
    assert bio_spans(split, tags, [True, False, False], Costs(split=1.0)) == [(0, 3, "X")]
    end = log_probabilities([0.1, 0.8, 0.1], [0.55, 0.0, 0.45])
    assert bio_spans(end, tags, [True, False]) == [(0, 1, "X")]
    assert bio_spans(end, tags, [True, False], Costs(stay=0.3)) == [(0, 2, "X")]
    weak = log_probabilities([0.45, 0.55, 0.0], [0.9, 0.1, 0.0], [0.3, 0.7, 0.0])
    assert bio_spans(weak, tags, [True, False, False], Costs(begin=0.5)) == [(2, 3, "X")]


def test_neighbouring_spans_stay_apart() -> None:
    scores = log_probabilities([0.1, 0.8, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8])
    assert bio_spans(scores, ["O", "B-X", "I-X"], [True, False, False]) == [(0, 1, "X"), (1, 3, "X")]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("denies", ["de", "##ni", "##es"]),
        ("DENIES", ["de", "##ni", "##es"]),
        ("Élysée", ["elysee"]),
        ("Kyiv-A", ["kyiv", "-", "a"]),
        ("中a", ["中", "a"]),
        ("zzz", ["[UNK]"]),
        ("", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("a" * 500, ["[UNK]"]),
        ("-" * 50, ["-"] * MAX_PIECES_PER_WORD),
    ],
)
def test_it_splits_words_into_the_longest_pieces(word: str, pieces: list[str]) -> None:
    assert list(WordPieces(VOCABULARY).ids(word)) == [VOCABULARY.index(piece) for piece in pieces]


def test_it_remembers_a_limited_number_of_words() -> None:
    pieces = WordPieces(VOCABULARY)
    for number in range(60_000):
        pieces.ids(f"a{number}")
    assert len(pieces._cache) == 50_000


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("denies", "lower"), ("n't", "lower"), ("Kyiv", "title"), ("O'Brien", "mixed"), ("NATO", "upper"),
        ("U.S.", "upper"), ("A", "letter"), ("iPhone", "mixed"), ("2022", "number"), ("1,000", "number"),
        ("F16", "alphanumeric"), ("19th", "alphanumeric"), (",", "mark"), ("北京", "other"), ("", "mark"),
    ],
)  # fmt: skip
def test_it_tells_letter_cases_apart(word: str, case: str) -> None:
    assert CASES[letter_case(word)] == case


@pytest.mark.parametrize(
    ("word", "lemma", "script"),
    [
        ("says", "say", "l|s|"), ("Countries", "country", "l|ies|y"), ("went", "go", "=|went|go"),
        ("Moscow", "Moscow", "k||"), ("RUSSIA", "Russia", "t||"), ("russia", "Russia", "t||"),
        ("Is", "be", "=|is|be"), ("NATO", "NATO", "k||"), ("|", "|", "k||"),
    ],
)  # fmt: skip
def test_a_lemma_is_an_edit_of_its_word(word: str, lemma: str, script: str) -> None:
    assert script_for(word, lemma) == script
    assert apply_script(word, script) == lemma


@pytest.mark.parametrize(("word", "script"), [("says", "l|ies|y"), ("s", "l|s|"), ("gone", "=|went|go")])
def test_a_script_that_does_not_fit_gives_no_lemma(word: str, script: str) -> None:
    assert apply_script(word, script) is None


@given(st.text(min_size=1, max_size=12).filter(lambda text: "|" not in text), st.text(min_size=1, max_size=12))
def test_every_lemma_comes_back_from_its_script(word: str, lemma: str) -> None:
    assert apply_script(word, script_for(word, lemma)) == lemma


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "a 19-year-old from Covid-19 wards",
            ["a", "19", "-", "year", "-", "old", "from", "Covid", "-", "19", "wards"],
        ),
        ("US-led talks", ["US", "-", "led", "talks"]),
        ("He doesn't.\nShe does", ["He", "does", "n't", ".", "She", "does"]),
        ("Russia's non-paper", ["Russia", "'s", "non", "-", "paper"]),
    ],
)
def test_hyphens_inside_words_are_words(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_offsets(text)] == words


def test_a_pipe_without_the_encoder_says_so() -> None:
    with pytest.raises(ValueError, match="needs the pipe 'encoder' before it"):
        reading_of(spacy.blank("en")("Hello"))


def test_an_untrained_pipeline_says_that_it_holds_no_model() -> None:
    with pytest.raises(ValueError, match="load a trained pipeline"):
        blank_pipeline()("Hello")


def test_clearnlp_trees_become_universal_dependencies() -> None:
    words = ["Talks", "with", "Iran", "were", "cut", "by", "the", "White", "House"]
    doc = Doc(
        spacy.blank("en").vocab,
        words,
        pos=["NOUN", "ADP", "PROPN", "AUX", "VERB", "ADP", "DET", "PROPN", "PROPN"],
        lemmas=["talk", "with", "Iran", "be", "cut", "by", "the", "White", "House"],
        heads=[4, 0, 1, 4, 4, 4, 8, 8, 5],
        deps=["nsubjpass", "prep", "pobj", "auxpass", "ROOT", "agent", "det", "compound", "pobj"],
        ents=["O", "O", "B-GPE", "O", "O", "O", "B-ORG", "I-ORG", "I-ORG"],
    )
    arcs = [(token.text, token.dep_, token.head.text) for token in universal_dependencies(doc)]
    assert arcs == [
        ("Talks", "nsubj:pass", "cut"), ("with", "case", "Iran"), ("Iran", "nmod", "Talks"),
        ("were", "aux:pass", "cut"), ("cut", "ROOT", "cut"), ("by", "case", "House"), ("the", "det", "House"),
        ("White", "compound", "House"), ("House", "obl:agent", "cut"),
    ]  # fmt: skip
    assert [(span.text, span.label_) for span in doc.ents] == [("Iran", "LOC"), ("the White House", "ORG")]


def test_a_clearnlp_copula_hangs_on_its_predicate() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        ["The", "report", "is", "false", ",", "Seoul", "said", "."],
        pos=["DET", "NOUN", "AUX", "ADJ", "PUNCT", "PROPN", "VERB", "PUNCT"],
        lemmas=["the", "report", "be", "false", ",", "Seoul", "say", "."],
        heads=[1, 2, 6, 2, 6, 6, 6, 6],
        deps=["det", "nsubj", "ccomp", "acomp", "punct", "nsubj", "ROOT", "punct"],
    )
    arcs = {token.text: (token.dep_, token.head.text) for token in universal_dependencies(doc)}
    assert arcs["report"] == ("nsubj", "false")
    assert arcs["is"] == ("cop", "false")
    assert arcs["false"] == ("ccomp", "said")
