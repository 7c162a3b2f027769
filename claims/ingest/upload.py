"""Articles that people bring in by the browser: kept in a private folder, and imported by a process of their own.

The process is the import command, so that nothing has to be installed or started for it, and a request never waits for
extraction. What it does is in its run, as with any other import.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from claims.ingest.runs import end_killed_runs, process_of
from claims.models import Run

#: How long files are kept after they were brought in, in seconds: a day, in which somebody may look why one failed.
KEPT: Final = 24 * 60 * 60
#: Imports that may go on at once; each needs the memory of a language pipeline.
MOST_AT_ONCE: Final = 2
_UNSAFE: Final = re.compile(r"[^\w.-]+", re.ASCII)
_OUTPUT: Final = "output.log"


#: The processes that this one started: one that has ended stays a zombie until it is asked how.
_started: list[subprocess.Popen[bytes]] = []


class BusyError(Exception):
    """So many imports are going on that another has to wait."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An import that was started: its process as runs name it, its folder under ``UPLOAD_DIR``, and its articles."""

    process: str
    folder: str
    number: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is. ``run`` is None until the process has begun one, which takes some seconds.

    ``output`` is what the process said, where it ended without a run.
    """

    run: Run | None
    is_going: bool
    output: str = ""


def start(files: Iterable[tuple[str, bytes]]) -> Upload:
    """Keep ``files`` (names and contents, in the seed format) and start to import them.

    Raises ``BusyError`` where too many imports are going on, and ``OSError`` where files can't be kept.
    """
    _bury()
    end_killed_runs()
    if Run.objects.filter(state=Run.State.RUNNING, kind=Run.Kind.IMPORT).count() >= MOST_AT_ONCE:
        raise BusyError("Two imports are going on already. Try again when one has ended.")
    base = Path(settings.UPLOAD_DIR)
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(base)
    # Readable by this program's own account alone.
    folder = Path(tempfile.mkdtemp(prefix="upload-", dir=base))
    articles = folder / "articles"
    articles.mkdir(mode=0o700)
    number = 0
    for number, (name, content) in enumerate(files, 1):
        # The name is a stranger's: it never leads out of the folder, and never hides a file behind another.
        stem = _UNSAFE.sub("_", Path(name).stem)[:80].strip("._") or "article"
        (articles / f"{number:03}_{stem}.txt").write_bytes(content)
    with (folder / _OUTPUT).open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - this program's own command
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_articles", "."],
            # Failures then name the file as it was brought in, not where this machine keeps it.
            cwd=articles,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "stancetracker.settings"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # It goes on when the server is restarted.
            start_new_session=True,
        )
    _started.append(process)
    return Upload(process_of(process.pid), folder.name, number)


def progress_of(upload: Upload) -> Progress:
    """How far ``upload`` is by now. Ends the run of a process that was killed."""
    _bury()
    end_killed_runs()
    run = Run.objects.filter(process=upload.process).order_by("-pk").first()
    if run is not None:
        return Progress(run, is_going=run.state == Run.State.RUNNING)
    number = upload.process.split(" ")[1]
    if process_of(int(number)) == upload.process:
        return Progress(None, is_going=True)
    output = Path(settings.UPLOAD_DIR) / upload.folder / _OUTPUT
    with contextlib.suppress(OSError):
        return Progress(None, is_going=False, output=output.read_text(encoding="utf-8", errors="replace")[-2_000:])
    return Progress(None, is_going=False)


def _bury() -> None:
    _started[:] = [process for process in _started if process.poll() is None]


def _forget_old(base: Path) -> None:
    for folder in base.iterdir():
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < time.time() - KEPT:
                shutil.rmtree(folder)
