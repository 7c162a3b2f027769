"""Adding a stance that the machine missed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.models import Article, Claim, Judgement, Stance
from claims.review import add
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = "Oslo answers\n20220101\nhttps://news.example/9\nOslo scoffed at the new toll.\n"


def values(article: Article, **other: Any) -> dict[str, Any]:
    spans = {"mention": "Oslo", "cue": "scoffed at", "content": "the new toll"}
    found = {
        name: (article.text.rindex(words), article.text.rindex(words) + len(words)) for name, words in spans.items()
    }
    return {**found, "actor_as_printed": "Oslo", "act": "criticises", "side": "against", **other}


def test_it_counts_as_accepted_by_who_added_it() -> None:
    article = make.article(text=TEXT)
    stance = add(article, values(article), user=make.person("ana"), note="missed")
    assert (stance.state, stance.cue_text, stance.content_text, stance.run) == (
        "accepted",
        "scoffed at",
        "the new toll",
        None,
    )
    judgement = Judgement.objects.get()
    assert (judgement.stance, judgement.user.username, judgement.decision) == (stance, "ana", "accepted")


def test_it_belongs_to_the_claim_that_its_content_words() -> None:
    claim = make.claim(text="The new toll")
    article = make.article(text=TEXT)
    assert add(article, values(article), user=make.person("ana")).claim == claim
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"cue": None}, {"content": (5, 5)}, {"content": (0, 10_000)}, {"act": "sings"}, {"actor_as_printed": ""}]
)
def test_what_is_no_stance_is_refused(wrong: dict[str, Any]) -> None:
    article = make.article(text=TEXT)
    with pytest.raises(ValidationError):
        add(article, values(article, **wrong), user=make.person("ana"))
    assert not Stance.objects.exists()
    assert not Claim.objects.exists()


def test_what_the_article_has_already_is_refused() -> None:
    article = make.article(text=TEXT)
    add(article, values(article), user=make.person("ana"))
    with pytest.raises(ValidationError, match="already"):
        add(article, values(article), user=make.person("leo"))


def test_readers_add_nothing() -> None:
    article = make.article(text=TEXT)
    with pytest.raises(PermissionDenied):
        add(article, values(article), user=make.person("rita"))
