"""Whose position a stance counts for: its holder's, and that of the state or organisation for which it speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from claims.models import Actor
from claims.selectors import survivors


class Holders:
    """All actors with where their merges end and to what they belong, read once."""

    def __init__(self) -> None:
        rows = list(Actor.objects.values_list("pk", "merged_into", "part_of"))
        self._lasting = survivors({pk: target for pk, target, _ in rows})
        self._whole = {pk: part_of for pk, _, part_of in rows if part_of is not None}
        self._members: dict[int, set[int]] = defaultdict(set)
        for pk in self._lasting:
            self._members[self.root(pk)].add(pk)

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

    def members(self, roots: Iterable[int]) -> set[int]:
        """The bodies of ``roots``, themselves and rows merged into them included."""
        return {member for root in roots for member in self._members.get(root, {root})}
