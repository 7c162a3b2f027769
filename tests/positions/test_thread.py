"""The thread of a claim: each actor's positions with their days, and who answered whom."""

from __future__ import annotations

import pytest

from claims.models import Article
from claims.positions.thread import Thread, thread_of
from claims.selectors import visible_stances
from tests import factories as make
from tests.positions.days import asserts, denies

pytestmark = pytest.mark.django_db


def thread() -> Thread:
    return thread_of(make.claim(), visible_stances())


def told(thread: Thread) -> list[tuple[str, str, int, int, list[tuple[str, int]]]]:
    """Position, name, first and last day, and the answers with their days."""
    return [
        (
            group.position.value,
            voice.name,
            voice.first.day,
            voice.last.day,
            [(answer.voice.name, answer.on.day) for answer in voice.answers],
        )
        for group in thread.groups
        for voice in group.voices
    ]


def test_it_says_who_takes_which_position_when_and_who_answers() -> None:
    us, nato = make.actor(name="United States"), make.actor(name="NATO")
    asserts(3, actor=us), denies(1), denies(5), asserts(7, actor=nato)
    assert told(thread()) == [
        ("asserts", "United States", 3, 3, [("Russia", 5)]),
        ("asserts", "NATO", 7, 7, []),
        ("denies", "Russia", 1, 5, [("United States", 3), ("NATO", 7)]),
    ]


def test_what_came_before_is_no_answer_and_nobody_answers_itself() -> None:
    denies(1), asserts(9), asserts(5, actor=make.actor(name="Japan"))
    assert told(thread()) == [
        ("asserts", "Japan", 5, 5, []),
        ("asserts", "Russia", 9, 9, []),
        ("denies", "Russia", 1, 1, [("Japan", 5)]),
    ]


def test_the_first_three_answers_are_named_whenever_those_who_gave_them_were_first_heard() -> None:
    denies(1), denies(6)
    denies(2, actor=make.actor(name="Belarus")), denies(9, actor=make.actor(name="Belarus"))
    denies(3, actor=make.actor(name="Serbia"))
    asserts(5, actor=make.actor(name="Japan"))
    for day, name in ((7, "Cuba"), (8, "Syria")):
        denies(day, actor=make.actor(name=name))
    answers = {name: answered for _position, name, _first, _last, answered in told(thread())}
    assert answers["Japan"] == [("Russia", 6), ("Cuba", 7), ("Syria", 8)]


def test_an_answer_of_the_same_day_counts() -> None:
    denies(1), asserts(1, actor=make.actor(name="Japan"))
    assert [each[4] for each in told(thread())] == [[("Russia", 1)], [("Japan", 1)]]


def test_merged_actors_are_one_voice_and_unknown_ones_go_by_their_words() -> None:
    denies(1), denies(2, actor=make.actor(name="RF", merged_into=make.actor()))
    denies(3, actor=None, actor_as_printed="an envoy")
    assert told(thread()) == [("denies", "Russia", 1, 2, []), ("denies", "an envoy", 3, 3, [])]


def test_who_speaks_for_the_same_state_does_not_answer_it() -> None:
    russia = make.actor()
    kremlin = make.actor(name="Kremlin", kind="institution", part_of=russia)
    putin = make.role(organisation=kremlin)
    denies(1), asserts(2, actor=kremlin), asserts(3, actor=putin.actor, role=putin)
    asserts(4, actor=putin.actor, actor_as_printed="he")
    assert [each[4] for each in told(thread())] == [[], [], []]


def test_what_others_tell_of_an_actor_is_set_apart_and_answers_nobody() -> None:
    asserts(2, actor=make.actor(name="Japan"))
    make.chain_link(stance=denies(3), actor=make.actor(name="United States"), as_printed="The US")
    make.chain_link(stance=denies(4), actor=make.actor(name="Reuters", kind="outlet"))
    assert told(thread()) == [
        ("asserts", "Japan", 2, 2, [("Russia", 4)]),
        ("denies", "Russia", 3, 3, []),
        ("denies", "Russia", 4, 4, []),
    ]
    (_, denials) = thread().groups
    assert [(voice.told_by_others, voice.sources) for voice in denials.voices] == [
        (True, ["United States"]),
        (False, ["Reuters"]),
    ]


def test_who_says_that_another_plans_something_asserts_it() -> None:
    denies(1)
    told_by_us = asserts(2, act="announces", cue="says", content="an attack is planned")
    make.chain_link(stance=told_by_us, actor=make.actor(name="United States"), as_printed="The US")
    assert told(thread()) == [
        ("asserts", "United States", 2, 2, []),
        ("denies", "Russia", 1, 1, [("United States", 2)]),
    ]
    voice = thread().groups[0].voices[0]
    assert (voice.subject, voice.verb, voice.slug, voice.told_by_others) == (
        "Russia",
        "says",
        "united-states",
        False,
    )


def test_words_that_say_that_something_is_not_so_are_shown() -> None:
    asserts(1, act="announces", cue="says no", content="attack is planned")
    (group,) = thread().groups
    assert (group.position, group.voices[0].verb) == ("denies", "says no")


def test_copies_are_one_article() -> None:
    first, copy, other = denies(1).article, denies(2).article, denies(3).article
    Article.objects.filter(pk__in=[first.pk, copy.pk]).update(family=make.article_family(original=first))
    (group,) = thread().groups
    assert (group.voices[0].originals, group.voices[0].others) == ({first.pk, other.pk}, 1)


def test_a_long_thread_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.positions.thread.MOST_STANCES", 3)
    monkeypatch.setattr("claims.positions.thread.MOST_VOICES", 2)
    for day in range(1, 6):
        denies(day, actor=make.actor(name=f"Actor {day}"))
    found = thread()
    assert ([len(group.voices) for group in found.groups], found.groups[0].number, found.is_cut) == ([2], 3, True)


def test_many_voices_take_no_more_queries_than_few(django_assert_num_queries: object) -> None:
    for day in range(1, 9):
        denies(day, actor=make.actor(name=f"Actor {day}")), asserts(day, actor=make.actor(name=f"Other {day}"))
    claim = make.claim()
    with django_assert_num_queries(4):  # type: ignore[operator]
        told(thread_of(claim, visible_stances()))
