"""How far a long command is: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time

from django.core.management.base import OutputWrapper
from tqdm import tqdm

#: Between two lines where there is no terminal.
LINE_SECONDS = 5.0


class Progress:
    """Counts up to ``total``, with rate and time left, on ``stream`` (standard error); nothing if ``quiet``."""

    def __init__(self, total: int, stream: OutputWrapper, *, unit: str, quiet: bool = False) -> None:
        self._total = total
        self._stream = stream
        self._unit = unit
        self._quiet = quiet
        self._done = 0
        self._started = self._told = time.monotonic()
        on_terminal = stream.isatty() and not quiet
        # On standard error itself: the wrapper ends everything written with a line feed.
        self._bar = tqdm(total=total, unit=f" {unit}", smoothing=0.1) if on_terminal else None

    def advance(self, number: int = 1) -> None:
        """``number`` more are done."""
        self._done += number
        if self._bar is not None:
            self._bar.update(number)
        elif not self._quiet and time.monotonic() - self._told >= LINE_SECONDS:
            self._told = time.monotonic()
            self._stream.write(self._line())

    def say(self, line: str) -> None:
        """Print ``line`` on the stream without tearing the bar."""
        if self._bar is not None:
            self._bar.clear()
        self._stream.write(line)
        if self._bar is not None:
            self._bar.refresh()

    def close(self) -> None:
        """Leave the bar as it stands."""
        if self._bar is not None:
            self._bar.close()

    def _line(self) -> str:
        rate = self._done / max(self._told - self._started, 0.001)
        left = (self._total - self._done) / rate
        return f"{self._done:,} of {self._total:,} {self._unit}, {rate:.1f} a second, {tqdm.format_interval(left)} left"
