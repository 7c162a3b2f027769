"""The PostgreSQL that tests start for themselves, where the machine has none."""

from __future__ import annotations

import pytest

from claims.scale import postgresql as servers
from tests import postgresql


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_without_postgresql_nothing_is_run_and_only_ci_calls_that_a_failure(
    ci: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["postgresql", "--", "false"])
    monkeypatch.setattr(postgresql, "find_binaries", lambda: None)
    monkeypatch.setenv("CI", ci)
    assert postgresql.main() == status
    assert "no PostgreSQL on this machine" in capsys.readouterr().err


def test_root_never_runs_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert servers.server_account() in {"postgres", "nobody"}
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert servers.server_account() is None
