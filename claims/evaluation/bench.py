"""How much time and memory whole extraction takes, beside the language pipeline alone."""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypedDict

from spacy.language import Language

from claims.extraction.types import ArticleText, Span

#: What reads the stances of a batch of articles.
Read = Callable[[Sequence[ArticleText]], object]

BATCH = 32
#: Articles after which everything that is loaded once is loaded.
SETTLED = 4 * BATCH

_STATM = Path("/proc/self/statm")
_NAME = re.compile(r"\b[A-Z][a-z]+\b")
_SYLLABLES = ("ba", "den", "kor", "li", "mar", "no", "pel", "ra", "sun", "ta", "vi", "zo")


class Timing(TypedDict):
    """``ratio`` is the time of whole extraction over that of the pipeline alone, ``words_per_second`` extraction's.

    Time is processor time; ``peak_mb`` is the most memory the process ever had.
    """

    ratio: float
    words_per_second: int
    peak_mb: int


class Growth(TypedDict):
    """``growth_mb`` is how much more memory the process had after so many ``articles`` than when it had settled."""

    articles: int
    growth_mb: float


class _Round(NamedTuple):
    bare: float
    whole: float


def time_extraction(
    read: Read,
    nlp: Language,
    articles: Sequence[ArticleText],
    *,
    repeats: int = 5,
    watch: Callable[[], None] = lambda: None,
) -> Timing:
    """Time ``read`` on ``articles`` against ``nlp`` on their lines, in turns; medians count.

    ``watch`` is called after each turn.
    """
    lines = [line for article in articles for line in _lines(article)]
    rounds = []
    for turn in range(repeats + 1):
        bare = _seconds(lambda: _parse(nlp, lines))
        whole = _seconds(lambda: read(articles))
        # The first turn loads what is loaded once.
        if turn:
            rounds.append(_Round(bare, whole))
        watch()
    whole = median(each.whole for each in rounds)
    return {
        "ratio": round(whole / median(each.bare for each in rounds), 3),
        "words_per_second": round(sum(len(line.split()) for line in lines) / whole),
        "peak_mb": round(_peak() / 2**20),
    }


def watch_memory(
    read: Read, articles: Sequence[ArticleText], count: int, *, watch: Callable[[], None] = lambda: None
) -> Growth:
    """See how much memory ``read`` keeps over ``count`` short articles made of ``articles``, each with new names.

    ``watch`` is called after each batch.
    """
    settled = 0
    done = 0
    batch: list[ArticleText] = []
    for article in short_articles(articles, count):
        batch.append(article)
        if len(batch) == BATCH or done + len(batch) == count:
            read(batch)
            done += len(batch)
            batch = []
            if not settled and (done >= SETTLED or done == count):
                settled = _held()
            watch()
    return {"articles": done, "growth_mb": round(max(0, _held() - settled) / 2**20, 1)}


def short_articles(articles: Sequence[ArticleText], count: int) -> Iterator[ArticleText]:
    """``count`` articles of a title and two lines of ``articles``, with half of the capitalised words made up anew."""
    rng = random.Random(1)  # noqa: S311
    pool = [(article, line[:300]) for article in articles for line in _lines(article)]
    for number in range(count):
        picked = rng.choices(pool, k=3)
        title, *body = (_NAME.sub(lambda match: _made_up(match.group(), rng), line) for _, line in picked)
        header = f"{title}\n20220101\nhttps://example.org/{number}\n"
        yield replace(
            picked[0][0],
            name=f"{number:06}",
            text=header + "\n".join(body) + "\n",
            title_span=Span(0, len(title)),
            body_start=len(header),
        )


def _made_up(word: str, rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=4)).capitalize() if rng.random() < 0.5 else word


def _lines(article: ArticleText) -> list[str]:
    lines = [article.text[slice(*article.title_span)], *article.text[article.body_start :].split("\n")]
    return [line for line in lines if line.strip()]


def _parse(nlp: Language, lines: Sequence[str]) -> None:
    with nlp.memory_zone():
        for _ in nlp.pipe(lines, batch_size=64):
            pass


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _peak() -> int:
    """The most bytes of memory that the process had at once; macOS counts in bytes, others in kibibytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _held() -> int:
    """The bytes of memory that the process has now; the most it had, where the system does not tell."""
    if not _STATM.exists():
        return _peak()
    return int(_STATM.read_text().split()[1]) * resource.getpagesize()
