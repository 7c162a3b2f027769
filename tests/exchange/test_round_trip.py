"""What goes out of the store comes in again without a difference, whatever strangers wrote."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.exchange.formats import dataset_of
from claims.exchange.reading import READERS
from claims.exchange.resources import TABLES
from claims.exchange.streams import LINES, table
from claims.models import Actor
from tests import factories as make

pytestmark = pytest.mark.django_db

#: What files and spreadsheets trip over: formulas, quotes, line ends, invisible and two-way characters, emoji.
CHARACTERS = st.sampled_from(
    "=+-@＝\t\r\n\x0b\x1f\x85\u2028'\"\\,;{}[]<>&\u202e\u200f\u200b\ufeff\u00a0 aé中\U0001f600"
)
HOSTILE = st.text(CHARACTERS, min_size=1, max_size=12)


def a_store(text: str, other: str) -> None:
    """A row of every table, with ``text`` and ``other`` wherever people or articles write."""
    russia = make.alias(text=text, valid_from="2012-05-07").actor
    Actor.objects.filter(pk=russia.pk).update(name=other, description=text)
    kremlin = make.actor(name="Kremlin", kind="institution", part_of=russia)
    make.role(title=text, organisation=kremlin)
    make.role(title=text, organisation=None, valid_from=None)
    patterns = ["attack", "с наступлением", "a; b"]
    topic = make.topic(slug="topic", name=f"{text} topic", description=other, patterns=patterns)
    claim = make.claim(text=f"{text} claim")
    claim.topics.add(topic)
    words = f"Title\n20211230\nhttps://www.example.org/\nMoscow denies |{text}| about {other}.\n"
    stance = make.stance(
        article=make.article(text=words),
        actor_as_printed=f"{other} office",
        office=other,
        claim=claim,
        content=f"|{text}|",
        target="",
        said_on="2021-12-30",
    )
    make.chain_link(stance=stance, as_printed=text, act="states")
    make.chain_link(stance=stance, order=1, actor=None, as_printed=other, mention_start=3, mention_end=9)
    make.addressee(stance=stance, as_printed=other)


def file_of(noun: str, format: str) -> str:
    resource = TABLES[noun]()
    return "".join(LINES[format](table(resource, resource.get_queryset().order_by("pk"))))


def imported(noun: str, format: str, text: str, *, dry_run: bool) -> Any:
    rows = READERS[format](io.StringIO(text, newline=""))
    return TABLES[noun]().import_data(dataset_of(rows), dry_run, user=make.person("leo"), file_name="rows")


@given(HOSTILE, HOSTILE)
@example("=cmd|' /C calc'!A0", "'=1")
@example("'", "''")
@example("\r", "\n")
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_text_makes_a_difference_on_its_way_out_and_in(db: None, text: str, other: str) -> None:
    with transaction.atomic():
        a_store(text, other)
        for noun in TABLES:
            for format in LINES:
                out = file_of(noun, format)
                result = imported(noun, format, out, dry_run=True)
                assert [str(problem.error) for problem in result.base_errors] == []
                assert [row.error for row in result.invalid_rows] == []
                assert {kind: number for kind, number in result.totals.items() if number} == {"skip": len(result.rows)}
                assert len(result.rows) > 0
                imported(noun, format, out, dry_run=False)
                assert file_of(noun, format) == out
        transaction.set_rollback(True)


@pytest.mark.parametrize("format", sorted(LINES))
def test_every_table_of_a_store_can_be_moved_to_an_empty_one(format: str) -> None:
    a_store("=1", "'x")
    files = {noun: file_of(noun, format) for noun in TABLES}
    for noun in reversed(TABLES):
        if noun == "actors":
            Actor.objects.update(part_of=None)
        TABLES[noun]._meta.model._default_manager.all().delete()
    for noun, text in files.items():
        result = imported(noun, format, text, dry_run=True)
        assert (noun, [str(error.error) for error in result.base_errors]) == (noun, [])
        assert (noun, [row.error for row in result.invalid_rows]) == (noun, [])
        assert result.totals["new"] == len(result.rows) > 0
        imported(noun, format, text, dry_run=False)
    # What a machine scored elsewhere is no score of this store's machine.
    files["stances"] = files["stances"].replace("0.8", "0.0")
    assert {noun: file_of(noun, format) for noun in TABLES} == files
