"""Words of a stance that nobody has judged, or that was rejected, reach nobody who may not see them, on any address."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client

from claims.models import Article, Claim, ClaimTopic, Outlet
from tests import factories as make

pytestmark = pytest.mark.django_db

SECRET = "zebra"


@pytest.fixture
def site() -> list[str]:
    """Two judged stances, and beside them two that are not and hold the secret word in all their words."""
    topic = make.topic()
    plan = make.claim()
    ClaimTopic.objects.create(claim=plan, topic=topic)
    change = make.position_change()
    for stance in (change.earlier, change.later):
        assert stance is not None
        stance.state = "accepted"
        stance.save()
    text = f"{SECRET} talks\n20220301\nhttps://example.org/{SECRET}\nThe {SECRET} denies a {SECRET} plan.\n"
    article = make.article(
        text=text, published_on=dt.date(2022, 3, 1), outlet=make.outlet(name=SECRET, domain="z.example")
    )
    for state, cue in (("pending", "denies"), ("rejected", "a")):
        hidden = make.stance(
            article=article,
            claim=plan,
            state=state,
            actor_as_printed=f"the {SECRET} {state}",
            mention=f"The {SECRET}",
            cue=cue,
            content=f"{SECRET} plan",
            target=f"{SECRET} plan",
            target_actor=make.actor(name=f"{SECRET} republic"),
        )
        make.addressee(stance=hidden, actor=make.actor(name=f"{SECRET} union"))
        make.chain_link(stance=hidden, actor=make.actor(name=f"{SECRET} agency", kind="outlet"))
    claim = make.claim(text=f"{SECRET} claim")
    make.stance(article=article, claim=claim, actor_as_printed="it", mention="", content=f"{SECRET} plan", target="")
    paths = ["/", "/actors/", "/topics/", "/outlets/", "/changes/", "/compare/?actor=russia", "/search/?q=plan"]
    for path in ("/actors/russia/", f"/claims/{plan.pk}/", f"/topics/{topic.slug}/"):
        paths += [path, f"{path}?show=all", f"{path}?show=unjudged", f"{path}?since=2022-03-01", f"{path}feed.atom"]
        paths += [f"{path}stances.{form}?show=all" for form in ("csv", "json")]
    public = Article.objects.exclude(pk=article.pk)
    return [*paths, *(f"/articles/{row.pk}/" for row in public), *_search(), f"/outlets/{public[0].outlet_id}/"]


def _search() -> list[str]:
    return [f"/search/?q={quote('ukraine')}&in={sort}" for sort in ("quotations", "claims", "actors", "articles")]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    body: bytes = b"".join(response) if response.streaming else response.content
    return body.decode()


def test_the_public_finds_no_word_of_what_is_not_judged(public: Client, site: list[str]) -> None:
    assert [address for address in site if SECRET in text_of(public, address).lower()] == []


def test_whoever_keeps_to_judged_stances_finds_none_either(rita: Client, site: list[str]) -> None:
    rita.post("/showing/", {"show": "judged"})
    asked = [address for address in site if "show=" not in address and "since=" not in address]
    # An article and its outlet are there for who has an account, judged or not.
    lists = [address for address in asked if address != "/outlets/"]
    assert [address for address in lists if SECRET in text_of(rita, address).lower()] == []


def test_what_is_hidden_has_no_page_for_the_public(public: Client, rita: Client, site: list[str]) -> None:
    hidden = Article.objects.get(title=f"{SECRET} talks")
    claim = Claim.objects.get(text=f"{SECRET} claim")
    outlet = Outlet.objects.get(name=SECRET)
    for address in (f"/articles/{hidden.pk}/", f"/claims/{claim.pk}/", f"/claims/{claim.pk}/stances.csv"):
        assert public.get(address).status_code == 404, address
    assert public.get(f"/outlets/{outlet.pk}/").status_code == 404
    assert SECRET in text_of(rita, "/actors/russia/")
