"""Ten analysts at once, for some seconds; ``python -m tests.analysts`` lets them work for a minute."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.either
def test_no_judgement_is_lost_and_none_is_missing_in_the_log() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.analysts", "--seconds", "5"],
        cwd=ROOT,
        env={**os.environ, "DEBUG": "true"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "all in the log" in done.stdout
