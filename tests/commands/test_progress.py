"""Progress: a bar on a terminal, lines elsewhere, nothing when told to be quiet."""

from __future__ import annotations

import io
import sys
from contextlib import closing

import pytest
from django.core.management.base import OutputWrapper

from claims.management.progress import Progress


class Terminal(io.StringIO):
    """Text that says it is shown to a person."""

    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("claims.management.progress.LINE_SECONDS", 0.0)
    monkeypatch.setenv("COLUMNS", "100")
    with closing(Progress(2, OutputWrapper(stream), unit="articles", quiet=quiet)) as progress:
        progress.advance()
        progress.say("a.txt: the file is empty")
        progress.advance()
    return stream.getvalue()


def test_a_terminal_shows_a_bar_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(Terminal(), monkeypatch)
    assert "2/2 [" in text
    assert " articles/s]" in text
    assert "a.txt: the file is empty\n" in text


def test_elsewhere_lines_say_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(io.StringIO(), monkeypatch).splitlines()
    assert [line.split(",")[0] for line in lines] == ["1 of 2 articles", "a.txt: the file is empty", "2 of 2 articles"]
    assert lines[0].endswith(" left")


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_quiet_says_only_what_must_be_said(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(stream, monkeypatch, quiet=True) == "a.txt: the file is empty\n"
