"""What a person can decide: one function for each, used by forms, actions and commands alike.

Each takes rows as they were loaded (their ``version`` says when), checks the permission, changes them if nobody else
has meanwhile, and writes down who decided what, when, and what was before: judging stances as a judgement, editing
claims as an edit that ``undo_edit`` takes back.
"""

from claims.review.accept import accept
from claims.review.add import add
from claims.review.bulk import Judged, accept_above, preview, reject_all, reopen_all
from claims.review.claim_locks import ChangedMeanwhileError, RefusedError
from claims.review.correct import correct
from claims.review.decide_proposal import apply_proposal, dismiss_proposals
from claims.review.decide_suggestion import apply_suggestion, dismiss_suggestion, reopen_suggestion
from claims.review.dismiss_change import dismiss_change, restore_change
from claims.review.merge_claim import merge_claim, plan_merge
from claims.review.move_stances import move_stances
from claims.review.outcome import ConflictError, Outcome
from claims.review.reject import reject
from claims.review.rename_claim import rename_claim
from claims.review.reopen import reopen
from claims.review.restore import restore
from claims.review.split_claim import split_claim
from claims.review.undo import undo
from claims.review.undo_edit import undo_edit

__all__ = [
    "ChangedMeanwhileError",
    "ConflictError",
    "Judged",
    "Outcome",
    "RefusedError",
    "accept",
    "accept_above",
    "add",
    "apply_proposal",
    "apply_suggestion",
    "correct",
    "dismiss_change",
    "dismiss_proposals",
    "dismiss_suggestion",
    "merge_claim",
    "move_stances",
    "plan_merge",
    "preview",
    "reject",
    "reject_all",
    "rename_claim",
    "reopen",
    "reopen_all",
    "reopen_suggestion",
    "restore",
    "restore_change",
    "split_claim",
    "undo",
    "undo_edit",
]
