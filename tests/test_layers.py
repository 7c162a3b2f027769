"""The arrows between the parts of the app point one way, and extraction knows nothing of Django."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What each part may import of the others. A part that is not named here may import none.
# The enums of acts, sides and kinds: one list of each, for extraction, the database and what people see.
TYPES = "claims.extraction.types"
# How a content is worded as a claim: a pure function that gathering and moving must agree on.
WORDING = "claims.extraction.claims"
BELOW_COMMANDS = {
    "claims.actors",
    "claims.agreement",
    "claims.coding",
    "claims.copies",
    "claims.decisions",
    "claims.doctor",
    "claims.evaluation",
    "claims.exchange",
    "claims.extraction",
    "claims.facts_build",
    "claims.gathering",
    "claims.ingest",
    "claims.models",
    "claims.patterns",
    "claims.positions",
    "claims.quality",
    "claims.review",
    "claims.scale",
    "claims.search",
    "claims.selectors",
    "claims.topics",
    "claims.training",
    "claims.triggers",
}
ARROWS: dict[str, set[str]] = {
    "claims.apps": {"claims.triggers", "claims.wal"},
    "claims.extraction": set(),
    "claims.evaluation": {"claims.extraction", "claims.gathering"},
    "claims.gathering": {"claims.extraction"},
    "claims.facts_build": {"claims.extraction"},
    "claims.triggers": set(),
    "claims.wal": set(),
    "claims.groups": set(),
    "claims.agreement": set(),
    "claims.decisions": {"claims.models", "claims.selectors"},
    "claims.doctor": {"claims.models", "claims.triggers"},
    "claims.patterns": set(),
    "claims.models": {TYPES, "claims.patterns"},
    "claims.selectors": {"claims.models"},
    "claims.copies": {"claims.models"},
    "claims.positions": {TYPES, "claims.models", "claims.patterns", "claims.selectors"},
    "claims.topics": {TYPES, "claims.models", "claims.patterns", "claims.selectors"},
    "claims.actors": {"claims.extraction", "claims.models", "claims.selectors"},
    "claims.ingest": {
        "claims.actors",
        "claims.copies",
        "claims.decisions",
        "claims.extraction",
        "claims.gathering",
        "claims.models",
        "claims.positions",
        "claims.selectors",
        "claims.topics",
    },
    "claims.review": {TYPES, WORDING, "claims.actors", "claims.decisions", "claims.models", "claims.selectors"},
    "claims.coding": {TYPES, "claims.agreement", "claims.models", "claims.review", "claims.selectors"},
    "claims.training": {"claims.models", "claims.selectors"},
    "claims.search": {"claims.models"},
    "claims.scale": {TYPES, "claims.models", "claims.search"},
    "claims.quality": {"claims.evaluation", "claims.models"},
    "claims.exchange": {
        TYPES,
        "claims.actors",
        "claims.ingest",
        "claims.models",
        "claims.review",
        "claims.selectors",
        "claims.topics",
    },
    "claims.pages": {
        TYPES,
        "claims.actors",
        "claims.exchange",
        "claims.models",
        "claims.positions",
        "claims.review",
        "claims.search",
        "claims.selectors",
        "claims.topics",
    },
    "claims.admin": {
        TYPES,
        "claims.actors",
        "claims.agreement",
        "claims.coding",
        "claims.decisions",
        "claims.evaluation.reliability",
        "claims.exchange",
        "claims.ingest",
        "claims.models",
        "claims.pages",
        "claims.search",
        "claims.quality",
        "claims.review",
        "claims.selectors",
        "claims.topics",
    },
    "claims.management": BELOW_COMMANDS,
}

# What none of the fast, pure part may load: a worker on another machine has neither database nor settings.
OUTSIDE_EXTRACTION = {"django", "import_export", "stancetracker"}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "claims").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(module: str, path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of each thing that the file imports, wherever in it the import stands."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.rsplit(".", node.level - 1)[0]
                base = f"{above}.{base}".rstrip(".")
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def part_of(module: str) -> str | None:
    return next((part for part in ARROWS if within(module, part)), None)


def against_the_arrows() -> Iterator[str]:
    for module, path in modules():
        part = part_of(module)
        for line, name in imports(module, path):
            other = part_of(name)
            if part and other not in (None, part) and not any(within(name, end) for end in ARROWS[part]):
                yield f"{path.relative_to(ROOT)}:{line} imports {name}"


def test_every_import_follows_an_arrow() -> None:
    assert list(against_the_arrows()) == []


def test_extraction_imports_nothing_of_django() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for module, path in modules()
        if within(module, "claims.extraction")
        for line, name in imports(module, path)
        if name.partition(".")[0] in OUTSIDE_EXTRACTION
    ]
    assert found == []


def test_every_part_of_the_app_has_its_arrows() -> None:
    parts = {".".join(module.split(".")[:2]) for module, _path in modules()}
    assert parts - set(ARROWS) <= {"claims", "claims.migrations"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import claims.models", "claims.models"),
        ("from claims import models", "claims.models"),
        ("from claims.models.actor import Actor", "claims.models.actor.Actor"),
        ("from ..models import Actor", "claims.models.Actor"),
        ("from .. import models", "claims.models"),
        ("def late():\n    from claims import models", "claims.models"),
    ],
)
def test_it_sees_an_import_however_it_is_written(tmp_path: Path, source: str, expected: str) -> None:
    path = tmp_path / "module.py"
    path.write_text(source)
    assert [name for _line, name in imports("claims.extraction.module", path)] == [expected]
