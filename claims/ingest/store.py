"""Extraction results into rows: the only place where rows come from extraction.

An article and all its stances are written in one transaction, so that a crash leaves them whole or not at all. What
people have touched is never written to: ``rereading`` says what happens to an article that is read again.
"""

from __future__ import annotations

import datetime as dt
import enum
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Q

from claims.actors.offices import Offices
from claims.actors.resolutions import resolutions_in
from claims.decisions import lasting_claims
from claims.extraction.types import ArticleText, ExtractedStance
from claims.ingest.actors import keys_by_slug
from claims.ingest.evidence import EvidenceError, require_evidence
from claims.ingest.gathering import Gathering, Worded
from claims.ingest.outlets import find_outlet
from claims.ingest.rows import Known, StanceRows, article_row, slugs_of, stance_rows, wording_of
from claims.models import Addressee, Article, ChainLink, Claim, Run, Stance
from claims.selectors import canonical
from claims.topics.assign import assign

T = TypeVar("T")

#: SQLite lets one connection write at a time. Without a pause between two transactions nobody else gets a turn.
PAUSE_SECONDS = 0.02
#: Deadlocks and locks held too long pass; a full disk does not.
ATTEMPTS = 3


class Outcome(enum.StrEnum):
    """How an item of an import ended; each item has exactly one."""

    IMPORTED = "imported"
    SUPERSEDING = "superseding"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one article: the outcome, the stances written, and why it failed if it did."""

    outcome: Outcome
    stances: Sequence[Stance] = ()
    reason: str = ""


def stored_digests(digests: Iterable[str]) -> set[str]:
    """Those of ``digests`` (SHA-256 of a text) whose article is stored."""
    return set(Article.objects.filter(sha256__in=set(digests)).values_list("sha256", flat=True))


def save_article(
    article: ArticleText, stances: Sequence[ExtractedStance], run: Run, gathering: Gathering | None = None
) -> Stored:
    """Store ``article`` with its ``stances``, or nothing of them: if the text is stored, or can't be.

    ``gathering`` serves many articles of a run. Meant to be called within ``writing()``.
    """
    try:
        require_evidence(article, stances)
        with transaction.atomic():
            if stored_digests([Article.digest(article.text)]):
                return Stored(Outcome.UNCHANGED)
            row = article_row(article, run)
            row.outlet = find_outlet(article.url)
            row.supersedes = Article.objects.filter(url=article.url).order_by("-pk").first() if article.url else None
            row.save(force_insert=True)
            rows = stance_rows(article, row, stances, refer(article, row, stances, run, gathering), run)
            insert(rows)
            assign(claims_of(rows))
    except EvidenceError as error:
        return Stored(Outcome.FAILED, reason=str(error))
    except OperationalError:
        raise
    except DatabaseError as error:
        # Another import may have stored the same text between the question and the insert.
        if stored_digests([Article.digest(article.text)]):
            return Stored(Outcome.UNCHANGED)
        return Stored(Outcome.FAILED, reason=refusal(error))
    outcome = Outcome.SUPERSEDING if row.supersedes else Outcome.IMPORTED
    return Stored(outcome, [each.stance for each in rows])


def refer(
    article: ArticleText,
    row: Article,
    stances: Sequence[ExtractedStance],
    run: Run,
    gathering: Gathering | None = None,
) -> Known:
    """The rows that ``stances`` refer to: known actors, their offices, and claims, which are created where missing.

    ``row`` is the row of ``article``.
    """
    if article.published_on is None:
        raise ValueError(f"{article.name} has no date of publication")
    actors = keys_by_slug(slugs_of(stances))
    resolutions = resolutions_in(row)
    worded = [Worded(wording_of(article, stance), stance.actor.slug or stance.actor.name) for stance in stances]
    claims = (gathering or Gathering()).claims(row, [each for each in worded if each.text], run)
    _seen_earlier({each for claim in claims.values() for each in (claim, canonical(claim))}, article.published_on)
    return Known(
        actors=actors,
        offices=Offices([*actors.values(), *resolutions.values()]),
        claims=claims,
        resolutions=resolutions,
    )


def insert(rows: Sequence[StanceRows]) -> None:
    """Insert stances with what hangs on them."""
    Stance.objects.bulk_create([each.stance for each in rows])
    insert_parts(rows)


def claims_of(rows: Iterable[StanceRows]) -> set[int]:
    """The keys of the claims that the stances of ``rows`` are on; of merged ones, those that last."""
    claims = {each.stance.claim_id for each in rows if each.stance.claim_id is not None}
    return set(lasting_claims(claims).values())


def insert_parts(rows: Sequence[StanceRows]) -> None:
    """Insert what hangs on stances that are stored."""
    ChainLink.objects.bulk_create([link for each in rows for link in each.chain])
    Addressee.objects.bulk_create([addressee for each in rows for addressee in each.addressees])


@contextmanager
def writing() -> Iterator[None]:
    """One transaction for a small batch, and on SQLite a pause behind it for the people who want to save."""
    with transaction.atomic():
        yield
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE_SECONDS)


def persistently(write: Callable[[], T]) -> T:
    """What ``write`` gives, tried again where the database was busy; it must do all or nothing.

    Raises the last ``OperationalError`` if it stays so.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return write()
        except OperationalError:
            if attempt == ATTEMPTS or connection.in_atomic_block:
                raise
            connection.close_if_unusable_or_obsolete()
            time.sleep(0.1 * attempt)
    raise AssertionError("unreachable")


def refusal(error: DatabaseError) -> str:
    """Why the database did not take an article, in one line."""
    return f"the database refuses the article: {' '.join(str(error).split())}"


def _seen_earlier(claims: Iterable[Claim], seen_on: dt.date) -> None:
    """Move the day on which ``claims`` were first seen back to ``seen_on``, unless a person set it."""
    earlier = Q(first_seen=None) | Q(first_seen__gt=seen_on)
    for claim in sorted(claims, key=lambda each: each.pk):
        if not claim.curated and (claim.first_seen is None or claim.first_seen > seen_on):
            # Asked of the row itself: others may have changed it since it was read.
            Claim.objects.filter(earlier, pk=claim.pk, curated=False).update(first_seen=seen_on)
