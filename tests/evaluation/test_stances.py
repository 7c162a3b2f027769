"""Stances against hand-marked ones: how pairs are made, and figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.evaluation.stance_report import acts_table, damage_figures, errors, figures_table, reliability_table
from claims.evaluation.stances import Comparison, GoldError, gold_folders, overlap, read_gold, same_name, same_names


def stance(content: str = "the road is open", **fields: Any) -> dict[str, Any]:
    return {
        "article": "one", "line": 4, "actor": "Norway", "via": [], "to": [], "act": "states", "cue": "said",
        "content": content, "target": None, "side": "neutral", "confidence": 0.8, **fields,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("the road is open", "The road is OPEN.", 1.0),
        ("the road is open", "the road", 2 * 2 / 6),
        ("the the", "the", 2 * 1 / 3),  # a word counts as often as it stands there
        ("road", "bridge", 0.0),
        (None, "road", 0.0),
        ("", "", 0.0),
    ],
)
def test_the_words_of_contents_overlap(left: str | None, right: str | None, share: float) -> None:
    assert overlap(left, right) == pytest.approx(share)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Nadia Calviño", "nadia calvino", True),
        ("The Kremlin", "Kremlin", True),
        ("U.S.", "U S", True),
        ("Norway", "Sweden", False),
        (None, "", True),
    ],
)
def test_names_are_the_same_but_for_case_accents_and_article(left: str | None, right: str | None, same: bool) -> None:
    assert same_name(left, right) is same


def test_lists_of_names_keep_their_order() -> None:
    assert same_names(["A", "the B"], ["a", "B"])
    assert not same_names(["A", "B"], ["B", "A"])
    assert same_names(None, [])


def test_a_pair_needs_the_same_line_and_half_of_the_words() -> None:
    marked = [stance(), stance(line=5), stance(article="two")]
    found = [stance(), stance("the road is bumpy, long, steep, cold and wet", line=5), stance(article="two", line=5)]
    assert Comparison.of(marked, found).pairs == [(0, 0)]


def test_what_agrees_on_actor_and_act_is_paired_before_what_overlaps_more() -> None:
    marked = [stance("the road is open")]
    found = [stance("the road is open", actor="Sweden"), stance("the road is open now", act="states")]
    assert Comparison.of(marked, found).pairs == [(0, 1)]


def test_each_stance_is_in_one_pair_at_most() -> None:
    marked = [stance(), stance(actor="Sweden")]
    assert Comparison.of(marked, [stance()]).pairs == [(0, 0)]
    assert Comparison.of([stance()], marked).pairs == [(0, 0)]


# Four marked, five found in their articles: the first right in everything, the second of another actor and side, the
# third by another way, the fourth not found; two found beside them.
MARKED = [
    stance(target="the road", side="for", to=["Sweden"]),
    stance("tolls are too high", line=5, act="criticises", target="tolls", side="against"),
    stance("the ferry will sail", line=6, via=["Sweden"]),
    stance("the port is closed", line=7, act="denies"),
]
FOUND = [
    stance(target="this road", side="for", to=["Sweden"], confidence=0.9),
    stance("tolls are too high", line=5, act="criticises", actor="Sweden", target="tax", confidence=0.9),
    stance("that the ferry will sail", line=6, confidence=0.6),
    stance("it rains", line=8, confidence=0.3),
    stance("it snows", line=9, act="warns", confidence=0.3),
    stance("it is dry", article="unmarked"),
]


@pytest.fixture
def comparison() -> Comparison:
    return Comparison.of(MARKED, FOUND)


def test_the_figures_are_those_worked_out_by_hand(comparison: Comparison) -> None:
    assert comparison.figures() == {
        "gold": 4,
        "predicted": 5,
        "pairs": 3,
        "found": {"precision": 0.6, "recall": 0.75, "f1": 0.667},
        "actor": {"precision": 0.4, "recall": 0.5, "f1": 0.444},
        "act": {"precision": 0.6, "recall": 0.75, "f1": 0.667},
        "stance": {"precision": 0.4, "recall": 0.5, "f1": 0.444},
        "chain": {"precision": 0.2, "recall": 0.25, "f1": 0.222},
        "to": 1.0,
        "side": 0.667,
        "target": 0.5,
    }


def test_without_pairs_there_are_no_shares_of_pairs() -> None:
    figures = Comparison.of(MARKED, []).figures()
    assert figures["stance"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert not {"to", "side", "target"} & set(figures)


def test_errors_are_missed_extra_or_wrong(comparison: Comparison) -> None:
    assert [record["line"] for record in comparison.missed()] == [7]
    assert [record["line"] for record in comparison.extra()] == [8, 9]
    assert [(one["actor"], other["actor"]) for one, other in comparison.wrong()] == [("Norway", "Sweden")]


def test_errors_are_listed_up_to_the_limit(comparison: Comparison) -> None:
    lines = list(errors(comparison, 1))
    assert lines == [
        "missed: 1",
        "  one:7  Norway | denies | said | the port is closed",
        "extra: 2",
        "  one:8  Norway | states | said | it rains",
        "wrong: 1",
        "  one:5  Norway | criticises <> Sweden | criticises | tolls are too high",
    ]


def test_acts_are_counted_whoever_the_actor(comparison: Comparison) -> None:
    acts = comparison.by_act()
    assert acts["states"] == ({"precision": 0.667, "recall": 1.0, "f1": 0.8}, 2)
    assert acts["criticises"] == ({"precision": 1.0, "recall": 1.0, "f1": 1.0}, 1)
    assert acts["warns"] == ({"precision": 0.0, "recall": 0.0, "f1": 0.0}, 0)
    assert list(acts) == ["states", "criticises", "denies", "warns"]


def test_an_open_act_is_a_row_of_its_own() -> None:
    assert "(open)" in Comparison.of([stance()], [stance(act=None)]).by_act()


def test_the_tables_say_it_in_lines(comparison: Comparison) -> None:
    assert "stance           0.400   0.500   0.444" in list(figures_table(comparison.figures()))
    assert "states           0.667   1.000   0.800        2" in list(acts_table(comparison))
    table = list(reliability_table(comparison.judged()))
    # Of the two at 0.9 one is right, the one at 0.6 is, the two at 0.3 are not.
    assert table[1:4] == [
        "0.3 to 0.4        0.30    0.00        2",
        "0.6 to 0.7        0.60    1.00        1",
        "0.9 to 1.0        0.90    0.50        2",
    ]
    assert table[-1] == "expected calibration error 0.360"


def test_the_loss_is_that_of_f1(comparison: Comparison) -> None:
    figures = damage_figures(comparison, Comparison.of(MARKED, []))
    assert figures["loss"] == {"found": 0.667, "actor": 0.444, "act": 0.667, "stance": 0.444, "chain": 0.222}


def test_several_files_of_marks_are_read_as_one(tmp_path: Path) -> None:
    for name, line in (("stances_a.jsonl", 4), ("stances_b.jsonl", 5)):
        (tmp_path / name).write_text(json.dumps(stance(line=line)) + "\n\n", encoding="utf-8")
    assert [record["line"] for record in read_gold(tmp_path)] == [4, 5]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "line 1"),
        ('{"article": "one"}', "line 1: line, actor, act, content, via missing"),
        ("[]", "line 1: article"),
    ],
)
def test_marks_that_cannot_be_read_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "stances.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=complaint):
        read_gold(tmp_path)


def test_a_folder_is_a_set_or_holds_sets(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no folder articles"):
        gold_folders(tmp_path)
    with pytest.raises(GoldError, match=r"no stances\.jsonl"):
        read_gold(tmp_path)
    for name in ("dev", "held"):
        (tmp_path / name / "articles").mkdir(parents=True)
    assert gold_folders(tmp_path) == [tmp_path / "dev", tmp_path / "held"]
    (tmp_path / "articles").mkdir()
    assert gold_folders(tmp_path) == [tmp_path]
