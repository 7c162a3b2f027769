"""Who may open and who may post to each address of the admin, and who is offered each action of a list.

Ranks build upon one another, so the table names the lowest that may, or NEVER where an address does not take such a
request at all. Every address must be in it: a new page that nobody has thought about fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from claims.models import Judgement
from tests.browser.scene import set_scene
from tests.factories import person

RANKS = ("anonymous", "stan", "rita", "ana", "leo", "ada", "root", "nobody")
PEOPLE = RANKS[1:-1]
NEVER = ""
AWAY = ("/login/", "/admin/login/", "/admin/")

# The pages of a noun: who opens them, who posts to them. What nobody writes by hand stays so.
NOUN = {
    "changelist": ("rita", "rita"),
    "history": ("rita", "rita"),
    "change": ("rita", "nobody"),
    "add": ("nobody", "nobody"),
    "delete": ("nobody", "nobody"),
    "export": ("rita", "rita"),
    "import": ("leo", "leo"),
    "process_import": (NEVER, "leo"),
}
BY_ANALYSTS = {"change": ("rita", "ana"), "add": ("ana", "ana")}
DELETED_BY_ANALYSTS = {"delete": ("ana", "ana")}
DELETED_BY_LEADS = {"delete": ("leo", "leo")}
ACCOUNTS = {"changelist": ("ada", "ada"), "history": ("ada", "ada"), "change": ("ada", "ada")}
LEADS_ONLY = {"changelist": ("leo", "leo"), "history": ("leo", "leo"), "change": ("leo", "nobody")}
NOUNS = {
    "actor": {**BY_ANALYSTS, **DELETED_BY_LEADS},
    "actordistinction": DELETED_BY_LEADS,
    "alias": {**BY_ANALYSTS, **DELETED_BY_ANALYSTS},
    "claim": {**BY_ANALYSTS, **DELETED_BY_LEADS},
    "claimtopic": {**BY_ANALYSTS, **DELETED_BY_ANALYSTS},
    "claimtopicremoval": DELETED_BY_ANALYSTS,
    "coding": LEADS_ONLY,
    "codinground": {"changelist": ("ana", "ana"), "history": ("ana", "ana"), "change": ("ana", "nobody")},
    "codingunit": LEADS_ONLY,
    "formerslug": DELETED_BY_LEADS,
    "group": {**ACCOUNTS, "change": ("ada", "root"), "add": ("root", "root"), "delete": ("root", "root")},
    "loadedfact": {"delete": ("ada", "ada")},
    "nameresolution": DELETED_BY_ANALYSTS,
    "outlet": {**BY_ANALYSTS, **DELETED_BY_LEADS},
    "role": {**BY_ANALYSTS, **DELETED_BY_ANALYSTS},
    "stance": {"change": ("rita", "ana")},
    "topic": {**BY_ANALYSTS, **DELETED_BY_LEADS},
    "user": {**ACCOUNTS, "add": ("ada", "ada"), "delete": ("root", "root")},
}
# All other addresses.
OTHERS = {
    # Not found by those who may see nothing in it.
    "app_list": ("stan", "stan"),
    "auth_user_password_change": ("ada", "ada"),
    "autocomplete": ("rita", NEVER),
    "claims_actor_duplicates": ("leo", "leo"),
    "claims_actor_merge": ("leo", "leo"),
    "claims_actormerge_undo": (NEVER, "leo"),
    "claims_article_decide_proposals": (NEVER, "ana"),
    "claims_article_proposals": ("rita", NEVER),
    "claims_article_upload": ("ana", "ana"),
    "claims_article_uploaded": ("ana", NEVER),
    "claims_claim_merge": ("ana", "ana"),
    "claims_claim_stances": ("ana", "ana"),
    "claims_claimedit_undo": ("ana", "ana"),
    "claims_claimsuggestion_decide": ("ana", "ana"),
    "claims_claimsuggestion_queue": ("ana", "ana"),
    "claims_codinground_agreed": (NEVER, "leo"),
    "claims_codinground_agreement": ("leo", NEVER),
    "claims_codinground_agreement_file": ("leo", NEVER),
    "claims_codinground_code": ("ana", NEVER),
    "claims_codinground_code_one": (NEVER, "ana"),
    "claims_codinground_decide": ("leo", NEVER),
    "claims_codinground_decide_one": ("leo", "leo"),
    "claims_codinground_end": (NEVER, "leo"),
    "claims_codinground_units": ("leo", NEVER),
    "claims_nameresolution_name": ("ana", "ana"),
    "claims_nameresolution_open": ("ana", "ana"),
    "claims_stance_accept_above": ("ana", "ana"),
    "claims_stance_coding_round": ("leo", "leo"),
    "claims_stance_desk": ("ana", NEVER),
    "claims_stance_desk_add": ("ana", "ana"),
    "claims_stance_desk_candidates": ("ana", NEVER),
    "claims_stance_desk_decide": ("ana", "ana"),
    "claims_stance_desk_here": ("ana", NEVER),
    "claims_stance_desk_restore": ("ana", "ana"),
    "claims_stance_desk_undo": ("ana", "ana"),
    "claims_stance_quality": ("ana", NEVER),
    "claims_stance_quality_csv": ("ana", NEVER),
    "claims_topic_preview": (NEVER, "ana"),
    "index": ("stan", "stan"),
    "jsi18n": ("stan", "stan"),
    "login": ("anonymous", "anonymous"),
    "logout": (NEVER, "stan"),
    "password_change": ("stan", "stan"),
    "password_change_done": ("stan", "stan"),
    "view_on_site": ("stan", "stan"),
}
ACTIONS = {
    "accept_selected": "ana",
    "reject_selected": "ana",
    "reopen_selected": "ana",
    "dismiss_selected": "ana",
    "export_admin_action": "rita",
    "restore_selected": "ana",
    "undo_selected": "leo",
}
QUERIES = {"autocomplete": "?app_label=claims&model_name=stance&field_name=actor"}


def routes(patterns: Sequence[object], before: str = "/admin/") -> Iterator[tuple[str, str]]:
    """The name and the address of each of ``patterns``; those without a name lead on to others."""
    for pattern in patterns:
        address = before + str(getattr(pattern, "pattern", ""))
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, address)
        elif getattr(pattern, "name", None):
            yield str(getattr(pattern, "name", "")), address


ROUTES = dict(routes(admin.site.urls[0]))
STANDARD = re.compile(rf"(?:claims|auth)_([a-z]+)_({'|'.join(NOUN)})")


def lowest(name: str) -> tuple[str, str] | None:
    """Who may open the address called ``name`` and who may post to it, at the lowest; None where nobody has said."""
    standard = STANDARD.fullmatch(name)
    if name in OTHERS or standard is None:
        return OTHERS.get(name)
    return {**NOUN, **NOUNS.get(standard[1], {})}[standard[2]]


def address_of(name: str) -> str:
    """The address called ``name``, for rows that the scene has."""
    if name == "app_list":
        return "/admin/claims/"
    model = re.match(r"/admin/(claims|auth)/([a-z]+)/", ROUTES[name])
    row = apps.get_model(model[1], model[2])._default_manager.earliest("pk") if model else None
    if isinstance(row, User):
        row = person("rita")
    given = {"judgement": Judgement.objects.earliest("pk").pk, "table": "act", "token": "x", "form": "csv", "order": 1}
    if name == "claims_stance_desk_restore":
        row = Judgement.objects.earliest("pk").stance
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(given.get(found[1], row.pk if row else 1)), ROUTES[name])
    return path + QUERIES.get(name, "")


def test_every_address_has_an_expectation_and_none_is_left_over() -> None:
    assert [name for name in ROUTES if lowest(name) is None] == []
    assert OTHERS.keys() - ROUTES.keys() == set()


@pytest.fixture
def visitors(db: None) -> dict[str, Client]:
    """Each rank at a browser of their own, before a row of every noun."""
    set_scene()
    clients = {name: Client() for name in RANKS[:-1]}
    for name in PEOPLE:
        clients[name].force_login(person(name))
    return clients


def family_of(name: str) -> str:
    """What is tested together: the addresses of a noun, or those of the site."""
    return "_".join(name.split("_")[:2]) if name.startswith(("auth_", "claims_")) else "site"


@pytest.mark.parametrize("family", sorted({family_of(name) for name in ROUTES}))
def test_each_address_is_open_to_its_ranks_alone(family: str, visitors: dict[str, Client]) -> None:
    wrong = []
    for name in (name for name in ROUTES if family_of(name) == family):
        expected = lowest(name)
        assert expected, f"nobody has said who may {name}"
        for method, rank in zip(("get", "post"), expected, strict=True):
            for who, client in visitors.items():
                # Who signs out is nobody from then on, and who is signed in is sent home from the sign-in.
                if (name, method) == ("logout", "post") or (name == "login" and who != "anonymous"):
                    continue
                answer = getattr(client, method)(address_of(name))
                if what := surprise(answer, who, rank):
                    wrong.append(f"{who} {method} {name}: {what}")
    assert wrong == []


def surprise(answer: Any, who: str, rank: str) -> str:
    """What is wrong with ``answer`` to ``who``, where from ``rank`` on people may; "" where nothing is."""
    # To the sign-in, or home from a row that is not theirs to know of.
    sent_away = answer.status_code == 302 and answer.headers["Location"].split("?")[0] in AWAY
    if rank == NEVER and who != "anonymous":
        return "" if answer.status_code in (403, 405) else f"{answer.status_code}, though it is never"
    may = answer.status_code != 403 and not sent_away
    expected = rank != NEVER and RANKS.index(who) >= RANKS.index(rank)
    return "" if may == expected else f"{answer.status_code}, though from {rank} on they may"


def test_each_action_of_a_list_is_offered_to_its_ranks_alone(visitors: dict[str, Client]) -> None:
    offered: dict[tuple[str, str], set[str]] = {}
    for model, options in admin.site._registry.items():
        if model._meta.app_label != "claims":
            continue
        for name in PEOPLE:
            request = RequestFactory().get("/admin/")
            request.user = person(name)
            for action in options.get_actions(request):
                offered.setdefault((str(model._meta.model_name), action), set()).add(name)
    assert offered
    for (noun, action), people in offered.items():
        assert action in ACTIONS, f"nobody has said who may {action} in the list of {noun}"
        assert people == set(PEOPLE[PEOPLE.index(ACTIONS[action]) :]), (noun, action)
