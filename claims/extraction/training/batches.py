"""Windows to padded tensors, and the order in which batches of the tasks alternate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random

import torch
from torch import Tensor

from claims.extraction.training.windows import IGNORED, Window

_POOL = 256


def batches(windows: Iterable[Window], pieces: int, random: Random) -> Iterator[list[Window]]:
    """Group windows of like length into batches of at most ``pieces`` padded pieces, in random order a pool."""
    pool: list[Window] = []
    for window in windows:
        pool.append(window)
        if len(pool) == _POOL:
            yield from _pooled(pool, pieces, random)
            pool = []
    yield from _pooled(pool, pieces, random)


def _pooled(pool: list[Window], pieces: int, random: Random) -> list[list[Window]]:
    result: list[list[Window]] = []
    batch: list[Window] = []
    for window in sorted(pool, key=lambda window: len(window.pieces)):
        if batch and (len(batch) + 1) * len(window.pieces) > pieces:
            result.append(batch)
            batch = []
        batch.append(window)
    if batch:
        result.append(batch)
    random.shuffle(result)
    return result


def endless(make_epoch: Callable[[], Iterable[list[Window]]]) -> Iterator[list[Window]]:
    """Yield the batches of epoch after epoch."""
    while True:
        yield from make_epoch()


def tensors(batch: list[Window]) -> dict[str, Tensor]:
    """Pad a batch of one task: pieces and words to the longest window's, targets with the ignored value."""
    pieces = max(len(window.pieces) for window in batch)
    words = max(len(window.first) for window in batch)
    result = {
        "pieces": _padded([window.pieces for window in batch], pieces, 0),
        "cases": _padded([window.cases for window in batch], pieces, 0),
        "first": _padded([window.first for window in batch], words, 0),
        "last": _padded([window.last for window in batch], words, 0),
    }
    lengths = torch.tensor([len(window.pieces) for window in batch])
    result["piece_mask"] = torch.arange(pieces)[None, :] < lengths[:, None]
    counts = torch.tensor([len(window.first) for window in batch])
    result["word_mask"] = torch.arange(words)[None, :] < counts[:, None]
    for name in batch[0].targets:
        fill = -1 if name == "sentence" else IGNORED
        result[name] = _padded([window.targets[name] for window in batch], words, fill)
    return result


def _padded(rows: list[list[int]], width: int, fill: int) -> Tensor:
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


def alternation(counts: dict[str, int], random: Random) -> list[str]:
    """Give the tasks' names in an even mixture: ``counts`` batches of each, neighbours shuffled."""
    places = [((index + random.random()) / count, task) for task, count in counts.items() for index in range(count)]
    return [task for _, task in sorted(places)]
