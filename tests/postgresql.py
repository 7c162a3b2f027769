"""Run a command beside a PostgreSQL of its own, made for it and thrown away after it.

    python -m tests.postgresql -- python -m pytest

The command finds the server's address in ``DATABASE_URL``.

Where the machine has no PostgreSQL, the command is not run: exit status 0 with a line that says so, or 1 where ``CI``
is set, since there a test left out is a test failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from claims.scale.postgresql import find_binaries, temporary_server


def main() -> int:
    """Give the command's exit status, or what the module says for a machine without PostgreSQL."""
    parser = argparse.ArgumentParser(prog="python -m tests.postgresql", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("command", nargs="+", help="the command and its arguments, after --")
    command: list[str] = parser.parse_args().command
    binaries = find_binaries()
    if binaries is None:
        sys.stderr.write("There is no PostgreSQL on this machine (Debian: apt-get install postgresql); left out.\n")
        return 1 if os.environ.get("CI") else 0
    with temporary_server(binaries) as url:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
