"""From the button that was pressed under a stance to the decision it stands for."""

from __future__ import annotations

from django.contrib.auth.models import User

from claims.admin.stance_form import ACCEPT, REJECT, REOPEN, StanceForm
from claims.models import Stance
from claims.review import Outcome, accept, correct, reject, reopen


def decide_by(form: StanceForm, stance: Stance, user: User) -> Outcome:
    """Decide about ``stance`` what a valid ``form`` says: reject, reopen, correct what differs, or accept as shown."""
    note = form.cleaned_data["note"]
    if form.decision == REJECT:
        return reject([stance], user=user, reason=note)
    if form.decision == REOPEN:
        return reopen([stance], user=user, note=note)
    if correct(stance, form.values, user=user, note=note):
        return Outcome(done=[stance])
    if form.decision == ACCEPT:
        return accept([stance], user=user, note=note)
    return Outcome(unchanged=[stance])
