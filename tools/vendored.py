"""JavaScript libraries that pages load, kept in the repository: fetch them anew, or check those that are there.

``python -m tools.vendored`` compares each file with its recorded hash and ends with 1 where one differs.
``python -m tools.vendored --fetch`` first takes them out of their packages with npm, from wherever npm is set up to
look. For a new version, change ``LIBRARIES``, fetch, and read the hash off the message: nothing is written that doesn't
fit.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "static" / "claims" / "vendor"


@dataclass(frozen=True, slots=True)
class Library:
    """A package of npm and those of its files that are kept: path in the package, SHA-256 of what is kept."""

    package: str
    version: str
    files: Mapping[str, str]

    def kept_at(self, path: str) -> Path:
        """Where the file of that path in the package is kept."""
        return FOLDER / self.package / Path(path).name


LIBRARIES = (
    # Charts. No eval, no inline style: it needs no exception from the Content-Security-Policy.
    Library(
        "chart.js",
        "4.6.1",
        {
            "dist/chart.umd.min.js": "c17f2ce49fb9c71ef7fb39c03f868804ac5ab34730149976eebe6b7f807bef0c",
            "LICENSE.md": "41a84aa2caba645f966a18d9c2056b73e6d3a81d80bc0046bc0011a2634d4cce",
        },
    ),
)


class WrongContent(Exception):
    """A file is not the recorded one."""


def fetch(library: Library) -> None:
    """Write the files of ``library``; all of them or, raising ``WrongContent``, none."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{library.package}@{library.version}"
        command = ["npm", "pack", "--silent", "--pack-destination", folder, wanted]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            contents = {path: without_map(_read(packed, path)) for path in library.files}
    for path, content in contents.items():
        _compare(path, content, library.files[path])
    for path, content in contents.items():
        library.kept_at(path).parent.mkdir(parents=True, exist_ok=True)
        library.kept_at(path).write_bytes(content)


def check(library: Library) -> None:
    """Raise ``WrongContent`` where a kept file of ``library`` is missing or differs."""
    for path, expected in library.files.items():
        kept = library.kept_at(path)
        if not kept.is_file():
            raise WrongContent(f"{kept} is missing.")
        _compare(str(kept), kept.read_bytes(), expected)


def without_map(content: bytes) -> bytes:
    """``content`` without the line that names its source map, which isn't kept and would be looked for."""
    lines = content.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"//# sourceMappingURL="))


def _read(packed: tarfile.TarFile, path: str) -> bytes:
    file = packed.extractfile(f"package/{path}")
    if file is None:
        raise WrongContent(f"{path} is no file in the package.")
    return file.read()


def _compare(name: str, content: bytes, expected: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise WrongContent(f"{name} has the SHA-256 {found}, not {expected}.")


def main() -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(description="Check the JavaScript libraries that are kept, or fetch them anew.")
    parser.add_argument("--fetch", action="store_true", help="take them out of their packages with npm first")
    arguments = parser.parse_args()
    try:
        for library in LIBRARIES:
            if arguments.fetch:
                fetch(library)
            check(library)
    except WrongContent as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
