"""Claims come into topics by pattern, and what people decided about that stands."""

from __future__ import annotations

import pytest

from claims.ingest.actors import known_actors
from claims.ingest.store import save_article, writing
from claims.models import Claim, ClaimTopic, ClaimTopicRemoval, Topic
from claims.topics import by_hand
from claims.topics.assign import Assigned, assign
from claims.topics.preview import preview
from tests import factories as make
from tests.ingest.articles import article
from tests.ingest.engines import LineEngine

pytestmark = pytest.mark.django_db

PLAN = "Russia plans to attack Ukraine"


def assign_all() -> Assigned:
    return assign(list(Claim.objects.values_list("pk", flat=True)))


def in_topic(topic: Topic) -> set[str]:
    return set(topic.claims.values_list("text", flat=True))


def test_claims_that_a_pattern_fits_come_into_its_topic() -> None:
    topic = make.topic(patterns=["attack Ukraine"])
    for text in (PLAN, "Talks go on", "Attacks of Ukraine"):
        make.claim(text=text)
    assert assign_all() == Assigned(added=1)
    assert in_topic(topic) == {PLAN}
    assert not ClaimTopic.objects.get().by_person
    assert assign_all() == Assigned()


def test_an_assignment_whose_pattern_no_longer_fits_is_taken_back() -> None:
    topic = make.topic(patterns=["attack Ukraine"])
    make.claim(text=PLAN)
    assign_all()
    Topic.objects.update(patterns=["embargo"])
    assert assign_all() == Assigned(removed=1)
    assert in_topic(topic) == set()


def test_an_assignment_by_hand_stays_without_a_pattern() -> None:
    topic = make.topic(patterns=["embargo"])
    by_hand.put_in(ClaimTopic(claim=make.claim(text=PLAN), topic=topic))
    assert assign_all() == Assigned()
    assert in_topic(topic) == {PLAN}


def test_what_a_person_took_out_stays_out_although_a_pattern_fits() -> None:
    topic = make.topic(patterns=["attack Ukraine"])
    make.claim(text=PLAN)
    assign_all()
    by_hand.take_out(ClaimTopic.objects.get(), make.person("ana"))
    assert assign_all() == Assigned()
    assert in_topic(topic) == set()
    assert ClaimTopicRemoval.objects.get().user == make.person("ana")


def test_what_a_person_put_back_after_that_stays_in() -> None:
    topic = make.topic(patterns=["embargo"])
    claim = make.claim(text=PLAN)
    by_hand.put_in(ClaimTopic(claim=claim, topic=topic))
    by_hand.take_out(ClaimTopic.objects.get(), make.person("ana"))
    by_hand.put_in(ClaimTopic(claim=claim, topic=topic))
    assert assign_all() == Assigned()
    assert (in_topic(topic), ClaimTopicRemoval.objects.count()) == ({PLAN}, 0)


def test_a_claim_that_was_merged_counts_for_the_one_that_stays_and_keeps_what_it_had() -> None:
    topic, former = make.topic(patterns=["attack Ukraine"]), make.topic(name="Former", patterns=[])
    survivor = make.claim(text="An attack is planned")
    merged = make.claim(text=PLAN, merged_into=survivor)
    ClaimTopic.objects.create(claim=merged, topic=former)
    assign_all()
    assert (in_topic(topic), in_topic(former)) == ({"An attack is planned"}, {PLAN})


def test_the_words_in_which_articles_print_a_claim_count_as_its_own() -> None:
    topic = make.topic(patterns=["attack Ukraine"])
    make.claim_wording(claim=make.claim(text="A war is near"), text=PLAN)
    merged = make.claim(text="A strike is near", merged_into=make.claim(text="It is near"))
    make.claim_wording(claim=merged, text="Troops attack Ukraine")
    assign_all()
    assert in_topic(topic) == {"A war is near", "It is near"}


