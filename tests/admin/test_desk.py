"""The review desk without scripts: what is shown, what each button does, and who may."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Presence, Stance
from claims.review.presence import THERE
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import fields_of

DESK = "/admin/claims/stance/desk/"


@pytest.fixture
def ana(as_person: SignIn) -> Client:
    return as_person("ana")


@pytest.fixture
def waiting(db: None) -> list[Stance]:
    return [make.stance(), make.stance(cue="says", content="it has the right to move troops", target="", act="states")]


def shown(response: Any) -> Stance | None:
    stance: Stance | None = response.context["stance"]
    return stance


def press(client: Client, stance: Stance, button: str, query: str = "", **changed: str) -> Any:
    """Open the stance on the desk, change what ``changed`` says, press ``button``; gives the page that follows."""
    form = fields_of(client.get(f"{DESK}?stance={stance.pk}&{query}"))
    return client.post(f"{DESK}{stance.pk}/?{query}", {**form, **changed, button: "1"}, follow=True)


def test_the_first_waiting_stance_lies_on_the_desk(ana: Client, waiting: list[Stance]) -> None:
    response = ana.get(DESK)
    assert (shown(response), response.context["waiting"]) == (waiting[0], 2)


def test_the_article_is_whole_and_its_stances_are_marked(ana: Client, waiting: list[Stance]) -> None:
    text = ana.get(DESK).context["text"]
    assert "".join(piece.text for piece in text) == waiting[0].article.text
    assert all(waiting[0].article.text[piece.at :].startswith(piece.text) for piece in text)
    marked = {piece.text: piece.classes for piece in text if piece.classes}
    assert (marked["Moscow"], marked["it has the right to move troops"]) == ("mark-mention", "mark-other")


def test_accepting_goes_on_to_the_next(ana: Client, waiting: list[Stance]) -> None:
    assert shown(press(ana, waiting[0], "_accept")) == waiting[1]
    assert shown(press(ana, waiting[1], "_accept")) is None
    assert {stance.state for stance in Stance.objects.all()} == {"accepted"}


def test_what_was_changed_is_saved_as_a_correction(ana: Client, waiting: list[Stance]) -> None:
    press(ana, waiting[0], "_accept", act="opposes")
    stance = Stance.objects.get(pk=waiting[0].pk)
    assert (stance.state, stance.act) == ("corrected", "opposes")


def test_rejecting_needs_a_reason(ana: Client, waiting: list[Stance]) -> None:
    response = press(ana, waiting[0], "_reject")
    assert (response.status_code, shown(response)) == (422, waiting[0])
    assert "Say why the stance is rejected." in response.content.decode()
    press(ana, waiting[0], "_reject", note="not a position")
    assert Stance.objects.get(pk=waiting[0].pk).state == "rejected"


def test_of_several_places_with_the_same_words_the_selected_one_counts(ana: Client) -> None:
    text = "Toll\n20220101\nhttps://news.example/9\nThe toll stays, the toll grows, Oslo says of the toll.\n"
    stance = make.stance(article=make.article(text=text), mention="Oslo", cue="says", content="toll stays", target="")
    second = text.index("the toll grows")
    press(ana, stance, "_accept", content_words="toll", content_at=str(second + 4))
    assert Stance.objects.get(pk=stance.pk).content_start == second + 4


def test_filters_of_the_list_hold_on_the_desk(ana: Client, waiting: list[Stance]) -> None:
    response = ana.get(f"{DESK}?act__exact=states")
    assert (shown(response), response.context["waiting"]) == (waiting[1], 1)
    assert shown(press(ana, waiting[1], "_accept", query="act__exact=states")) is None


def test_a_filter_that_the_list_has_not_is_told(ana: Client, waiting: list[Stance]) -> None:
    assert "The list has no such filter." in ana.get(f"{DESK}?colour=red").content.decode()


@pytest.mark.parametrize("asked", ["abc", "", "²"])
def test_an_address_without_a_number_shows_the_first(ana: Client, waiting: list[Stance], asked: str) -> None:
    assert shown(ana.get(DESK, {"stance": asked})) == waiting[0]


def test_a_stance_that_is_not_there_is_not_found(ana: Client) -> None:
    assert ana.get(f"{DESK}?stance=999").status_code == 404


def test_the_latest_decision_is_taken_back_and_lies_on_the_desk(ana: Client, waiting: list[Stance]) -> None:
    press(ana, waiting[0], "_accept")
    response = ana.post(f"{DESK}undo/", follow=True)
    assert (shown(response), Stance.objects.get(pk=waiting[0].pk).state) == (waiting[0], "pending")
    assert "There is no decision of yours to take back." in ana.post(f"{DESK}undo/", follow=True).content.decode()


def test_the_second_of_two_people_keeps_what_they_typed(ana: Client, waiting: list[Stance], as_person: SignIn) -> None:
    form = fields_of(ana.get(f"{DESK}?stance={waiting[0].pk}"))
    press(as_person("leo"), waiting[0], "_accept", act="opposes")
    response = ana.post(f"{DESK}{waiting[0].pk}/", {**form, "note": "mine", "_accept": "1"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "leo changed this stance" in html
    assert "mine" in html
    assert Stance.objects.get(pk=waiting[0].pk).act == "opposes"


def test_a_stance_that_was_missed_is_added_with_the_selected_words(ana: Client, waiting: list[Stance]) -> None:
    words = {
        "add-content_words": "move troops",
        "add-cue_words": "says",
        "add-mention_words": "Moscow",
        "add-act": "states",
    }
    response = ana.post(f"{DESK}{waiting[0].pk}/add/", words, follow=True)
    added = Stance.objects.get(content_text="move troops")
    assert (added.state, added.actor_as_printed, shown(response)) == ("accepted", "Moscow", waiting[0])


def test_what_the_article_does_not_say_is_not_added(ana: Client, waiting: list[Stance]) -> None:
    response = ana.post(f"{DESK}{waiting[0].pk}/add/", {"add-content_words": "peace", "add-cue_words": "says"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "The article does not have these words" in html
    assert "Say who" in html
    assert Stance.objects.count() == 2


@pytest.mark.parametrize("page", ["", "undo/", "{pk}/", "{pk}/add/"])
def test_only_who_may_judge_sits_at_the_desk(page: str, waiting: list[Stance], as_person: SignIn) -> None:
    address = DESK + page.format(pk=waiting[0].pk)
    rita = as_person("rita")
    assert (rita.get(address) if not page else rita.post(address)).status_code == 403
    assert not waiting[0].judgements.exists()


def test_a_page_asked_for_by_script_is_the_desk_alone(ana: Client, waiting: list[Stance]) -> None:
    html = ana.get(DESK, headers={"HX-Request": "true"}).content.decode()
    assert html.lstrip().startswith('<div id="desk"')
    assert "<html" not in html


def test_the_list_leads_to_the_desk_with_its_filters(ana: Client, waiting: list[Stance]) -> None:
    html = ana.get(reverse("admin:claims_stance_changelist"), {"act__exact": "states"}).content.decode()
    assert re.search(r'href="[^"]*desk/\?act__exact=states"', html)


def test_hostile_words_are_text(ana: Client) -> None:
    hostile = "<script>alert(1)</script>"
    text = f"{hostile}\n20220101\njavascript:alert(1)\n{hostile} says {hostile} again.\n"
    make.stance(
        article=make.article(text=text, url=""), mention=hostile, cue="says", content=f"{hostile} again", target=""
    )
    html = ana.get(DESK).content.decode()
    assert "<script>alert" not in html
    assert 'href="javascript:' not in html


def test_others_on_the_article_are_named_to_each_other(ana: Client, as_person: SignIn, waiting: list[Stance]) -> None:
    address = reverse("admin:claims_stance_desk_here", args=[waiting[0].pk])
    assert ana.get(address).content.decode().strip() == ""
    assert "ana is on this article too" in as_person("leo").get(address).content.decode()
    assert "leo is on this article too" in ana.get(address).content.decode()


def test_two_who_begin_at_once_begin_at_different_articles(ana: Client, waiting: list[Stance]) -> None:
    elsewhere = make.stance(article=make.article(text=f"{make.ARTICLE}Elsewhere."))
    make.presence(article=waiting[0].article)
    assert shown(ana.get(DESK)) == elsewhere
    # Who asks for it gets it, and goes on in the article that they are at.
    assert shown(press(ana, waiting[0], "_accept")) == waiting[1]
    assert shown(press(ana, waiting[1], "_accept")) == elsewhere
    # Where others are at all that waits, it is better shared than left.
    make.presence(article=elsewhere.article)
    assert shown(ana.get(DESK)) == elsewhere


def test_who_decides_goes_on_where_nobody_is(ana: Client, waiting: list[Stance]) -> None:
    taken = make.stance(article=make.article(text=f"{make.ARTICLE}Taken."))
    free = make.stance(article=make.article(text=f"{make.ARTICLE}Free."))
    make.presence(article=taken.article)
    assert shown(press(ana, waiting[1], "_accept")) == free


def test_who_has_left_is_not_named(ana: Client, waiting: list[Stance]) -> None:
    old = make.presence(article=waiting[0].article, seen=timezone.now() - THERE - dt.timedelta(seconds=1))
    assert ana.get(reverse("admin:claims_stance_desk_here", args=[waiting[0].pk])).content.decode().strip() == ""
    assert not Presence.objects.filter(pk=old.pk).exists()


def test_a_store_that_cannot_be_written_to_keeps_nobody_from_work(
    ana: Client, waiting: list[Stance], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    make.presence(article=waiting[0].article)
    monkeypatch.setattr(Presence.objects, "update_or_create", refuse)
    answer = ana.get(reverse("admin:claims_stance_desk_here", args=[waiting[0].pk]))
    assert "leo is on this article too" in answer.content.decode()


def test_candidates_for_a_printed_name_are_offered(ana: Client, waiting: list[Stance]) -> None:
    make.alias(actor=make.actor(), text="Moscow")
    answer = ana.get(reverse("admin:claims_stance_desk_candidates", args=[waiting[0].pk])).content.decode()
    assert f'data-actor="{make.actor().pk}"' in answer


def test_an_earlier_decision_is_restored_from_the_history(ana: Client, waiting: list[Stance]) -> None:
    press(ana, waiting[0], "_accept", act="warns")
    press(ana, waiting[0], "_accept", act="demands")
    first = waiting[0].judgements.earliest("pk")
    page = ana.get(f"{DESK}?stance={waiting[0].pk}").content.decode()
    address = reverse("admin:claims_stance_desk_restore", args=[waiting[0].pk, first.pk])
    assert address in page
    assert "act: “warns” to “demands”" in page
    waiting[0].refresh_from_db()
    answer = ana.post(address, {"version": waiting[0].version}, follow=True)
    assert "Restored." in answer.content.decode()
    waiting[0].refresh_from_db()
    assert (waiting[0].act, waiting[0].state) == ("warns", "corrected")


def test_restoring_an_older_sight_of_it_is_refused(ana: Client, waiting: list[Stance]) -> None:
    press(ana, waiting[0], "_accept", act="warns")
    first = waiting[0].judgements.earliest("pk")
    address = reverse("admin:claims_stance_desk_restore", args=[waiting[0].pk, first.pk])
    assert "Somebody changed this stance" in ana.post(address, {"version": "1"}, follow=True).content.decode()


@pytest.mark.parametrize("name", ["here", "candidates"])
def test_only_who_judges_is_told_who_is_there_and_who_is_meant(
    as_person: SignIn, waiting: list[Stance], name: str
) -> None:
    assert as_person("stan").get(reverse(f"admin:claims_stance_desk_{name}", args=[waiting[0].pk])).status_code == 403
