"""The doctor finds what is wrong, and nothing in a sound store."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims import doctor, triggers
from claims.models import Stance
from tests import factories as make


def examined() -> tuple[str, bool]:
    """What the doctor says, and whether all is well."""
    out = io.StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


@pytest.mark.django_db
def test_a_sound_store_is_well() -> None:
    make.judgement(stance=make.stance(state="accepted", actor_as_printed="a"))
    make.stance(mention="", target="", actor_as_printed="b")
    make.actor(name="RF", merged_into=make.actor())
    said, well = examined()
    assert well
    assert said.count("  ok  ") >= len(doctor.QUESTIONS) - 1  # an old SQLite is worth a warning
    assert "error" not in said


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["IMPORT_EXPORT_IMPORT_PERMISSION_CODE", "IMPORT_EXPORT_EXPORT_PERMISSION_CODE"])
def test_it_finds_import_and_export_without_permission(name: str, settings: Any) -> None:
    setattr(settings, name, None)
    said, well = examined()
    assert not well
    assert f"{name} is not set" in said


@pytest.mark.django_db
def test_it_finds_missing_triggers_and_evidence_that_slipped_through() -> None:
    stance = make.stance()
    triggers.remove(connection)
    Stance.objects.filter(pk=stance.pk).update(
        content_start=stance.content_start + 1, content_end=stance.content_end + 1
    )
    said, well = examined()
    assert not well
    assert "Triggers are missing (claims_" in said
    assert f"The content of stance {stance.pk} is not the text of article {stance.article.pk}." in said
    triggers.install(connection)


@pytest.mark.django_db
def test_it_shows_ten_of_many_findings() -> None:
    for number in range(12):
        make.stance(state="accepted", actor_as_printed=f"a{number}")
    said, well = examined()
    assert well
    assert said.count("no judgement says by whom") == 10
    assert "... and more" in said


@pytest.mark.django_db
def test_it_finds_merges_that_lead_round_in_a_circle() -> None:
    first, second, third = (make.actor(name=name) for name in "abc")
    outside = make.actor(name="d", merged_into=first)
    for row, target in ((first, second), (second, third), (third, first)):
        row.merged_into = target
        row.save()
    found = {finding.message for finding in doctor.merges_end()}
    assert found == {f"Actor {row.pk} was merged, through others, into itself." for row in (first, second, third)}
    assert str(outside.pk) not in " ".join(found)


@pytest.mark.django_db
def test_it_finds_runs_that_have_not_ended() -> None:
    make.run()
    said, well = examined()
    assert well
    assert "has not ended" in said


@pytest.mark.django_db(transaction=True)
def test_it_finds_missing_migrations_and_asks_no_further() -> None:
    call_command("migrate", "claims", "zero", verbosity=0)
    said, well = examined()
    call_command("migrate", verbosity=0)
    assert not well
    assert "claims.0001_initial" in said
    assert "evidence" not in said


@pytest.mark.django_db
@pytest.mark.sqlite
def test_it_finds_a_connection_that_does_not_wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 5")
        try:
            found = [finding.message for finding in doctor.sqlite_is_sound() if finding.serious]
        finally:
            cursor.execute("PRAGMA busy_timeout = 20000")
    assert found == ["SQLite has busy_timeout = 5, not 20000."]


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_it_knows_which_versions_of_sqlite_have_the_fault(version: tuple[int, int, int], faulty: bool) -> None:
    assert doctor.has_wal_reset_fault(version) == faulty
