"""Pages of the admin on which people say whom the printed names mean that have no actor yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from claims.actors.candidates import candidates
from claims.actors.open_names import MOST, counted, open_names
from claims.actors.resolutions import PERMISSION, Resolved, add_alias, create_actor, is_pronoun, open_articles, resolve
from claims.admin.keys import plain_key
from claims.admin.marking import marked
from claims.extraction.types import ActorKind, AliasKind
from claims.models import Actor, Article, NameResolution, Stance, limits
from claims.models.words import choices
from claims.pages.evidence import marks_of, passage

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from claims.admin.base import ModelAdmin

    Base = ModelAdmin
else:
    Base = object

NAMES_A_PAGE = 50
#: Articles that are shown with a name, and can be chosen one by one.
ARTICLES = 20


class AskingForm(forms.Form):
    """Which names to list."""

    q = forms.CharField(label="Words in it", required=False, max_length=100)
    sort = forms.ChoiceField(
        label="Sort", choices=[("names", "names"), ("descriptions", "descriptions"), ("all", "both")], required=False
    )


class ResolutionForm(forms.Form):
    """Whom a name means: a candidate, another actor, or a new one; whether as an alias; in which articles."""

    candidate = forms.ModelChoiceField(Actor.objects.all(), required=False)
    other = forms.ModelChoiceField(
        Actor.objects.filter(merged_into=None),
        required=False,
        label="Another actor",
        widget=AutocompleteSelect(
            NameResolution._meta.get_field("actor"), admin.site, attrs={"data-placeholder": "Type a name"}
        ),
    )
    new_name = forms.CharField(required=False, max_length=limits.NAME, label="Name")
    new_kind = forms.ChoiceField(choices=[("", "not known"), *choices(ActorKind)], required=False, label="Kind")
    as_alias = forms.BooleanField(
        required=False, label="Also keep the name as an alias, so that articles to come are read with it"
    )
    alias_kind = forms.ChoiceField(choices=choices(AliasKind), required=False, label="as")
    only = forms.BooleanField(required=False, label="Only in the articles ticked below")
    articles = forms.ModelMultipleChoiceField(Article.objects.all(), required=False)

    def clean(self) -> dict[str, Any]:
        """Raises ``ValidationError`` where nobody, or no article, is chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "create" in self.data:
            cleaned["actor"] = None
            if not cleaned.get("new_name"):
                raise ValidationError("Give the new actor a name.")
        else:
            cleaned["actor"] = cleaned.get("other") if "use" in self.data else cleaned.get("candidate")
            if cleaned["actor"] is None:
                raise ValidationError("Choose an actor.")
        if cleaned.get("only") and not cleaned.get("articles"):
            raise ValidationError("Tick the articles in which the name means this actor.")
        return cleaned


