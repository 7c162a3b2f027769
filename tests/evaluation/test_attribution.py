"""Attributions against PolNeAR's: how marks are read, compared and counted, by figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from claims.evaluation.attribution import Score, evaluate_attribution, overlapping, table
from claims.evaluation.marks import Marked, MarkedAttribution, from_doc, from_standoff, quotation_of
from claims.extraction.training.standoff import annotated_texts, read_standoff
from claims.extraction.types import Quotation, Span

TEXT = 'Merkel said it was late.\n"Go home," she told them. "Now."\nA vote was called.\n'
BRAT = (
    "T1\tSource 0 6\tMerkel\nT2\tCue 7 11\tsaid\nT3\tContent 12 24\tit was late.\n"
    "T4\tAttribution 7 11\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    "T5\tContent 25 35;51 57\t\"Go home,\" \"Now.\"\nT6\tSource 36 39\tshe\n"
    "T7\tCue 40 44\ttold\nT8\tAttribution 40 44\ttold\n"
    "E2\tAttribution:T8 Source:T6 Cue:T7 Content:T5 Content2:T99\n"
    "T9\tContent 58 64\tA vote\nbroken over lines\nT10\tCue 69 75\tcalled\nT11\tAttribution-no-source 69 75\tcalled\n"
    "E3\tAttribution-no-source:T11 Content:T9 Cue:T10\n"
    "T12\tDiscuss 0 6\tMerkel\n#1\tAnnotatorNotes T1\ta note\n"
)  # fmt: skip


def spans(*offsets: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in offsets)


def one(source: tuple[int, int] | None, cue: tuple[int, int], *content: tuple[int, int]) -> MarkedAttribution:
    return MarkedAttribution(spans(source) if source else (), spans(cue), spans(*content))


def marked(*attributions: MarkedAttribution) -> Marked:
    roles = ("source", "cue", "content")
    return Marked({role: frozenset(s for a in attributions for s in getattr(a, role)) for role in roles}, attributions)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder, name, content in (
        ("text", "news.txt", TEXT),
        ("text", "lonely.txt", TEXT),
        ("attributions", "news_b.ann", "T1\tCue 0 6\tMerkel\n"),
        ("attributions", "news_a.ann", BRAT),
    ):
        (tmp_path / "dev" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "dev" / folder / name).write_text(content, encoding="utf8")
    return tmp_path / "dev"


def test_of_several_annotators_the_first_counts_and_texts_without_any_are_left_out(corpus: Path) -> None:
    assert [(text.name, marks.name) for text, marks in annotated_texts(corpus)] == [("news.txt", "news_a.ann")]


def test_marks_are_grouped_by_attribution_and_broken_lines_passed_over(corpus: Path) -> None:
    gold = from_standoff(TEXT, read_standoff(corpus / "attributions" / "news_a.ann"))
    assert gold.attributions == (
        one((0, 6), (7, 11), (12, 23)),  # without the full stop at its end
        one((36, 39), (40, 44), (25, 35), (51, 57)),
        one(None, (69, 75), (58, 64)),
    )
    assert gold.marks["content"] == frozenset(spans((12, 23), (25, 35), (51, 57), (58, 64)))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (spans((25, 35), (51, 57)), Quotation.DIRECT),
        (spans((12, 23)), Quotation.INDIRECT),
        (spans((25, 44)), Quotation.MIXED),
    ],
)
def test_a_content_is_quoted_wholly_partly_or_not(content: tuple[Span, ...], kind: Quotation) -> None:
    assert quotation_of(TEXT, content) == kind


def test_an_open_quotation_mark_holds_to_the_end_of_its_line() -> None:
    text = "“We wait\nand see"
    assert quotation_of(text, spans((0, 8))) == Quotation.DIRECT
    assert quotation_of(text, spans((9, 16))) == Quotation.INDIRECT


def test_fragments_without_a_word_between_them_are_one_in_an_attribution(corpus: Path) -> None:
    (corpus / "a.ann").write_text(
        "T1\tCue 7 11\tsaid\nT2\tContent 12 24;25 35\t.\nE1\tAttribution:T9 Content:T2 Cue:T1\n"
    )
    gold = from_standoff(TEXT, read_standoff(corpus / "a.ann"))
    assert gold.attributions == (one(None, (7, 11), (12, 35)),)
    assert gold.marks["content"] == frozenset(spans((12, 23), (25, 35)))


def test_roles_are_scored_as_published() -> None:
    score = Score()
    wanted = marked(one((0, 10), (20, 24), (30, 40)), one((50, 60), (70, 74), (80, 90)))
    # The first source is right, the second begins right and has half of it, the third touches none.
    found = marked(
        one((0, 10), (20, 24), (30, 40)), one((50, 55), (70, 74), (80, 90)), one((100, 104), (110, 114), (120, 124))
    )
    score.add("x" * 200, found, wanted)
    source = score.report()["source"]
    assert source["exact"] == {"precision": 0.333, "recall": 0.5, "f1": 0.4}
    assert source["begin"] == {"precision": 0.667, "recall": 1.0, "f1": 0.8}
    assert source["jaccard"] == {"precision": 0.5, "recall": 0.75, "f1": 0.6, "mean": 0.5}


def test_whole_attributions_are_exact_or_overlap_in_all_three() -> None:
    score = Score()
    wanted = marked(one((0, 10), (20, 24), (30, 40)), one((50, 60), (70, 74), (80, 90)), one(None, (92, 94), (96, 99)))
    found = marked(
        one((0, 10), (20, 24), (30, 40)),  # the same
        one((50, 55), (70, 74), (85, 99)),  # overlaps in all three
        one((88, 91), (92, 94), (96, 99)),  # gives a source to what has none
        one(None, (70, 74), (80, 90)),  # the other way round
    )
    score.add("x" * 200, found, wanted)
    report = score.report()
    assert report["attribution"] == {
        "exact": {"precision": 0.25, "recall": 0.333, "f1": 0.286},
        "overlap": {"precision": 0.5, "recall": 0.667, "f1": 0.571},
        "count": 3,
    }


def test_one_attribution_overlaps_with_one_at_most_the_closest_first() -> None:
    wanted = [one((0, 10), (20, 24), (30, 40))]
    found = [one((0, 10), (20, 24), (30, 35)), one((0, 10), (20, 24), (30, 39))]
    assert overlapping(found, wanted) == {(1, 0)}
    assert overlapping([one(None, (1, 2), (3, 4))], [one(None, (1, 2), (3, 9))]) == {(0, 0)}


def test_the_split_counts_recall_over_marked_and_precision_over_found() -> None:
    text = 'A says "b c" and d. '
    score = Score()
    # Marked as wholly quoted, found as mixed: neither side's exact figure has it, both overlap figures do.
    score.add(text, marked(one((0, 1), (2, 6), (7, 18))), marked(one((0, 1), (2, 6), (7, 12))))
    split = score.report()["quotation"]
    assert split["direct"]["count"] == 1
    assert split["direct"]["overlap"] == {"precision": 0.0, "recall": 1.0, "f1": 0.0}
    assert split["mixed"]["overlap"] == {"precision": 1.0, "recall": 0.0, "f1": 0.0}
    assert split["indirect"] == {
        "exact": {"precision": 0.0, "recall": 0.0, "f1": 0.0},
        "overlap": {"precision": 0.0, "recall": 0.0, "f1": 0.0},
        "count": 0,
    }


def test_marks_of_a_doc_are_characters_of_its_text() -> None:
    doc = spacy.blank("en")(TEXT)
    doc.spans["source"] = [doc[0:1]]
    doc.spans["content"] = [doc[2:6]]
    assert from_doc(doc).marks == {
        "source": frozenset(spans((0, 6))),
        "cue": frozenset(),
        "content": frozenset(spans((12, 23))),
    }


def test_it_reads_the_corpus_and_prints_a_table(corpus: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    seen: list[int] = []
    report = evaluate_attribution(nlp, corpus, watch=lambda: seen.append(1))
    assert (report["articles"], len(seen)) == (1, 1)
    assert (report["source"]["count"], report["cue"]["count"], report["content"]["count"]) == (2, 3, 4)
    assert report["attribution"]["count"] == 3
    assert "cue, exact                 0.000   0.000   0.000        3" in list(table(report))


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no annotated texts"):
        evaluate_attribution(spacy.blank("en"), tmp_path)
