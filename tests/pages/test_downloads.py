"""Lists taken along: exactly what a page shows, in its order, with the filters named, in every form."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from claims.models import Claim
from tests import factories as make

pytestmark = pytest.mark.django_db

FORMS = ("csv", "xlsx", "json")


def content(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200
    return b"".join(response)


def sheet(body: bytes, name: str) -> list[list[Any]]:
    return [list(row) for row in load_workbook(io.BytesIO(body), read_only=True)[name].iter_rows(values_only=True)]


def taken(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of the file at ``address``, the values as its form has them."""
    body = content(client.get(address))
    match address.partition("?")[0].rpartition(".")[2]:
        case "csv":
            return list(csv.DictReader(io.StringIO(body.decode(), newline="")))
        case "json":
            rows: list[dict[str, Any]] = json.loads(body)["stances"]
            return rows
    header, *rest = sheet(body, "Stances")
    return [dict(zip(header, row, strict=True)) for row in rest]


def fill(number: int) -> None:
    for day in range(1, number + 1):
        make.stance(
            article=make.article(
                text=f"Title {day}\n20220101\nhttps://example.org/\nMoscow denies planning to attack Ukraine.\n",
                published_on=dt.date(2022, 1, 1 + day * 7 % 30),
            ),
            act="denies" if day % 2 else "warns",
            state=("pending", "accepted", "corrected", "rejected")[day % 4],
        )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", ["", "?act=denies", "?show=judged&since=2022-01-10", "?act=promises", "?act=dances"])
def test_a_file_holds_exactly_what_all_pages_of_the_list_show_in_their_order(
    rita: Client, form: str, query: str
) -> None:
    fill(28)
    shown: list[int] = []
    for number in (1, 2):
        page = rita.get(f"/actors/russia/{query}{'&' if query else '?'}page={number}").context
        if page["page"].number == number:
            shown += [card.pk for card in page["cards"]]
    assert [int(row["stance"]) for row in taken(rita, f"/actors/russia/stances.{form}{query}")] == shown


@pytest.mark.parametrize("form", FORMS)
def test_what_nobody_has_judged_is_marked_in_a_file(rita: Client, form: str) -> None:
    fill(4)
    marks = {row["state"]: row["judged"] for row in taken(rita, f"/actors/russia/stances.{form}")}
    yes, no = ("true", "false") if form == "csv" else (True, False)
    assert marks == {"pending": no, "accepted": yes, "corrected": yes}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", ["", "?show=all", "?show=unjudged"])
def test_a_file_of_a_public_site_holds_judged_stances_only(public: Client, form: str, query: str) -> None:
    fill(8)
    for address in (f"/actors/russia/stances.{form}", f"/claims/{Claim.objects.get().pk}/stances.{form}"):
        rows = taken(public, f"{address}{query}")
        assert len(rows) == 4
        assert {row["state"] for row in rows} == {"accepted", "corrected"}


@pytest.mark.parametrize("form", FORMS)
def test_no_file_comes_without_an_account_where_pages_are_not_public(form: str) -> None:
    make.stance(state="accepted")
    for address in (f"/actors/russia/stances.{form}", f"/claims/{Claim.objects.get().pk}/stances.{form}"):
        assert Client().get(address)["Location"].startswith("/login/")


@pytest.mark.parametrize("form", FORMS)
def test_a_claim_without_a_judged_stance_has_no_file_for_the_public(public: Client, form: str) -> None:
    claim = make.stance().claim
    assert claim is not None
    assert public.get(f"/claims/{claim.pk}/stances.{form}").status_code == 404


QUERY = "?act=denies&since=2022-01-01&page=7&colour=blue"
FILTERS = [
    {"filter": "Speaking for it", "values": "and those of its bodies"},
    {"filter": "Of these", "values": "people and bodies"},
    {"filter": "Act", "values": "denies"},
    {"filter": "Days", "values": "from 1 Jan 2022"},
]
IN_WORDS = "; ".join(f"{each['filter']}: {each['values']}" for each in FILTERS)
ADDRESS = "http://testserver/actors/russia/?act=denies&since=2022-01-01"