class OpenNamesMixin(Base):
    """Adds the pages to the admin of resolutions."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses of all nouns, and those of open names."""
        wrap = self.admin_site.admin_view
        return [
            path("open/", wrap(self.open_names_view), name="claims_nameresolution_open"),
            path("open/name/", wrap(self.open_name_view), name="claims_nameresolution_name"),
            *super().get_urls(),
        ]

    def open_names_view(self, request: HttpRequest) -> HttpResponse:
        """List the names that have no actor. Raises ``PermissionDenied`` for who may not resolve them."""
        _require_permission(request)
        form = AskingForm(request.GET)
        asked = form.cleaned_data if form.is_valid() else {}
        names = open_names(asked.get("sort") or "names", asked.get("q", ""))
        page = Paginator(names, NAMES_A_PAGE).get_page(request.GET.get("page"))
        rows = counted(list(page.object_list))
        examples = passages([row.example for row in rows if row.example])
        context = {
            "title": "Unresolved names",
            "form": form,
            "page": page,
            "query": urlencode([(key, value) for key, value in request.GET.items() if value and key != "page"]),
            "rows": [(row, examples.get(row.example or 0)) for row in rows],
            "most": MOST,
        }
        return self._page(request, "open", context)

    def open_name_view(self, request: HttpRequest) -> HttpResponse:
        """Show where a name is open and whom it may mean; take in whom it does mean.

        Raises ``PermissionDenied`` for who may not resolve names, and ``Http404`` where the name is nowhere open.
        """
        _require_permission(request)
        name = request.GET.get("name", "")[: limits.PRINTED]
        articles = list(open_articles(name)[:ARTICLES]) if name and not is_pronoun(name) else []
        if not articles:
            raise Http404(f"No pending stance has “{name}” open.")
        data = None
        if request.method == "POST":
            data = request.POST.copy()
            data["other"] = plain_key(data.get("other", ""))
        form = ResolutionForm(data, initial={"new_name": name})
        if request.method == "POST" and form.is_valid() and self._resolve(request, name, form):
            return redirect("admin:claims_nameresolution_open")
        context = {
            "title": f"Who is “{name}”?",
            "name": name,
            "row": counted([name])[0],
            "form": form,
            "candidates": candidates(name),
            "articles": self._articles(name, articles),
            "number": open_articles(name).count(),
            "may_create": request.user.has_perm("claims.add_actor"),
            "may_add_alias": request.user.has_perm("claims.add_alias"),
        }
        return self._page(request, "name", context, form.media)

    def _resolve(self, request: HttpRequest, name: str, form: ResolutionForm) -> bool:
        """Do what ``form`` says; gives whether it was done, and says it in a message."""
        user: Any = request.user
        asked = form.cleaned_data
        try:
            with transaction.atomic():
                actor = asked["actor"] or self._created(request, asked["new_name"], asked["new_kind"])
                sharing = self._aliased(request, actor, name, asked)
            # In transactions of its own, small ones, so that others can save meanwhile.
            only = [article.pk for article in asked["articles"]] if asked["only"] else None
            resolved = resolve(name, actor, user=user, articles=only)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        self.log_change(request, actor, f"“{name}” means it in {resolved.articles} articles.")
        messages.success(request, said(name, actor, resolved))
        if sharing:
            others = ", ".join(each.name for each in sharing)
            messages.warning(request, f"“{name}” is also a name of {others}; where both are meant, it stays open.")
        return True

    def _created(self, request: HttpRequest, name: str, kind: str) -> Actor:
        if not request.user.has_perm("claims.add_actor"):
            raise PermissionDenied
        actor = create_actor(name, kind)
        self.log_addition(request, actor, f"Created for the printed name “{name}”.")
        return actor

    def _aliased(self, request: HttpRequest, actor: Actor, name: str, asked: dict[str, Any]) -> list[Actor]:
        if not asked["as_alias"]:
            return []
        if not request.user.has_perm("claims.add_alias"):
            raise PermissionDenied
        return add_alias(actor, name, asked["alias_kind"] or AliasKind.NAME.value)

    def _articles(self, name: str, articles: list[int]) -> list[tuple[Article, SafeString | None]]:
        """``articles`` with a passage each in which ``name`` is open, the newest first."""
        rows = Article.objects.filter(pk__in=articles).select_related("outlet").defer("text")
        stances: dict[int, int] = {}
        pending = Stance.objects.pending().filter(article__in=articles)
        for filters in (
            {"actor": None, "actor_as_printed": name},
            {"chain__actor": None, "chain__as_printed": name},
            {"addressees__actor": None, "addressees__as_printed": name},
        ):
            for article, stance in pending.filter(**filters).order_by("-pk").values_list("article", "pk"):
                stances[article] = stance
        shown = passages(stances.values())
        return [(row, shown.get(stances.get(row.pk, 0))) for row in rows.order_by("-published_on", "-pk")]

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any], media: forms.Media | None = None
    ) -> HttpResponse:
        shared = self.admin_site.each_context(request)
        shared |= {"opts": self.opts, "media": self.media + (media or forms.Media())}
        return TemplateResponse(request, f"admin/claims/nameresolution/{name}.html", shared | context)


def passages(stances: Any) -> dict[int, SafeString]:
    """The sentences with the evidence of ``stances`` (keys), their spans marked, by key."""
    rows = Stance.objects.filter(pk__in=list(stances)).select_related("article")
    found = {}
    for stance in rows.prefetch_related("chain", "addressees").defer("extracted"):
        marks, text = marks_of(stance), stance.article.text
        found[stance.pk] = marked(text, *passage(text, marks), marks)
    return found


def said(name: str, actor: Actor, resolved: Resolved) -> str:
    """What was done, in words."""
    parts = [
        f"{number:,} {noun if number == 1 else plural}"
        for number, noun, plural in (
            (resolved.stances, "stance", "stances"),
            (resolved.sources, "place in a chain", "places in chains"),
            (resolved.addressees, "place as addressee", "places as addressee"),
        )
        if number
    ]
    articles = f"{resolved.articles:,} article{'' if resolved.articles == 1 else 's'}"
    return f"“{name}” is {actor.name}: {', '.join(parts) or 'nothing was left open'}, in {articles}."


def _require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
