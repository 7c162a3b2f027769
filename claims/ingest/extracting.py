"""Files in, stances out, in the order of the files and without a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from claims.extraction.types import ArticleText, ExtractedStance, Failure
from claims.ingest.errors import ArticleError
from claims.ingest.reader import read_article
from claims.ingest.sources import find_files, printable
from claims.ingest.workers import Job, Reader, in_batches


class ReadFile(NamedTuple):
    """An article with its stances, in their order."""

    article: ArticleText
    stances: Sequence[ExtractedStance]


def read_in_order(paths: Sequence[str], reader: Reader, batch_size: int, encoding: str) -> Iterator[ReadFile | Failure]:
    """Each file that ``paths`` name as read, or the failure that kept it from being read, in their order.

    Raises ``WorkersError`` if no extraction is possible.
    """
    done: dict[int, ReadFile | Failure] = {}
    upcoming = 0

    def jobs() -> Iterator[Job[tuple[int, str, ArticleText]]]:
        for place, file in enumerate(find_files(paths)):
            if isinstance(file, Failure):
                done[place] = file
                continue
            try:
                article = read_article(file, encoding=encoding)
            except ArticleError as error:
                done[place] = Failure(printable(file), str(error))
            else:
                yield (place, printable(file), article), article

    with closing(reader.results(in_batches(jobs(), batch_size))) as results:
        for (place, where, article), result in results:
            failure = result.failure
            done[place] = Failure(where, failure.reason) if failure else ReadFile(article, result.stances)
            while upcoming in done:
                yield done.pop(upcoming)
                upcoming += 1
    # Those behind the last article: files that none was read from.
    for place in sorted(done):
        yield done[place]
