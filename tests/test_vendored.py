"""The JavaScript libraries in the repository are those of their packages, and nothing on a page asks for more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.vendored import FOLDER, LIBRARIES, Library, WrongContent, check, without_map

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.package)
def test_each_file_is_the_recorded_one(library: Library) -> None:
    check(library)


def test_every_file_is_recorded() -> None:
    kept = {path for path in FOLDER.rglob("*") if path.is_file()}
    assert kept == {library.kept_at(path) for library in LIBRARIES for path in library.files}


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.package)
def test_each_comes_with_its_licence(library: Library) -> None:
    assert any(Path(path).name.startswith("LICENSE") for path in library.files)


def test_a_changed_or_missing_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.vendored.FOLDER", tmp_path)
    library = Library("made-up", "1.0.0", {"dist/made-up.js": "0" * 64})
    with pytest.raises(WrongContent, match="is missing"):
        check(library)
    library.kept_at("dist/made-up.js").parent.mkdir()
    library.kept_at("dist/made-up.js").write_text("changed")
    with pytest.raises(WrongContent, match="has the SHA-256"):
        check(library)


def test_no_source_map_is_asked_for() -> None:
    assert without_map(b"run()\n//# sourceMappingURL=run.js.map\n") == b"run()\n"
    scripts = [path for path in (ROOT / "static").rglob("*.js") if path.is_file()]
    assert [path for path in scripts if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []
