"""Changes of position: the list of them, newest first, and their dismissal by an analyst."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.models import PositionChange
from claims.pages.change_cards import change_cards, readable_changes
from claims.pages.change_filter import ChangeFilter
from claims.pages.paging import page_of, query_without_page
from claims.pages.picking import listed_names
from claims.pages.readable import sees_unjudged
from claims.review.dismiss_change import PERMISSION, dismiss_change

CHANGES_A_PAGE = 10


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """Show the changes of position that nobody has dismissed, newest first, as far as the address asks for them."""
    form = ChangeFilter(request)
    page = page_of(request, form.apply(readable_changes(request)), CHANGES_A_PAGE)
    others = urlencode([(key, value) for key, value in request.GET.items() if value and key not in {"actor", "page"}])
    return render(
        request,
        "pages/change_list.html",
        {
            "form": form,
            "page": page,
            "changes": change_cards(list(page.object_list), request),
            "actor": form.actor_asked,
            "candidates": form.picked.candidates,
            "others": others,
            "names": listed_names(request),
            "query": query_without_page(request),
            "may_dismiss": request.user.has_perm(PERMISSION),
            "sees_unjudged": sees_unjudged(request),
            "section": "changes",
        },
    )


@require_POST
@login_required
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss one change for the reason that is posted, and go back to the list."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    get_object_or_404(PositionChange, pk=pk)
    try:
        done = dismiss_change([pk], user=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Dismissed." if done else "Somebody had dismissed it already.")
    return redirect("change_list")
