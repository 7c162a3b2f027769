"""Import and export in the admin: the same out and in, previewed, all or nothing, and never over a judgement."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import time
import tracemalloc
from collections import deque
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from claims.exchange.storage import KEPT
from claims.exchange.streams import csv_lines, json_lines
from claims.models import Actor, Addressee, Alias, ChainLink, Claim, ClaimEdit, Judgement, Role, Stance, Topic
from claims.review import undo_edit
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address

CSV, XLSX, JSON = "0", "1", "2"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: Any) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def leo(as_person: SignIn) -> Client:
    return as_person("leo")


def export(client: Client, model: type[models.Model], format: str = CSV) -> bytes:
    answer = client.post(address(model, "export"), {"format": format, "resource": "0"})
    assert answer.status_code == 200
    return bytes(answer.getvalue())


def exported(client: Client, model: type[models.Model]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(client, model).decode())))


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def preview(client: Client, model: type[models.Model], data: bytes, format: str = "0", **more: str) -> Any:
    file = SimpleUploadedFile("rows", data)
    return client.post(address(model, "import"), {"import_file": file, "format": format, "resource": "0", **more})


def confirmation(answer: Any) -> dict[str, str]:
    form = answer.context.get("confirm_form")
    assert form is not None, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[-1500:]
    return {str(name): str(value) for name, value in form.initial.items()}


def imported(client: Client, model: type[models.Model], data: bytes, format: str = "0") -> None:
    answer = client.post(address(model, "process_import"), confirmation(preview(client, model, data, format)))
    assert answer.status_code == 302


def snapshot() -> list[Any]:
    tables = (Actor, Alias, Role, Topic, Claim, Stance, ChainLink, Addressee, Judgement)
    return [list(model._default_manager.order_by("pk").values()) for model in tables]


def a_store() -> None:
    russia = make.alias(valid_from="2012-05-07").actor
    make.actor(name="Kremlin", kind="institution", part_of=russia, description="Seat of the president; Moscow")
    topic = make.topic(patterns=["attack", "с наступлением", "a; b"])
    make.topic(name="Empty topic", patterns=[])
    stance = make.stance(target_actor=make.actor(name="Ukraine"), said_on="2021-12-30", mention="")
    make.role(organisation=russia)
    make.chain_link(stance=stance, act="states")
    make.chain_link(stance=stance, order=1, actor=None, as_printed="an aide")
    make.addressee(stance=stance)
    assert stance.claim is not None
    stance.claim.topics.add(topic)


@pytest.mark.parametrize("model", [Actor, Alias, Role, Topic, Claim, Stance])
@pytest.mark.parametrize(("out", "back"), [(CSV, "0"), (JSON, "1")])
def test_what_goes_out_comes_in_without_a_difference(
    model: type[models.Model], out: str, back: str, leo: Client
) -> None:
    a_store()
    before = snapshot()
    data = export(leo, model, out)
    imported(leo, model, data, back)
    assert snapshot() == before
    assert export(leo, model, out) == data


@pytest.mark.parametrize(("out", "back"), [(CSV, "0"), (JSON, "1")])
def test_a_store_can_be_rebuilt_from_its_files(out: str, back: str, leo: Client) -> None:
    a_store()
    tables: tuple[type[models.Model], ...] = (Actor, Topic, Claim, Alias, Role, Stance)
    files = {model: export(leo, model, out) for model in tables}
    before = [exported(leo, model) for model in tables]
    Actor.objects.update(part_of=None)
    for table in (Stance, Alias, Role, Claim, Topic, Actor):
        table._default_manager.all().delete()
    for model in tables:
        imported(leo, model, files[model], back)
    assert Actor.objects.get(slug="kremlin").part_of == Actor.objects.get(slug="russia")
    # What a machine scored elsewhere is no score of this store's machine.
    assert before[-1][0].pop("confidence") == "0.8"
    after = [exported(leo, model) for model in tables]
    assert after[-1][0].pop("confidence") == "0.0"
    assert [sorted(map(str, rows)) for rows in after] == [sorted(map(str, rows)) for rows in before]


def test_formulas_are_defused_on_the_way_out_and_restored_on_the_way_in(leo: Client) -> None:
    make.actor(name=FORMULA, slug="hostile", description="@SUM(1)")
    [row] = exported(leo, Actor)
    assert (row["name"], row["description"]) == (f"'{FORMULA}", "'@SUM(1)")
    sheet = openpyxl.load_workbook(io.BytesIO(export(leo, Actor, XLSX))).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert f"'{FORMULA}" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}
    assert json.loads(export(leo, Actor, JSON))[0]["name"] == FORMULA
    row["kind"] = "person"
    imported(leo, Actor, as_csv([row]))
    assert (Actor.objects.get().name, Actor.objects.get().kind) == (FORMULA, "person")


def test_numbers_stay_numbers_in_a_spreadsheet(leo: Client) -> None:
    make.stance()
    sheet = openpyxl.load_workbook(io.BytesIO(export(leo, Stance, XLSX))).active
    assert sheet is not None
    header, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert dict(zip(header, row, strict=True))["confidence"] == 0.8


def test_the_export_has_what_the_list_shows(leo: Client) -> None:
    make.stance(actor_as_printed="one")
    make.stance(actor_as_printed="two", state="rejected")
    answer = leo.post(f"{address(Stance, 'export')}?state__exact=rejected", {"format": CSV, "resource": "0"})
    assert [row["actor_as_printed"] for row in csv.DictReader(io.StringIO(answer.getvalue().decode()))] == ["two"]


def test_the_preview_shows_differences_and_writes_nothing(leo: Client) -> None:
    make.actor()
    before = snapshot()
    row = {"slug": "russia", "name": "Russian <b>Federation</b>", "kind": "state"}
    html = preview(leo, Actor, as_csv([row])).content.decode()
    assert "<del>Russia</del> <ins>Russian &lt;b&gt;Federation&lt;/b&gt;</ins>" in html
    assert "style=" not in html
    assert snapshot() == before


def test_what_is_imported_counts_as_touched_by_a_person(leo: Client) -> None:
    make.actor()
    imported(leo, Actor, as_csv([{"slug": "russia", "name": "Russian Federation"}, {"slug": "nato", "name": "NATO"}]))
    assert sorted(Actor.objects.values_list("slug", "curated", "version")) == [("nato", True, 1), ("russia", True, 2)]


BAD = [
    (Actor, {"slug": "x", "name": "X", "kind": "planet"}, "planet"),
    (Actor, {"slug": "x", "name": "X", "part_of": "nowhere"}, "No actor has the slug &#x27;nowhere&#x27;."),
    (Actor, {"slug": "x", "name": ""}, "cannot be blank"),
    (
        Alias,
        {"actor": "russia", "text": "Moscow", "kind": "name", "valid_from": "yesterday"},
        "is not a day like 2021-12-30",
    ),
    (Topic, {"slug": "x", "name": "X", "patterns": "[1]"}, "list of words"),
    (Topic, {"slug": "x", "name": "X", "patterns": "no json"}, "not JSON"),
    (Claim, {"wording_key": "", "text": "X", "topics": "nowhere"}, "No topic has the slug nowhere."),
    (Claim, {"wording_key": "0" * 64, "text": "X", "topics": ""}, "Leave it empty for a new claim."),
]


@pytest.mark.parametrize(("model", "row", "message"), BAD)
def test_a_bad_row_is_named_and_nothing_is_imported(
    model: type[models.Model], row: dict[str, str], message: str, leo: Client
) -> None:
    make.actor()
    before = snapshot()
    answer = preview(leo, model, as_csv([row]))
    assert "confirm_form" not in answer.context
    assert message in answer.content.decode()
    assert snapshot() == before


def test_an_import_is_all_or_nothing_even_if_the_store_changed_after_the_preview(leo: Client) -> None:
    rows = [{"slug": "a", "name": "A", "wikidata_id": ""}, {"slug": "b", "name": "B", "wikidata_id": "Q1"}]
    confirm = confirmation(preview(leo, Actor, as_csv(rows)))
    make.actor(name="Universe", wikidata_id="Q1")
    leo.post(address(Actor, "process_import"), confirm)
    assert [actor.slug for actor in Actor.objects.all()] == ["universe"]


def test_an_imported_correction_of_a_pending_stance_is_a_judgement(leo: Client) -> None:
    stance = make.stance()
    [row] = exported(leo, Stance)
    imported(leo, Stance, as_csv([{**row, "act": "warns"}]))
    stance.refresh_from_db()
    judgement = Judgement.objects.get()
    assert (stance.act, stance.state, judgement.user.username) == ("warns", "corrected", "leo")
    assert judgement.note == "imported from rows"


@pytest.mark.parametrize("state", ["accepted", "corrected", "rejected"])
def test_an_import_never_changes_a_judged_stance(state: str, leo: Client) -> None:
    make.stance(state=state)
    before = snapshot()
    [row] = exported(leo, Stance)
    answer = preview(leo, Stance, as_csv([{**row, "act": "warns"}]))
    assert "what people have judged, an import leaves alone" in answer.content.decode()
    assert snapshot() == before
    imported(leo, Stance, as_csv([row]))  # the same again is no change
    assert snapshot() == before


EVIDENCE = [
    {"content_text": "planning to attack Georgia"},
    {"mention_start": "0"},
    {"target_end": "9999999"},
    {"article": "0" * 64},
]


@pytest.mark.parametrize("wrong", EVIDENCE)
def test_imported_evidence_must_be_the_articles_own_words(wrong: dict[str, str], leo: Client) -> None:
    make.stance()
    [row] = exported(leo, Stance)
    Stance.objects.all().delete()
    answer = preview(leo, Stance, as_csv([{**row, **wrong}]))
    assert "confirm_form" not in answer.context
    assert not Stance.objects.exists()


def test_only_csv_and_json_can_be_imported(leo: Client) -> None:
    html = leo.get(address(Actor, "import")).content.decode()
    assert re.findall(r'<option value="\d">(\w+)</option>', html) == ["CSV", "JSON"]
    assert preview(leo, Actor, b"PK\x03\x04" + os.urandom(200)).context.get("confirm_form") is None
    assert "Select a valid choice" in preview(leo, Actor, b"x", "2").content.decode()


def test_a_file_that_is_too_large_is_refused(leo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.exchange.MOST_BYTES", 10)
    assert "in parts" in preview(leo, Actor, as_csv([{"slug": "a", "name": "A"}])).content.decode()


@pytest.mark.parametrize("format", ["0", "1"])
def test_a_file_with_too_many_rows_is_refused(leo: Client, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    monkeypatch.setattr("claims.exchange.formats.MOST_ROWS", 2)
    rows = [{"slug": f"a{number}", "name": "A"} for number in range(3)]
    data = as_csv(rows) if format == "0" else json.dumps(rows).encode()
    answer = preview(leo, Actor, data, format)
    assert "more than 2 rows" in answer.content.decode()
    assert answer.context.get("confirm_form") is None
    fewer = as_csv(rows[:2]) if format == "0" else json.dumps(rows[:2]).encode()
    imported(leo, Actor, fewer, format)


def test_a_preview_holds_only_for_the_person_who_saw_it(leo: Client, as_person: SignIn) -> None:
    confirm = confirmation(preview(leo, Actor, as_csv([{"slug": "a", "name": "A"}])))
    answer = as_person("ada").post(address(Actor, "process_import"), confirm)
    assert "not yours" in answer.content.decode()
    assert not Actor.objects.exists()
    assert leo.post(address(Actor, "process_import"), confirm).status_code == 302
    assert Actor.objects.exists()


def test_no_other_file_can_be_named_for_import(leo: Client, uploads: Path) -> None:
    uploads.mkdir()
    for name in ("secret", "../secret", str(uploads / "secret")):
        (uploads / "secret").write_text("slug,name\nx,X\n", encoding="utf-8")
        forged = {"import_file_name": name, "original_file_name": "x", "format": "0", "resource": "0"}
        assert leo.post(address(Actor, "process_import"), forged).status_code == 200
        assert (uploads / "secret").exists()
    assert not Actor.objects.exists()


def test_uploads_are_private_and_do_not_stay(leo: Client, uploads: Path) -> None:
    confirm = confirmation(preview(leo, Actor, as_csv([{"slug": "a", "name": "A"}])))
    [file] = uploads.iterdir()
    assert (uploads.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    leo.post(address(Actor, "process_import"), confirm)
    assert list(uploads.iterdir()) == []
    preview(leo, Actor, as_csv([{"slug": "b", "name": "B"}]))
    [forgotten] = uploads.iterdir()
    os.utime(forgotten, (0, time.time() - KEPT - 1))
    preview(leo, Actor, as_csv([{"slug": "c", "name": "C"}]))
    assert forgotten not in uploads.iterdir()


@pytest.mark.parametrize("state", ["accepted", "corrected", "rejected"])
def test_a_lead_who_says_so_corrects_judged_stances_by_an_import(state: str, leo: Client) -> None:
    stance = make.stance(state=state)
    [row] = exported(leo, Stance)
    answer = preview(leo, Stance, as_csv([{**row, "act": "warns"}]), override_judged="on")
    assert leo.post(address(Stance, "process_import"), confirmation(answer)).status_code == 302
    stance.refresh_from_db()
    judgement = Judgement.objects.get()
    assert (stance.act, stance.state, judgement.user.username) == ("warns", "corrected", "leo")


def test_the_box_is_for_those_who_may_override(as_person: SignIn) -> None:
    make.stance(state="accepted")
    leo = as_person("leo")
    [row] = exported(leo, Stance)
    lead = Group.objects.get(name="lead")
    lead.permissions.remove(Permission.objects.get(codename="override_judgement"))
    assert "override_judged" not in leo.get(address(Stance, "import")).context["form"].fields
    before = snapshot()
    answer = preview(leo, Stance, as_csv([{**row, "act": "warns"}]), override_judged="on")
    assert "an import leaves alone" in answer.content.decode()
    confirm = confirmation(preview(leo, Stance, as_csv([row])))
    answer = leo.post(address(Stance, "process_import"), {**confirm, "override_judged": "on"})
    assert answer.status_code == 403
    assert snapshot() == before


def test_an_imported_wording_of_a_claim_is_in_its_log_and_can_be_taken_back(leo: Client) -> None:
    claim = make.claim()
    text = claim.text
    [row] = exported(leo, Claim)
    imported(leo, Claim, as_csv([{**row, "text": "Russia massed troops"}]))
    claim.refresh_from_db()
    edit = ClaimEdit.objects.get()
    assert (claim.text, edit.kind, edit.user.username) == ("Russia massed troops", ClaimEdit.Kind.RENAME, "leo")
    undo_edit(edit, user=edit.user)
    claim.refresh_from_db()
    assert claim.text == text


@pytest.mark.parametrize("who", ["rita", "ana", "leo", "ada"])
@pytest.mark.parametrize("model", [Actor, Alias, Role, Topic, Claim, Stance])
def test_people_import_and_export_what_their_group_may(who: str, model: type[models.Model], as_person: SignIn) -> None:
    client = as_person(who)
    assert client.get(address(model, "export")).status_code == 200
    allowed = who in ("leo", "ada")
    assert client.get(address(model, "import")).status_code == (200 if allowed else 403)
    assert preview(client, model, b"slug\nx\n").status_code == (200 if allowed else 403)


def test_an_old_preview_is_refused(leo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    confirm = confirmation(preview(leo, Actor, as_csv([{"slug": "a", "name": "A"}])))
    monkeypatch.setattr("claims.admin.exchange.KEPT", -1)
    assert "too old" in leo.post(address(Actor, "process_import"), confirm).content.decode()
    assert not Actor.objects.exists()


def test_xlsx_says_how_many_rows_it_takes(leo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make.actor(name="A")
    make.actor(name="B")
    monkeypatch.setattr("claims.exchange.streams.MOST_XLSX_ROWS", 1)
    answer = leo.post(address(Actor, "export"), {"format": XLSX, "resource": "0"})
    assert "XLSX takes no more than 1 rows" in answer.content.decode()


HOSTILE = ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "'x", "two\r\nlines\n", "Путин, “сказал” 中文 \U0001f600", '"; DROP']


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(("out", "back"), [(CSV, "0"), (JSON, "1")])
def test_hostile_texts_make_the_round_trip(text: str, out: str, back: str, leo: Client) -> None:
    make.actor(description=text)
    make.topic(patterns=["x"], description=text)
    make.claim(text=f"{text} x")
    before = snapshot()
    for model in (Actor, Topic, Claim):
        imported(leo, model, export(leo, model, out), back)
    assert snapshot() == before


@pytest.mark.parametrize("lines", [csv_lines, json_lines])
def test_memory_does_not_grow_with_the_rows(lines: Any) -> None:
    def peak(rows: int) -> int:
        cells = itertools.chain([["text"]], (["x" * 1_000] for _ in range(rows)))
        tracemalloc.start()
        deque(lines(cells), maxlen=0)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < peak(2_000) + 100_000


def test_an_export_of_stances_asks_once_for_many(leo: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        make.stance(actor_as_printed=f"actor {number}", target_actor=make.actor(name=f"Target {number}"))
    with django_assert_max_num_queries(12):
        export(leo, Stance)
