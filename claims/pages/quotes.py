"""A stance in two lines: the words, and whose they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from claims.models import Stance
from claims.pages.cards import (
    LONGEST_QUOTATION,
    Name,
    colon_of,
    name_of,
    outlet_name,
    shortened,
    stance_address,
    state_word,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """What an article says that somebody said, where, and whether people judged it."""

    actor: Name
    act: str
    colon: str
    words: str
    side: str
    side_word: str
    target: str
    state: str
    is_judged: bool
    published_on: dt.date
    outlet: str
    article_url: str
    article_title: str


def quote(stance: Stance) -> Quote:
    """``stance`` as a quotation; reads its actor, article and outlet."""
    article = stance.article
    return Quote(
        actor=name_of(stance.actor, stance.actor_as_printed),
        act=stance.get_act_display(),
        colon=colon_of(stance),
        words=shortened(stance.content_text, LONGEST_QUOTATION),
        side=stance.side,
        side_word=stance.get_side_display(),
        target=shortened(stance.target_text, LONGEST_QUOTATION),
        state=state_word(stance),
        is_judged=stance.state != Stance.State.PENDING,
        published_on=article.published_on,
        outlet=outlet_name(article),
        article_url=stance_address(stance),
        article_title=article.title,
    )
