"""What the pages share on which people edit claims: the frame, the choice of a claim, and rows as they were seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.base import BaseAdmin
from claims.models import Claim, Stance
from claims.review import RefusedError
from claims.review.claim_locks import MERGE

Row = TypeVar("Row", Claim, Stance)
Done = TypeVar("Done")

#: The key of a row, or a version, as an address or a form has it.
NUMBER = re.compile(r"[0-9]{1,18}")


def require_merge(request: HttpRequest) -> None:
    """Raises ``PermissionDenied`` unless the person may merge and split claims."""
    if not request.user.has_perm(MERGE):
        raise PermissionDenied


def number(text: str | None) -> int | None:
    """The key or version that ``text`` is; None where it is none."""
    return int(text) if text and NUMBER.fullmatch(text) else None


def claim_or_404(key: str | int | None) -> Claim:
    """The claim with this key. Raises ``Http404`` where there is none."""
    claim = Claim.objects.select_related("merged_into").filter(pk=number(str(key)) or 0).first()
    if claim is None:
        raise Http404
    return claim


def as_seen(row: Row, version: str | None) -> Row:
    """``row`` with the version that the page had which posts ``version``; none is never the right one."""
    row.version = number(version) or 0
    return row


def attempt(request: HttpRequest, write: Callable[[], Done]) -> Done | None:
    """What ``write`` gives; None where it is refused, with a message that says why."""
    try:
        return write()
    except RefusedError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return None


def page(
    model_admin: BaseAdmin, request: HttpRequest, template: str, title: str, context: Mapping[str, Any]
) -> HttpResponse:
    """A page of the admin made of ``template``, under ``title``."""
    request.current_app = model_admin.admin_site.name
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "media": model_admin.media,
        "has_view_permission": True,
    }
    return TemplateResponse(request, f"admin/claims/{template}.html", {**frame, **context})


class ClaimChoice(forms.Form):
    """The choice of a claim that was not merged, by typing some of its words."""

    target = forms.ModelChoiceField(Claim.objects.filter(merged_into=None), required=False, label="Claim")

    def __init__(self, model_admin: BaseAdmin, data: Mapping[str, Any] | None = None) -> None:
        # The widget can't show what is no key at all; only a forged form has that.
        posted = {"target": data["target"]} if data and number(data.get("target")) is not None else None
        super().__init__(posted)
        widget = AutocompleteSelect(
            Claim._meta.get_field("merged_into"),
            model_admin.admin_site,
            attrs={"data-placeholder": "Type some words of the claim"},
        )
        target: Any = self.fields["target"]
        target.widget = widget
        widget.choices = target.choices

    @property
    def chosen(self) -> Claim | None:
        """The claim that was chosen."""
        return self.cleaned_data.get("target") if self.is_bound and self.is_valid() else None
