"""The documents say what is so: commands, settings, targets and links are checked against the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
GUIDES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
# A command of Django that the app replaces to do the same more safely has Django's own documentation.
COMMANDS = sorted(name for name, app in get_commands().items() if app == "claims" and name != "flush")


def environment_variables() -> set[str]:
    """The names that the settings read: the first argument of every ``env.TYPE(...)`` and ``read_secret(...)``."""
    tree = ast.parse((ROOT / "stancetracker" / "settings.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = ast.unparse(node.func)
            if function == "read_secret" or re.fullmatch(r"env\.(str|bool|int|float|list|url|path)", function):
                names.add(str(node.args[0].value))
    return names


def as_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """The addresses of a document's headings, as the usual readers of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", as_text(path), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_settings_are_found() -> None:
    assert {"DEBUG", "SECRET_KEY", "DATABASE_URL", "STANCE_PIPELINE"} <= environment_variables()


@pytest.mark.parametrize("name", sorted(environment_variables()))
def test_the_administrators_guide_has_a_row_for_each_setting(name: str) -> None:
    assert re.search(rf"^\| `{name}`", GUIDES["administrators.md"], flags=re.MULTILINE)


def test_the_administrators_guide_has_no_setting_that_is_not_read() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)`", GUIDES["administrators.md"], flags=re.MULTILINE))
    assert listed - environment_variables() == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_guide_names_each_command(command: str) -> None:
    assert any(f"manage.py {command}" in text for text in GUIDES.values())


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples_and_exit_status(command: str) -> None:
    text = load_command_class("claims", command).create_parser("manage.py", command).format_help()
    assert f"manage.py {command}" in text.split("examples:", 1)[-1]
    assert "exit status" in text.lower()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_commands_that_are_there(document: Path) -> None:
    named = set(re.findall(r"manage\.py ([a-z][a-z_]+)", as_text(document)))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_targets_that_are_there(document: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", as_text(ROOT / "Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)(?:[A-Z_]+=\S+ )*make ([a-z][a-z-]*)", as_text(document), flags=re.MULTILINE))
    assert named - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_project_lead_somewhere(document: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", as_text(document)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_the_index_of_the_documents_leads_to_each(path: Path) -> None:
    assert path.name == "index.md" or f"]({path.name})" in GUIDES["index.md"]
