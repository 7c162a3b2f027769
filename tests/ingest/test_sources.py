"""Which files paths name, and that no path ends the search."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from claims.extraction.types import Failure
from claims.ingest.sources import find_files, printable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deeper/d.TXT", "sub/noext"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def found(*paths: str | Path) -> list[str]:
    return [item.where if isinstance(item, Failure) else str(item) for item in find_files(map(str, paths))]


def below(folder: Path, *names: str) -> list[str]:
    return [str(folder / name) for name in names]


def test_it_walks_folders_in_a_fixed_order(folder: Path) -> None:
    assert found(folder) == below(folder, "a.txt", "b.txt", "sub/c.txt", "sub/deeper/d.TXT", "sub/noext")


def test_it_passes_over_hidden_files_and_notes_in_folders(folder: Path) -> None:
    for name in (".hidden", "README.md", "sub/.git", "sub/notes.MD"):
        (folder / name).write_text("x")
    assert found(folder / "sub") == below(folder, "sub/c.txt", "sub/deeper/d.TXT", "sub/noext")
    assert found(folder / "README.md", folder / ".hidden") == below(folder, "README.md", ".hidden")


def test_it_takes_patterns(folder: Path) -> None:
    assert found(folder / "*.txt") == below(folder, "a.txt", "b.txt")
    assert found(folder / "**" / "*.txt") == below(folder, "a.txt", "b.txt", "sub/c.txt")
    assert found(folder / "su[b]") == below(folder, "sub/c.txt", "sub/deeper/d.TXT", "sub/noext")


def test_it_takes_a_name_with_brackets_as_it_stands(folder: Path) -> None:
    (folder / "a[1].txt").write_text("x")
    assert found(folder / "a[1].txt") == below(folder, "a[1].txt")


@pytest.mark.parametrize(
    "paths",
    [
        ("a.txt", "a.txt"),
        ("a.txt", "*.txt", "."),
        (".", "a.txt", "sub", "sub/../sub/c.txt"),
        ("**",),
    ],
)
def test_it_gives_each_file_once(folder: Path, paths: tuple[str, ...]) -> None:
    names = [os.path.realpath(name) for name in found(*(folder / path for path in paths))]
    assert len(names) == len(set(names))
    assert str(folder / "a.txt") in names


def test_it_reports_a_path_that_names_nothing_and_goes_on(folder: Path) -> None:
    missing, pattern, nul = folder / "missing", folder / "*.xml", "no\0where"
    items = list(find_files([str(missing), str(pattern), "", nul, str(folder / "a.txt")]))
    assert [type(item) for item in items] == [Failure] * 4 + [type(folder)]
    assert [item.where for item in items if isinstance(item, Failure)] == [
        str(missing),
        str(pattern),
        "",
        "no\\x00where",
    ]


def test_it_reports_links_that_lead_back(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder)
    items = list(find_files([str(folder)]))
    failures = [item for item in items if isinstance(item, Failure)]
    assert [(item.where, "leads back" in item.reason) for item in failures] == [(str(folder / "sub/loop"), True)]
    assert len(items) == 6


def test_it_enters_no_folder_twice(folder: Path) -> None:
    # Each level linking the next one twice would otherwise double the work with every level.
    for level in range(40):
        (folder / f"level{level}").mkdir()
    for level in range(39):
        for link in ("x", "y"):
            (folder / f"level{level}" / link).symlink_to(folder / f"level{level + 1}")
    (folder / "level39" / "end.txt").write_text("x")
    assert [name for name in found(folder) if name.endswith("end.txt")] != []
    assert len(found(folder)) == 6


def test_it_gives_what_is_no_file_to_the_reader(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "broken").symlink_to("nowhere")
    (folder / "self").symlink_to("self")
    assert set(below(folder, "pipe", "broken", "self")) <= set(found(folder))


def test_it_reports_a_folder_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    items = list(find_files([str(folder)]))
    assert items[-1] == Failure(
        str(folder / "sub"),
        "the folder cannot be read (permission denied); check its permissions and the disk",
    )
    assert items[:2] == [folder / "a.txt", folder / "b.txt"]


def test_it_goes_deeper_than_python_calls_may(tmp_path: Path) -> None:
    path = tmp_path
    for _ in range(1100):
        path = path / "d"
    # Made from within, one level at a time: the whole path in one call would be too long for some systems.
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=descriptor)
        deeper = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = deeper
    os.close(os.open("end.txt", os.O_CREAT, dir_fd=descriptor))
    os.close(descriptor)
    try:
        assert found(tmp_path) == [str(path / "end.txt")]
    finally:
        # Python's own rmtree, with which pytest tidies up later, goes no deeper than Python's calls may.
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (b"plain name.txt", "plain name.txt"),
        ("Zürich.txt".encode(), "Zürich.txt"),
        (b"line\nfeed", r"line\nfeed"),
        (b"\x1b[31mred", r"\x1b[31mred"),
        (b"not \xff unicode", r"not \xff unicode"),
        ("right\u202eleft".encode(), r"right\u202eleft"),
    ],
)
def test_it_prints_any_name_on_one_line(name: bytes, printed: str) -> None:
    assert printable(os.fsdecode(name)) == printed


def test_it_finds_files_of_any_name(tmp_path: Path) -> None:
    names = [b"-rf", b"--help", b"a b", b"a'\"b", b"line\nfeed", b"\xff\xfe", b"$(reboot)", "\u202etxt".encode()]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("x")
    assert sorted(os.fsencode(Path(name).name) for name in found(tmp_path)) == sorted(names)
