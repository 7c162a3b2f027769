"""What a newer reading of a stored article changes: the machine's own stances, and proposals beside people's.

A stance is the machine's as long as it is pending, nobody has ever judged it and it is in no coding round; such stances
are replaced. All others are people's: a reading that sees them otherwise, or no longer, leaves a proposal. A rejected
stance never comes back, and neither does a proposal that was decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Exists, OuterRef

from claims.decisions import SAME_PASSAGE, common, placements_in
from claims.extraction.types import ArticleText, ExtractedStance
from claims.ingest.evidence import EvidenceError, require_evidence
from claims.ingest.gathering import Gathering
from claims.ingest.rows import StanceRows, stance_rows
from claims.ingest.store import Outcome, Stored, claims_of, insert, insert_parts, refer, refusal
from claims.models import Article, CodingUnit, Judgement, Proposal, Run, Stance
from claims.topics.assign import assign

#: What may differ between two readings that say the same: how sure they are, how they came to it, the file's name.
_ASIDE = frozenset({"article", "confidence", "rule"})
#: What a stance says, apart from its chain and addressees.
_MEANING = (
    *(
        "actor_id",
        "act",
        "side",
        "plover",
        "target_actor_id",
        "negated",
        "conditional",
        "future",
        "quotation",
        "said_on",
    ),
    *(f"{span}_{end}" for span in ("mention", "cue", "content", "target") for end in ("start", "end")),
)
#: What of it the first versions did not read, so that their records lack it.
_LATER = frozenset({"plover"})
#: Everything of it that a reading gives.
_READING = (*_MEANING, "actor_as_printed", "office", "role_id", "claim_id", "confidence", "rule")

_Spans = tuple[tuple[int, int], tuple[int, int]]


def read_again(
    article: ArticleText, stances: Sequence[ExtractedStance], run: Run, gathering: Gathering | None = None
) -> Stored:
    """Bring the stances of the stored ``article`` to what ``run`` read, as far as they are the machine's.

    Meant to be called within ``store.writing()``.
    """
    try:
        require_evidence(article, stances)
        with transaction.atomic():
            # The lock makes two readings of an article follow each other, and a judgement wait for the reading.
            row = Article.objects.select_for_update().get(sha256=Article.digest(article.text))
            judged = Exists(Judgement.objects.filter(stance=OuterRef("pk")))
            drawn = Exists(CodingUnit.objects.filter(stance=OuterRef("pk")))
            stored = list(row.stances.select_for_update().annotate(touched=judged | drawn).order_by("pk"))
            mine = [each for each in stored if _is_machines(each)]
            theirs = [each for each in stored if not _is_machines(each)]
            fresh = stance_rows(article, row, stances, refer(article, row, stances, run, gathering), run)
            placements_in(row).place([rows.stance for rows in fresh])
            pairs = pair_with_theirs(theirs, fresh)
            new = [rows for rows in fresh if rows not in pairs.values()]
            proposals = _changes_and_drops(theirs, pairs)
            written: list[Stance] = []
            gone = 0
            if theirs and not mine:
                # People are through with the article: what is new in it waits for them to look again.
                proposals += [Proposal(kind=Proposal.Kind.ADD, payload=rows.stance.extracted) for rows in new]
            else:
                written, gone = _replace(mine, new)
                assign(claims_of(new))
            proposed = _propose(row, proposals, run)
    except EvidenceError as error:
        return Stored(Outcome.FAILED, reason=str(error))
    except OperationalError:
        raise
    except DatabaseError as error:
        return Stored(Outcome.FAILED, reason=refusal(error))
    return Stored(Outcome.UPDATED if written or gone or proposed else Outcome.UNCHANGED, written)


def pair_with_theirs(theirs: Sequence[Stance], fresh: Sequence[StanceRows]) -> dict[int, StanceRows]:
    """Which of ``fresh`` is which of the people's stances ``theirs``, by key; each at most once, the likeliest first.

    Those with the same natural key are the same. Others are if their cues overlap and at least half of the content is
    the same, in what people made of the stance or in what the machine first said.
    """
    by_key = {_natural_key(rows.stance): rows for rows in fresh}
    pairs = {their.pk: by_key[key] for their in theirs if (key := _natural_key(their)) in by_key}
    taken = {id(rows) for rows in pairs.values()}
    likely = [
        (likeness, -place, -their.pk, rows)
        for their in theirs
        for place, rows in enumerate(fresh)
        if (likeness := max(_likeness(spans, their, rows.stance) for spans in _spans_of(their))) > (0.0, False)
    ]
    for _, _, negative_key, rows in sorted(likely, key=lambda each: each[:3], reverse=True):
        if -negative_key not in pairs and id(rows) not in taken:
            pairs[-negative_key] = rows
            taken.add(id(rows))
    return pairs


def said(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a record of a stance says, without how sure the machine was of it."""
    return {name: value for name, value in record.items() if name not in _ASIDE}


def _is_machines(stance: Stance) -> bool:
    touched: bool = getattr(stance, "touched")  # noqa: B009 - annotated in the query
    return stance.state == Stance.State.PENDING and stance.run_id is not None and not touched


