"""The reader of fact files, and the facts that ship with the project."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from claims.extraction.facts import FactsError, read_date, read_facts, read_topics
from claims.extraction.types import ActorFact, ActorKind, AliasFact, AliasKind, RoleFact

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

STATE = {"slug": "russia", "name": "Russia", "kind": "state"}
PERSON = {"slug": "yuri-ushakov", "name": "Yuri Ushakov", "kind": "person", "pronoun": "he"}

# Names that several states bear: a mention of one of them stays open.
SHARED_BY_STATES = {
    "Congo": {"democratic-republic-of-the-congo", "republic-of-the-congo"},
    "Congolese": {"democratic-republic-of-the-congo", "republic-of-the-congo"},
    "Congolese authorities": {"democratic-republic-of-the-congo", "republic-of-the-congo"},
    "Congolese government": {"democratic-republic-of-the-congo", "republic-of-the-congo"},
    "Dominican": {"dominica", "dominican-republic"},
    "Dominican authorities": {"dominica", "dominican-republic"},
    "Dominican government": {"dominica", "dominican-republic"},
    "Dominicans": {"dominica", "dominican-republic"},
    "Korea": {"north-korea", "south-korea"},
    "Korean": {"north-korea", "south-korea"},
    "Korean authorities": {"north-korea", "south-korea"},
    "Korean government": {"north-korea", "south-korea"},
    "Koreans": {"north-korea", "south-korea"},
}


def write(folder: Path, *records: dict[str, Any], name: str = "people.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(FactsError) as caught:
        read_facts(folder)
    return caught.value.problems


# -- the reader ----------------------------------------------------------------------------------------------------


def test_it_reads_every_field_of_an_actor(tmp_path: Path) -> None:
    role = {"title": "Presidential Aide", "organisation": "russia", "from": "2012-05", "until": None}
    alias = {"text": "Ushakov", "kind": "short_name", "from": "2012", "until": "2024-02"}
    write(tmp_path, STATE, PERSON | {"wikidata_id": "Q1", "description": "Aide.", "aliases": [alias], "roles": [role]})
    assert read_facts(tmp_path)[1] == ActorFact(
        slug="yuri-ushakov",
        name="Yuri Ushakov",
        kind=ActorKind.PERSON,
        pronoun="he",
        wikidata_id="Q1",
        description="Aide.",
        aliases=(AliasFact("Ushakov", AliasKind.SHORT_NAME, dt.date(2012, 1, 1), dt.date(2024, 2, 29)),),
        roles=(RoleFact("Presidential Aide", "russia", dt.date(2012, 5, 1), None),),
    )


def test_it_reads_files_by_name_and_lines_in_their_order(tmp_path: Path) -> None:
    write(tmp_path, PERSON, name="b.jsonl")
    write(tmp_path, STATE, STATE | {"slug": "china", "name": "China"}, name="a.jsonl")
    assert [actor.slug for actor in read_facts(tmp_path)] == ["russia", "china", "yuri-ushakov"]


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("2019", dt.date(2019, 1, 1), dt.date(2019, 12, 31)),  # a year is wide on both sides
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),  # a month ends on its own last day
        ("2019-05-20", dt.date(2019, 5, 20), dt.date(2019, 5, 20)),  # a day is a day
    ],
)
def test_it_widens_a_date_to_what_is_known_of_it(text: str, begins: dt.date, ends: dt.date) -> None:
    assert (read_date(text, ends=False), read_date(text, ends=True)) == (begins, ends)


@pytest.mark.parametrize("text", ["", "19", "1899", "2101", "2019-13", "2019-00", "2019-02-29", "2019-5-1", "20 May"])
def test_it_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|years|month|day"):
        read_date(text, ends=False)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"slug": ""}, "slug: is missing or empty"),
        ({"slug": "Yuri U"}, "slug: 'Yuri U' is not a slug (small letters, digits and hyphens)"),
        ({"slug": "russia"}, "slug: 'russia' is already at people.jsonl:1"),
        ({"name": " Yuri"}, "name: ' Yuri' has spaces round it"),
        ({"name": 7}, "name: is not text"),
        ({"name": "Jose\u0301"}, "name: 'Jose\u0301' is not in Unicode form NFC"),
        ({"pronoun": "it"}, "pronoun: 'it' is none of he, she, they"),
        ({"part_of": "mars"}, "part_of: 'mars' is the slug of no actor"),
        ({"part_of": "yuri-ushakov"}, "part_of: leads back to the actor itself"),
        ({"wikidata_id": "159"}, "wikidata_id: '159' is not an item id like Q159"),
        ({"nickname": "U"}, "nickname: is not a known field"),
        ({"aliases": "U"}, "aliases: is not a list of objects"),
        ({"aliases": [{"text": "U"}]}, "aliases[0].kind: is missing or empty"),
        ({"aliases": [{"text": "U", "kind": "name", "since": "2012"}]}, "aliases[0].since: is not a known field"),
        (
            {"aliases": [{"text": "U", "kind": "name"}, {"text": "U", "kind": "metonym"}]},
            "aliases[1].text: 'U' is there twice, as alias or name",
        ),
        (
            {"aliases": [{"text": "Yuri Ushakov", "kind": "name"}]},
            "aliases[0].text: 'Yuri Ushakov' is there twice, as alias or name",
        ),
        (
            {"roles": [{"title": "Aide", "organisation": "mars"}]},
            "roles[0].organisation: 'mars' is the slug of no actor",
        ),
        (
            {"roles": [{"title": "Aide", "organisation": "yuri-ushakov"}]},
            "roles[0].organisation: 'yuri-ushakov' is a person",
        ),
        (
            {"roles": [{"title": "Aide", "organisation": "russia", "from": "2012-05-07", "until": "2011"}]},
            "roles[0].until: 2011-12-31 is before 2012-05-07",
        ),
        (
            {"roles": [{"title": "Aide", "organisation": "russia", "from": 2012}]},
            "roles[0].from: 2012 is not a date like 2019, 2019-05 or 2019-05-20",
        ),
        ({"roles": [{"title": "Aide", "organisation": "russia"}] * 2}, "roles[1]: is there twice"),
    ],
)
def test_it_names_file_line_and_field_of_a_fault(tmp_path: Path, change: dict[str, Any], expected: str) -> None:
    write(tmp_path, STATE, PERSON | change)
    assert f"people.jsonl:2: {expected}" in problems(tmp_path)


def test_it_tells_every_fault_at_once(tmp_path: Path) -> None:
    write(tmp_path, STATE | {"pronoun": "it"}, PERSON | {"part_of": "mars"})
    write(tmp_path, PERSON | {"slug": "other", "kind": "robot"}, name="robots.jsonl")
    assert [problem.split(": ")[0] for problem in problems(tmp_path)] == [
        "people.jsonl:1",
        "robots.jsonl:1",
        "people.jsonl:2",
    ]


def test_it_refuses_two_actors_with_one_wikidata_id(tmp_path: Path) -> None:
    write(tmp_path, STATE | {"wikidata_id": "Q159"}, PERSON | {"wikidata_id": "Q159"})
    assert problems(tmp_path) == ("people.jsonl:2: wikidata_id: 'Q159' is already at people.jsonl:1",)


def test_it_refuses_a_circle_of_parts(tmp_path: Path) -> None:
    write(tmp_path, STATE | {"part_of": "china"}, STATE | {"slug": "china", "name": "China", "part_of": "russia"})
    assert len(problems(tmp_path)) == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{'slug': 1}\n", "people.jsonl:1: is not JSON"),
        (b"[]\n", "people.jsonl:1: is not a JSON object"),
        (b'{"slug": "a", "name": "A", "kind": "state"}\n\n', "people.jsonl:2: is not JSON"),  # a blank line
        (b"\xff\n", "people.jsonl: is not UTF-8 at byte 0"),
    ],
)
def test_it_tells_where_a_file_is_broken(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "people.jsonl").write_bytes(content)
    assert problems(tmp_path)[0].startswith(expected)


def test_it_refuses_a_folder_without_facts(tmp_path: Path) -> None:
    assert problems(tmp_path) == (f"{tmp_path}: holds no actor facts (*.jsonl)",)


def test_it_tells_every_fault_of_topics_at_once(tmp_path: Path) -> None:
    topic = {"slug": "taiwan", "name": "Taiwan", "patterns": ["Taiwan Strait"]}
    path = write(tmp_path, topic, topic | {"name": "", "patterns": ["a", "a"], "colour": "red"}, name="topics.jsonl")
    with pytest.raises(FactsError) as caught:
        read_topics(path)
    assert caught.value.problems == (
        "topics.jsonl:2: colour: is not a known field",
        "topics.jsonl:2: patterns: has 'a' twice",
        "topics.jsonl:2: name: is missing or empty",
        "topics.jsonl:2: slug: 'taiwan' is already at topics.jsonl:1",
    )


# -- the shipped facts ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def actors() -> dict[str, ActorFact]:
    return {actor.slug: actor for actor in read_facts(FIXTURES / "actors")}


@pytest.fixture(scope="module")
def bearers(actors: dict[str, ActorFact]) -> dict[str, set[str]]:
    """Slugs by name or alias."""
    found: dict[str, set[str]] = defaultdict(set)
    for actor in actors.values():
        for text in (actor.name, *(alias.text for alias in actor.aliases)):
            found[text].add(actor.slug)
    return found


def in_office(actors: dict[str, ActorFact], organisation: str, title: str, on: dt.date) -> set[str]:
    return {
        actor.slug
        for actor in actors.values()
        for role in actor.roles
        if (role.organisation, role.title) == (organisation, title)
        and (role.valid_from is None or role.valid_from <= on)
        and (role.valid_until is None or on <= role.valid_until)
    }


def test_they_hold_all_states_and_enough_people(actors: dict[str, ActorFact]) -> None:
    states = [actor for actor in actors.values() if actor.kind is ActorKind.STATE]
    dated = [actor for actor in actors.values() if any(role.valid_from for role in actor.roles)]
    assert len(states) == 197
    assert len(dated) >= 1000
    assert all(actor.pronoun in {"he", "she"} for actor in actors.values() if actor.kind is ActorKind.PERSON)


@pytest.mark.parametrize("path", sorted((FIXTURES / "actors").glob("*.jsonl")), ids=lambda path: str(path.stem))
def test_each_file_is_ordered_by_slug(path: Path) -> None:
    slugs = [json.loads(line)["slug"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert slugs == sorted(slugs)


def test_topics_are_valid() -> None:
    topics = read_topics(FIXTURES / "topics.jsonl")
    assert len(topics) >= 30
    assert all(topic.description and topic.patterns for topic in topics)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Kyiv", "ukraine"),
        ("Kiev", "ukraine"),
        ("Moscow", "russia"),
        ("Beijing", "china"),
        ("Washington", "united-states"),
        ("U.S.", "united-states"),
        ("UK", "united-kingdom"),
        ("Britons", "united-kingdom"),
        ("Dutch", "netherlands"),
        ("The Hague", "netherlands"),
        ("DPRK", "north-korea"),
        ("DRC", "democratic-republic-of-the-congo"),
        ("Türkiye", "turkey"),
        ("Emirati", "united-arab-emirates"),
        ("Holy See", "vatican"),
        ("Prishtina", "kosovo"),
        ("government of Iran", "iran"),
        ("Polish government", "poland"),
        ("Foggy Bottom", "state-department"),
        ("US State Department", "state-department"),
        ("Russian Foreign Ministry", "foreign-ministry-of-russia"),
        ("Ministry of Foreign Affairs of Russia", "foreign-ministry-of-russia"),
        ("Iran's Foreign Ministry", "foreign-ministry-of-iran"),
        ("Indian Ministry of External Affairs", "foreign-ministry-of-india"),
        ("British Foreign Office", "foreign-office"),
        ("UK Foreign Ministry", "foreign-office"),  # the office has another name, and the common one too
        ("Turkish Defense Ministry", "defence-ministry-of-turkey"),
        ("Élysée", "elysee"),
        ("Bankova", "presidential-office-of-ukraine"),
        ("German parliament", "bundestag"),
        ("World Health Organization", "who"),
        ("North Atlantic Treaty Organization", "nato"),
        ("ISIS", "islamic-state"),
        ("Associated Press", "ap"),
        ("Volodymyr Zelenskyy", "volodymyr-zelensky"),
        ("Alexander Lukashenka", "alexander-lukashenko"),
        ("MBS", "mohammed-bin-salman"),
        ("Yoon Suk Yeol", "yoon-suk-yeol"),
        ("von der Leyen", "ursula-von-der-leyen"),
    ],
)
def test_a_name_belongs_to_one_actor(bearers: dict[str, set[str]], name: str, slug: str) -> None:
    assert bearers[name] == {slug}


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("state-department", "united-states"),
        ("pentagon", "united-states"),
        ("kremlin", "russia"),
        ("foreign-ministry-of-japan", "japan"),
        ("european-commission", "eu"),
        ("un-security-council", "un"),
        ("knesset", "israel"),
    ],
)
def test_an_institution_is_part_of_its_state_or_organisation(
    actors: dict[str, ActorFact], part: str, whole: str
) -> None:
    assert actors[part].part_of == whole


@pytest.mark.parametrize(
    ("organisation", "title", "on", "slug"),
    [
        ("russia", "President", dt.date(2021, 12, 30), "vladimir-putin"),
        ("united-states", "President", dt.date(2021, 12, 30), "joe-biden"),
        ("united-states", "President", dt.date(2019, 6, 1), "donald-trump"),
        ("united-states", "President", dt.date(2025, 6, 1), "donald-trump"),
        ("kremlin", "Presidential Aide", dt.date(2013, 6, 1), "yuri-ushakov"),
        ("kremlin", "Spokesperson", dt.date(2022, 6, 1), "dmitry-peskov"),
        ("state-department", "Secretary of State", dt.date(2022, 6, 1), "antony-blinken"),
        ("foreign-office", "Foreign Secretary", dt.date(2022, 1, 1), "liz-truss"),
        ("foreign-ministry-of-china", "Foreign Minister", dt.date(2023, 3, 1), "qin-gang"),
        ("foreign-ministry-of-iran", "Foreign Minister", dt.date(2022, 6, 1), "hossein-amirabdollahian"),
        ("germany", "Chancellor", dt.date(2021, 6, 1), "angela-merkel"),
        ("israel", "Prime Minister", dt.date(2022, 8, 1), "yair-lapid"),
        ("nato", "Secretary-General", dt.date(2022, 6, 1), "jens-stoltenberg"),
        ("nato", "Secretary-General", dt.date(2025, 1, 1), "mark-rutte"),
        ("eu", "High Representative", dt.date(2022, 6, 1), "josep-borrell"),
    ],
)
def test_an_office_has_one_holder_on_a_day(
    actors: dict[str, ActorFact], organisation: str, title: str, on: dt.date, slug: str
) -> None:
    assert in_office(actors, organisation, title, on) == {slug}


@pytest.mark.parametrize("title", ["President", "Prime Minister", "Premier", "Chancellor", "King", "Foreign Minister"])
def test_no_two_people_hold_a_single_office_for_long(actors: dict[str, ActorFact], title: str) -> None:
    terms: dict[str, list[tuple[dt.date, dt.date, str]]] = defaultdict(list)
    for actor in actors.values():
        for role in actor.roles:
            if role.title == title:
                ends = role.valid_until or dt.date.max
                terms[role.organisation].append((role.valid_from or dt.date.min, ends, actor.slug))
    for organisation, each in terms.items():
        ordered = sorted(each)
        for (_, ends, before), (begins, _, after) in itertools.pairwise(ordered):
            # A coarse date may overlap by the rest of its month.
            assert ends - begins < dt.timedelta(days=31), (organisation, before, after)


def test_states_share_no_names_but_the_known_ones(actors: dict[str, ActorFact]) -> None:
    shared: dict[str, set[str]] = defaultdict(set)
    for actor in actors.values():
        if actor.kind is ActorKind.STATE:
            for text in (actor.name, *(alias.text for alias in actor.aliases)):
                shared[text].add(actor.slug)
    assert {text: slugs for text, slugs in shared.items() if len(slugs) > 1} == SHARED_BY_STATES


def test_no_name_of_an_actor_is_an_alias_of_another(actors: dict[str, ActorFact]) -> None:
    names = {actor.name: actor.slug for actor in actors.values()}
    clashes = {
        (alias.text, actor.slug)
        for actor in actors.values()
        for alias in actor.aliases
        if names.get(alias.text, actor.slug) != actor.slug
    }
    assert not clashes
