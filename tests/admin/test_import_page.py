"""The page of an import: what it shows before anything is written, and what it refuses in words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models
from django.test import Client
from django.utils.html import strip_tags

from claims.admin import import_report
from claims.models import Actor, Alias, Claim, Role, Stance, Topic
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address
from tests.admin.test_exchange_admin import JSON, as_csv, confirmation, export, imported, preview

NOUNS = (Actor, Alias, Role, Topic, Claim, Stance)


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: Any) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def leo(as_person: SignIn) -> Client:
    return as_person("leo")


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


def rows_of_table(answer: Any) -> list[list[str]]:
    html = answer.content.decode()
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    cells = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[" ".join(strip_tags(cell).split()) for cell in row] for row in cells]


def test_the_preview_counts_and_lists_what_would_change(leo: Client) -> None:
    make.actor()
    make.actor(name="Ukraine")
    rows = [
        {"slug": "russia", "name": "Russia", "kind": "state"},
        {"slug": "ukraine", "name": "Ukraine", "kind": ""},
        {"slug": "nato", "name": "NATO", "kind": "organisation"},
    ]
    answer = preview(leo, Actor, as_csv(rows))
    assert "New: 1 · changed: 1 · as they are: 1" in words(answer)
    assert rows_of_table(answer) == [
        ["2", "changed Ukraine", "kind state"],
        ["3", "new NATO", "slug nato name NATO kind organisation"],
    ]


def test_a_long_preview_lists_the_first_and_counts_all(leo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_report, "MOST_SHOWN", 2)
    answer = preview(leo, Actor, as_csv([{"slug": f"a{number}", "name": "A"} for number in range(5)]))
    assert len(rows_of_table(answer)) == 2
    assert "And 3 more rows" in words(answer)
    answer = preview(leo, Actor, as_csv([{"slug": f"a{number}", "name": ""} for number in range(5)]))
    assert len(rows_of_table(answer)) == 2
    assert "And 3 more." in words(answer)


def test_each_thing_that_is_wrong_has_its_row_column_and_value(leo: Client) -> None:
    rows = [
        {"slug": "a", "name": "A", "kind": "planet", "part_of": "nowhere"},
        {"slug": "b", "name": "B", "kind": "", "part_of": ""},
        {"slug": "b", "name": "B again", "kind": "", "part_of": ""},
    ]
    found = rows_of_table(preview(leo, Actor, as_csv(rows)))
    assert ["1", "kind", "planet", "Value &#x27;planet&#x27; is not a valid choice."] in found
    assert ["1", "part_of", "nowhere", "No actor has the slug &#x27;nowhere&#x27;."] in found
    assert ["3", "slug", "b", "Row 2 has the same slug."] in found


WRONG = [
    (Actor, [{"slug": "a", "name": "A\0"}], "can’t be stored"),
    (Actor, [{"slug": "a\0", "name": "A"}], "can’t be stored"),
    (Alias, [{"actor": "russia\0", "text": "x", "kind": "name"}], "can’t be stored"),
    (Actor, [{"slug": "a", "name": "A", "wiki": ""}], "The table has no column &#x27;wiki&#x27;"),
    (Actor, [{"name": "A"}], "The file lacks the column slug"),
    (Actor, [{"slug": "russia", "name": "A", "part_of": "russia"}], "must be another row"),
    (
        Actor,
        [{"slug": each, "name": each, "wikidata_id": "Q1"} for each in ("a", "b")],
        "Row 1 has the same wikidata_id",
    ),
    (Role, [{"actor": "russia", "title": "x", "organisation": "russia", "valid_from": ""}], "office in itself"),
    (
        Alias,
        [{"actor": "russia", "text": "x", "kind": "name", "valid_from": "2022-01-02", "valid_until": "2022-01-01"}],
        "The first day must not be after the last.",
    ),
    (Alias, [{"actor": "", "text": "x", "kind": "name"}], "cannot be empty"),
]


@pytest.mark.parametrize(("model", "rows", "message"), WRONG)
def test_what_breaks_a_rule_is_refused_in_words(
    model: type[models.Model], rows: list[dict[str, str]], message: str, leo: Client
) -> None:
    make.actor()
    answer = preview(leo, model, as_csv(rows))
    assert "confirm_form" not in answer.context
    assert message.replace("’", "&#x27;") in answer.content.decode()


CELLS = [
    ("cue_start", "57.5", "is not a whole number"),
    ("cue_start", "99999999", "must lie within the article"),
    ("negated", "perhaps", "is neither true nor false"),
    ("content_text", "", "cannot be blank"),
    ("act", "shouts", "is not a valid choice"),
    ("chain", "no json", "This is not JSON"),
    ("chain", '{"actor": ""}', "not a list of objects"),
    ("chain", '[{"as_printed": ""}]', "Number 1 is wrong: as_printed"),
    ("chain", '[{"as_printed": "x", "who": 1}]', "known are actor, as_printed"),
    ("chain", '[{"as_printed": "x", "actor": "nowhere"}]', "No actor has the slug"),
    ("chain", '[{"as_printed": "x", "cue_start": 3}]', "no stretch of text"),
    ("addressees", '[{"as_printed": "x", "mention_start": 1, "mention_end": 9999999}]', "The article ends at"),
]


@pytest.mark.parametrize(("column", "cell", "message"), CELLS)
def test_a_wrong_cell_of_a_new_stance_is_named(column: str, cell: str, message: str, leo: Client) -> None:
    make.stance()
    [row] = json.loads(export(leo, Stance, JSON))
    Stance.objects.all().delete()
    answer = preview(leo, Stance, json.dumps([{**row, column: cell}]).encode(), "1")
    assert "confirm_form" not in answer.context
    assert message in words(answer)
    assert not Stance.objects.exists()


def test_sources_of_a_stored_stance_stay(leo: Client) -> None:
    make.chain_link(stance=make.stance())
    [row] = json.loads(export(leo, Stance, JSON))
    assert row["chain"][0]["actor"] == "kremlin"
    answer = preview(leo, Stance, json.dumps([{**row, "chain": []}]).encode(), "1")
    assert "to new stances only" in words(answer)
    without = {name: cell for name, cell in row.items() if name != "chain"}
    assert "as they are: 1" in words(preview(leo, Stance, json.dumps([without]).encode(), "1"))


def test_names_of_json_rows_may_come_in_any_order(leo: Client) -> None:
    data = json.dumps([{"slug": "a", "name": "A"}, {"name": "B", "slug": "b"}]).encode()
    imported(leo, Actor, data, "1")
    assert sorted(Actor.objects.values_list("slug", "name")) == [("a", "A"), ("b", "B")]


def test_who_imported_a_row_stands_in_its_history(leo: Client) -> None:
    actor = make.actor()
    imported(leo, Actor, as_csv([{"slug": "russia", "name": "Russian Federation"}]))
    entry = LogEntry.objects.get(object_id=str(actor.pk))
    assert (entry.user.username, entry.action_flag, entry.change_message) == ("leo", CHANGE, "Imported from rows.")


def test_an_imported_office_is_that_of_pending_stances(leo: Client) -> None:
    stance = make.stance(actor=make.actor(name="Vladimir Putin", kind="person"), run=make.run())
    row = {"actor": "vladimir-putin", "title": "president", "organisation": "", "valid_from": "2012-05-07"}
    imported(leo, Role, as_csv([row]))
    stance.refresh_from_db()
    assert stance.office == "president"


def test_a_preview_is_confirmed_once(leo: Client) -> None:
    confirm = confirmation(preview(leo, Actor, as_csv([{"slug": "a", "name": "A"}])))
    assert leo.post(address(Actor, "process_import"), confirm).status_code == 302
    answer = leo.post(address(Actor, "process_import"), confirm)
    assert answer.status_code == 200
    assert "confirmed already" in words(answer)


@pytest.mark.parametrize("format", ["9", "-1", "x"])
def test_a_format_that_is_none_can_not_be_confirmed(format: str, leo: Client) -> None:
    confirm = confirmation(preview(leo, Actor, as_csv([{"slug": "a", "name": "A"}])))
    answer = leo.post(address(Actor, "process_import"), {**confirm, "format": format})
    assert "There is no such format." in words(answer)
    assert not Actor.objects.exists()


@pytest.mark.parametrize("data", [b"slug,name\r\na,\r\n", b"slug,name\r\na\r\n", b"\xff\xfe"])
def test_an_upload_that_can_not_be_confirmed_does_not_stay(data: bytes, leo: Client, uploads: Path) -> None:
    assert preview(leo, Actor, data).context.get("confirm_form") is None
    assert list(uploads.iterdir()) == []


def test_a_file_with_too_many_rows_leads_to_the_command(leo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.exchange.formats.MOST_ROWS", 1)
    answer = preview(leo, Actor, as_csv([{"slug": "a", "name": "A"}, {"slug": "b", "name": "B"}]))
    assert "manage.py import_table" in words(answer)


@pytest.mark.parametrize("model", NOUNS)
def test_no_page_of_an_import_has_a_script_or_style_of_its_own(model: type[models.Model], leo: Client) -> None:
    make.alias()
    make.role()
    stance = make.stance()
    assert stance.claim is not None
    stance.claim.topics.add(make.topic())
    rows = json.loads(export(leo, model, JSON))
    pages = [
        leo.get(address(model, "import")),
        leo.get(address(model, "export")),
        preview(leo, model, json.dumps(rows).encode(), "1"),
        preview(leo, model, b"x\r\n1\r\n"),
    ]
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", html)
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)


def test_a_preview_of_many_rows_asks_the_store_for_many_at_once(
    leo: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make.stance(actor_as_printed=f"actor {number}")
    rows = json.loads(export(leo, Stance, JSON))
    changed = json.dumps([{**row, "act": "warns"} for row in rows]).encode()
    with django_assert_max_num_queries(20):
        assert "changed: 30" in words(preview(leo, Stance, changed, "1"))
