"""A large store of made-up stances: so many, of so many actors, spread as real ones are."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from claims.extraction.types import Act, ActorKind, AliasKind, Side
from claims.models import (
    Actor,
    Addressee,
    Alias,
    Article,
    ChainLink,
    Claim,
    ClaimTopic,
    Judgement,
    Outlet,
    PositionChange,
    Run,
    Stance,
    Topic,
)
from claims.scale.rows import insert

FIRST_DAY: Final = dt.date(2015, 1, 1)
DAYS: Final = 3_650
STANCES_AN_ARTICLE: Final = 20
STANCES_A_CLAIM: Final = 20
ARTICLES_AT_ONCE: Final = 1_000
OUTLETS: Final = 200
TOPICS: Final = 100
#: The share of stances that a person judged, that came through a source, and that were said to somebody.
JUDGED, QUOTED, ADDRESSED = 0.3, 0.3, 0.2
#: A change of position for so many stances.
STANCES_A_CHANGE: Final = 100

SYLLABLES: Final = ("ba", "den", "kor", "li", "mar", "no", "pel", "ra", "sun", "ta", "vi", "zo")
VERBS: Final[dict[str, tuple[str, ...]]] = {
    Act.STATES: ("said", "claimed", "told"),
    Act.DENIES: ("denied", "rejected"),
    Act.WARNS: ("warned",),
    Act.DEMANDS: ("demanded", "called for"),
    Act.SUPPORTS: ("backed", "supported"),
    Act.OPPOSES: ("opposed",),
}
SIDES: Final = ("", Side.FOR, Side.AGAINST, Side.AGAINST, Side.NEUTRAL)

Report = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make. Raises ``ValueError`` where there are fewer stances than one, or fewer actors than two."""

    stances: int = 1_000_000
    actors: int = 20_000

    def __post_init__(self) -> None:
        if self.stances < 1 or self.actors < 2:
            raise ValueError("There must be a stance at least, and two actors.")

    @property
    def articles(self) -> int:
        """The number of articles."""
        return -(-self.stances // STANCES_AN_ARTICLE)

    @property
    def claims(self) -> int:
        """The number of claims."""
        return -(-self.stances // STANCES_A_CLAIM)


def generate(
    connection: BaseDatabaseWrapper,
    size: Size,
    judge: int,
    *,
    seed: int = 1,
    report: Report = lambda noun, number: None,
) -> None:
    """Fill an empty store with ``size`` made-up rows; the user with the key ``judge`` has judged some of the stances.

    The same ``seed`` makes the same rows. A few actors, claims and topics have most of the stances (Zipf's law), as in
    the news. ``report`` is called after each chunk with the noun and the number of its rows so far.
    """
    maker = _Maker(size, judge, random.Random(seed))  # noqa: S311 - nothing is kept secret by it
    numbers: Counter[str] = Counter()
    for model, rows in maker.tables():
        noun = str(model._meta.verbose_name_plural)
        numbers[noun] += insert(model, rows, connection)
        report(noun, numbers[noun])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What its autovacuum does a minute later; until then it plans as if the tables were empty.
            cursor.execute("ANALYZE")


@dataclass(slots=True)
class _Maker:
    size: Size
    judge: int
    chance: random.Random
    names: list[str] = field(init=False)
    stances: list[tuple[int, int, int, str]] = field(init=False, default_factory=list)
    days: list[dt.date] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.names = [_name(number) for number in range(self.size.actors)]

    def tables(self) -> Iterator[tuple[Any, Iterator[dict[str, Any]]]]:
        """Each model with its rows, in an order in which nothing refers to what is not there yet."""
        now = timezone.now()
        times = {"started": now, "beat": now, "ended": now}
        run = {"id": 1, "kind": Run.Kind.IMPORT, "state": Run.State.FINISHED, "pipeline_name": "made up", **times}
        yield Run, iter([run])
        yield Outlet, ({"id": n, "name": f"Herald {n}", "domain": f"herald{n}.example.org"} for n in _up_to(OUTLETS))
        yield Topic, ({"id": n, "name": f"Question {n}", "slug": f"question-{n}"} for n in _up_to(TOPICS))
        yield Actor, self._actors()
        yield Alias, self._aliases()
        yield Claim, self._claims()
        yield ClaimTopic, self._claim_topics()
        for articles, stances in self._texts():
            yield Article, iter(articles)
            yield Stance, iter(stances)
        yield ChainLink, self._beside(QUOTED)
        yield Addressee, self._beside(ADDRESSED)
        yield Judgement, self._judgements()
        yield PositionChange, self._changes()

    def _actors(self) -> Iterator[dict[str, Any]]:
        kinds = [ActorKind.STATE, ActorKind.PERSON, ActorKind.INSTITUTION, ActorKind.ORGANISATION, ActorKind.PARTY]
        for number, name in enumerate(self.names):
            yield {"id": number + 1, "name": name, "slug": f"actor-{number + 1}", "kind": kinds[number % len(kinds)]}

    def _aliases(self) -> Iterator[dict[str, Any]]:
        for number, name in enumerate(self.names):
            short = name.split()[-1]
            yield {"id": number + 1, "actor_id": number + 1, "text": short, "kind": AliasKind.SHORT_NAME}

    def _claims(self) -> Iterator[dict[str, Any]]:
        for number in _up_to(self.size.claims):
            text = f"{_name(number).split()[0]} plan {number} goes ahead"
            day = FIRST_DAY + dt.timedelta(days=number % DAYS)
            yield {"id": number, "text": text, "wording_key": Claim.key_for(text), "first_seen": day}

    def _claim_topics(self) -> Iterator[dict[str, Any]]:
        pick = _zipf(TOPICS, self.chance)
        for number in _up_to(self.size.claims):
            yield {"id": number, "claim_id": number, "topic_id": pick()}

    def _texts(self) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
        """Some articles with their stances at a time: a stance's words are those of its article."""
        actor, claim = _zipf(self.size.actors, self.chance), _zipf(self.size.claims, self.chance)
        articles: list[dict[str, Any]] = []
        stances: list[dict[str, Any]] = []
        for number in _up_to(self.size.articles):
            day = FIRST_DAY + dt.timedelta(days=self.chance.randrange(DAYS))
            title, url = f"News of the day {number}", f"https://herald.example.org/{number}"
            text = f"{title}\n{day:%Y%m%d}\n{url}\n"
            body = len(text)
            for _ in range(min(self.size.stances - len(self.stances), STANCES_AN_ARTICLE)):
                text = self._sentence(text, stances, number, actor(), claim())
            self.days.append(day)
            articles.append(
                {
                    "id": number,
                    "outlet_id": 1 + number % OUTLETS,
                    "title": title,
                    "published_on": day,
                    "url": url,
                    "text": text,
                    "body_start": body,
                    "sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "sketch_scheme": 1,
                    "run_id": 1,
                }
            )
            if len(articles) == ARTICLES_AT_ONCE or number == self.size.articles:
                yield articles, stances
                articles, stances = [], []

    def _sentence(self, text: str, rows: list[dict[str, Any]], article: int, actor: int, claim: int) -> str:
        chance = self.chance
        act = chance.choice(list(VERBS))
        cue, name, target = chance.choice(VERBS[act]), self.names[actor - 1], f"plan {claim}"
        content = f"that {target} goes ahead with {_name(chance.randrange(5_000)).lower()}"
        mention = len(text)
        cued = mention + len(name) + 1
        said = cued + len(cue) + 1
        aimed = said + len("that ")
        state, pk = self._state(), len(self.stances) + 1
        rows.append(
            {
                "id": pk,
                "article_id": article,
                "actor_id": actor,
                "actor_as_printed": name,
                "claim_id": claim,
                "act": act,
                "side": chance.choice(SIDES),
                "target_actor_id": 1 + claim % self.size.actors,
                "plover": None,
                "mention_start": mention,
                "mention_end": mention + len(name),
                "mention_text": name,
                "cue_start": cued,
                "cue_end": cued + len(cue),
                "cue_text": cue,
                "content_start": said,
                "content_end": said + len(content),
                "content_text": content,
                "target_start": aimed,
                "target_end": aimed + len(target),
                "target_text": target,
                "confidence": round(chance.random(), 3),
                "state": state,
                "run_id": 1,
                "rule": "made up",
            }
        )
        self.stances.append((pk, actor, article, state))
        return f"{text}{name} {cue} {content}.\n"

    def _state(self) -> str:
        if self.chance.random() >= JUDGED:
            return Stance.State.PENDING
        return self.chance.choice(
            [Stance.State.ACCEPTED, Stance.State.ACCEPTED, Stance.State.CORRECTED, Stance.State.REJECTED]
        )

    def _beside(self, share: float) -> Iterator[dict[str, Any]]:
        number = 0
        for pk, actor, *_ in self.stances:
            if self.chance.random() < share:
                number += 1
                other = 1 + (actor + pk) % self.size.actors
                yield {"id": number, "stance_id": pk, "order": 0, "actor_id": other, "as_printed": "a source"}

    def _judgements(self) -> Iterator[dict[str, Any]]:
        judged = (row for row in self.stances if row[3] != Stance.State.PENDING)
        for number, (pk, _actor, _article, state) in enumerate(judged, 1):
            yield {"id": number, "stance_id": pk, "user_id": self.judge, "decision": state}

    def _changes(self) -> Iterator[dict[str, Any]]:
        latest: dict[int, tuple[int, int]] = {}
        number = 0
        for pk, actor, article, _state in self.stances:
            if pk % STANCES_A_CHANGE == 0 and actor in latest and self._day(latest[actor][1]) != self._day(article):
                number += 1
                pair = [latest[actor], (pk, article)]
                (before, first), (after, second) = sorted(pair, key=lambda each: (self._day(each[1]), each))
                yield {
                    "id": number,
                    "actor_id": actor,
                    "topic_id": 1 + pk % TOPICS,
                    "target": f"plan {pk}",
                    "earlier_id": before,
                    "later_id": after,
                    "earlier_article_id": first,
                    "later_article_id": second,
                    "earlier_position": Side.FOR,
                    "later_position": Side.AGAINST,
                    "earlier_on": self._day(first),
                    "later_on": self._day(second),
                }
            latest[actor] = (pk, article)

    def _day(self, article: int) -> dt.date:
        return self.days[article - 1]


def _zipf(number: int, chance: random.Random) -> Callable[[], int]:
    """Draws numbers from 1 to ``number``, the small ones often: the chance falls with the rank (Zipf's law)."""
    weights: Sequence[float] = list(accumulate(1 / (rank + 5) for rank in _up_to(number)))
    return lambda: bisect(weights, chance.random() * weights[-1]) + 1


def _up_to(number: int) -> range:
    return range(1, number + 1)


def _name(number: int) -> str:
    """A name of two words that no other number has."""
    parts, rest = [], number
    for _ in range(4):
        rest, digit = divmod(rest, len(SYLLABLES))
        parts.append(SYLLABLES[digit])
    extra = "" if not rest else SYLLABLES[rest % len(SYLLABLES)] * (1 + rest // len(SYLLABLES))
    return f"{parts[0]}{parts[1]}".capitalize() + " " + f"{parts[2]}{parts[3]}{extra}".capitalize()
