"""The actors of the store: as facts for extraction to know, and by slug for rows to name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from claims.extraction.types import ActorFact, ActorKind, AliasFact, AliasKind, RoleFact
from claims.models import Actor, Alias, Role, limits


def known_actors() -> list[ActorFact]:
    """All actors of the store as facts, by slug. One that was merged into another lends it its names and offices."""
    rows = list(Actor.objects.order_by("slug").values_list("pk", "slug", "name", "kind", "merged_into"))
    lasting = _ends({pk: target for pk, _, _, _, target in rows})
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
    ends = _ends(targets)
    return {slug: ends[pk] for slug, pk in found.items()}


def offices_on(day: dt.date, actors: Iterable[int]) -> dict[int, str]:
    """The office that each of ``actors`` (keys) held on ``day``: of several the latest begun; none, no entry."""
    held: dict[int, str] = {}
    for role in Role.objects.filter(actor__in=set(actors)).order_by("valid_from", "title", "pk"):
        begun = role.valid_from is None or role.valid_from <= day
        lasts = role.valid_until is None or day <= role.valid_until
        if begun and lasts and (role.valid_from is not None or role.actor_id not in held):
            held[role.actor_id] = role.title[: limits.NAME]
    return held


def _ends(targets: Mapping[int, int | None]) -> dict[int, int]:
    """Where each row's merges end, however many there are; a row whose merges lead round in a circle stays itself."""
    ends = {}
    for pk in targets:
        seen = [pk]
        while (target := targets.get(seen[-1])) is not None and target not in seen:
            seen.append(target)
        ends[pk] = pk if targets.get(seen[-1]) is not None else seen[-1]
    return ends
