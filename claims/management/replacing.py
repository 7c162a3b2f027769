"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def replacing(path: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A file of text, or of bytes, that takes the place of ``path`` once it is whole; if anything fails, ``path`` stays
    as it was."""
    mode, encoding, newline = ("wb", None, None) if binary else ("w", "utf-8", "")
    with tempfile.NamedTemporaryFile(
        mode, encoding=encoding, newline=newline, dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        draft = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            # The mode that a file made by the shell would have had; that of a temporary file is the owner's only.
            mask = os.umask(0)
            os.umask(mask)
            draft.chmod(0o666 & ~mask)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
