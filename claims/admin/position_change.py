"""Changes of position in the admin: listed, and dismissed with a reason."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from claims.admin.base import ReadOnlyAdmin, user_of
from claims.models import PositionChange
from claims.review.dismiss_change import PERMISSION, dismiss_change, restore_change

LONGEST = 100


class ReasonForm(ActionForm):
    """The choice of an action, with the reason that dismissing needs."""

    reason = forms.CharField(
        required=False,
        label="Reason, to dismiss:",
        widget=forms.TextInput(attrs={"placeholder": "misread, another matter, ..."}),
    )


class DismissedFilter(admin.SimpleListFilter):
    """Those that stand, or those that people dismissed."""

    title = "dismissed"
    parameter_name = "dismissed"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The choices."""
        return [("no", "No"), ("yes", "Yes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PositionChange]) -> QuerySet[PositionChange]:
        """The rows that the choice asks for."""
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(dismissed_by__isnull=self.value() == "no")


@admin.register(PositionChange)
class PositionChangeAdmin(ReadOnlyAdmin):
    """Where an actor took the opposite of what it had taken before."""

    action_form = ReasonForm
    actions = ("dismiss_selected", "restore_selected")
    list_display = (
        "actor",
        "subject",
        "earlier_position",
        "earlier_on",
        "later_position",
        "later_on",
        "days_between",
        "dismissed_by",
        "reason",
    )
    list_filter = (DismissedFilter,)
    list_select_related = ("actor", "claim", "topic", "dismissed_by", "later")
    search_fields = ("actor__name", "claim__text")
    ordering = ("-later_on", "-pk")

    @admin.display(description="on")
    def subject(self, change: PositionChange) -> str:
        """The claim, or the target and its topic."""
        target = change.later.target_text if change.later else change.target
        text = change.claim.text if change.claim else f"{target} ({change.topic})"
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."

    @admin.display(description="days between")
    def days_between(self, change: PositionChange) -> int:
        """The days between the two stances."""
        return change.days

    def has_dismiss_permission(self, request: HttpRequest) -> bool:
        """Whether the person may dismiss changes; Django asks for the actions' sake."""
        return request.user.has_perm(PERMISSION)

    @admin.action(description="Dismiss selected changes of position", permissions=["dismiss"])
    def dismiss_selected(self, request: HttpRequest, queryset: QuerySet[PositionChange]) -> None:
        """They are none."""
        keys = list(queryset.values_list("pk", flat=True))
        try:
            number = dismiss_change(keys, user=user_of(request), reason=request.POST.get("reason", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        self._tell(request, number, "dismissed")

    @admin.action(description="List selected changes of position again", permissions=["dismiss"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[PositionChange]) -> None:
        """They are some after all."""
        keys = list(queryset.values_list("pk", flat=True))
        self._tell(request, restore_change(keys, user=user_of(request)), "listed again")

    @staticmethod
    def _tell(request: HttpRequest, number: int, done: str) -> None:
        noun = ngettext("change", "changes", number)
        messages.success(request, f"{number:,} {noun} {done}.")
