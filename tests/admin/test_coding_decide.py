"""Deciding on codings in the admin, without scripts: what stands side by side, what must be chosen, and who may."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Coding, CodingRound, CodingUnit, Judgement, Stance
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address, fields_of

#: The most queries of each page, session and user included.
BUDGET = {"stances/": 11, "decide/1/": 22, "agreement/": 14, "change/": 22}
FIELDS = (
    "actor",
    "act",
    "side",
    "quotation",
    "negated",
    "conditional",
    "future",
    "mention",
    "cue",
    "content",
    "target",
)


@pytest.fixture
def leo(as_person: SignIn) -> Client:
    return as_person("leo")


def add_unit(number: int, *, leos_act: str = "warns") -> CodingUnit:
    """A stance that Ana, Leo and the machine coded; Ana and the machine see a denial."""
    unit = make.coding_unit(stance=make.stance(actor_as_printed=f"It {number}", run=make.run()))
    common = {"unit": unit, "verdict": "stance", "side": "against", "quotation": "indirect", "actor": unit.stance.actor}
    make.coding(coder=make.person("ana"), act="denies", note="who is <b>it</b>?", **common)
    make.coding(coder=make.person("leo"), act=leos_act, **common)
    make.coding(coder=None, act="denies", **common)
    return unit


@pytest.fixture
def unit(db: None) -> CodingUnit:
    return add_unit(0)


def page_of(unit: CodingUnit) -> str:
    return f"/admin/claims/codinground/{unit.round_id}/decide/{unit.order}/"


def chosen(response: Any) -> dict[str, str]:
    """The fields of the form as a browser would send them: of a group of radio buttons the one that is checked."""
    html = response.content.decode()
    form = {name: value for name, value in fields_of(response).items() if not name.startswith("take-")}
    checked = re.findall(r'<input type="radio" name="(take-\w+)" value="(\w+)" checked', html)
    return {**form, **dict(checked)}


def press(client: Client, unit: CodingUnit, button: str, **changed: str) -> Any:
    form = chosen(client.get(page_of(unit)))
    return client.post(page_of(unit), {**form, **changed, button: "1"}, follow=True)


def coding_of(unit: CodingUnit, name: str) -> Coding:
    return unit.codings.get(coder__username=name)


def test_what_people_agree_on_is_chosen_and_what_they_differ_in_is_marked(leo: Client, unit: CodingUnit) -> None:
    response = leo.get(page_of(unit))
    ana = str(coding_of(unit, "ana").pk)
    form = chosen(response)
    assert {name: form.get(f"take-{name}") for name in FIELDS} == {**dict.fromkeys(FIELDS, ana), "act": None}
    assert [row.name for row in response.context["rows"] if row.differs] == ["act"]
    html = response.content.decode()
    assert html.count("≠ differ") == 1
    assert "who is &lt;b&gt;it&lt;/b&gt;?" in html


def test_where_people_differ_one_must_choose(leo: Client, unit: CodingUnit) -> None:
    answer = press(leo, unit, "_stance")
    assert answer.status_code == 422
    assert answer.content.decode().count("Choose what holds.") == 1
    assert not Judgement.objects.exists()


def test_the_choice_is_written_into_the_stance_with_a_judgement(leo: Client, unit: CodingUnit) -> None:
    answer = press(leo, unit, "_stance", **{"take-act": str(coding_of(unit, "leo").pk)})
    assert "Decided: corrected" in answer.content.decode()
    stance = Stance.objects.get()
    assert (stance.act, stance.state) == ("warns", "corrected")
    assert Judgement.objects.get().note == "coding round January"
    unit.refresh_from_db()
    assert unit.decided_by == make.person("leo")


def test_something_else_can_be_typed(leo: Client, unit: CodingUnit) -> None:
    own = {"take-act": "own", "act": "demands", "take-target": "own", "target_words": "Ukraine", "note": "read it"}
    press(leo, unit, "_stance", **own)
    stance = Stance.objects.get()
    assert (stance.act, stance.target_text) == ("demands", "Ukraine")
    assert Judgement.objects.get().note == "read it (coding round January)"


def test_what_is_typed_and_not_in_the_article_is_refused(leo: Client, unit: CodingUnit) -> None:
    answer = press(leo, unit, "_stance", **{"take-act": "own", "act": "", "take-cue": "own", "cue_words": "sings"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one; “not known” is among them." in html
    assert "The article does not have these words" in html


def test_no_stance_needs_no_choice(leo: Client, unit: CodingUnit) -> None:
    press(leo, unit, "_none")
    assert Stance.objects.get().state == "rejected"


def test_it_goes_on_to_the_next_to_decide_and_ends_at_the_round(leo: Client, unit: CodingUnit) -> None:
    other = add_unit(1)
    here = f"/admin/claims/codinground/{unit.round_id}/decide/"
    assert leo.get(here, follow=True).redirect_chain[-1][0] == page_of(unit)
    assert press(leo, unit, "_none").redirect_chain[-1][0] == page_of(other)
    answer = press(leo, other, "_none")
    assert answer.redirect_chain[-1][0] == address(unit.round)
    assert "No stance waits to be decided." in answer.content.decode()


def test_a_decided_stance_is_shown_as_it_stands(leo: Client, unit: CodingUnit) -> None:
    press(leo, unit, "_stance", **{"take-act": "own", "act": "demands"})
    response = leo.get(page_of(unit))
    form = chosen(response)
    assert {form[f"take-{name}"] for name in FIELDS} == {"own"}
    assert form["act"] == "demands"
    assert "decided by leo" in response.content.decode()


def test_a_stance_that_changed_meanwhile_is_not_overwritten(leo: Client, unit: CodingUnit) -> None:
    form = chosen(leo.get(page_of(unit)))
    Stance.objects.update(version=5, act="opposes")
    answer = leo.post(page_of(unit), {**form, "take-act": "own", "act": "warns", "note": "mine", "_stance": "1"})
    assert answer.status_code == 422
    assert "Somebody changed the stance just now." in answer.content.decode()
    assert Stance.objects.get().act == "opposes"
    # What was typed is still there, and the version is the new one: to press again is a decision.
    again = chosen(answer)
    assert (again["act"], again["note"], again["version"]) == ("warns", "mine", "5")
    leo.post(page_of(unit), {**again, "_stance": "1"})
    assert Stance.objects.get().act == "warns"


def test_nobody_is_passed_over(leo: Client, unit: CodingUnit) -> None:
    own = coding_of(unit, "ana")
    Coding.objects.filter(pk=own.pk).delete()
    make.coding(unit=unit, coder=make.person("ana"))
    assert "Not coded yet by <bdi>ana</bdi>." in leo.get(page_of(unit)).content.decode()
    answer = press(leo, unit, "_none")
    assert "Not coded yet by ana." in answer.content.decode()
    assert not Judgement.objects.exists()


def test_the_list_says_what_is_left(leo: Client, unit: CodingUnit) -> None:
    add_unit(1, leos_act="denies")
    waiting = make.coding_unit(stance=make.stance(actor_as_printed="It 2"))
    make.coding(unit=waiting)
    listed = f"/admin/claims/codinground/{unit.round_id}/stances/"
    for which, orders in (
        ("all", [1, 2, 3]),
        ("waiting", [3]),
        ("to-decide", [1, 2]),
        ("decided", []),
        ("x", [1, 2, 3]),
    ):
        rows = leo.get(listed, {"which": which}).context["rows"]
        assert [row[0].order for row in rows] == orders, which
    rows = leo.get(listed).context["rows"]
    assert [row[1:] for row in rows] == [([], ["Act"]), ([], []), (["ana", "leo"], [])]


def test_what_all_agree_on_is_decided_with_one_button(leo: Client, unit: CodingUnit) -> None:
    agreed = add_unit(1, leos_act="denies")
    listed = f"/admin/claims/codinground/{unit.round_id}/stances/?which=to-decide"
    assert "Decide those on which all agree" in leo.get(listed).content.decode()
    answer = leo.post(f"/admin/claims/codinground/{unit.round_id}/agreed/", follow=True)
    assert "1 stance decided." in answer.content.decode()
    assert list(CodingUnit.objects.filter(decided_at__isnull=False)) == [agreed]


def test_a_lead_ends_a_round_goes_on_with_it_and_throws_away_an_empty_one(leo: Client, unit: CodingUnit) -> None:
    end = f"/admin/claims/codinground/{unit.round_id}/end/"
    leo.post(end, {"close": "1"})
    assert CodingRound.objects.get().closed is not None
    leo.post(end, {"go_on": "1"})
    assert CodingRound.objects.get().closed is None
    assert "is kept" in leo.post(end, {"discard": "1"}, follow=True).content.decode()
    assert "Throw the round away" not in leo.get(address(unit.round)).content.decode()
    Coding.objects.all().delete()
    assert "Throw the round away" in leo.get(address(unit.round)).content.decode()
    leo.post(end, {"discard": "1"})
    assert not CodingRound.objects.exists()


@pytest.mark.parametrize(
    ("name", "may"), [("stan", False), ("rita", False), ("ana", False), ("leo", True), ("ada", True)]
)
@pytest.mark.parametrize("page", ["stances/", "decide/", "decide/1/", "agreement/", "agreement.csv", "agreement.json"])
def test_only_who_leads_sees_what_others_said(
    name: str, may: bool, page: str, unit: CodingUnit, as_person: SignIn
) -> None:
    status = as_person(name).get(f"/admin/claims/codinground/{unit.round_id}/{page}").status_code
    assert status in ((200, 302) if may else (403,))


@pytest.mark.parametrize("name", ["stan", "rita", "ana"])
@pytest.mark.parametrize("page", ["decide/1/", "end/", "agreed/"])
def test_only_who_leads_decides_and_ends(name: str, page: str, unit: CodingUnit, as_person: SignIn) -> None:
    data = {"_none": "1", "version": "1", "close": "1"}
    assert as_person(name).post(f"/admin/claims/codinground/{unit.round_id}/{page}", data).status_code == 403
    assert CodingRound.objects.get().closed is None
    assert not Judgement.objects.exists()


def test_who_may_not_export_gets_no_file(leo: Client, unit: CodingUnit) -> None:
    Group.objects.get(name="lead").permissions.remove(Permission.objects.get(codename="export_stance"))
    assert leo.get(f"/admin/claims/codinground/{unit.round_id}/agreement.csv").status_code == 403
    assert "As CSV" not in leo.get(f"/admin/claims/codinground/{unit.round_id}/agreement/").content.decode()


def test_agreement_is_shown_where_there_is_enough(leo: Client, unit: CodingUnit) -> None:
    here = f"/admin/claims/codinground/{unit.round_id}/agreement"
    assert "too few to tell" in leo.get(f"{here}/").content.decode()
    for number in range(1, 10):
        add_unit(number, leos_act="denies")
    html = leo.get(f"{here}/").content.decode()
    assert "too few to tell" not in html
    assert "not defined" in html
    assert re.search(r"Act</th><td>10</td><td>9 of 10</td><td>0.90 ", html)


def test_agreement_leaves_as_csv_and_json_with_counts(leo: Client, unit: CodingUnit) -> None:
    for number in range(1, 12):
        add_unit(number, leos_act="denies")
    CodingRound.objects.update(seed=9)
    make.person("ana").__class__.objects.filter(username="ana").update(username="=ana")
    here = f"/admin/claims/codinground/{unit.round_id}/agreement"
    lines = list(csv.DictReader(io.StringIO(leo.get(f"{here}.csv").getvalue().decode())))
    act = next(line for line in lines if line["field"] == "act")
    assert (act["between"], act["coders"], act["units"], act["same"]) == ("people", "'=ana; leo", "12", "11")
    assert (act["percent"], act["kappa"], act["exact"]) == ("0.9167", "0.0", "")
    assert len(lines) == 3 * 12
    answer = json.loads(leo.get(f"{here}.json").content)
    assert (answer["round"], answer["seed"], answer["stances"]) == ("January", 9, 12)
    same = next(line for line in answer["agreement"] if line["field"] == "content")
    assert (same["exact"], same["kappa"], same["coders"]) == (1.0, None, ["=ana", "leo"])
    assert leo.get(f"{here}.pdf").status_code == 404


@pytest.mark.parametrize("page", BUDGET)
def test_pages_of_a_large_round_ask_no_more(leo: Client, unit: CodingUnit, page: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert leo.get(f"/admin/claims/codinground/{unit.round_id}/{page}").status_code == 200
        return len(captured)

    add_unit(1)
    queries()
    few = queries()
    for number in range(2, 12):
        add_unit(number)
    unit.round.units.filter(order__gt=6).update(decided_by=make.person("ada"), decided_at=timezone.now())
    assert queries() <= few
    assert few <= BUDGET[page]
