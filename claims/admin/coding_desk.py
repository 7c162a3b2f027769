"""The page on which one codes: one assigned stance after the other, with nothing of what others say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.admin.base import BaseAdmin, user_of
from claims.admin.coding_form import CodingForm, initial_of
from claims.admin.desk_text import TextPiece, around, text_pieces
from claims.coding import CODE, code
from claims.coding.queue import assigned_to, neighbours, next_to_code, progress_of
from claims.models import Coding, CodingRound, CodingUnit
from claims.pages.evidence import LEGEND, Kind, Mark
from claims.review import RefusedError
from claims.review.correct import SPANS

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

#: What coders are shown of a stance before they have said anything, if they are blind to the machine.
PASSAGE = ("cue", "content")


class CodingDeskMixin(Base):
    """The coder's page of a round."""

    def get_urls(self) -> list[Any]:
        """The page's addresses and the others'."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/code/", wrap(require_safe(self.coding_desk)), name="claims_codinground_code"),
            path(
                "<int:pk>/code/<int:order>/",
                wrap(require_POST(self.coding_desk_code)),
                name="claims_codinground_code_one",
            ),
            *super().get_urls(),
        ]

    def coding_desk(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the stance asked for by its place, else the next to code."""
        coding_round = self._own_round(request, pk)
        asked = request.GET.get("place", "")
        own = assigned_to(user_of(request), coding_round)
        order = int(asked) if asked.isdecimal() and len(asked) < 10 else next_to_code(own)
        return self._show_coding(request, coding_round, order)

    def coding_desk_code(self, request: HttpRequest, pk: int, order: int) -> HttpResponse:
        """Write down what was coded and go on to the next; on errors show them with all that was typed."""
        coding_round = self._own_round(request, pk)
        own = assigned_to(user_of(request), coding_round)
        coding = get_object_or_404(own.select_related("unit__stance__article"), unit__order=order)
        form = CodingForm(request.POST, unit=coding.unit, site=self.admin_site)
        if form.is_valid():
            try:
                code(coding, form.values, user=user_of(request), note=form.cleaned_data["note"])
            except RefusedError as error:
                messages.warning(request, str(error))
                return self._go_code(pk, order)
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, _("Coded: %(verdict)s.") % {"verdict": coding.get_verdict_display()})
                return self._go_code(pk, next_to_code(own, behind=order))
        return self._show_coding(request, coding_round, order, form)

    def _own_round(self, request: HttpRequest, pk: int) -> CodingRound:
        """The round. Raises ``PermissionDenied`` for who may not code, ``Http404`` where nothing of it is theirs."""
        user = user_of(request)
        if not user.has_perm(CODE):
            raise PermissionDenied("You may not code stances.")
        coding_round = CodingRound.objects.filter(pk=pk, coders=user, assigned__isnull=False).first()
        if coding_round is None:
            raise Http404("No coding round of yours has this number.")
        return coding_round

    def _go_code(self, pk: int, order: int | None) -> HttpResponse:
        address = reverse("admin:claims_codinground_code", args=[pk])
        return HttpResponseRedirect(address if order is None else f"{address}?place={order}")

    def _show_coding(
        self, request: HttpRequest, coding_round: CodingRound, order: int | None, form: CodingForm | None = None
    ) -> HttpResponse:
        own = assigned_to(user_of(request), coding_round)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": coding_round.name,
            "round": coding_round,
            "progress": progress_of(own),
            "span_names": SPANS,
        }
        if order is not None:
            rows = own.select_related("unit__stance__article__outlet", "actor")
            coding = get_object_or_404(rows, unit__order=order)
            start_from = coding if coding.verdict else self._machine(coding_round, coding.unit)
            form = form or CodingForm(
                initial=initial_of(start_from, coding.unit), unit=coding.unit, site=self.admin_site
            )
            context |= {
                "coding": coding,
                "unit": coding.unit,
                "article": coding.unit.stance.article,
                "form": form,
                "media": self.media + form.media,
                "text": passage_of(coding.unit, start_from),
                "legend": [each for each in LEGEND if each[0].value in SPANS],
                "is_open": coding_round.closed is None and coding.unit.decided_at is None,
            }
            context["previous"], context["next"] = neighbours(own, order)
        template = "part" if request.headers.get("HX-Request") else "page"
        status = 422 if form is not None and form.errors else 200
        return TemplateResponse(request, f"admin/claims/codinground/code_{template}.html", context, status=status)

    def _machine(self, coding_round: CodingRound, unit: CodingUnit) -> Coding | None:
        """What the machine read, for who may see it."""
        return None if coding_round.blind_to_machine else unit.codings.filter(coder=None).first()


def passage_of(unit: CodingUnit, coding: Coding | None = None) -> list[TextPiece]:
    """The article round the passage: marked as ``coding`` has it, otherwise cue and content as everybody is shown."""
    marked = coding if coding is not None and coding.verdict == Coding.Verdict.STANCE else unit
    marks = [
        Mark(start, end, Kind(span))
        for span in (SPANS if marked is coding else PASSAGE)
        if (start := getattr(marked, f"{span}_start")) is not None and (end := getattr(marked, f"{span}_end"))
    ]
    text = unit.stance.article.text
    return text_pieces(text, *around(text, unit.content_start, unit.content_end), marks)
