"""Judging stances: one function for each thing that a person can decide, used by forms, actions and commands alike.

Each takes stances as they were loaded (their ``version`` says when), checks the permission, changes state and version
if nobody else has meanwhile, and adds a judgement that says who decided what, when, and what was before.
"""

from claims.review.accept import accept
from claims.review.correct import correct
from claims.review.outcome import ConflictError, Outcome
from claims.review.reject import reject
from claims.review.reopen import reopen

__all__ = ["ConflictError", "Outcome", "accept", "correct", "reject", "reopen"]
