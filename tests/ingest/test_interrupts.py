"""Ctrl-C and SIGTERM interrupt, but not within what is held together."""

from __future__ import annotations

import os
import signal

import pytest

from claims.ingest.interrupts import Interrupts

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_interrupts(number: signal.Signals) -> None:
    with Interrupts(), pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", SIGNALS)
def test_what_is_held_comes_to_its_end_first(number: signal.Signals) -> None:
    done = []

    def hold(interrupts: Interrupts, what: str, *, interrupted: bool) -> None:
        with interrupts.held():
            if interrupted:
                os.kill(os.getpid(), number)
            done.append(what)

    with Interrupts() as interrupts:
        with pytest.raises(KeyboardInterrupt):
            hold(interrupts, "interrupted", interrupted=True)
        hold(interrupts, "afterwards", interrupted=False)
    assert done == ["interrupted", "afterwards"]


def test_an_error_within_what_is_held_is_not_replaced() -> None:
    with Interrupts() as interrupts, pytest.raises(ValueError, match="broken"), interrupts.held():
        raise ValueError("broken")


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with Interrupts():
        assert [signal.getsignal(number) for number in SIGNALS] != before
    assert [signal.getsignal(number) for number in SIGNALS] == before
