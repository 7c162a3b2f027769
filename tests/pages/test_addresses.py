"""Addresses last: an old one leads to where the row is found now, whatever stands behind it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern

from claims.actors.merging import merge, undo
from claims.models import Actor, Topic
from claims.pages.urls import urlpatterns
from tests import factories as make

pytestmark = pytest.mark.django_db

# Every address of an actor or a topic, pages, downloads and feeds alike; new ones come in by themselves.
ROUTES = [
    str(route.pattern).replace("<form:form>", "csv")
    for route in urlpatterns
    if isinstance(route, URLPattern) and str(route.pattern).startswith(("actors/<", "topics/<"))
]
CLAIM_ROUTES = [
    str(route.pattern).replace("<form:form>", "csv")
    for route in urlpatterns
    if isinstance(route, URLPattern) and str(route.pattern).startswith("claims/<")
]


@pytest.mark.parametrize("route", ROUTES)
def test_after_a_rename_every_old_address_leads_to_the_new_one_for_good(rita: Client, route: str) -> None:
    model = Actor if route.startswith("actors/") else Topic
    row = make.actor() if model is Actor else make.topic(slug="russia")
    row.slug = "russian-federation"
    row.save()
    answer = rita.get(f"/{route.replace('<slug:slug>', 'russia')}?act=denies&page=2")
    assert answer.status_code == 301
    assert answer["Location"] == f"/{route.replace('<slug:slug>', 'russian-federation')}?act=denies&page=2"
    # A browser that kept it would go round in a circle once somebody renames back.
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("actors/")])
def test_after_a_merge_every_old_address_leads_on_until_it_is_undone(rita: Client, route: str) -> None:
    old, new = make.actor(name="Moscow"), make.actor()
    merged = merge(old, new, user=make.person("leo"))
    answer = rita.get(f"/{route.replace('<slug:slug>', 'moscow')}?act=denies")
    assert answer.status_code == 302
    assert answer["Location"] == f"/{route.replace('<slug:slug>', 'russia')}?act=denies"
    undo(merged, user=make.person("leo"))
    assert rita.get(f"/{route.replace('<slug:slug>', 'moscow')}").status_code == 200


@pytest.mark.parametrize("route", CLAIM_ROUTES)
def test_a_merged_claims_addresses_lead_to_the_one_that_stays(rita: Client, route: str) -> None:
    make.stance()
    new = make.claim()
    old = make.claim(text="Another wording", merged_into=new)
    answer = rita.get(f"/{route.replace('<int:pk>', str(old.pk))}?side=for")
    assert answer.status_code == 302
    assert answer["Location"] == f"/{route.replace('<int:pk>', str(new.pk))}?side=for"


def test_a_former_slug_of_an_actor_that_was_merged_since_leads_to_the_survivor_in_one_step(rita: Client) -> None:
    old = make.actor(name="Moscow")
    Actor.objects.filter(pk=old.pk).update(slug="moskva")
    merge(Actor.objects.get(pk=old.pk), make.actor(), user=make.person("leo"))
    answer = rita.get("/actors/moscow/")
    assert (answer.status_code, answer["Location"]) == (302, "/actors/russia/")


def test_a_topics_former_slug_is_no_address_of_an_actor(rita: Client) -> None:
    topic = make.topic(slug="russia")
    Topic.objects.filter(pk=topic.pk).update(slug="about-russia")
    assert rita.get("/actors/russia/").status_code == 404


def test_where_one_must_sign_in_an_old_address_tells_nothing() -> None:
    actor = make.actor()
    Actor.objects.filter(pk=actor.pk).update(slug="russian-federation")
    assert Client().get("/actors/russia/")["Location"].startswith("/login/")


def test_what_never_was_is_not_found(rita: Client) -> None:
    for address in ("/actors/nobody/", "/topics/nothing/", "/claims/1/"):
        assert rita.get(address).status_code == 404
