"""Pages over a made-up store: what they ask the database, and how that is told."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.models import Stance
from claims.scale import bench
from claims.scale.bench import Figures, too_costly
from claims.scale.measure import Page, PageError, cost_of
from claims.scale.pages import BUDGET, pages
from claims.scale.plans import reads_by_index

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("made_up")
def test_every_page_opens_and_keeps_to_its_budget() -> None:
    listed = pages()
    assert [page.name for page in listed] == list(BUDGET)
    over = [
        f"{figures['page']}: {wrong}"
        for figures, _cost in bench.measure(listed, connection)
        # Over a small store the database rightly reads whole tables; times tell nothing here.
        if (wrong := too_costly({**figures, "ratio": 1.0}))
    ]
    assert over == []


@pytest.mark.usefixtures("made_up")
def test_a_page_that_does_not_open_is_named() -> None:
    with pytest.raises(PageError, match=r"gone .* 404"):
        cost_of(Page("gone", "/actors/nobody/"), bench.reader(), connection)


@pytest.mark.parametrize(
    ("queries", "ratio", "expected"),
    [
        (1, 1.0, ""),
        (1, 5.0, ""),
        (1, 5.1, "5.1 times the bare indexed queries, and 5 is the most"),
        (99, 1.0, f"99 queries, and the budget is {BUDGET['front']}"),
    ],
)
def test_what_costs_too_much_is_told_in_words(queries: int, ratio: float, expected: str) -> None:
    assert too_costly(Figures(page="front", database="sqlite", queries=queries, ratio=ratio)) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT * FROM claims_stance WHERE id = 7", True),
        ("SELECT * FROM claims_stance ORDER BY id DESC LIMIT 50", True),
        ("SELECT count(*) FROM claims_stance WHERE content_text LIKE '%%plan%%'", False),
        ("SELECT * FROM claims_stance ORDER BY content_text LIMIT 50", False),
        ("SELECT name FROM claims_outlet", True),
    ],
)
@pytest.mark.usefixtures("made_up")
def test_a_big_table_read_from_end_to_end_is_seen(sql: str, expected: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert reads_by_index(sql, (), connection) is expected


@pytest.mark.usefixtures("made_up")
def test_json_is_a_list_of_pages_with_queries_and_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.scale.measure.TIMES", 1)
    monkeypatch.setattr(bench, "MOST", 1e9)
    out = io.StringIO()
    call_command("bench", "pages", "--here", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert [each["page"] for each in report] == list(BUDGET)
    assert all(set(each) == {"page", "database", "queries", "ratio"} for each in report)
    assert {each["database"] for each in report} == {connection.vendor}


def test_a_store_without_stances_is_told() -> None:
    assert not Stance.objects.exists()
    with pytest.raises(CommandError, match="pending"):
        call_command("bench", "pages", "--here")
