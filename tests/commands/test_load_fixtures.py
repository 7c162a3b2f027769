"""Facts are loaded once, and what people did to them afterwards stands."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.extraction.facts import TopicFact
from claims.extraction.types import ActorFact, ActorKind
from claims.ingest.facts import load_facts, wholes_first
from claims.models import Actor, Alias, LoadedFact, Role, Run, RunFailure, Topic
from tests import factories as make

pytestmark = pytest.mark.django_db

RUSSIA = {
    "slug": "russia",
    "name": "Russia",
    "kind": "state",
    "wikidata_id": "Q159",
    "aliases": [{"text": "Moscow", "kind": "metonym"}, {"text": "Russian", "kind": "demonym"}],
}
KREMLIN = {"slug": "kremlin", "name": "Kremlin", "kind": "institution", "part_of": "russia"}
PUTIN = {
    "slug": "vladimir-putin",
    "name": "Vladimir Putin",
    "kind": "person",
    "pronoun": "he",
    "roles": [{"title": "president", "organisation": "russia", "from": "2012-05-07"}],
}
SANCTIONS = {"slug": "sanctions", "name": "Western sanctions", "patterns": ["sanctions"]}


class Fixtures:
    """Files of facts in a folder, and the command that loads them."""

    def __init__(self, folder: Path) -> None:
        self.actors, self.topics = folder / "actors", folder / "topics.jsonl"
        self.actors.mkdir()
        # The institution stands before its state, the office-holder before both.
        self.write([PUTIN, KREMLIN, RUSSIA], [SANCTIONS])

    def write(self, actors: list[dict[str, Any]], topics: list[dict[str, Any]]) -> None:
        self.topics.write_text("".join(f"{json.dumps(line)}\n" for line in topics), encoding="utf-8")
        (self.actors / "all.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in actors), encoding="utf-8")

    def load(self) -> str:
        out = StringIO()
        call_command("load_fixtures", actors=self.actors, topics=self.topics, stdout=out)
        return out.getvalue()


@pytest.fixture
def fixtures(tmp_path: Path) -> Fixtures:
    return Fixtures(tmp_path)


def rows() -> list[Any]:
    """Everything that facts become, but for their marks and the log of runs."""
    return [list(model._default_manager.order_by("pk").values()) for model in (Actor, Alias, Role, Topic)]


def test_it_loads_actors_names_offices_and_topics(fixtures: Fixtures) -> None:
    report = fixtures.load()
    kremlin, putin = Actor.objects.get(slug="kremlin"), Actor.objects.get(slug="vladimir-putin")
    assert kremlin.part_of == Actor.objects.get(slug="russia", wikidata_id="Q159")
    assert (putin.pronoun, putin.kind, putin.curated) == ("he", "person", False)
    assert sorted(Alias.objects.values_list("actor__slug", "text", "kind")) == [
        ("russia", "Moscow", "metonym"),
        ("russia", "Russian", "demonym"),
    ]
    assert [str(day) for day in Role.objects.values_list("valid_from", flat=True)] == ["2012-05-07"]
    assert Topic.objects.get().patterns == ["sanctions"]
    assert [line.split() for line in report.splitlines()] == [
        ["added", "present", "removed", "refused"],
        ["actor", "3", "0", "0", "0"],
        ["alias", "2", "0", "0", "0"],
        ["role", "1", "0", "0", "0"],
        ["topic", "1", "0", "0", "0"],
    ]


def test_it_keeps_a_log_of_the_run(fixtures: Fixtures) -> None:
    fixtures.load()
    run = Run.objects.get()
    assert (run.kind, run.state) == ("load", "finished")
    assert run.counts == {"actor added": 3, "alias added": 2, "role added": 1, "topic added": 1}


def test_loading_again_changes_nothing(fixtures: Fixtures) -> None:
    fixtures.load()
    before, marks = rows(), LoadedFact.objects.count()
    report = fixtures.load()
    assert rows() == before
    assert LoadedFact.objects.count() == marks
    assert [line.split()[1] for line in report.splitlines()[1:]] == ["0"] * 4


def test_it_adds_what_newer_files_have_more(fixtures: Fixtures) -> None:
    fixtures.load()
    more = {**RUSSIA, "aliases": [*RUSSIA["aliases"], {"text": "RF", "kind": "abbreviation"}]}
    fixtures.write([PUTIN, KREMLIN, more, {"slug": "nato", "name": "NATO", "kind": "organisation"}], [SANCTIONS])
    fixtures.load()
    assert Alias.objects.filter(actor__slug="russia", text="RF").exists()
    assert Actor.objects.filter(slug="nato").exists()


def test_it_does_not_overwrite_what_newer_files_say_otherwise(fixtures: Fixtures) -> None:
    fixtures.load()
    fixtures.write([PUTIN, KREMLIN, {**RUSSIA, "name": "Russian Federation"}], [{**SANCTIONS, "patterns": []}])
    fixtures.load()
    assert Actor.objects.get(slug="russia").name == "Russia"
    assert Topic.objects.get().patterns == ["sanctions"]


def test_what_people_changed_stays_changed(fixtures: Fixtures) -> None:
    fixtures.load()
    Actor.objects.filter(slug="russia").update(name="Russian Federation", slug="russian-federation")
    Alias.objects.filter(text="Moscow").update(text="Moscow city", kind="name")
    Role.objects.update(title="head of state")
    Topic.objects.update(name="Sanctions")
    before = rows()
    fixtures.load()
    assert rows() == before


def test_what_people_deleted_does_not_come_back(fixtures: Fixtures) -> None:
    fixtures.load()
    Actor.objects.get(slug="vladimir-putin").delete()
    Alias.objects.get(text="Moscow").delete()
    Topic.objects.all().delete()
    before = rows()
    report = fixtures.load()
    assert rows() == before
    assert [line.split()[3] for line in report.splitlines()[1:]] == ["1", "1", "1", "1"]


def test_names_that_a_merge_moved_do_not_come_back(fixtures: Fixtures) -> None:
    fixtures.load()
    lasting = make.actor(name="Russian Federation")
    Actor.objects.filter(slug="russia").update(merged_into=lasting)
    Alias.objects.update(actor=lasting)
    before = rows()
    fixtures.load()
    assert rows() == before


def test_it_takes_over_rows_that_people_made_before(fixtures: Fixtures) -> None:
    make.actor(name="Russia", kind="", curated=True)
    fixtures.load()
    assert Actor.objects.get(slug="russia").kind == ""
    assert Alias.objects.filter(actor__slug="russia").count() == 2
    Actor.objects.filter(slug="kremlin").delete()
    assert LoadedFact.objects.filter(kind="actor", key="russia").exists()


def test_it_refuses_what_contradicts_the_store_and_loads_the_rest(fixtures: Fixtures) -> None:
    make.actor(name="Russian Federation", wikidata_id="Q159")
    Topic.objects.create(name="Western sanctions", slug="west")
    with pytest.raises(CommandError) as error:
        fixtures.load()
    assert error.value.returncode == 1
    assert sorted(RunFailure.objects.values_list("where", "reason")) == [
        ("actor russia", "Another actor has the Wikidata id Q159."),
        ("topic sanctions", "Another topic has the name 'Western sanctions'."),
    ]
    assert Actor.objects.filter(slug="kremlin", part_of=None).exists()
    # Once the contradiction is gone, the fact is loaded.
    Actor.objects.filter(wikidata_id="Q159").delete()
    Topic.objects.all().delete()
    fixtures.load()
    assert Actor.objects.filter(slug="russia").exists()
    assert Role.objects.count() == 1


def test_it_refuses_texts_beyond_their_limits(fixtures: Fixtures) -> None:
    fixtures.write([{**RUSSIA, "name": "R" * 201}], [])
    with pytest.raises(CommandError):
        fixtures.load()
    assert "at most 200 characters" in RunFailure.objects.get().reason


@pytest.mark.parametrize(
    "broken", ['{"slug": "x"}\n', "no json\n", '{"slug": "x", "name": "X", "kind": "state", "part_of": "nobody"}\n']
)
def test_broken_files_load_nothing(fixtures: Fixtures, broken: str) -> None:
    (fixtures.actors / "broken.jsonl").write_text(broken, encoding="utf-8")
    with pytest.raises(CommandError, match=r"broken\.jsonl:1") as error:
        fixtures.load()
    assert error.value.returncode == 2
    assert not Actor.objects.exists()
    assert not Run.objects.exists()


def test_a_missing_folder_is_an_error_and_missing_topics_are_none(fixtures: Fixtures, tmp_path: Path) -> None:
    fixtures.topics.unlink()
    fixtures.load()
    assert not Topic.objects.exists()
    with pytest.raises(CommandError):
        call_command("load_fixtures", actors=tmp_path / "nowhere", topics=fixtures.topics)


def test_an_interrupted_load_is_completed_by_the_next(fixtures: Fixtures, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("claims.ingest.facts._load_roles", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fixtures.load()
    assert Run.objects.get().state == "failed"
    fixtures.load()
    assert Role.objects.count() == 1


def test_wholes_come_before_their_parts_and_circles_end() -> None:
    def fact(slug: str, part_of: str) -> ActorFact:
        return ActorFact(slug=slug, name=slug, kind=ActorKind.INSTITUTION, part_of=part_of)

    facts = [fact("office", "ministry"), fact("ministry", "state"), fact("state", "")]
    assert [each.slug for each in wholes_first(facts)] == ["state", "ministry", "office"]
    assert {each.slug for each in wholes_first([fact("a", "b"), fact("b", "a")])} == {"a", "b"}


def test_many_facts_are_loaded_in_batches_whose_size_makes_no_difference() -> None:
    actors = [ActorFact(slug=f"a{number}", name=f"A{number}", kind=ActorKind.GROUP) for number in range(250)]
    topics = [TopicFact(slug=f"t{number}", name=f"T{number}") for number in range(150)]
    told: list[int] = []
    loaded = load_facts(actors, topics, done=told.append)
    assert (loaded.added["actor"], loaded.added["topic"], sum(told)) == (250, 150, 400)
