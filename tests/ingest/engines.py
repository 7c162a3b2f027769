"""Engines for tests: fast, without spaCy, and able to do everything that goes wrong with a real one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from claims.extraction.types import (
    Act,
    ActorFact,
    ActorRef,
    ArticleText,
    BatchResult,
    ExtractedLink,
    ExtractedStance,
    Failure,
    Plover,
    Quotation,
    Side,
    Span,
)

_ACTS = {"says": Act.STATES, "denies": Act.DENIES, "warns": Act.WARNS}
_SIDES = {"says": None, "denies": Side.AGAINST, "warns": Side.AGAINST}
_STANCE = re.compile(
    r"^(?:(?P<source>\w+) (?P<outer>says) )?(?P<actor>\w+) (?P<cue>says|denies|warns)"
    r"(?: to (?P<to>\w+):)? (?P<content>[^.\n]+)\.$",
    re.MULTILINE,
)
_ORDER = re.compile(r"^!(?P<order>\w+) ?(?P<path>.*)$", re.MULTILINE)


class LineEngine:
    """Finds "Putin denies x y.", "Peskov says Putin warns to Biden: x y." and obeys lines such as "!kill".

    ``!kill`` and ``!hang`` end or stop the process, ``!kill_once PATH`` only as long as there is no file at PATH;
    ``!break`` fails, ``!outside`` gives evidence that is not in the text, ``!slow`` takes a moment.
    """

    pipeline_name = "en_lines"
    pipeline_version = "1.0"

    def __init__(self, pipeline: str, actors: Iterable[ActorFact]) -> None:
        self._slugs = {
            name: actor.slug for actor in actors for name in (actor.name, *(alias.text for alias in actor.aliases))
        }

    def read(self, articles: Sequence[ArticleText]) -> list[BatchResult]:
        """One result for each of ``articles``."""
        return [self._read(article) for article in articles]

    def _read(self, article: ArticleText) -> BatchResult:
        for match in _ORDER.finditer(article.text):
            order, path = match["order"], Path(match["path"])
            if order == "kill" or (order == "kill_once" and not path.exists()):
                path.touch() if order == "kill_once" else None
                os.kill(os.getpid(), signal.SIGKILL)
            elif order == "hang":
                time.sleep(600)
            elif order == "slow":
                time.sleep(0.02)
            elif order == "break":
                return BatchResult(article.name, failure=Failure(article.name, "extraction broke"))
            elif order == "outside":
                here = Span(len(article.text), len(article.text) + 5)
                stance = ExtractedStance(2, ActorRef("Putin"), here, here, None, None, None, rule="outside")
                return BatchResult(article.name, [stance])
        return BatchResult(article.name, list(self._stances(article)))

    def _stances(self, article: ArticleText) -> Iterator[ExtractedStance]:
        for match in _STANCE.finditer(article.text, article.body_start):

            def ref(group: str, match: re.Match[str] = match) -> ActorRef:
                return ActorRef(match[group], self._slugs.get(match[group], ""), Span(*match.span(group)))

            chain = [ExtractedLink(ref("source"), Span(*match.span("outer")), Act.STATES)] if match["source"] else []
            yield ExtractedStance(
                line=1 + article.text.count("\n", 0, match.start()),
                actor=ref("actor"),
                cue=Span(*match.span("cue")),
                content=Span(*match.span("content")),
                act=_ACTS[match["cue"]],
                side=_SIDES[match["cue"]],
                target=None,
                addressees=(ref("to"),) if match["to"] else (),
                chain=tuple(chain),
                confidence=0.8,
                rule="line",
            )


class NewerEngine(LineEngine):
    """A later version, which no longer sees warnings and takes denials for statements without a side."""

    pipeline_version = "2.0"

    def _stances(self, article: ArticleText) -> Iterator[ExtractedStance]:
        for stance in super()._stances(article):
            if stance.act is Act.DENIES:
                yield dataclasses.replace(stance, act=Act.STATES, side=None)
            elif stance.act is not Act.WARNS:
                yield stance


class ContraryEngine(LineEngine):
    """A later version that reads everything otherwise: each stance in each of its fields, and the actor as Xi."""

    pipeline_version = "3.0"

    def _stances(self, article: ArticleText) -> Iterator[ExtractedStance]:
        for stance in super()._stances(article):
            start, end = stance.content
            mention = stance.actor.mention
            assert mention
            xi = ActorRef("Xi", self._slugs.get("Xi", ""))
            yield dataclasses.replace(
                stance,
                actor=dataclasses.replace(stance.actor, slug=xi.slug, mention=Span(mention.start, mention.end - 1)),
                cue=Span(stance.cue.start, stance.cue.end - 1),
                content=Span(start, end - 1),
                target=Span(start, start + 2),
                target_actor=xi,
                act=Act.DOUBTS,
                side=Side.NEUTRAL,
                plover=Plover.PROTEST,
                negated=True,
                conditional=True,
                future=True,
                quotation=Quotation.DIRECT,
                said_on=dt.date(2021, 1, 1),
                addressees=(xi,),
                chain=(ExtractedLink(xi, Span(start, end), Act.DOUBTS),),
                confidence=0.1,
            )


class BrokenEngine:
    """Cannot be made."""

    def __init__(self, pipeline: str, actors: Iterable[ActorFact]) -> None:
        raise OSError("no such pipeline")


class DyingEngine:
    """Kills its process while it is made."""

    def __init__(self, pipeline: str, actors: Iterable[ActorFact]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class NumberedEngine:
    """Fails on every article, giving the number of its process as the reason."""

    pipeline_name = "numbers"
    pipeline_version = "1"

    def __init__(self, pipeline: str, actors: Iterable[ActorFact]) -> None:
        self.process = str(os.getpid())

    def read(self, articles: Sequence[ArticleText]) -> list[BatchResult]:
        """One result for each of ``articles``."""
        if any("!hang" in each.text for each in articles):
            time.sleep(600)
        return [BatchResult(each.name, failure=Failure(each.name, self.process)) for each in articles]
