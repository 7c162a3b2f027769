"""The actors of the store: as facts for extraction to know, and by slug for rows to name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from claims.extraction.types import ActorFact, ActorKind, AliasFact, AliasKind, RoleFact
from claims.models import Actor, Alias, Role
from claims.selectors import survivors


def known_actors() -> list[ActorFact]:
    """All actors of the store as facts, by slug. One that was merged into another lends it its names and offices."""
    rows = list(Actor.objects.order_by("slug").values_list("pk", "slug", "name", "kind", "merged_into"))
    lasting = survivors({pk: target for pk, _, _, _, target in rows})
    slugs = {pk: slug for pk, slug, _, _, _ in rows}
    aliases: defaultdict[int, list[AliasFact]] = defaultdict(list)
    for pk, _, name, _, target in rows:
        if target is not None:
            aliases[lasting[pk]].append(AliasFact(name))
    for alias in Alias.objects.order_by("text", "kind", "pk"):
        fact = AliasFact(alias.text, AliasKind(alias.kind), alias.valid_from, alias.valid_until)
        aliases[lasting[alias.actor_id]].append(fact)
    roles: defaultdict[int, list[RoleFact]] = defaultdict(list)
    for role in Role.objects.order_by("valid_from", "title", "pk"):
        organisation = slugs[lasting[role.organisation_id]] if role.organisation_id else ""
        roles[lasting[role.actor_id]].append(RoleFact(role.title, organisation, role.valid_from, role.valid_until))
    return [
        ActorFact(
            slug=actor.slug,
            name=actor.name,
            kind=ActorKind(actor.kind or ActorKind.GROUP),
            pronoun=actor.pronoun,
            part_of=slugs[lasting[actor.part_of_id]] if actor.part_of_id else "",
            wikidata_id=actor.wikidata_id,
            description=actor.description,
            aliases=tuple(dict.fromkeys(aliases[actor.pk])),
            roles=tuple(dict.fromkeys(roles[actor.pk])),
        )
        for actor in Actor.objects.filter(merged_into=None).order_by("slug")
    ]


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
