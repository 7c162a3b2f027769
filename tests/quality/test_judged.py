"""Counts of judged stances, as the database groups them."""

from __future__ import annotations

from typing import Any

import pytest

from claims.evaluation.reliability import calibration_error, reliability
from claims.quality.judged import By, overall, precision_by, reliability_of_confidence
from claims.quality.precision import Tally
from tests import factories as make

pytestmark = pytest.mark.django_db


def judged(states: str, **values: Any) -> None:
    """A stance of a run for each letter: Accepted, Corrected, Rejected, Pending."""
    names = {"A": "accepted", "C": "corrected", "R": "rejected", "P": "pending"}
    run = values.pop("run", None) or make.run(pipeline_name="en_stance_news", pipeline_version="1.2.0")
    for number, letter in enumerate(states):
        name = f"{run.pk} {number}"
        make.stance(run=run, state=names[letter], actor_as_printed=name, **values)


def test_only_what_the_machine_found_and_people_judged_counts() -> None:
    judged("ACRPP")
    make.stance(state="accepted", actor_as_printed="Added by a person")
    assert overall() == Tally(1, 1, 1)


def test_act_and_cue_are_the_machines_whatever_people_made_of_them() -> None:
    judged("AC", act="denies", extracted={"act": "states", "cue": "Said"})
    judged("R", extracted={"act": None, "cue": "said"})
    assert dict(precision_by(By.ACT)) == {"states": Tally(1, 1, 0), "": Tally(0, 0, 1)}
    assert dict(precision_by(By.CUE)) == {"said": Tally(1, 1, 1)}


def test_outlets_and_pipelines() -> None:
    judged("AAR", run=make.run(pipeline_name="en_stance_news", pipeline_version="1.1.0"))
    other = make.outlet(name="Other", domain="other.org")
    judged("A", article=make.article(outlet=other, text=make.ARTICLE + "More.\n"))
    judged("R", article=make.article(outlet=None, text=make.ARTICLE + "No outlet.\n"))
    outlets = {"The Daily Example": Tally(2, 0, 1), "": Tally(0, 0, 1), "Other": Tally(1, 0, 0)}
    assert dict(precision_by(By.OUTLET)) == outlets
    assert dict(precision_by(By.PIPELINE)) == {
        "en_stance_news 1.1.0": Tally(2, 0, 1),
        "en_stance_news 1.2.0": Tally(1, 0, 1),
    }


def test_the_most_judged_come_first_and_the_rest_is_left_out() -> None:
    judged("A", extracted={"cue": "says"})
    judged("AA", extracted={"cue": "warned"})
    assert precision_by(By.CUE, most=1) == [("warned", Tally(2, 0, 0))]


def test_bands_are_those_of_the_evaluation() -> None:
    given = [(0.0, "A"), (0.29, "R"), (0.7, "A"), (0.7, "C"), (0.999999999, "A"), (1.0, "R"), (0.95, "A")]
    for confidence, letter in given:
        judged(letter, confidence=confidence)
    expected = reliability((confidence, letter == "A") for confidence, letter in given)
    found = reliability_of_confidence()
    assert [band[:3] for band, _ in found.bands] == [band[:3] for band in expected]
    assert [band[3:] for band, _ in found.bands] == [pytest.approx(band[3:]) for band in expected]
    assert found.error == pytest.approx(calibration_error(expected))


def test_without_judgements_there_is_nothing() -> None:
    assert overall() == Tally()
    assert [precision_by(by) for by in By] == [[]] * len(By)
    assert reliability_of_confidence() == ([], 0.0)
