"""A page asks the database a fixed number of questions, however much there is to show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Claim, ClaimTopic, Outlet
from tests import factories as make

pytestmark = pytest.mark.django_db

# The most queries each page may make, session and user included.
BUDGET = {
    "/": 18,
    "/changes/?actor=russia&topic=attack-on-ukraine": 16,
    "/actors/": 7,
    "/actors/russia/": 32,
    "/actors/russia/stances.csv": 15,
    "/actors/russia/stances.json": 15,
    "/actors/russia/stances.xlsx": 16,
    "/actors/russia/feed.atom": 14,
    "/articles/{article}/": 10,
    "/outlets/": 6,
    "/outlets/{outlet}/": 9,
    "/search/?q=russia": 25,
    "/search/?q=ukraine&in=quotations": 8,
    "/topics/": 6,
    "/topics/attack-on-ukraine/": 22,
    "/topics/attack-on-ukraine/feed.atom": 12,
    "/claims/{claim}/": 28,
    "/claims/{claim}/feed.atom": 12,
}


def fill(numbers: range) -> None:
    """Give Russia two stances for each number that differ in all they name, merged rows among them."""
    for number in numbers:
        old = make.actor(name=f"Old Russia {number}", merged_into=make.actor())
        stance = make.stance(
            actor=old if number % 2 else make.actor(),
            actor_as_printed=f"Moscow {number}",
            claim=make.claim(text=f"Wording {number}", merged_into=make.claim()),
            target_actor=make.actor(name=f"Target {number}"),
        )
        for claim in (make.claim(), stance.claim):
            ClaimTopic.objects.get_or_create(claim=claim, topic=make.topic())
        ClaimTopic.objects.create(claim=make.claim(), topic=make.topic(name=f"Topic {number}"))
        survivor = make.actor(name=f"Source {number}")
        make.chain_link(
            stance=stance, actor=make.actor(name=f"Old source {number}", merged_into=survivor), as_printed="it"
        )
        make.addressee(stance=stance, actor=make.actor(name=f"Addressee {number}"))
        make.alias(text=f"Alias {number}")
        make.role(actor=make.actor(), title=f"Office {number}", organisation=make.actor(name=f"Body {number}"))
        make.stance(
            article=make.article(
                text=f"{number}\n20220101\nhttps://example.org/\nMoscow denies planning to attack Ukraine\n"
            )
        )


@pytest.mark.parametrize("address", BUDGET)
def test_more_stances_take_no_more_queries(rita: Client, address: str) -> None:
    def queries() -> int:
        path = address.format(
            outlet=Outlet.objects.order_by("pk")[0].pk,
            article=Article.objects.order_by("pk")[0].pk,
            claim=Claim.objects.order_by("pk")[0].pk,
        )
        with CaptureQueriesContext(connection) as captured:
            response = rita.get(path)
            assert response.status_code == 200
            if response.streaming:
                b"".join(response)
        return len(captured)

    fill(range(2))
    # The first request opens the session's rows and fills caches that last.
    queries()
    few = queries()
    fill(range(2, 8))
    assert queries() <= few
    assert few <= BUDGET[address]
