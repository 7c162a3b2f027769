"""The actors of the store: as facts for extraction to know, and by slug for rows to name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from claims.extraction.types import ActorFact, ActorKind, AliasFact, AliasKind, RoleFact
from claims.models import Actor, Alias, Role
from claims.selectors import survivors


def known_actors() -> list[ActorFact]:
    """All actors of the store as facts, by slug. One that was merged into another lends it its names and offices."""
    # The actors are read once: asked for twice, one that somebody merges meanwhile would be in neither answer.
    actors = list(Actor.objects.order_by("slug"))
    lasting = survivors({actor.pk: actor.merged_into_id for actor in actors})
    slugs = {actor.pk: actor.slug for actor in actors}
    aliases: defaultdict[int, list[AliasFact]] = defaultdict(list)
    for actor in actors:
        if actor.merged_into_id is not None:
            aliases[lasting[actor.pk]].append(AliasFact(actor.name))
    # Names and offices of actors that were added since belong to the next reading.
    for alias in Alias.objects.order_by("text", "kind", "pk"):
        if alias.actor_id in lasting:
            fact = AliasFact(alias.text, AliasKind(alias.kind), alias.valid_from, alias.valid_until)
            aliases[lasting[alias.actor_id]].append(fact)
    roles: defaultdict[int, list[RoleFact]] = defaultdict(list)
    for role in Role.objects.order_by("valid_from", "title", "pk"):
        if role.actor_id in lasting:
            organisation = _slug_of(role.organisation_id, lasting, slugs)
            roles[lasting[role.actor_id]].append(RoleFact(role.title, organisation, role.valid_from, role.valid_until))
    return [
        ActorFact(
            slug=actor.slug,
            name=actor.name,
            kind=ActorKind(actor.kind or ActorKind.GROUP),
            pronoun=actor.pronoun,
            part_of=_slug_of(actor.part_of_id, lasting, slugs),
            wikidata_id=actor.wikidata_id,
            description=actor.description,
            aliases=tuple(dict.fromkeys(aliases[actor.pk])),
            roles=tuple(dict.fromkeys(roles[actor.pk])),
        )
        for actor in actors
        if actor.merged_into_id is None
    ]


def _slug_of(actor: int | None, lasting: Mapping[int, int], slugs: Mapping[int, str]) -> str:
    """The slug of what lasts of the actor with this key; "" for none and for one that is not among ``lasting``."""
    return slugs[lasting[actor]] if actor is not None and actor in lasting else ""


def keys_by_slug(slugs: Iterable[str]) -> dict[str, int]:
    """The key of the actor that each of ``slugs`` names, or that it was merged into; a slug nobody has is left out."""
    found = dict(Actor.objects.filter(slug__in=set(slugs)).values_list("slug", "pk"))
    targets: dict[int, int | None] = {}
    unknown = set(found.values())
    while unknown:
        targets |= dict(Actor.objects.filter(pk__in=unknown).values_list("pk", "merged_into"))
        unknown = {target for target in targets.values() if target is not None} - set(targets)
    ends = survivors(targets)
    return {slug: ends[pk] for slug, pk in found.items()}
