"""Judging stances in the admin, one by one and many at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.paginator import CappedPaginator
from claims.admin.stance import StanceAdmin
from claims.models import Judgement, Stance
from claims.review import accept, correct
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address, fields_of


@pytest.fixture
def ana(as_person: SignIn) -> Client:
    return as_person("ana")


def press(client: Client, stance: Stance, button: str = "_save", **changed: str) -> Any:
    """Open the stance, change what ``changed`` says, press ``button``; gives the answer."""
    form = fields_of(client.get(address(stance)))
    return client.post(address(stance), {**form, **changed, button: "1"})


def stored(stance: Stance) -> Stance:
    return Stance.objects.get(pk=stance.pk)


def listed(client: Client, **query: str) -> set[str]:
    """The printed names of the stances on the list."""
    rows = client.get(address(Stance, "changelist"), query).context["cl"].result_list
    return {row.actor_as_printed for row in rows}


def test_the_sentence_is_shown_with_its_spans_marked(ana: Client) -> None:
    stance = make.stance()
    make.addressee(stance=stance)
    html = ana.get(address(stance)).content.decode()
    assert re.findall(r'<span class="(mark-[a-z -]+)">([^<]*)</span>', html)[:4] == [
        ("mark-mention", "Moscow"),
        ("mark-cue", "denies"),
        ("mark-content", "planning to attack "),
        ("mark-content mark-target", "Ukraine"),
    ]
    assert "who takes the position" in html  # the legend


HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def test_hostile_words_are_shown_and_never_run(ana: Client) -> None:
    text = f"{HOSTILE}\n20220101\njavascript:alert(1)\n{HOSTILE} says {HOSTILE} again.\n"
    stance = make.stance(
        article=make.article(text=text, url=""),
        mention=HOSTILE,
        cue="says",
        content=f"{HOSTILE} again",
        target=HOSTILE,
        claim=make.claim(text=HOSTILE),
        actor=make.actor(name=HOSTILE, slug="hostile"),
    )
    pages = [address(stance), address(stance.article), address(Stance, "changelist"), address(stance.claim)]
    for page in [*pages, address(stance.actor)]:
        html = ana.get(page).content.decode()
        assert "<script>alert" not in html, page
        assert "<img src=x" not in html, page
        assert "&lt;script&gt;alert(1)" in html, page
        assert 'href="javascript:' not in html, page


def test_accepting_as_shown_changes_the_state_only(ana: Client) -> None:
    stance = make.stance()
    assert press(ana, stance, "_accept").status_code == 302
    judgement = Judgement.objects.get()
    assert (judgement.decision, judgement.user.username) == ("accepted", "ana")
    assert judgement.changes == {"state": {"before": "pending", "after": "accepted"}}
    assert (stored(stance).state, stored(stance).version) == ("accepted", 2)


def test_accepting_with_changed_fields_corrects(ana: Client) -> None:
    stance = make.stance()
    ukraine = make.actor(name="Ukraine")
    press(ana, stance, "_accept", act="warns", actor=str(ukraine.pk), note="read again")
    judgement = Judgement.objects.get()
    assert (judgement.decision, judgement.note) == ("corrected", "read again")
    assert set(judgement.changes) == {"act", "actor", "state"}
    assert (stored(stance).act, stored(stance).actor) == ("warns", ukraine)


def test_rejecting_needs_a_reason_and_leaves_the_fields(ana: Client) -> None:
    stance = make.stance()
    answer = press(ana, stance, "_reject", act="warns")
    assert "Say why the stance is rejected." in answer.content.decode()
    assert not Judgement.objects.exists()
    press(ana, stance, "_reject", act="warns", note="not a stance")
    assert (stored(stance).state, stored(stance).act) == ("rejected", "denies")
    assert Judgement.objects.get().note == "not a stance"


def test_a_judged_stance_can_be_reopened(ana: Client) -> None:
    stance = make.stance(state="rejected")
    press(ana, stance, "_reopen")
    assert stored(stance).state == "pending"
    assert 'name="_reopen"' not in ana.get(address(stance)).content.decode()


def test_saving_without_a_difference_decides_nothing(ana: Client) -> None:
    stance = make.stance()
    press(ana, stance, "_continue")
    assert not Judgement.objects.exists()
    assert stored(stance).version == 1


def test_the_words_of_a_span_are_looked_up_in_the_article(ana: Client) -> None:
    stance = make.stance()
    press(ana, stance, "_accept", content_words="attack Ukraine", target_words="")
    row = stored(stance)
    assert (row.content_text, row.target_text, row.target_start) == ("attack Ukraine", "", None)
    assert row.article.text[row.content_start : row.content_end] == "attack Ukraine"


def test_words_that_the_article_does_not_have_are_refused_and_kept(ana: Client) -> None:
    stance = make.stance()
    answer = press(ana, stance, "_accept", content_words="planning to attack Georgia")
    assert "does not have these words" in answer.content.decode()
    assert fields_of(answer)["content_words"] == "planning to attack Georgia"
    assert not Judgement.objects.exists()


def test_a_correction_into_another_stance_is_refused(ana: Client) -> None:
    make.stance()
    other = make.stance(actor_as_printed="Russia")
    answer = press(ana, other, "_accept", actor_as_printed="Moscow")
    assert "has a stance with this actor, cue and content already" in answer.content.decode()


def test_the_history_shows_who_changed_what(ana: Client) -> None:
    stance = make.stance()
    press(ana, stance, "_accept", actor=str(make.actor(name="Ukraine").pk))
    html = ana.get(address(stance)).content.decode()
    assert "<li>actor: “Russia” to “Ukraine”</li>" in html


def test_an_action_accepts_what_is_selected(ana: Client) -> None:
    rows = [make.stance(actor_as_printed=f"a{number}") for number in range(3)]
    answer = ana.post(
        address(Stance, "changelist"),
        {"action": "accept_selected", "_selected_action": [rows[0].pk, rows[2].pk], "reason": ""},
        follow=True,
    )
    assert "2 accepted." in answer.content.decode()
    assert [stored(row).state for row in rows] == ["accepted", "pending", "accepted"]


def test_an_action_rejects_for_a_reason_only(ana: Client) -> None:
    stance = make.stance()
    action = {"action": "reject_selected", "_selected_action": [stance.pk]}
    answer = ana.post(address(Stance, "changelist"), {**action, "reason": " "}, follow=True)
    assert "Say why" in answer.content.decode()
    assert stored(stance).state == "pending"
    ana.post(address(Stance, "changelist"), {**action, "reason": "duplicate"})
    assert (stored(stance).state, Judgement.objects.get().note) == ("rejected", "duplicate")


def test_an_action_reopens(ana: Client) -> None:
    stance = make.stance(state="accepted")
    ana.post(address(Stance, "changelist"), {"action": "reopen_selected", "_selected_action": [stance.pk]})
    assert stored(stance).state == "pending"


def test_an_action_refuses_more_than_anybody_looks_at(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.stance.MOST_AT_ONCE", 1)
    rows = [make.stance(actor_as_printed=f"a{number}") for number in range(2)]
    action = {"action": "accept_selected", "_selected_action": [row.pk for row in rows]}
    answer = ana.post(address(Stance, "changelist"), action, follow=True)
    assert "Narrow the list" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_the_list_says_who_what_and_how_sure(ana: Client) -> None:
    stance = make.stance(confidence=0.91)
    make.chain_link(stance=stance)
    make.chain_link(stance=stance, order=1, actor=None, as_printed="an aide")
    make.stance(actor=None, actor_as_printed="Putin", act="", claim=None, cue="said", content="such a move")
    text = re.sub(r"<[^>]+>|\s+", " ", ana.get(address(Stance, "changelist")).content.decode())
    text = re.sub(r" +", " ", text)
    assert "Russia plans to attack Ukraine “planning to attack Ukraine” Russia via Kremlin → an aide denies" in text
    assert "denies against Ukraine" in text
    assert "against Ukraine 30 Dec 2021 The Daily Example sure 0.91 pending" in text
    assert "“such a move” Putin said" in text


def test_filters_leave_what_they_name(ana: Client) -> None:
    russia = make.actor()
    rf = make.actor(name="RF", merged_into=russia)
    other = make.article(
        text=make.ARTICLE + "More.\n", published_on="2022-02-24", outlet=make.outlet(domain="other.example")
    )
    make.stance(actor_as_printed="one", confidence=0.95)
    make.stance(actor_as_printed="two", actor=rf, side="for", confidence=0.2)
    make.stance(
        actor_as_printed="three", actor=make.actor(name="Ukraine"), article=other, state="accepted", plover="reject"
    )
    assert listed(ana) == {"one", "two", "three"}
    assert listed(ana, actor=str(russia.pk)) == {"one", "two"}
    assert listed(ana, outlet=str(other.outlet_id)) == {"three"}
    assert listed(ana, since="2022-02-01") == {"three"}
    assert listed(ana, until="2022-02-01") == {"one", "two"}
    assert listed(ana, confidence="sure") == {"one"}
    assert listed(ana, confidence="unsure") == {"two"}
    assert listed(ana, claim=str(make.claim().pk), side__exact="for") == {"two"}
    assert listed(ana, state__exact="accepted") == {"three"}
    assert listed(ana, plover__exact="reject") == {"three"}
    assert listed(ana, plover__isnull="True") == {"one", "two"}
    assert listed(ana, article=str(other.pk)) == {"three"}
    assert listed(ana, since="", until="", actor="") == {"one", "two", "three"}


@pytest.mark.parametrize("query", [{"actor": "x"}, {"actor": "999999"}, {"since": "yesterday"}, {"confidence": "x"}])
def test_a_filter_that_makes_no_sense_is_left_out(query: dict[str, str], ana: Client) -> None:
    make.stance(actor_as_printed="one")
    assert listed(ana, **query) == {"one"}


def test_a_form_filter_keeps_the_other_filters_and_the_search(ana: Client) -> None:
    actor = make.stance().actor
    assert actor is not None
    html = ana.get(
        address(Stance, "changelist"), {"state__exact": "pending", "actor": str(actor.pk), "q": "attack"}
    ).content.decode()
    form = html[html.index("By date of publication") :]
    form = form[: form.index("</form>")]
    for name, value in (("state__exact", "pending"), ("actor", str(actor.pk)), ("q", "attack")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form


def test_the_search_finds_words_and_names_and_not_articles(ana: Client) -> None:
    make.stance(actor_as_printed="one")
    assert listed(ana, q="planning to attack") == {"one"}
    assert listed(ana, q="russia") == {"one"}
    assert listed(ana, q="Kremlin rejects") == set()
    assert not any("article__text" in each for each in StanceAdmin.search_fields)


def test_lists_count_to_a_limit(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CappedPaginator, "LIMIT", 3)
    for number in range(3):
        make.stance(actor_as_printed=f"a{number}")
    assert "3 stances" in ana.get(address(Stance, "changelist")).content.decode()
    make.stance(actor_as_printed="one more")
    assert "3+ stances" in ana.get(address(Stance, "changelist")).content.decode()


def test_lists_do_not_read_the_texts_of_articles(ana: Client, django_assert_max_num_queries: Any) -> None:
    make.stance()
    with django_assert_max_num_queries(12) as queries:
        ana.get(address(Stance, "changelist"))
    assert not [query for query in queries.captured_queries if '"claims_article"."text"' in query["sql"]]


def test_a_conflict_shows_the_words_of_the_other(ana: Client, as_person: SignIn) -> None:
    stance = make.stance()
    mine = fields_of(ana.get(address(stance)))
    press(as_person("leo"), stance, "_accept", content_words="attack Ukraine")
    answer = ana.post(address(stance), {**mine, "_accept": "1"})
    assert "Content: now “attack Ukraine”; you have “planning to attack Ukraine”." in answer.content.decode()
    assert Judgement.objects.count() == 1


def test_the_history_has_every_decision_wherever_it_was_taken(ana: Client, as_person: SignIn) -> None:
    stance = make.stance(run=make.run())
    accept([stance], user=make.person("leo"))
    correct(stance, {"act": "warns"}, user=make.person("ana"), note="the <b>cue</b> warns")
    page = as_person("rita").get(address(stance, "history")).content.decode()
    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1:]]
    assert [("ana" in row, "leo" in row, "run" in row) for row in rows] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert "act: “denies” to “warns”" in page
    assert "the &lt;b&gt;cue&lt;/b&gt; warns" in page
    assert as_person("stan").get(address(stance, "history")).status_code == 403
    assert ana.get(reverse("admin:claims_stance_history", args=[99_999])).status_code == 404
