"""What came of judging stances, and what can stand in the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.models import Stance


@dataclass(slots=True)
class Outcome:
    """The stances that were judged, that were in the state already, and that somebody else changed meanwhile."""

    done: list[Stance] = field(default_factory=list)
    unchanged: list[Stance] = field(default_factory=list)
    conflicts: list[Stance] = field(default_factory=list)


class ConflictError(Exception):
    """Somebody else changed the stance since it was loaded; ``stance`` is the row as it is now."""

    def __init__(self, stance: Stance) -> None:
        super().__init__(f"stance {stance.pk} was changed by somebody else")
        self.stance = stance
