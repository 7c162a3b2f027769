"""Texts stand in one place, ready to be translated: nothing that readers see is written past it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.utils import translation
from django.utils.functional import Promise
from pytest_django import Settings

from claims.models import Judgement, Stance
from claims.models.words import WORDS
from claims.pages.verbs import DISTANCING, NEUTRAL
from tests import factories as make
from tests.browser.scene import Scene, set_scene

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
READING_SIDE = sorted(
    [
        *(ROOT / "templates").glob("*.html"),
        *(ROOT / "templates" / "pages").rglob("*.html"),
        ROOT / "templates" / "registration" / "login.html",
    ]
)
# The same in every language: proper names, file formats, the host of the tests.
NAMES = {"stancetracker", "Stancetracker", "Wikidata", "PLOVER", "CSV", "XLSX", "JSON", "testserver"}
# English words that articles report with, which a page lists as such.
REPORTED = {word for words in (*NEUTRAL, *DISTANCING) for word in re.findall(r"[A-Za-z]+", words)}
# Attributes that readers see or hear.
TOLD = ("title", "aria-label", "placeholder", "alt", "aria-roledescription")


# The catalogue


def entries(catalogue: str) -> set[str]:
    """The texts of a catalogue with their contexts and plurals, without where they stand and their translations."""
    found = set()
    for entry in catalogue.split("\n\n")[1:]:
        lines = [line for line in entry.splitlines() if not line.startswith("#")]
        end = next((number for number, line in enumerate(lines) if line.startswith("msgstr")), len(lines))
        found.add("\n".join(lines[:end]))
    return found


def test_the_catalogue_has_all_texts_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("xgettext is not on this machine (Debian: apt-get install gettext)")
    options = re.search(r"^MESSAGES := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert options is not None
    # Gathered from copies, so that the test leaves the repository as it is.
    for name in ("claims", "stancetracker", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=lambda _, names: {n for n in names if not is_read(n)})
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    call_command("makemessages", "--locale", "en", *options.group(1).split(), verbosity=0)
    made = (tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    kept = CATALOGUE.read_text(encoding="utf-8")
    assert sorted(entries(made) - entries(kept)) == [], "run `make messages`"
    assert sorted(entries(kept) - entries(made)) == [], "run `make messages`"


def is_read(name: str) -> bool:
    return "." not in name or name.endswith((".py", ".html", ".txt"))


# Templates


def untranslated(template: str) -> list[str]:
    """The words in ``template`` that readers would see in English whatever the language."""
    text = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    text = re.sub(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<(code|script)\b.*?</\1>", "", text, flags=re.DOTALL)
    found = re.findall(r'\|(?:default|default_if_none|yesno|pluralize):"([^"]*[A-Z ][^"]*)"', text)
    for tag in re.findall(r"\{% include [^%]*? with ([^%]*)%\}", text):
        found += re.findall(r'(?<!_\()"([A-Z][^"]*)"', tag)
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    found += [value for _, value in re.findall(rf'\b({"|".join(TOLD)})="([^"]*)"', plain)]
    found += re.sub(r"<[^>]*>", "\n", plain).splitlines()
    return [each.strip() for each in found if set(re.findall(r"[A-Za-z]{2,}", re.sub(r"&\w+;", "", each))) - NAMES]


@pytest.mark.parametrize("path", READING_SIDE, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_of_the_reading_side_has_no_text_that_cannot_be_translated(path: Path) -> None:
    assert untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Who says what</p>",
        '<p title="Who says what">{{ name }}</p>',
        '{{ name|default:"Not known" }}',
        '{% include "part.html" with heading="Who says what" %}',
        "<p>{% if name %}said by {{ name }}{% endif %}</p>",
    ],
)
def test_what_is_written_past_the_catalogue_is_found(template: str) -> None:
    assert untranslated(template)


@pytest.mark.parametrize(
    "template",
    [
        '<p class="shown">{% translate "Who says what" %} {{ name }}</p>',
        "<p>{% blocktranslate %}said by {{ name }}{% endblocktranslate %}</p>",
        '{% include "pages/part.html" with heading=_("Who says what") kind="plain" %}',
        "<code>manage.py doctor</code> stancetracker &middot;",
    ],
)
def test_what_goes_through_the_catalogue_is_not(template: str) -> None:
    assert untranslated(template) == []


# Pages in a language that has no letters in common with English

WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def widened(text: str) -> str:
    """``text`` in full-width letters, with placeholders, markup and what stands for a format as they are."""
    parts = re.split(r"(%\(\w+\)[sd]|%[sd%]|<[^>]*>|&\w+;)", text)
    return "".join(part if number % 2 else part.translate(WIDE) for number, part in enumerate(parts))


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text that goes through the catalogue comes in full-width letters."""
    catalogue = translation._trans  # type: ignore[attr-defined]
    monkeypatch.setattr(catalogue, "gettext", widened)
    monkeypatch.setattr(catalogue, "pgettext", lambda _context, text: widened(text))
    monkeypatch.setattr(catalogue, "ngettext", lambda one, many, number: widened(one if number == 1 else many))
    monkeypatch.setattr(
        catalogue, "npgettext", lambda _context, one, many, number: widened(one if number == 1 else many)
    )


