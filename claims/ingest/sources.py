"""Finds the files that paths name: files, folders with all below them, and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from claims.extraction.types import Failure
from claims.ingest.errors import ArticleError, FolderLoop, NoMatch, Unreadable, reason

#: What stands in a folder of articles without being one.
_NOTES = (".md",)

#: Device and inode: which folder it is, whatever path leads there.
_Identity = tuple[int, int]


def find_files(paths: Iterable[str]) -> Iterator[Path | Failure]:
    """The files that ``paths`` name, each once and in a fixed order; a failure for each path or folder giving none.

    A path is a file, a folder, or a pattern (``*``, ``?``, ``[...]``, ``**`` for any folders between). In folders,
    hidden files and notes (``*.md``) are passed over; a file named itself, or by a pattern, is always taken. Links
    to folders are followed, but no folder is entered twice.
    """
    search = _Search()
    for path in paths:
        yield from search.find(path)


def printable(name: str | os.PathLike[str]) -> str:
    """A file's name for people, logs and rows: what is not printable, or not Unicode at all, is escaped.

    >>> printable("line\\nfeed")
    'line\\\\nfeed'
    """
    decoded = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in decoded)


class _Folder(NamedTuple):
    """A folder being walked: which it is, where known, and what in it is still to come."""

    identity: _Identity | None
    entries: Iterator[Path | Failure]


class _Search:
    """What was found so far, so that overlapping paths give each file once."""

    def __init__(self) -> None:
        self.entered: set[_Identity] = set()
        self.named: set[tuple[_Identity | None, str]] = set()

    def find(self, path: str) -> Iterator[Path | Failure]:
        if os.path.lexists(path):
            matches = [path]
        else:
            # Not Path.glob, which takes no absolute pattern.
            matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207
        if not matches:
            yield _failure(path, NoMatch())
        for match in map(Path, matches):
            if _is_folder(match):
                yield from self._walk(match)
            elif self._is_new(match):
                yield match

    def _is_new(self, file: Path) -> bool:
        parent = _identity(file.parent)
        if (parent, file.name) in self.named or (parent in self.entered and _may_be_article(file.name)):
            return False
        self.named.add((parent, file.name))
        return True

    def _walk(self, top: Path) -> Iterator[Path | Failure]:
        """Everything below ``top``, depth first; with a stack of our own, since folders nest deeper than calls may."""
        stack = [self._enter(top, set())]
        while stack:
            entry = next(stack[-1].entries, None)
            if entry is None:
                stack.pop()
            elif isinstance(entry, Path) and _is_folder(entry):
                stack.append(self._enter(entry, {folder.identity for folder in stack}))
            else:
                yield entry

    def _enter(self, folder: Path, around: set[_Identity | None]) -> _Folder:
        identity = _identity(folder)
        if identity in around:
            return _Folder(None, iter([_failure(folder, FolderLoop())]))
        if identity in self.entered:
            return _Folder(identity, iter(()))
        try:
            with os.scandir(folder) as listing:
                names = sorted(entry.name for entry in listing if _may_be_article(entry.name))
        except OSError as error:
            return _Folder(None, iter([_failure(folder, Unreadable("folder", reason(error)))]))
        if identity:
            self.entered.add(identity)
        return _Folder(identity, (folder / name for name in names if (identity, name) not in self.named))


def _identity(folder: Path) -> _Identity | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_folder(path: Path) -> bool:
    # Not Path.is_dir, which raises where a folder above may not be searched.
    return os.path.isdir(path)  # noqa: PTH112


def _may_be_article(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(_NOTES)


def _failure(where: str | Path, error: ArticleError) -> Failure:
    return Failure(where=printable(where), reason=str(error))