def _spans_of(stance: Stance) -> Iterable[_Spans]:
    """Cue and content as they stand now, and as the machine had them before people corrected them."""
    yield (stance.cue_start, stance.cue_end), (stance.content_start, stance.content_end)
    first = stance.extracted.get("spans")
    if first:
        yield tuple(first["cue"]), tuple(first["content"])


def _likeness(spans: _Spans, their: Stance, new: Stance) -> tuple[float, bool]:
    cue, content = spans
    if not common(cue, (new.cue_start, new.cue_end)):
        return 0.0, False
    share = common(content, (new.content_start, new.content_end)) / max(
        content[1] - content[0], new.content_end - new.content_start
    )
    same_actor = (
        new.actor_as_printed in (their.actor_as_printed, their.extracted.get("mention"), their.extracted.get("actor"))
        or new.extracted["actor_slug"] == their.extracted.get("actor_slug") != ""
        or (new.actor_id is not None and new.actor_id == their.actor_id)
    )
    return (share, same_actor) if share >= SAME_PASSAGE else (0.0, False)


def _changes_and_drops(theirs: Iterable[Stance], pairs: Mapping[int, StanceRows]) -> list[Proposal]:
    proposals = []
    for their in theirs:
        if their.state == Stance.State.REJECTED or their.run_id is None:
            continue
        rows = pairs.get(their.pk)
        if rows is None:
            proposals.append(Proposal(kind=Proposal.Kind.DROP, stance=their, payload=their.extracted))
        elif said(rows.stance.extracted) != said(their.extracted) and _is_otherwise(rows, their):
            proposals.append(Proposal(kind=Proposal.Kind.CHANGE, stance=their, payload=rows.stance.extracted))
    return proposals


def _propose(row: Article, proposals: Sequence[Proposal], run: Run) -> int:
    """Store those of ``proposals`` that were not made before; open ones that no longer hold go. How many changed."""
    made = {_proposal_key(each): each for each in Proposal.objects.filter(article=row).order_by("pk")}
    wanted = {_proposal_key(each): each for each in proposals}
    stale = [each.pk for key, each in made.items() if each.state == Proposal.State.OPEN and key not in wanted]
    new = [each for key, each in wanted.items() if key not in made]
    for each in new:
        each.article, each.run = row, run
    Proposal.objects.filter(pk__in=stale).delete()
    Proposal.objects.bulk_create(new)
    return len(stale) + len(new)


def _proposal_key(proposal: Proposal) -> tuple[str, int | None, str]:
    return proposal.kind, proposal.stance_id, json.dumps(said(proposal.payload), sort_keys=True)


def _replace(mine: Sequence[Stance], new: Sequence[StanceRows]) -> tuple[list[Stance], int]:
    """Turn the machine's stances into ``new``. Gives the stances written and how many are gone.

    What both have stays the same row, and is not written where nothing of it differs.
    """
    old = {_natural_key(each): each for each in mine}
    keys = {_natural_key(rows.stance) for rows in new}
    gone = [each.pk for key, each in old.items() if key not in keys]
    Stance.objects.filter(pk__in=gone).delete()
    written = []
    for rows in new:
        before = old.get(_natural_key(rows.stance))
        if before is None:
            insert([rows])
        elif _reading(rows) != _reading(_stored(before)) or said(rows.stance.extracted) != said(before.extracted):
            _overwrite(before, rows)
        else:
            continue
        written.append(rows.stance)
    return written, len(gone)


def _overwrite(before: Stance, rows: StanceRows) -> None:
    before.chain.all().delete()
    before.addressees.all().delete()
    rows.stance.pk = before.pk
    rows.stance.created = before.created
    # Whoever has the stance on screen must not accept what they have not seen.
    rows.stance.version = before.version + 1
    rows.stance.save(force_update=True)
    insert_parts([rows])


def _natural_key(stance: Stance) -> tuple[int, int, int, int, str]:
    return (
        stance.content_start,
        stance.content_end,
        stance.cue_start,
        stance.cue_end,
        stance.actor_as_printed,
    )


def _stored(stance: Stance) -> StanceRows:
    return StanceRows(stance, list(stance.chain.all()), list(stance.addressees.all()))


def _is_otherwise(rows: StanceRows, their: Stance) -> bool:
    """Whether a reading says something else than people have; what was never read before they judged is no news."""
    unread = _LATER - their.extracted.keys()
    return _meaning(rows, unread) != _meaning(_stored(their), unread)


def _meaning(rows: StanceRows, without: Set[str]) -> tuple[object, ...]:
    return (*(getattr(rows.stance, name) for name in _MEANING if name not in without), *_parts(rows))


def _reading(rows: StanceRows) -> tuple[object, ...]:
    return (*(getattr(rows.stance, name) for name in _READING), *_parts(rows))


def _parts(rows: StanceRows) -> tuple[object, ...]:
    chain = [
        (link.actor_id, link.as_printed, link.act, link.mention_start, link.mention_end, link.cue_start, link.cue_end)
        for link in rows.chain
    ]
    addressees = [(each.actor_id, each.as_printed, each.mention_start, each.mention_end) for each in rows.addressees]
    return chain, addressees
