"""What pages of the admin ask the database: a fixed number of questions within ``budget.json``, however much there is.

The file names each page with the most queries that it may make, session and user included.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Article, Claim, Stance
from tests import factories as make
from tests.admin.conftest import SignIn

BUDGET: dict[str, int] = json.loads(Path(__file__).with_name("budget.json").read_text(encoding="utf-8"))


def _page(name: str, *arguments: Any, query: str = "") -> str:
    return reverse(f"admin:{name}", args=arguments) + query


def _stance() -> int:
    return Stance.objects.filter(state="pending").earliest("pk").pk


PAGES: dict[str, Callable[[], str]] = {
    "index": lambda: _page("index"),
    "desk": lambda: _page("claims_stance_desk"),
    "desk, one stance": lambda: _page("claims_stance_desk", query=f"?stance={_stance()}"),
    "desk, filtered": lambda: _page("claims_stance_desk", query="?act__exact=denies&order=unsure"),
    "desk, who is here": lambda: _page("claims_stance_desk_here", _stance()),
    "desk, candidates": lambda: _page("claims_stance_desk_candidates", _stance()),
    "accept above": lambda: _page("claims_stance_accept_above", query="?above=0"),
    "quality": lambda: _page("claims_stance_quality"),
    "stances": lambda: _page("claims_stance_changelist"),
    "stances, filtered": lambda: _page("claims_stance_changelist", query="?state__exact=pending&act__exact=denies"),
    "stances, searched": lambda: _page("claims_stance_changelist", query="?q=attack"),
    "stance": lambda: _page("claims_stance_change", _stance()),
    "stance, history": lambda: _page("claims_stance_history", _stance()),
    "articles": lambda: _page("claims_article_changelist"),
    "article": lambda: _page("claims_article_change", Article.objects.earliest("pk").pk),
    "article, proposals": lambda: _page("claims_article_proposals", Article.objects.earliest("pk").pk),
    "upload": lambda: _page("claims_article_upload"),
    "actors": lambda: _page("claims_actor_changelist"),
    "actor": lambda: _page("claims_actor_change", make.actor().pk),
    "claims": lambda: _page("claims_claim_changelist"),
    "claim": lambda: _page("claims_claim_change", Claim.objects.earliest("pk").pk),
    "judgements": lambda: _page("claims_judgement_changelist"),
    "unresolved names": lambda: _page("claims_nameresolution_open"),
}


def fill(numbers: range) -> None:
    """Give the first article two stances for each number, one pending and one judged, with all that goes along."""
    for number in numbers:
        role = make.role(title=f"Office {number}")
        for state in ("pending", "accepted"):
            stance = make.stance(
                actor_as_printed=f"Moscow {number} {state}",
                claim=make.claim(text=f"Wording {number}"),
                role=role,
                run=make.run(pipeline_name="en", pipeline_version=str(number)),
                target_actor=make.actor(name=f"Target {number}"),
                state=state,
            )
            make.chain_link(stance=stance, actor=make.actor(name=f"Source {number}"), as_printed="it")
            make.addressee(stance=stance, actor=make.actor(name=f"Addressee {number}"))
            make.judgement(stance=stance)
        make.proposal(kind="drop", stance=stance)
        make.stance(actor=None, actor_as_printed=f"Nobody {number}", act="demands")
        make.alias(text=f"Alias {number}")
        make.presence(user=make.person(f"colleague-{number}"))


def test_the_file_names_the_pages_that_are_measured() -> None:
    assert list(BUDGET) == list(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_more_rows_take_no_more_queries(page: str, as_person: SignIn) -> None:
    ana: Client = as_person("ana")
    fill(range(2))

    def queries() -> int:
        path = PAGES[page]()
        with CaptureQueriesContext(connection) as captured:
            assert ana.get(path).status_code == 200
        return len(captured)

    # The first request fills caches that last.
    queries()
    few = queries()
    fill(range(2, 8))
    assert queries() <= few
    assert few <= BUDGET[page]