class Words(HTMLParser):
    """The words of a page that readers see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "code"}:
            self._inside.append(tag)
        for name, value in attrs:
            if name in TOLD and value:
                self._add(value)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._add(data)

    def _add(self, text: str) -> None:
        # Addresses and names of files are the same in every language.
        self.found |= set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\S*[./:]\w\S*", " ", text)))


def stored_words() -> set[str]:
    """All words that stand in the database, which pages show as they are."""

    def texts() -> Iterator[str]:
        model: type[Model]
        for model in apps.get_models():
            for row in model._default_manager.values():
                yield from (value for value in row.values() if isinstance(value, str))

    return {word for text in texts() for word in re.findall(r"[A-Za-z]{2,}", text)}


PAGES: dict[str, Callable[[Scene], str]] = {
    "front": lambda scene: "/",
    "actors": lambda scene: "/actors/",
    "actor": lambda scene: f"/actors/{scene.russia.slug}/",
    "actor, nothing fits": lambda scene: f"/actors/{scene.russia.slug}/?act=promises&since=yesterday",
    "article": lambda scene: f"/articles/{scene.article.pk}/",
    "changes": lambda scene: "/changes/",
    "compare": lambda scene: "/compare/?actor=russia&actor=united-states",
    "compare, nobody chosen": lambda scene: "/compare/?q=zzz",
    "outlets": lambda scene: "/outlets/",
    "outlet": lambda scene: f"/outlets/{scene.article.outlet_id}/",
    "search": lambda scene: "/search/?q=ukraine",
    "topics": lambda scene: "/topics/",
    "topic": lambda scene: "/topics/attack-on-ukraine/",
    "claim": lambda scene: f"/claims/{scene.claim.pk}/",
    "sign-in": lambda scene: "/login/",
    "nothing there": lambda scene: "/nowhere/",
}


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_another_language_has_no_english_of_its_own(name: str, wide: None) -> None:
    scene: Scene = set_scene()
    make.stance(actor_as_printed="Tokyo", actor=make.actor(name="Japan"), side="for", state="accepted")
    client = Client()
    client.force_login(make.person("rita"))
    page = Words()
    page.feed(client.get(PAGES[name](scene)).content.decode())
    assert sorted(page.found - stored_words() - REPORTED - NAMES) == []


def test_each_member_of_an_enum_has_a_word_for_readers() -> None:
    for values, words in WORDS.items():
        assert set(words) == set(values)
    for member in [*Stance.State, *Judgement.Decision]:
        assert isinstance(member.label, Promise)
