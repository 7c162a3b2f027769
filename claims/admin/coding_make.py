"""Making a coding round out of the stances of the list, within its filters."""

from __future__ import annotations

import secrets
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.admin.base import user_of
from claims.admin.desk import DeskMixin, filters_of
from claims.coding import LEAD, Plan, make_round
from claims.coding.make_round import MOST
from claims.coding.permissions import may_code
from claims.models import limits

#: The largest seed that is proposed: short enough to be copied into a paper.
SEEDS: Final = 1_000_000
#: The largest that the column holds.
MOST_SEED: Final = 2_147_483_647


class RoundForm(forms.Form):
    """What a round is called, who codes it, and how its stances are drawn."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=limits.NAME)
    coders = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Coders"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Two or more; each of them codes every stance of the round."),
    )
    size = forms.IntegerField(
        label=gettext_lazy("How many"),
        required=False,
        min_value=1,
        max_value=MOST,
        initial=200,
        help_text=gettext_lazy("Drawn at random. Empty for all stances under the filters."),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        min_value=0,
        max_value=MOST_SEED,
        help_text=gettext_lazy("The same seed draws the same sample of the same stances."),
    )
    blind_to_machine = forms.BooleanField(
        label=gettext_lazy("Blind to the machine too"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "The coders see the passage with cue and content. Otherwise the fields begin with what the machine read, "
            "which is faster and lets them agree with it too easily."
        ),
    )
    instructions = forms.CharField(
        label=gettext_lazy("Instructions"),
        required=False,
        max_length=limits.DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Shown to the coders above each stance."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coders: Any = self.fields["coders"]
        coders.queryset = may_code()


class CodingMakeMixin(DeskMixin):
    """The page beside the list of stances, for who leads."""

    def get_urls(self) -> list[Any]:
        """The page's address and the others'."""
        view = require_http_methods(["GET", "HEAD", "POST"])(self.make_coding_round)
        return [
            path("coding-round/", self.admin_site.admin_view(view), name="claims_stance_coding_round"),
            *super().get_urls(),
        ]

    def make_coding_round(self, request: HttpRequest) -> HttpResponse:
        """Show how many stances there are to draw from; draw and assign them."""
        if not request.user.has_perm(LEAD):
            raise PermissionDenied("You may not make coding rounds.")
        _order, queue = self.queue_of(request)
        queue = queue.order_by().select_related(None).prefetch_related(None)
        form = RoundForm(initial={"seed": secrets.randbelow(SEEDS)})
        if request.method == "POST":
            form = RoundForm(request.POST)
            if form.is_valid():
                plan = Plan(**form.cleaned_data, filters=filters_of(request).urlencode())
                try:
                    made = make_round(queue, plan, user=user_of(request))
                except ValidationError as error:
                    form.add_error(None, ValidationError(error.messages))
                else:
                    messages.success(request, _("The round is made, and its stances are assigned."))
                    return HttpResponseRedirect(reverse("admin:claims_codinground_change", args=[made.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("Coding round"),
            "form": form,
            "query": filters_of(request).urlencode(),
            "waiting": queue[: MOST + 1].count(),
            "most": MOST,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/claims/stance/coding_round.html", context, status=status)
