"""The generated facts: how they are built, and the command that writes them."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.facts_build.curated import CuratedError, CuratedState, OfficeKind, curated_states
from claims.facts_build.forms import slug_of, state_forms
from claims.facts_build.states import LibraryState, build_state
from claims.management.commands import make_actor_fixtures

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
GENERATED = ("libraries/states.jsonl", "actors/states.jsonl", "actors/institutions.jsonl", "actors/offices.jsonl")


@pytest.fixture
def fixtures(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


def make(fixtures: Path, **options: Any) -> str:
    out = StringIO()
    call_command("make_actor_fixtures", fixtures=fixtures, kept=True, stdout=out, **options)
    return out.getvalue()


def texts(state: LibraryState, own: CuratedState) -> set[str]:
    return {alias.text for alias in build_state(state, own).fact.aliases}


# -- the rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "article", "expected"),
    [
        (["Iran"], False, ["Iran's army", "army of Iran"]),
        (["Cyprus"], False, ["Cyprus' army", "Cyprus's army", "army of Cyprus"]),  # style guides differ
        (["Netherlands"], True, ["Netherlands' army", "army of the Netherlands"]),
        (["Turkey", "Türkiye"], False, ["Turkey's army", "Türkiye's army", "army of Turkey", "army of Türkiye"]),
    ],
)
def test_it_puts_a_state_beside_a_noun(names: list[str], article: bool, expected: list[str]) -> None:
    assert state_forms(names, [], [], article=article).beside("army") == expected


def test_it_puts_adjectives_and_abbreviations_before_a_noun() -> None:
    forms = state_forms(["United Kingdom"], ["British"], ["UK", "U.K."], article=True)
    assert forms.beside("army")[:3] == ["British army", "UK army", "U.K. army"]
    assert "UK's army" in forms.beside("army")
    assert "U.K.'s army" not in forms.beside("army")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Côte d'Ivoire", "cote-divoire"), ("Jonas Gahr Støre", "jonas-gahr-store"), ("Guinea-Bissau", "guinea-bissau")],
)
def test_it_makes_slugs_of_plain_letters(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_list_kept_by_hand_takes_the_place_of_the_libraries_one() -> None:
    library = LibraryState("KZ", "Kazakhstan", capitals=("Nur-Sultan",), adjectives=("Kazakhstani",))
    found = texts(library, CuratedState(capitals=["Astana"]))
    assert {"Astana", "Kazakhstani", "Kazakhstanis"} <= found
    assert "Nur-Sultan" not in found


def test_an_accented_name_stands_in_plain_letters_too() -> None:
    assert {"Bogotá", "Bogota"} <= texts(LibraryState("CO", "Colombia", capitals=("Bogotá",)), CuratedState())


def test_what_is_dropped_comes_from_no_side() -> None:
    library = LibraryState("SC", "Seychelles", capitals=("Victoria",))
    assert "Victoria" not in texts(library, CuratedState(drop=["Victoria"]))


def test_it_makes_no_plural_where_english_has_none() -> None:
    found = texts(LibraryState("CN", "China", adjectives=("Chinese",)), CuratedState())
    assert "Chinese" in found
    assert "Chineses" not in found


@pytest.mark.parametrize(
    ("kind", "code", "exists"),
    [
        (OfficeKind("Army", ["army"]), "FR", True),
        (OfficeKind("Army", ["army"], none="CR IS"), "IS", False),
        (OfficeKind("Army", ["army"], only="FR DE"), "DE", True),
        (OfficeKind("Army", ["army"], only="FR DE"), "ES", False),
    ],
)
def test_it_knows_which_states_have_an_office(kind: OfficeKind, code: str, exists: bool) -> None:
    assert kind.exists_in(code) is exists


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('un_members = "RU"\n[RU]\nnicknames = []\n', r"states\.toml: \[RU\]: nicknames is not a known key"),
        (
            'un_members = "RU"\n[RU]\ncapitals = "Moscow"\n',
            r"states\.toml: \[RU\]: capitals must be list\[str\] \| None",
        ),
        ('un_members = "RU"\n[XX]\n', r"states\.toml: \[XX\] is in neither un_members nor others"),
        ("un_members = \n", r"states\.toml: Invalid value"),
    ],
)
def test_it_names_what_is_wrong_in_a_hand_kept_file(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "states.toml").write_text(content)
    with pytest.raises(CuratedError, match=message):
        curated_states(tmp_path / "states.toml")


# -- the command ---------------------------------------------------------------------------------------------------


def test_the_shipped_files_are_what_the_command_writes() -> None:
    assert "up to date" in make(FIXTURES, check=True)


def test_it_writes_the_same_bytes_again(fixtures: Path) -> None:
    for name in GENERATED[1:]:
        (fixtures / name).unlink()
    make(fixtures)
    assert all((fixtures / name).read_bytes() == (FIXTURES / name).read_bytes() for name in GENERATED)


def test_it_touches_no_file_that_is_up_to_date(fixtures: Path) -> None:
    before = [(fixtures / name).stat().st_mtime_ns for name in GENERATED]
    assert make(fixtures).count("unchanged") == len(GENERATED)
    assert [(fixtures / name).stat().st_mtime_ns for name in GENERATED] == before


def test_check_names_the_files_that_differ_and_writes_nothing(fixtures: Path) -> None:
    states = fixtures / "actors" / "states.jsonl"
    states.write_text(states.read_text(encoding="utf-8").replace("Kiev", "Kiew"), encoding="utf-8")
    before = states.read_bytes()
    with pytest.raises(CommandError, match=r"Out of date: actors/states\.jsonl\.") as caught:
        make(fixtures, check=True)
    assert caught.value.returncode == 1
    assert states.read_bytes() == before


def test_a_change_of_a_hand_kept_file_reaches_the_facts(fixtures: Path) -> None:
    curated = fixtures / "curated" / "states.toml"
    curated.write_text(curated.read_text(encoding="utf-8").replace('["Kyiv", "Kiev"]', '["Kyiv", "Kyjiw"]'), "utf-8")
    make(fixtures)
    lines = (fixtures / "actors" / "states.jsonl").read_text(encoding="utf-8").splitlines()
    ukraine = next(record for record in map(json.loads, lines) if record["slug"] == "ukraine")
    assert {"text": "Kyjiw", "kind": "metonym"} in ukraine["aliases"]


def test_it_tells_what_is_wrong_with_the_facts_beside_the_generated_ones(fixtures: Path) -> None:
    (fixtures / "actors" / "people_extra.jsonl").write_text('{"slug": "x", "name": "X", "kind": "robot"}\n')
    with pytest.raises(CommandError, match=r"people_extra\.jsonl:1: kind: 'robot' is none of"):
        make(fixtures)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("institutions.toml", 'state = "US"', 'state = "QQ"', "no state has the code 'QQ'"),
        ("institutions.toml", 'office = "foreign"', 'office = "forein"', "no sort of office is 'forein'"),
        ("states.toml", 'un_members = """', 'un_members = """\nQQ', "knows no state QQ"),
        ("states.toml", 'kind = "metonym", from', 'kind = "metonymy", from', "'metonymy' is not a valid AliasKind"),
    ],
)
def test_it_refuses_hand_kept_files_that_do_not_fit(
    fixtures: Path, file: str, old: str, new: str, message: str
) -> None:
    path = fixtures / "curated" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        make(fixtures)


def test_it_says_how_to_get_a_missing_library(fixtures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_actor_fixtures, "MISSING", "pycountry")
    with pytest.raises(
        CommandError, match=r"The library pycountry is missing: pip install '\.\[facts\]', or use --kept"
    ):
        call_command("make_actor_fixtures", fixtures=fixtures)


def test_its_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        call_command("make_actor_fixtures", "--help")
    assert caught.value.code == 0
    assert "manage.py make_actor_fixtures --check --kept" in capsys.readouterr().out
