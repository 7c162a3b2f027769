"""A PostgreSQL server of one's own, made for a measurement or a test and thrown away after it.

The server keeps its files in a temporary folder, answers on a Unix socket there and nowhere else, and doesn't wait for
the disk. PostgreSQL refuses to run as root, so root starts it as ``postgres`` or ``nobody``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DATABASE = "stancetracker"
SUPERUSER = "postgres"
# No TCP port, and no wait for the disk: what is in here is gone in a minute anyway.
SERVER_OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def find_binaries() -> Path | None:
    """The folder with PostgreSQL's server programs, the newest version's first; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


def server_account() -> str | None:
    """The account to run the server as: None for one's own, or an unprivileged one's name where one's own is root."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in accounts)


@contextmanager
def temporary_server(binaries: Path) -> Iterator[str]:
    """Start a server and give the ``DATABASE_URL`` of an empty database in it; stop and remove it at the end."""
    account = server_account()
    with tempfile.TemporaryDirectory(prefix="stancetracker-postgresql-") as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account)

        def run(program: str, *options: str) -> None:
            # The folder one stands in may be closed to the account, and initdb wants to stand somewhere.
            subprocess.run(  # noqa: S603 - the server's own programs with fixed arguments
                [binaries / program, *options],
                check=True,
                cwd=folder,
                user=account,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )

        data, log = folder / "data", folder / "log"
        run("initdb", "-D", str(data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-sync")
        try:
            run("pg_ctl", "start", "-w", "-D", str(data), "-l", str(log), "-o", f"{SERVER_OPTIONS} -k {folder}")
        except subprocess.CalledProcessError:
            sys.stderr.write(log.read_text(encoding="utf-8", errors="replace") if log.exists() else "")
            raise
        try:
            run("createdb", "-h", str(folder), "-U", SUPERUSER, DATABASE)
            yield f"postgres://{SUPERUSER}@{quote(str(folder), safe='')}/{DATABASE}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(data))
