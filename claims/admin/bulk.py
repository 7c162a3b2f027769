"""Accepting in bulk what the machine is surest of, within the filters of the list, after a look at what that is."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from claims.admin.base import user_of
from claims.admin.desk import DeskMixin, filters_of
from claims.review import accept_above, preview

#: Stances that one request accepts; the command takes any number.
MOST: Final = 10_000


class AboveForm(forms.Form):
    """From which confidence on to accept."""

    above = forms.FloatField(
        min_value=0.0,
        max_value=1.0,
        initial=0.9,
        label="Confidence from",
        help_text="A number from 0 to 1. The page on quality tells how often the machine is right at each.",
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )


class ConfirmForm(AboveForm):
    """What the preview showed: how many, and which was the youngest."""

    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    last = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class BulkMixin(DeskMixin):
    """The page beside the list and the desk."""

    def get_urls(self) -> list[Any]:
        """The page's address and the others'."""
        view = require_http_methods(["GET", "HEAD", "POST"])(self.accept_above)
        return [
            path("accept-above/", self.admin_site.admin_view(view), name="claims_stance_accept_above"),
            *super().get_urls(),
        ]

    def accept_above(self, request: HttpRequest) -> HttpResponse:
        """Show what would be accepted; accept it where the posted preview still holds."""
        self.require_judge(request)
        _order, queue = self.queue_of(request)
        # The list sorts, and shows its stances with what goes with them; neither is needed to count.
        queue = queue.order_by().select_related(None).prefetch_related(None)
        if request.method == "POST":
            confirm = ConfirmForm(request.POST)
            if confirm.is_valid():
                asked = confirm.cleaned_data
                if preview(queue, asked["above"]).number > asked["number"]:
                    messages.warning(request, "There are more of them by now. Look again before you accept.")
                elif asked["number"] <= MOST:
                    return self._accept(request, queue, asked)
        asked_above = request.POST.get("above") or request.GET.get("above")
        form = AboveForm({"above": asked_above} if asked_above else None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "Accept above a confidence",
            "form": form,
            "filters": [(name, value) for name, values in filters_of(request).lists() for value in values],
            "query": filters_of(request).urlencode(),
            "most": MOST,
        }
        if form.is_valid():
            context["above"] = form.cleaned_data["above"]
            context["preview"] = preview(queue, form.cleaned_data["above"])
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/claims/stance/accept_above.html", context, status=status)

    def _accept(self, request: HttpRequest, queue: Any, asked: dict[str, Any]) -> HttpResponse:
        accepted = accept_above(
            queue,
            asked["above"],
            user=user_of(request),
            last=asked["last"],
            note=f"in bulk, confidence from {asked['above']:g}",
        )
        messages.success(request, f"{accepted.done:,} accepted.")
        if accepted.conflicts:
            messages.warning(request, f"{accepted.conflicts:,} were changed by somebody else just now and left alone.")
        return HttpResponseRedirect(f"{reverse('admin:claims_stance_desk')}?{filters_of(request).urlencode()}")