@pytest.mark.parametrize(
    ("who", "fits"),
    [
        # holds a position on the claim
        ({"actor": "Taiwan"}, True),
        # is what a position is on
        ({"target_actor": "Taiwan"}, True),
        # under a name that was merged into it
        ({"actor": "ROC"}, True),
        ({"actor": "Japan"}, False),
        # a position that nobody holds: it was rejected
        ({"actor": "Taiwan", "state": "rejected"}, False),
    ],
)
def test_actors_of_stances_count(who: dict[str, str], fits: bool) -> None:
    topic = make.topic(patterns=["@taiwan"])
    make.actor(name="ROC", merged_into=make.actor(name="Taiwan"))
    fields = {name: make.actor(name=value) if name != "state" else value for name, value in who.items()}
    make.stance(**fields)
    assign_all()
    assert bool(in_topic(topic)) is fits


def test_only_the_topics_that_are_asked_for_are_touched() -> None:
    one, other = make.topic(patterns=["attack"]), make.topic(name="Other", patterns=["Ukraine"])
    make.claim(text=PLAN)
    assign(list(Claim.objects.values_list("pk", flat=True)), topics=[other.pk])
    assert (in_topic(one), in_topic(other)) == (set(), {PLAN})


def imported(number: int, *lines: str) -> None:
    read = article(*lines, url=f"https://example.org/{number}")
    with writing():
        save_article(read, LineEngine("", known_actors()).read([read])[0].stances, make.run())


def test_an_import_assigns_the_claims_it_makes() -> None:
    topic, putin = make.topic(patterns=["attack is planned"]), make.topic(name="Putin", patterns=["@putin"])
    make.actor(name="Putin")
    imported(1, "Biden says an attack is planned.", "Putin says it rains.")
    assert (in_topic(topic), in_topic(putin)) == ({"an attack is planned"}, {"it rains"})


def test_an_import_undoes_nothing_that_people_did() -> None:
    topic = make.topic(patterns=["attack is planned"])
    imported(1, "Biden says an attack is planned.", "Biden says it rains.")
    by_hand.take_out(ClaimTopic.objects.get(), None)
    by_hand.put_in(ClaimTopic(claim=Claim.objects.get(text="it rains"), topic=topic))
    imported(2, "Putin says an attack is planned.", "Putin says it rains.")
    assert in_topic(topic) == {"it rains"}


def test_assigning_needs_no_more_queries_for_many_claims_than_for_few(django_assert_max_num_queries: object) -> None:
    make.topic(patterns=["claim", "@russia"])
    for number in range(40):
        make.claim(text=f"Claim {number}")
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        assert assign_all().added == 40


def test_a_preview_says_how_many_claims_fit_which_pattern_and_shows_them() -> None:
    topic = make.topic(patterns=[])
    make.claim(text="Talks go on")
    inside, outside = make.claim(text=PLAN), make.claim(text="Japan attacks nobody")
    by_hand.put_in(ClaimTopic(claim=inside, topic=topic))
    by_hand.put_in(ClaimTopic(claim=outside, topic=topic))
    by_hand.take_out(ClaimTopic.objects.get(claim=outside), None)
    found = preview(["attack", "Ukraine", "attack", "embargo", "+"], topic.pk)
    assert (found.looked_at, found.matching, found.is_whole) == (3, 2, True)
    assert found.numbers == {"attack": 2, "Ukraine": 1, "embargo": 0}
    assert [(each.text, each.patterns, each.is_new, each.is_refused) for each in found.claims] == [
        ("Japan attacks nobody", ("attack",), True, True),
        (PLAN, ("attack", "Ukraine"), False, False),
    ]
    assert len(found.refused) == 1


def test_a_preview_looks_at_the_newest_claims_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.topics.preview.LOOKED_AT", 3)
    monkeypatch.setattr("claims.topics.preview.SHOWN", 2)
    for number in range(5):
        make.claim(text=f"Attack {number}")
    found = preview(["attack"])
    assert (found.looked_at, found.matching, found.is_whole) == (3, 3, False)
    assert [each.text for each in found.claims] == ["Attack 4", "Attack 3"]
