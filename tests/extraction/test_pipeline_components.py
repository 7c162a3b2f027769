"""The parts of the pipeline that need no model: trees, windows, spans, pieces, lemmas, conversion of labels."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.strings import StringStore
from spacy.tokens import Doc

from claims.extraction.components.attribution import Attribution
from claims.extraction.components.chains import (
    Chain,
    Costs,
    best_tags,
    bio_spans,
    plain_chain,
    tag_probabilities,
    with_costs,
)
from claims.extraction.components.clearnlp import universal_dependencies
from claims.extraction.components.mending import mend
from claims.extraction.components.reading import KEY, ROLE_TAGS, Floats, act_guess, linked, reading_of
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


def spans(
    scores: Floats, tags: list[str], breaks: list[bool], costs: Costs | None = None
) -> list[tuple[int, int, str]]:
    return bio_spans(scores, tags, breaks, plain_chain(tags, costs or Costs()))


def test_inside_tags_need_a_beginning() -> None:
    scores = log_probabilities([0.45, 0.1, 0.45], [0.1, 0.1, 0.8], [0.8, 0.1, 0.1])
    assert spans(scores, ["O", "B-CUE", "I-CUE"], [True, False, False]) == [(0, 2, "CUE")]


def test_no_span_reaches_over_a_line() -> None:
    scores = log_probabilities([0.1, 0.8, 0.1], [0.05, 0.15, 0.8], [0.05, 0.15, 0.8])
    assert spans(scores, ["O", "B-X", "I-X"], [True, False, True]) == [(0, 2, "X"), (2, 3, "X")]


def test_a_span_pays_for_its_beginning_and_gains_by_staying() -> None:
    tags = ["O", "B-X", "I-X"]
    split = log_probabilities([0.1, 0.8, 0.1], [0.1, 0.5, 0.4], [0.1, 0.1, 0.8])
    assert spans(split, tags, [True, False, False]) == [(0, 1, "X"), (1, 3, "X")]
    assert spans(split, tags, [True, False, False], Costs(split=1.0)) == [(0, 3, "X")]
    end = log_probabilities([0.1, 0.8, 0.1], [0.55, 0.0, 0.45])
    assert spans(end, tags, [True, False]) == [(0, 1, "X")]
    assert spans(end, tags, [True, False], Costs(stay=0.3)) == [(0, 2, "X")]
    weak = log_probabilities([0.45, 0.55, 0.0], [0.9, 0.1, 0.0], [0.3, 0.7, 0.0])
    assert spans(weak, tags, [True, False, False], Costs(begin=0.5)) == [(2, 3, "X")]


def test_neighbouring_spans_stay_apart() -> None:
    scores = log_probabilities([0.1, 0.8, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8])
    assert spans(scores, ["O", "B-X", "I-X"], [True, False, False]) == [(0, 1, "X"), (1, 3, "X")]


TAGS = ["O", "B-X", "I-X"]
NUMBERS = st.floats(-4, 4, width=32)


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5),
    st.lists(NUMBERS, min_size=12, max_size=12),
    st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_chains_find_what_going_through_all_sequences_finds(
    rows: list[tuple[float, float, float]], learnt: list[float], line_starts: list[bool]
) -> None:
    scores = np.array(rows, dtype=np.float32)
    numbers = np.array(learnt, dtype=np.float32).reshape(4, 3)
    chain = with_costs(Chain(numbers[:3], numbers[3]), TAGS, {})
    breaks = line_starts[: len(scores)]

    def total(path: tuple[int, ...]) -> float:
        moves = [
            chain.first[tag] if index == 0 or breaks[index] else chain.step[path[index - 1], tag]
            for index, tag in enumerate(path)
        ]
        return float(sum(moves)) + float(scores[range(len(path)), path].sum())

    totals = {path: total(path) for path in itertools.product(range(3), repeat=len(scores))}
    assert total(tuple(best_tags(scores, chain, breaks))) == pytest.approx(max(totals.values()), abs=1e-3)
    weights = {path: np.exp(value - max(totals.values())) for path, value in totals.items()}
    wanted = np.zeros_like(scores, dtype=np.float64)
    for path, weight in weights.items():
        wanted[range(len(path)), path] += weight / sum(weights.values())
    assert np.allclose(tag_probabilities(scores, chain, breaks), wanted, atol=1e-4)


def attributed(words: str, tags: list[str], links: dict[int, int], *, breaks: tuple[int, ...] = (0,)) -> Doc:
    """A doc that the encoder has read with sure tags, and links from words to words."""
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab, words.split())
    pipe = Attribution(nlp.vocab, "attribution")
    pipe.set_labels(ROLE_TAGS)
    pipe.set_chain(plain_chain(ROLE_TAGS))
    scores = np.full((len(doc), len(ROLE_TAGS)), -4, dtype=np.float32)
    pairs = np.full((len(doc), len(doc)), -4, dtype=np.float32)
    for index, tag in enumerate(tags):
        scores[index, ROLE_TAGS.index(tag)] = 4
    for index, target in links.items():
        pairs[index, target] = 4
    doc.user_data[KEY] = {
        "words": np.arange(len(doc)),
        "line_starts": np.isin(np.arange(len(doc)), breaks),
        "role_scores": scores,
        "links": [pairs],
    }
    return pipe(doc)


def texts(doc: Doc) -> list[tuple[list[str], str, list[str]]]:
    return [
        ([span.text for span in sources], cue.text, [span.text for span in contents])
        for sources, cue, contents, _ in linked(doc)
    ]


def test_contents_in_pieces_go_to_the_cue_that_they_point_to() -> None:
    tags = ["B-CONTENT", "O", "B-SOURCE", "B-CUE", "O", "B-CONTENT", "O", "B-CUE", "B-CONTENT"]
    doc = attributed("Never , she said , again and added more", tags, {0: 3, 5: 3, 8: 7, 3: 2, 7: 2})
    assert texts(doc) == [(["she"], "said", ["Never", "again"]), (["she"], "added", ["more"])]
    assert all(one.probability > 0.9 for one in linked(doc))


def test_a_cue_may_have_no_source_but_not_no_content() -> None:
    tags = ["B-SOURCE", "B-CUE", "O", "B-CUE", "B-CONTENT"]
    doc = attributed("Oslo insisted ; reportedly late", tags, {1: 0, 3: 3, 4: 3})
    assert texts(doc) == [([], "reportedly", ["late"])]


def test_links_stay_in_their_line() -> None:
    tags = ["B-SOURCE", "B-CUE", "B-CONTENT", "B-CONTENT"]
    doc = attributed("Oslo says yes no", tags, {1: 0, 2: 1, 3: 1}, breaks=(0, 3))
    assert texts(doc) == [(["Oslo"], "says", ["yes"])]


def test_the_comma_after_a_content_is_not_its_own() -> None:
    tags = ["B-CONTENT", "I-CONTENT", "B-SOURCE", "B-CUE"]
    doc = attributed("Never , she said", tags, {0: 3, 1: 3, 3: 2})
    assert [span.text for span in doc.spans["content"]] == ["Never"]


def test_pipelines_without_attributions_have_nothing_linked() -> None:
    doc = spacy.blank("en")("She said so.")
    assert linked(doc) == []
    assert act_guess(doc, 1, 2) == []


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


def test_signs_that_the_vocabulary_lacks_are_ornaments() -> None:
    pieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", "*"])
    assert (pieces.ids("\U0001f680"), pieces.ids("qat")) == ((3,), (0,))


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
    ("words", "parsed", "mended"),
    [
        # A clause as predicate: its subject taken for an object within it, and for a clause beside it.
        (
            "point is that Oslo left",
            "4:obj 4:cop 4:mark 4:nsubj 4:ROOT",
            "4:nsubj:outer 4:cop 4:mark 4:nsubj 4:ROOT",
        ),
        (
            "Ida said points are that Oslo left",
            "1:nsubj 1:ROOT 1:ccomp 6:cop 6:mark 6:nsubj 1:ccomp",
            "1:nsubj 1:ROOT 6:nsubj:outer 6:cop 6:mark 6:nsubj 1:ccomp",
        ),
        # An object before a verb that is no predicate clause stays.
        ("whom Oslo is that left", "4:obj 4:nsubj 4:cop 4:det 4:ROOT", "4:obj 4:nsubj 4:cop 4:det 4:ROOT"),
        # Two clauses of one verb: the second belongs to the first, which has a subject.
        (
            "Oslo answered that it goes said Ida",
            "1:nsubj 5:ccomp 4:mark 4:nsubj 5:ccomp 5:ROOT 5:nsubj",
            "1:nsubj 5:ccomp 4:mark 4:nsubj 1:ccomp 5:ROOT 5:nsubj",
        ),
        (
            "go that it goes said Ida",
            "4:ccomp 3:mark 3:nsubj 4:ccomp 4:ROOT 4:nsubj",
            "4:ccomp 3:mark 3:nsubj 4:ccomp 4:ROOT 4:nsubj",
        ),
    ],
)
def test_trees_that_no_treebank_has_are_mended(words: str, parsed: str, mended: str) -> None:
    strings = StringStore(["obj", "cop", "mark", "ccomp", "nsubj", "nsubj:outer", "ROOT", "det"])
    arcs = [arc.split(":", 1) for arc in parsed.split()]
    heads = np.array([int(head) for head, _ in arcs])
    labels = np.array([strings[label] for _, label in arcs], dtype=np.uint64)
    mend(labels, heads, strings)
    assert len(words.split()) == len(arcs)
    found = zip(heads.tolist(), labels.tolist(), strict=True)
    assert " ".join(f"{head}:{strings[label]}" for head, label in found) == mended


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
