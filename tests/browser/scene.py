"""What the browser tests look at: a row of every noun, told so that each part of a page has something to show."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Actor, ActorMerge, Article, Claim, ClaimTopic, ClaimTopicRemoval, LoadedFact, Stance
from tests import factories as make


@dataclass(frozen=True)
class Scene:
    """The rows that tests ask for by name."""

    russia: Actor
    article: Article
    claim: Claim
    denial: Stance


def set_scene() -> Scene:
    """Russia denies; the United States warns it; Putin, through Ushakov, tells Biden of a breakdown."""
    russia = make.actor(description="State in eastern Europe and northern Asia", wikidata_id="Q159")
    make.alias(actor=russia)
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    ClaimTopicRemoval.objects.create(claim=make.claim(text="Talks go on"), topic=make.topic(), user=make.person("ana"))
    LoadedFact.objects.create(kind=LoadedFact.Kind.ACTOR, key="russia")
    ActorMerge.objects.create(source=make.actor(name="Russian Federation"), target=russia, user=make.person("leo"))
    make.article_band(article=make.article_family().original)
    make.actor_distinction(first=russia)
    make.former_slug(actor=russia)
    make.name_resolution()
    make.run_failure()
    make.presence()
    make.proposal()
    make.claim_suggestion()
    make.claim_wording_key()
    make.claim_edit(kind="rename", other=None, summary="“Russia will attack” to “Russia plans to attack Ukraine”")
    putin = make.role(organisation=russia).actor
    plan = make.claim()
    denial = make.stance(actor=russia, claim=plan)
    make.coding(unit=make.coding_unit(stance=denial), verdict="none")
    make.position_change(actor=russia, claim=plan, earlier=denial)
    make.claim_placement(stance=denial, claim=plan)
    make.judgement(
        stance=make.stance(
            actor=russia, act="states", side="", cue="says", content="it has the right to move troops", target=""
        )
    )
    make.stance(
        actor=make.actor(name="United States"),
        claim=make.claim(text="The United States imposes sanctions on Russia"),
        act="warns",
        mention="The US",
        cue="warned",
        content="sanctions if Russia attacks its neighbour",
        target="Russia attacks its neighbour",
        conditional=True,
    )
    breakdown = make.stance(
        actor=putin,
        claim=make.claim(text="Such a move leads to a breakdown in ties"),
        act="states",
        side="",
        mention="Putin",
        cue="told",
        content="such a move could lead to a breakdown in ties",
        target="",
    )
    make.chain_link(stance=breakdown, actor=make.actor(name="Yuri Ushakov", kind="person"), as_printed="Ushakov")
    make.addressee(stance=breakdown)
    # An actor that nobody could resolve, and words that would run if a page took them for markup.
    make.stance(
        article=make.article(
            text="<script>alert(1)</script> & talks\n20220101\nhttps://www.example.org/x\n"
            "The <b>envoy</b> denied a \u202eplot.\n",
            url="https://www.example.org/x",
        ),
        actor=None,
        claim=make.claim(text="<img src=x onerror=alert(1)>"),
        mention="The <b>envoy</b>",
        cue="denied",
        content="a \u202eplot",
        target="",
    )
    return Scene(russia=russia, article=denial.article, claim=plan, denial=denial)