def test_csv_names_its_filters_in_every_row_and_stays_a_table(rita: Client) -> None:
    fill(4)
    rows = taken(rita, f"/actors/russia/stances.csv{QUERY}")
    assert {(row["filters"], row["address"]) for row in rows} == {(IN_WORDS, ADDRESS)}
    assert None not in rows[0]


def test_json_names_its_filters_and_how_many_stances_there_are(rita: Client) -> None:
    fill(4)
    file = json.loads(content(rita.get(f"/actors/russia/stances.json{QUERY}")))
    assert file["list"] == {
        "about": "Russia",
        "filters": FILTERS,
        "address": ADDRESS,
        "taken_on": timezone.localdate().isoformat(),
        "order": "newest article first",
    }
    assert file["number"] == len(file["stances"]) == 1


def test_xlsx_names_its_filters_on_a_sheet_of_its_own(rita: Client) -> None:
    fill(4)
    about = dict(map(tuple, sheet(content(rita.get(f"/actors/russia/stances.xlsx{QUERY}")), "About")))
    assert about["about"] == "Russia"
    assert about["filters"] == IN_WORDS
    assert about["address"] == ADDRESS


def test_a_file_says_what_was_wrong_with_its_filters(rita: Client) -> None:
    make.stance()
    file = json.loads(content(rita.get("/actors/russia/stances.json?act=dances")))
    assert file["list"]["errors"] == ["Act: there is no “dances”."]
    assert (file["stances"], file["number"]) == ([], 0)


def test_words_of_strangers_are_no_formulas(rita: Client) -> None:
    name = '=HYPERLINK("https://evil.example/")'
    actor = make.actor(name=name, slug="evil")
    make.stance(actor=actor, office="@SUM(A1)")
    assert taken(rita, "/actors/evil/stances.csv")[0]["actor_name"] == f"'{name}"
    body = content(rita.get("/actors/evil/stances.xlsx"))
    assert dict(map(tuple, sheet(body, "About")))["about"] == f"'{name}"
    header, row = sheet(body, "Stances")
    assert row[header.index("office")] == "'@SUM(A1)"
    assert json.loads(content(rita.get("/actors/evil/stances.json")))["list"]["about"] == name


def test_a_filtered_file_is_called_so(rita: Client) -> None:
    make.stance()
    for form in FORMS:
        for query, name in (("", "russia-stances"), ("?act=denies", "russia-stances-filtered")):
            response = rita.get(f"/actors/russia/stances.{form}{query}")
            content(response)
            assert response["Content-Disposition"] == f'attachment; filename="{name}.{form}"'


def test_other_forms_are_none(rita: Client) -> None:
    make.stance()
    assert rita.get("/actors/russia/stances.exe").status_code == 404


def test_csv_and_json_are_sent_while_they_are_read(rita: Client) -> None:
    make.stance()
    for form in ("csv", "json"):
        response = rita.get(f"/actors/russia/stances.{form}")
        assert response.streaming
        content(response)


def test_more_stances_than_xlsx_takes_are_told_kindly(rita: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(4)
    monkeypatch.setattr("claims.pages.downloads.MOST_XLSX", 2)
    response = rita.get("/actors/russia/stances.xlsx?hand=first")
    assert response.status_code == 413
    assert 'href="/actors/russia/stances.csv?hand=first"' in response.content.decode()
    assert len(taken(rita, "/actors/russia/stances.xlsx?act=warns")) == 2
    assert len(taken(rita, "/actors/russia/stances.csv")) == 3


def test_the_page_links_to_its_files_with_its_filters(rita: Client) -> None:
    make.stance()
    page = rita.get("/actors/russia/?page=1&act=denies").content.decode()
    for form in FORMS:
        assert f'href="/actors/russia/stances.{form}?act=denies"' in page


def test_the_actor_page_says_how_to_cite_it(rita: Client) -> None:
    make.stance()
    page = rita.get("/actors/russia/?page=1&act=denies").context["citation"]
    assert page.title == "Russia"
    assert page.address == "http://testserver/actors/russia/?act=denies"
