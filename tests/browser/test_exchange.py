"""Importing in a browser: from the file to the preview, what is wrong with it, and what was written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from claims.exchange.resources import TABLES
from claims.models import Actor, Stance
from tests import factories as make
from tests.browser.visitor import Visitor
from tests.factories import person

pytestmark = pytest.mark.sqlite

NARROW = 320


@pytest.fixture
def store(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    make.alias()
    make.role()
    stance = make.stance()
    make.chain_link(stance=stance)
    assert stance.claim is not None
    stance.claim.topics.add(make.topic())


def upload(visitor: Visitor, noun: str, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    visitor.go(f"/admin/claims/{noun}/import/")
    visitor.page.get_by_label("File to import").set_input_files(file)
    visitor.page.get_by_label("Format").select_option(label="JSON")
    visitor.page.get_by_role("button", name="Preview").click()


def fits(visitor: Visitor) -> bool:
    size = visitor.page.viewport_size
    visitor.page.set_viewport_size({"width": NARROW, "height": 640})
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert size is not None
    visitor.page.set_viewport_size(size)
    return bool(wide <= NARROW)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_preview_and_its_errors_shut_nobody_out(visitor: Visitor, store: None, table: str, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    call_command("export_table", table, f"--output={path}")
    rows = json.loads(path.read_text(encoding="utf-8"))
    noun = str(TABLES[table]._meta.model._meta.model_name)
    column = {"aliases": "valid_until", "roles": "valid_until", "claims": "text", "stances": "act"}.get(table, "name")
    cell = {"valid_until": "2030-01-01", "act": "warns"}.get(column, "Other words")
    visitor.sign_in(person("leo"))
    upload(visitor, noun, [{**row, column: cell} for row in rows[:1]], tmp_path)
    expect(visitor.page.get_by_text("Nothing is written yet.")).to_be_visible()
    assert visitor.barriers() == []
    assert fits(visitor)
    upload(visitor, noun, [{**row, column: "shouts" * 500} for row in rows[:1]], tmp_path)
    expect(visitor.page.get_by_role("heading", name="What is wrong")).to_be_visible()
    assert visitor.barriers() == []
    assert fits(visitor)
    visitor.go(f"/admin/claims/{noun}/export/")
    assert visitor.barriers() == []
    assert fits(visitor)


def test_what_is_confirmed_is_written(visitor: Visitor, store: None, tmp_path: Path) -> None:
    visitor.sign_in(person("leo"))
    upload(visitor, "actor", [{"slug": "nato", "name": "NATO"}, {"slug": "russia", "name": "Russia"}], tmp_path)
    expect(visitor.page.get_by_role("main")).to_contain_text("New: 1 · changed: 0 · as they are: 1")
    assert not Actor.objects.filter(slug="nato").exists()
    visitor.page.get_by_role("button", name="Confirm import").click()
    expect(visitor.page.get_by_role("main")).to_contain_text("Import finished: 1 new")
    assert Actor.objects.get(slug="nato").curated


def test_a_lead_ticks_that_judged_stances_change_too(visitor: Visitor, store: None, tmp_path: Path) -> None:
    Stance.objects.update(state="accepted")
    path = tmp_path / "out.json"
    call_command("export_table", "stances", f"--output={path}")
    [row] = json.loads(path.read_text(encoding="utf-8"))
    visitor.sign_in(person("leo"))
    upload(visitor, "stance", [{**row, "act": "warns"}], tmp_path)
    expect(visitor.page.get_by_role("main")).to_contain_text("an import leaves alone")
    visitor.page.get_by_label("File to import").set_input_files(tmp_path / "rows.json")
    visitor.page.get_by_label("Format").select_option(label="JSON")
    visitor.page.get_by_label("Change judged stances too").check()
    visitor.page.get_by_role("button", name="Preview").click()
    visitor.page.get_by_role("button", name="Confirm import").click()
    expect(visitor.page.get_by_role("main")).to_contain_text("1 updated")
    assert Stance.objects.get().state == "corrected"
