"""Pages of the admin on which people merge actors, or say that two are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from claims.actors.distinctions import tell_apart
from claims.actors.duplicates import duplicates
from claims.actors.following import following
from claims.actors.merging import PERMISSION, merge, obstacles
from claims.admin.keys import plain_key
from claims.models import Actor, ActorMerge, limits

if TYPE_CHECKING:
    from claims.admin.base import ModelAdmin

    Base = ModelAdmin
else:
    Base = object

#: Pairs on the page of possible duplicates; the next come when these are decided.
PROPOSED = 50


class TargetForm(forms.Form):
    """Into which actor another is to be merged."""

    target = forms.ModelChoiceField(
        Actor.objects.filter(merged_into=None),
        label="Merge into",
        widget=AutocompleteSelect(
            ActorMerge._meta.get_field("target"), admin.site, attrs={"data-placeholder": "Type a name"}
        ),
    )


class ApartForm(forms.Form):
    """Two actors that are not the same, and how one tells."""

    one = forms.ModelChoiceField(Actor.objects.all())
    other = forms.ModelChoiceField(Actor.objects.all())
    note = forms.CharField(required=False, max_length=limits.REASON)


class MergingMixin(Base):
    """Adds the pages to the admin of actors."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses of all nouns, and those of merging."""
        wrap = self.admin_site.admin_view
        return [
            path("duplicates/", wrap(self.duplicates_view), name="claims_actor_duplicates"),
            path("<int:pk>/merge/", wrap(self.merge_view), name="claims_actor_merge"),
            *super().get_urls(),
        ]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would follow an actor into another, and merge the two once that is confirmed.

        Raises ``PermissionDenied`` for who may not merge.
        """
        _require_permission(request)
        source = get_object_or_404(Actor.objects.select_related("merged_into", "part_of"), pk=pk)
        form = TargetForm(_asked(request))
        target = form.cleaned_data["target"] if form.is_valid() else None
        problems = obstacles(source, target) if target else []
        rows = following(source) if target else []
        if request.method == "POST" and target and not problems:
            user: Any = request.user
            try:
                merged = merge(source, target, user=user, counts={row.label: row.number for row in rows})
            except ValidationError as error:
                problems = error.messages
            else:
                return self._merged(request, merged)
        context = {
            "title": f"Merge {source.name}",
            "source": source,
            "target": target,
            "form": form,
            "problems": problems,
            "following": zip(rows, following(target), strict=True) if target else (),
            "warnings": warnings(source, target) if target else [],
        }
        return self._page(request, "merge", context, media=form.media)

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """Show pairs of actors that may be one; take in that a pair is not.

        Raises ``PermissionDenied`` for who may not merge.
        """
        _require_permission(request)
        if request.method == "POST":
            form = ApartForm(request.POST)
            if form.is_valid():
                self._tell_apart(request, **form.cleaned_data)
            else:
                messages.error(request, "One of the two actors is gone; nothing was noted.")
            return redirect("admin:claims_actor_duplicates")
        context = {"title": "Possible duplicates", "duplicates": duplicates(PROPOSED), "most": PROPOSED}
        return self._page(request, "duplicates", context)

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any], media: forms.Media | None = None
    ) -> HttpResponse:
        shared = self.admin_site.each_context(request)
        shared |= {"opts": self.opts, "media": self.media + (media or forms.Media())}
        return TemplateResponse(request, f"admin/claims/actor/{name}.html", shared | context)

    def _merged(self, request: HttpRequest, merged: ActorMerge) -> HttpResponse:
        source, target = merged.source, merged.target
        self.log_change(request, source, f"Merged into {target.name}.")
        self.log_change(request, target, f"Took in {source.name}.")
        message = '{} is merged into {}. <a href="{}">To undo it, see the merge</a>.'
        address = reverse("admin:claims_actormerge_change", args=[merged.pk])
        messages.success(request, format_html(message, source.name, target.name, address))
        return redirect("admin:claims_actor_change", target.pk)

    def _tell_apart(self, request: HttpRequest, one: Actor, other: Actor, note: str) -> None:
        user: Any = request.user
        try:
            distinction = tell_apart(one, other, user=user, note=note)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        self.log_change(request, distinction.first, f"Told apart from {distinction.second.name}.")
        messages.success(request, f"{one.name} and {other.name} are kept apart and not proposed again.")


def warnings(source: Actor, target: Actor) -> list[str]:
    """What speaks against merging ``source`` into ``target``, in sentences; it does not forbid it."""
    found = []
    if source.kind and target.kind and source.kind != target.kind:
        found.append(f"{source.name} is a {source.get_kind_display()}, {target.name} a {target.get_kind_display()}.")
    if source.wikidata_id and target.wikidata_id and source.wikidata_id != target.wikidata_id:
        found.append(f"Wikidata has them as two things: {source.wikidata_id} and {target.wikidata_id}.")
    return found


def _asked(request: HttpRequest) -> dict[str, str] | None:
    """What the form gets."""
    data = request.POST if request.method == "POST" else request.GET
    return {"target": plain_key(data["target"])} if "target" in data else None


def _require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
