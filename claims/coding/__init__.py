"""Double coding: stances that several people code independently, what they differ in, and what holds in the end.

One function for each thing that people do: ``make_round``, ``code``, ``decide``, ``decide_agreed``, ``close``,
``go_on``, ``discard``. Coding changes nothing of a stance; only deciding does, through ``claims.review``.
"""

from claims.coding.agreement import agreement_of
from claims.coding.code import code
from claims.coding.decide import decide, decide_agreed
from claims.coding.end import close, discard, go_on
from claims.coding.make_round import Plan, make_round
from claims.coding.permissions import CODE, LEAD

__all__ = [
    "CODE",
    "LEAD",
    "Plan",
    "agreement_of",
    "close",
    "code",
    "decide",
    "decide_agreed",
    "discard",
    "go_on",
    "make_round",
]
