"""Where an uploaded file waits between the preview of an import and its confirmation."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation

#: Seconds that a file waits for its confirmation.
KEPT = 60 * 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class PrivateStorage:
    """One uploaded file in a folder that only this program's account can read, under a name that nobody can guess.

    Takes the place of the library's own storage, which reads and then deletes whatever file of the system's folder for
    temporary files it is given the name of, and keeps unconfirmed uploads for ever.
    """

    def __init__(self, *, name: str | None = None, encoding: str | None = None, **kwargs: Any) -> None:
        self.name = name
        self.encoding = encoding

    def save(self, data: bytes) -> None:
        """Keep ``data`` under a new name; files that nobody confirmed in time are thrown away."""
        folder = self._folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        oldest = time.time() - KEPT
        for path in folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
        self.name = secrets.token_urlsafe(32)
        path = self._path()
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(data)

    def read(self) -> bytes | str:
        """The content: text where the storage was made with an encoding, otherwise bytes."""
        data = self._path().read_bytes()
        return data.decode(self.encoding) if self.encoding else data

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._path().is_file()

    def remove(self) -> None:
        """Throw the file away."""
        self._path().unlink(missing_ok=True)

    def _path(self) -> Path:
        if self.name is None or not _TOKEN.fullmatch(self.name):
            raise SuspiciousFileOperation("This is not the name of an uploaded file.")
        return self._folder() / self.name

    @staticmethod
    def _folder() -> Path:
        folder: Path = settings.VAR_DIR / "imports"
        return folder
