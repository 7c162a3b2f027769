"""The review desk: one pending stance after the other, beside its article."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from claims.actors.candidates import candidates
from claims.admin.add_form import AddForm
from claims.admin.base import BaseAdmin, user_of
from claims.admin.deciding import decide_by
from claims.admin.desk_text import TextPiece, around, text_pieces
from claims.admin.judgement import lines_of
from claims.coding.queue import without_own
from claims.models import Article, Judgement, Proposal, Stance
from claims.pages.cards import confidence_word
from claims.pages.evidence import LEGEND, Kind, Mark, marks_of
from claims.review import ConflictError, add, restore, undo
from claims.review.correct import SPANS
from claims.review.presence import left_to, meet
from claims.review.queue import Order, first_of, neighbour
from claims.review.undo import last_decision

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

#: How many waiting stances are counted.
COUNTED = 1_000
#: Other stances of the article that are marked with the one being judged.
OTHERS = 500
#: Decisions that are shown below a stance; all of them are in its form.
HISTORY = 20
#: Actors that are offered for a printed name.
CANDIDATES = 5
OWN = ("order", "stance", "above")
REASONS = ("not a position", "wrong actor", "wrong act", "wrong words", "said twice", "misread sentence")


class DeskMixin(Base):
    """The desk beside the list of stances, with the list's filters."""

    def get_urls(self) -> list[Any]:
        """The desk's addresses and the list's."""
        site = self.admin_site
        undo, decide = self.or_desk(self.desk_undo), self.or_desk(self.desk_decide)
        own = [
            path("desk/", site.admin_view(require_safe(self.desk)), name="claims_stance_desk"),
            path("desk/undo/", site.admin_view(undo), name="claims_stance_desk_undo"),
            path("desk/<int:pk>/", site.admin_view(decide), name="claims_stance_desk_decide"),
            path(
                "desk/<int:pk>/here/", site.admin_view(require_safe(self.desk_presence)), name="claims_stance_desk_here"
            ),
            path(
                "desk/<int:pk>/candidates/",
                site.admin_view(require_safe(self.desk_candidates)),
                name="claims_stance_desk_candidates",
            ),
            path(
                "desk/<int:pk>/restore/<int:judgement>/",
                site.admin_view(self.or_desk(self.desk_restore)),
                name="claims_stance_desk_restore",
            ),
            path("desk/<int:pk>/add/", site.admin_view(self.or_desk(self.desk_add)), name="claims_stance_desk_add"),
        ]
        return own + super().get_urls()

    def or_desk(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """``view`` for what is posted; who opens its address, by reloading or after signing in, comes to the desk."""

        @require_http_methods(["GET", "HEAD", "POST"])
        def posted_or_desk(request: HttpRequest, **arguments: int) -> HttpResponse:
            self.require_judge(request)
            if request.method == "POST":
                return view(request, **arguments)
            return self._go(request, arguments.get("pk"))

        return posted_or_desk

    def desk(self, request: HttpRequest) -> HttpResponse:
        """Show a stance and its article: the one asked for, else the first that waits where nobody else is."""
        self.require_judge(request)
        order, queue = self.desk_queue(request)
        asked = request.GET.get("stance", "")
        pk = int(asked) if asked.isascii() and asked.isdigit() else None
        if pk is None:
            free = left_to(queue, user_of(request))
            pk = first_of(free, order) or first_of(queue, order)
        return self._show(request, order, queue, pk)

    def desk_decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide what the pressed button says and go on to the next; on errors show them with all that was typed."""
        order, queue = self.desk_queue(request)
        with transaction.atomic():
            stance = get_object_or_404(Stance.objects.select_related("article"), pk=pk)
            form: Any = self.get_form(request, stance, change=True)(request.POST, instance=stance)
            if form.is_valid():
                user: Any = request.user
                fresh = Stance.objects.select_related("article").get(pk=pk)
                outcome = decide_by(form, fresh, user)
        if not form.is_valid():
            return self._show(request, order, queue, pk, form)
        if outcome.conflicts:
            messages.warning(request, "Somebody else decided about this stance just now. Look again.")
            return self._go(request, pk)
        if outcome.unchanged:
            messages.info(request, "Nothing was different, so nothing was decided.")
            return self._go(request, pk)
        messages.success(request, f"{fresh.get_state_display().capitalize()}: {fresh}")
        free = left_to(queue, user, at=fresh.article_id)
        return self._go(request, neighbour(free, order, fresh) or neighbour(queue, order, fresh))

    def desk_undo(self, request: HttpRequest) -> HttpResponse:
        """Take back the person's latest decision and show its stance."""
        user: Any = request.user
        latest = last_decision(user)
        if latest is None:
            messages.info(request, "There is no decision of yours to take back.")
            return self._go(request, None)
        try:
            stance = undo(latest, user=user)
        except ConflictError:
            messages.warning(request, "Somebody decided about this stance after you, so your decision stands.")
            return self._go(request, latest.stance_id)
        messages.success(request, f"Taken back: {latest.get_decision_display()}.")
        return self._go(request, stance.pk)

    def desk_restore(self, request: HttpRequest, pk: int, judgement: int) -> HttpResponse:
        """Give the stance back what it was after one of its judgements, if it still is as the person saw it."""
        decision = get_object_or_404(Judgement, pk=judgement, stance=pk)
        version = request.POST.get("version", "")
        try:
            outcome = restore(decision, user=user_of(request), version=int(version) if version.isdecimal() else -1)
        except ConflictError:
            messages.warning(request, "Somebody changed this stance just now. Look again before you restore.")
        except ObjectDoesNotExist:
            messages.error(request, "An actor or claim of that time is gone, so this can't be restored.")
        else:
            if outcome.done:
                messages.success(request, "Restored.")
            else:
                messages.info(request, "The stance is so already.")
        return self._go(request, pk)

    def desk_presence(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who else has the article of the stance on the desk; notes that the person has."""
        self.require_judge(request)
        article = get_object_or_404(Article, stances=pk)
        context = {"others": meet(article, user_of(request))}
        # Without a line break at its end: where nobody else is, nothing is shown.
        return HttpResponse(render_to_string("admin/claims/stance/desk_presence.html", context).strip())

    def desk_candidates(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whom the printed name of the stance's actor may mean, the likeliest first."""
        self.require_judge(request)
        stance = get_object_or_404(Stance, pk=pk)
        context = {"stance": stance, "candidates": candidates(stance.actor_as_printed, limit=CANDIDATES)}
        return TemplateResponse(request, "admin/claims/stance/desk_candidates.html", context)

    def desk_add(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add a stance to the article of the one on the desk."""
        order, queue = self.desk_queue(request)
        shown = get_object_or_404(Stance.objects.select_related("article"), pk=pk)
        form = AddForm(request.POST, article=shown.article, site=self.admin_site)
        if form.is_valid():
            user: Any = request.user
            try:
                added = add(shown.article, form.values, user=user, note=form.cleaned_data["note"])
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, f"Added: {added}")
                return self._go(request, pk)
        return self._show(request, order, queue, pk, adding=form)

    def require_judge(self, request: HttpRequest) -> None:
        """Raises ``PermissionDenied`` where the person may not judge."""
        if not self.has_judge_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied("You may not judge stances.")

    def desk_queue(self, request: HttpRequest) -> tuple[Order, QuerySet[Stance]]:
        """The order and the stances of ``queue_of``, without those that the person has still to code."""
        order, queue = self.queue_of(request)
        return order, without_own(queue, user_of(request))

    def queue_of(self, request: HttpRequest) -> tuple[Order, QuerySet[Stance]]:
        """The order asked for, and the stances that the list's filters let through; of all states the pending ones."""
        listed: Any = copy.copy(request)
        listed.GET = filters_of(request)
        try:
            rows: QuerySet[Stance] = self.get_changelist_instance(listed).get_queryset(listed)
        except IncorrectLookupParameters:
            rows = Stance.objects.none()
            messages.error(request, "The list has no such filter.")
        if not any(name.startswith("state") for name in listed.GET):
            rows = rows.filter(state=Stance.State.PENDING)
        wanted = request.GET.get("order", "")
        return (Order(wanted) if wanted in set(Order) else Order.ARTICLE), rows

    def _go(self, request: HttpRequest, pk: int | None) -> HttpResponse:
        query = request.GET.copy()
        query.pop("stance", None)
        if pk is not None:
            query["stance"] = str(pk)
        return HttpResponseRedirect(f"{reverse('admin:claims_stance_desk')}?{query.urlencode()}")

    def _show(
        self,
        request: HttpRequest,
        order: Order,
        queue: QuerySet[Stance],
        pk: int | None,
        form: Any = None,
        adding: AddForm | None = None,
    ) -> HttpResponse:
        rows = Stance.objects.select_related("article__outlet", "actor", "claim", "run")
        rows = rows.prefetch_related("chain__actor", "addressees__actor")
        stance = get_object_or_404(rows, pk=pk) if pk is not None else None
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Review desk",
            "order": order,
            "orders": [(each, each.value == order) for each in Order],
            "query": _with(request, stance=pk),
            "filters": [(name, value) for name, values in filters_of(request).lists() for value in values],
            "list_url": f"{reverse('admin:claims_stance_changelist')}?{filters_of(request).urlencode()}",
            "bulk_url": f"{reverse('admin:claims_stance_accept_above')}?{filters_of(request).urlencode()}",
            "waiting": queue.order_by()[: COUNTED + 1].count(),
            "counted": COUNTED,
            "stance": stance,
            "legend": LEGEND,
            "reasons": REASONS,
            "span_names": SPANS,
        }
        if stance is not None:
            form = form or self.get_form(request, stance, change=True)(instance=stance)
            text = _text(stance)
            context |= {
                "form": form,
                "adding": adding or AddForm(article=stance.article, site=self.admin_site),
                "is_adding": adding is not None,
                "is_conflict": form.has_error(NON_FIELD_ERRORS, "conflict"),
                "media": self.media + form.media,
                "text": text,
                "not_shown": len(stance.article.text) - sum(len(piece.text) for piece in text),
                "sureness": confidence_word(stance.confidence),
                "proposed": Proposal.objects.filter(article=stance.article, state=Proposal.State.OPEN).count(),
                "next": _with(request, stance=neighbour(queue, order, stance)),
                "previous": _with(request, stance=neighbour(queue, order, stance, forward=False)),
                "history": [
                    (judgement, lines_of(judgement))
                    for judgement in stance.judgements.select_related("user").order_by("-at", "-pk")[:HISTORY]
                ],
            }
        else:
            context["media"] = self.media
        template = "part" if request.headers.get("HX-Request") else "page"
        status = 422 if (form is not None and form.errors) or (adding is not None and adding.errors) else 200
        return TemplateResponse(request, f"admin/claims/stance/desk_{template}.html", context, status=status)


def filters_of(request: HttpRequest) -> QueryDict:
    """The list's filters among the address's parameters."""
    query = request.GET.copy()
    for name in OWN:
        query.pop(name, None)
    return query


def _with(request: HttpRequest, *, stance: int | None) -> str:
    """The address's parameters with another stance; "" where there is none."""
    if stance is None:
        return ""
    query = request.GET.copy()
    query["stance"] = str(stance)
    return query.urlencode()


def _text(stance: Stance) -> list[TextPiece]:
    """The article round ``stance``, cut where marks begin and end: its own, and the contents of the other stances."""
    article: Article = stance.article
    own = marks_of(stance)
    start, end = around(article.text, stance.content_start, stance.content_end)
    others = (
        Stance.objects.visible()
        .filter(article=article, content_start__lt=end, content_end__gt=start)
        .exclude(pk=stance.pk)
        .values_list("pk", "content_start", "content_end")[:OTHERS]
    )
    marks = own + [Mark(first, last, Kind.OTHER) for _, first, last in others]
    return text_pieces(article.text, start, end, marks, [(last, pk) for pk, _, last in others])
