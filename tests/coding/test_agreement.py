"""The agreement of a round, from its codings."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.agreement import Nominal, Spans
from claims.coding import agreement_of
from claims.coding.agreement import Table
from claims.models import CodingRound
from tests import factories as make

pytestmark = pytest.mark.django_db


def fill(rows: list[tuple[str, str, str]], *, start: int = 0) -> CodingRound:
    """A round with a stance a row: the acts of Ana, of Leo and of the machine; "-" is no stance, "" says nothing."""
    people = {"ana": make.person("ana"), "leo": make.person("leo"), "machine": None}
    for number, acts in enumerate(rows, start=start):
        unit = make.coding_unit(stance=make.stance(actor_as_printed=f"It {number}"))
        for coder, act in zip(people.values(), acts, strict=True):
            if act:
                verdict = "none" if act == "-" else "stance"
                values = {"act": act, "actor": unit.stance.actor} if verdict == "stance" else {}
                make.coding(unit=unit, coder=coder, verdict=verdict, **values)
    return make.coding_round()


def found(table: Table, field: str) -> Nominal | Spans:
    return next(row.found for row in table.rows if row.field == field)


def test_people_and_the_machine_are_told_apart() -> None:
    both, apart = ("denies", "denies", "warns"), ("denies", "warns", "warns")
    tables = agreement_of(fill([both] * 7 + [apart] * 3 + [("-", "denies", "denies")] * 2))
    assert [(table.names, table.with_machine) for table in tables] == [
        (("ana", "leo"), False),
        (("ana", "the machine"), True),
        (("leo", "the machine"), True),
    ]
    act, verdict, content = (found(tables[0], field) for field in ("act", "verdict", "content"))
    assert isinstance(act, Nominal)
    assert (act.units, act.same) == (10, 7)
    assert act.percent.value == pytest.approx(0.7)
    # Ana always denies: chance alone would bring 0.7.
    assert act.kappa.value == pytest.approx(0.0)
    assert (verdict.units, verdict.same) == (12, 10)
    assert isinstance(content, Spans)
    assert (content.units, content.exact.value) == (10, 1.0)
    machine = found(tables[2], "act")
    assert (machine.units, machine.same) == (12, 5)


def test_of_three_each_two_are_compared_too() -> None:
    coding_round = fill([("denies", "denies", "")] * 3)
    ada = make.person("ada")
    coding_round.coders.add(ada)
    for unit in coding_round.units.all():
        make.coding(unit=unit, coder=ada, verdict="stance", act="warns", actor=unit.stance.actor)
    tables = agreement_of(coding_round)
    assert [table.names for table in tables] == [("ada", "ana", "leo"), ("ada", "ana"), ("ada", "leo"), ("ana", "leo")]
    assert [found(table, "act").same for table in tables] == [3, 0, 0, 3]


def test_what_is_not_coded_yet_is_no_answer() -> None:
    coding_round = fill([("denies", "", "")] * 2)
    for unit in coding_round.units.all():
        make.coding(unit=unit, coder=make.person("leo"))
    (table,) = agreement_of(coding_round)
    assert {row.found.units for row in table.rows} == {0}


def test_a_larger_round_takes_no_more_queries() -> None:
    coding_round = fill([("denies", "denies", "denies")] * 2)
    with CaptureQueriesContext(connection) as few:
        agreement_of(coding_round)
    fill([("denies", "denies", "denies")] * 20, start=2)
    with CaptureQueriesContext(connection) as many:
        agreement_of(coding_round)
    assert len(many) == len(few) == 3
