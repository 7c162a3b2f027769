"""Whose position a stance counts for: its holder's, and that of the state or organisation for which it speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from claims.models import Actor, Role
from claims.selectors import survivors


class Holders:
    """All actors with where their merges end, to what they belong and where they held offices; read once."""

    def __init__(self) -> None:
        rows = list(Actor.objects.values_list("pk", "merged_into", "part_of"))
        self._lasting = survivors({pk: target for pk, target, _ in rows})
        self._whole = {pk: part_of for pk, _, part_of in rows if part_of is not None}
        self._members: dict[int, set[int]] = defaultdict(set)
        for pk in self._lasting:
            self._members[self.root(pk)].add(pk)
        self._employers: dict[int, set[int]] = defaultdict(set)
        for actor, organisation in Role.objects.filter(organisation__isnull=False).values_list("actor", "organisation"):
            self._employers[self.lasting(actor)].add(self.root(organisation))

    def lasting(self, actor: int) -> int:
        """The actor that ``actor`` was merged into, or itself (keys)."""
        return self._lasting.get(actor, actor)

    def root(self, actor: int) -> int:
        """The outermost state or organisation that ``actor`` is part of, or itself."""
        seen = [self.lasting(actor)]
        while (whole := self._whole.get(seen[-1])) is not None and self.lasting(whole) not in seen:
            seen.append(self.lasting(whole))
        return seen[-1]

    def speaks_for(self, actor: int, organisation: int | None) -> int:
        """For whom ``actor`` speaks in an office of ``organisation``; without an office, for its own whole."""
        return self.root(actor if organisation is None else organisation)

    def spokesperson_of(self, actor: int, root: int, holder: int) -> bool:
        """Whether ``actor`` is ``holder``, part of ``root``, or ever held an office in it or in a part of it."""
        lasting = self.lasting(actor)
        return lasting == self.lasting(holder) or root == self.root(actor) or root in self._employers.get(lasting, ())

    def members(self, roots: Iterable[int]) -> set[int]:
        """The bodies of ``roots``, themselves and rows merged into them included."""
        return {member for root in roots for member in self._members.get(root, {root})}
