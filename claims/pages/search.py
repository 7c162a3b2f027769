"""The search page: actors, claims, quotations and articles by their words."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from claims.pages.found import FEW, MOST, SORTS, Asked, like_names
from claims.pages.paging import query_without_page
from claims.pages.readable import Showing, may_see_unjudged, sees_unjudged, showing
from claims.search import Term, is_asking, parse

#: How long a word must be to stand for all that begin with it: "US" does not mean "used".
BEGINNINGS: Final = 4
#: Characters of a query that are read.
LONGEST: Final = 1_000


class SearchForm(forms.Form):
    """What to search for, as the address says it."""

    q = forms.CharField(
        label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST})
    )
    show = forms.ChoiceField(
        label=_("Judged"),
        choices=[
            (Showing.ALL.value, _("judged or not")),
            (Showing.JUDGED.value, _("judged only")),
            (Showing.UNJUDGED.value, _("unjudged only")),
        ],
        required=False,
    )
    since = forms.DateField(
        label=_("Published from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, request: HttpRequest) -> None:
        asked = request.GET.copy()
        # Words beyond the longest query are left out, not refused.
        asked["q"] = asked.get("q", "")[:LONGEST].replace("\0", "")
        asked["show"] = showing(request).value
        super().__init__(asked, auto_id="filter-%s", label_suffix="")
        if not may_see_unjudged(request):
            del self.fields["show"]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what has the words of ``q``: some of each sort, or a page of the one that ``in`` names."""
    form = SearchForm(request)
    text = str(form.data["q"]).strip()
    terms = parse(text, beginnings=BEGINNINGS)
    sort = request.GET.get("in", "")
    sort = sort if sort in SORTS else ""
    sections = []
    suggested: list[str] = []
    if is_asking(terms) and form.is_valid():
        given = form.cleaned_data
        asked = Asked(request, terms, sort, since=given["since"], until=given["until"])
        found = [find(asked) for name, find in SORTS.items() if sort in ("", name)]
        sections = [section for section in found if section.rows]
        suggested = [] if sections else like_names(asked)
    return render(
        request,
        "pages/search.html",
        {
            "form": form,
            "text": text,
            "is_asking": is_asking(terms),
            "sections": sections,
            "sort": sort,
            "few": FEW,
            "most": MOST,
            "suggested": [(name, urlencode({"q": name})) for name in suggested],
            "single": [(word, urlencode({"q": word})) for word in single_words(terms)] if not sections else [],
            "query": query_without_page(request),
            "asked": urlencode(
                [(key, value) for key, value in request.GET.items() if value and key not in {"page", "in"}]
            ),
            "is_narrowed": bool(form.data.get("since") or form.data.get("until") or request.GET.get("show")),
            "unnarrowed": urlencode({"q": text, **({"in": sort} if sort else {})}),
            "sees_unjudged": sees_unjudged(request),
            "section": "search",
        },
    )


def single_words(terms: list[Term]) -> list[str]:
    """Each of several terms alone, as one may type it: fewer words find more."""
    words = [" ".join(term.words) for term in terms if not term.is_excluded]
    return list(dict.fromkeys(words)) if len(terms) > 1 else []
