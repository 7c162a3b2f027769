"""The rows that one article and its stances become; nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from claims.actors.offices import Offices, words_around
from claims.extraction.claims import normal_wording
from claims.extraction.records import to_record
from claims.extraction.types import ActorRef, ArticleText, ExtractedStance, Span
from claims.models import Addressee, Article, ChainLink, Claim, Run, Stance, limits


@dataclass(slots=True)
class StanceRows:
    """One stance that is not stored yet, with the rows that hang on it."""

    stance: Stance
    chain: list[ChainLink] = field(default_factory=list)
    addressees: list[Addressee] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What stances refer to, by what they name it: actors by slug, claims by key of wording; and offices of actors.

    ``resolutions`` has the actors by name as printed that people said are meant in the article.
    """

    actors: Mapping[str, int]
    offices: Offices
    claims: Mapping[str, Claim]
    resolutions: Mapping[str, int] = field(default_factory=dict)

    def actor(self, ref: ActorRef | None) -> int | None:
        """The key of the actor that ``ref`` resolves to; None while it is open."""
        return self.actors.get(ref.slug) if ref and ref.slug else None

    def meant(self, article: ArticleText, ref: ActorRef) -> int | None:
        """The key of the actor that ``ref`` means in ``article``: as a person said of its name, or as it resolves."""
        said = (self.resolutions.get(name) for name in names_of(article, ref)) if self.resolutions else iter(())
        return next((key for key in said if key is not None), self.actor(ref))


def article_row(article: ArticleText, run: Run) -> Article:
    """The row of ``article``, without its outlet and what it supersedes."""
    if article.published_on is None:
        raise ValueError(f"{article.name} has no date of publication")
    return Article(
        title=_words(article, article.title_span),
        published_on=article.published_on,
        url=article.url,
        text=article.text,
        body_start=article.body_start,
        sha256=Article.digest(article.text),
        run=run,
    )


def wording_of(article: ArticleText, stance: ExtractedStance) -> str:
    """The wording of the claim that ``stance`` is on, "" where its content has no word."""
    return normal_wording(stance.claim or _words(article, stance.content))


def slugs_of(stances: Iterable[ExtractedStance]) -> set[str]:
    """The slugs of all actors that ``stances`` name."""
    refs: list[ActorRef | None] = []
    for stance in stances:
        refs += [stance.actor, stance.target_actor, *stance.addressees, *(link.actor for link in stance.chain)]
    return {ref.slug for ref in refs if ref and ref.slug}


def stance_rows(
    article: ArticleText, row: Article, stances: Sequence[ExtractedStance], known: Known, run: Run
) -> list[StanceRows]:
    """The rows of ``stances``, one for each natural key, in their order; of two with the same key the surer."""
    printed = _as_printed(article, stances)
    found: dict[tuple[Span, Span, str], tuple[float, StanceRows]] = {}
    for stance, name in zip(stances, printed, strict=True):
        key = (stance.content, stance.cue, name)
        if key not in found or found[key][0] < stance.confidence:
            found[key] = (stance.confidence, _rows(article, row, stance, name, known, run))
    return [rows for _, rows in found.values()]


def _rows(article: ArticleText, row: Article, stance: ExtractedStance, name: str, known: Known, run: Run) -> StanceRows:
    actor = known.meant(article, stance.actor)
    mention = stance.actor.mention
    role = known.offices.held(
        actor, stance.said_on or row.published_on, words_around(article.text, *mention) if mention else ""
    )
    wording = wording_of(article, stance)
    rows = StanceRows(
        Stance(
            article=row,
            actor_id=actor,
            actor_as_printed=name,
            office=role.title if role else "",
            role=role,
            claim=known.claims[Claim.key_for(wording)] if wording else None,
            act=stance.act or "",
            side=stance.side or "",
            target_actor_id=known.actor(stance.target_actor),
            plover=stance.plover,
            negated=stance.negated,
            conditional=stance.conditional,
            future=stance.future,
            quotation=stance.quotation.value,
            said_on=stance.said_on,
            confidence=stance.confidence,
            run=run,
            rule=stance.rule[: limits.RULE],
            extracted=to_record(article, stance),
        )
    )
    for field_name, span in (
        ("mention", stance.actor.mention),
        ("cue", stance.cue),
        ("content", stance.content),
        ("target", stance.target),
    ):
        _set_span(rows.stance, article, field_name, span)
    for order, link in enumerate(stance.chain):
        rows.chain.append(
            ChainLink(
                stance=rows.stance,
                order=order,
                actor_id=known.meant(article, link.actor),
                as_printed=_printed(article, link.actor),
                act=link.act or "",
                **_offsets("mention", link.actor.mention),
                **_offsets("cue", link.cue),
            )
        )
    for order, addressee in enumerate(stance.addressees):
        rows.addressees.append(
            Addressee(
                stance=rows.stance,
                order=order,
                actor_id=known.meant(article, addressee),
                as_printed=_printed(article, addressee),
                **_offsets("mention", addressee.mention),
            )
        )
    return rows


def _as_printed(article: ArticleText, stances: Sequence[ExtractedStance]) -> list[str]:
    """The actor of each stance in the article's words; by name where several share their words ("both leaders")."""
    printed = [_printed(article, stance.actor) for stance in stances]
    keys = [(stance.content, stance.cue, words.casefold()) for stance, words in zip(stances, printed, strict=True)]
    times = Counter(keys)
    return [
        words if times[key] == 1 else stance.actor.name[: limits.PRINTED]
        for stance, words, key in zip(stances, printed, keys, strict=True)
    ]


def _printed(article: ArticleText, ref: ActorRef) -> str:
    """How the article names ``ref``; for one that is not known this is its fullest form, by which it is looked for."""
    words = _words(article, ref.mention).strip() if ref.slug and ref.mention else ""
    return " ".join((words or ref.name).split())[: limits.PRINTED]


def names_of(article: ArticleText, ref: ActorRef) -> tuple[str, ...]:
    """The names by which ``article`` may print ``ref``: as it is stored, in its fullest form, and where it stands."""
    here = _words(article, ref.mention) if ref.mention else ref.name
    plain = (" ".join(name.split())[: limits.PRINTED] for name in (ref.name, here))
    return tuple(dict.fromkeys((_printed(article, ref), *plain)))


def _words(article: ArticleText, span: Span) -> str:
    return article.text[span.start : span.end]


def _set_span(stance: Stance, article: ArticleText, name: str, span: Span | None) -> None:
    for field_name, value in _offsets(name, span).items():
        setattr(stance, field_name, value)
    setattr(stance, f"{name}_text", _words(article, span) if span else "")


def _offsets(name: str, span: Span | None) -> dict[str, int | None]:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}
