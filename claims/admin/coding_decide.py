"""The pages on which a lead decides: what all coders said side by side, where they differ, and what holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.admin.base import BaseAdmin, user_of
from claims.admin.coding_desk import passage_of
from claims.admin.coding_form import CodingForm, initial_of, input_of
from claims.admin.paginator import CappedPaginator
from claims.admin.versions import in_words
from claims.coding import close, decide, decide_agreed, discard, go_on
from claims.coding.compare import VERDICT, Ends, coded, comparable, differing, ends_of_merges
from claims.coding.decide import MOST, values_of
from claims.coding.fields import CODES, FIELDS, FLAGS
from claims.coding.permissions import require_lead
from claims.coding.queue import Which, progress_of_units, units_of
from claims.models import Coding, CodingRound, CodingUnit
from claims.review import ConflictError, RefusedError
from claims.review.correct import SPANS

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

#: Stances of a round on one page of the list.
PER_PAGE: Final = 50
#: The choice of what is typed, rather than of what somebody coded.
OWN: Final = "own"


class DecisionForm(CodingForm):
    """Each field is taken from one of the ``codings``, or typed. ``ends`` are those of merges."""

    def __init__(self, *args: Any, codings: Sequence[Coding], ends: Ends, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codings = {str(coding.pk): coding for coding in codings if coding.verdict == Coding.Verdict.STANCE}
        self.ends = ends

    def value_of(self, name: str) -> Any:
        """What the chosen coding says; what is typed where that was chosen; notes where nothing is."""
        chosen = self.data.get(f"take-{name}", "")
        if chosen == OWN:
            return super().value_of(name)
        coding = self.codings.get(chosen)
        if coding is None:
            self.add_error(input_of(name), _("Choose what holds."))
            return None
        values = values_of(coding) or {}
        return values[name]

    def taken(self, name: str, *, decided: bool) -> str:
        """The choice of ``name`` that the page starts with: what was chosen, or what all people say; else ""."""
        if self.is_bound:
            return str(self.data.get(f"take-{name}", ""))
        if decided:
            return OWN
        people = [coding for coding in self.codings.values() if coding.coder_id is not None]
        same = len({comparable(coding, name, self.ends) for coding in people}) == 1
        return str(people[0].pk) if same else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one coder says of a field: in words, with the value of its choice; "" where there is nothing to take."""

    who: str
    words: str
    choice: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what each says, whether people differ, and where something else is typed."""

    name: str
    label: str
    cells: tuple[Cell, ...]
    differs: bool
    field: BoundField
    is_own: bool


class CodingDecideMixin(Base):
    """The lead's pages of a round."""

    def get_urls(self) -> list[Any]:
        """The pages' addresses and the others'."""
        wrap = self.admin_site.admin_view
        decide_one = require_http_methods(["GET", "HEAD", "POST"])(self.decide_unit)
        return [
            path("<int:pk>/stances/", wrap(require_safe(self.coding_units)), name="claims_codinground_units"),
            path("<int:pk>/decide/", wrap(require_safe(self.decide_next)), name="claims_codinground_decide"),
            path("<int:pk>/decide/<int:order>/", wrap(decide_one), name="claims_codinground_decide_one"),
            path("<int:pk>/agreed/", wrap(require_POST(self.decide_agreed)), name="claims_codinground_agreed"),
            path("<int:pk>/end/", wrap(require_POST(self.end_round)), name="claims_codinground_end"),
            *super().get_urls(),
        ]

    def coding_units(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the stances of a round: who has not coded them yet, what people differ in, what is decided."""
        require_lead(user_of(request))
        coding_round = get_object_or_404(CodingRound, pk=pk)
        asked = request.GET.get("which", "")
        which = Which(asked) if asked in set(Which) else Which.ALL
        units = units_of(coding_round, which).select_related("stance", "decided_by").defer("stance__extracted")
        page = CappedPaginator(units, PER_PAGE).get_page(request.GET.get("p"))
        said: dict[int, list[Coding]] = {}
        for coding in coded(Coding.objects.filter(unit__in=[unit.pk for unit in page])).select_related("coder"):
            said.setdefault(coding.unit_id, []).append(coding)
        coders = list(coding_round.coders.order_by("username"))
        ends = ends_of_merges()
        context = {
            **self._context(request, coding_round),
            "title": _("Stances of the round"),
            "which": which,
            "kinds": [(each, each is which) for each in Which],
            "page": page,
            "at_once": MOST,
            "rows": [
                (
                    unit,
                    [
                        str(each)
                        for each in coders
                        if each.pk not in {coding.coder_id for coding in said.get(unit.pk, [])}
                    ],
                    [label_of(name) for name in differing(said.get(unit.pk, []), ends)],
                )
                for unit in page
            ],
        }
        return TemplateResponse(request, "admin/claims/codinground/units.html", context)

    def decide_next(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the first stance that is to be decided, or to the round where there is none."""
        require_lead(user_of(request))
        coding_round = get_object_or_404(CodingRound, pk=pk)
        unit = units_of(coding_round, Which.TO_DECIDE).first()
        if unit is None:
            messages.info(request, _("No stance waits to be decided."))
            return HttpResponseRedirect(reverse("admin:claims_codinground_change", args=[pk]))
        return self._go_decide(pk, unit.order)

    def decide_unit(self, request: HttpRequest, pk: int, order: int) -> HttpResponse:
        """Show what each said; write down what was decided and go on to the next."""
        user = user_of(request)
        require_lead(user)
        coding_round = get_object_or_404(CodingRound, pk=pk)
        rows = coding_round.units.select_related("stance__article__outlet", "stance__actor", "round", "decided_by")
        unit = get_object_or_404(rows, order=order)
        codings = list(coded(unit.codings.all()).select_related("coder", "actor"))
        codings.sort(key=lambda coding: (coding.coder is None, str(coding.coder)))
        ends = ends_of_merges()
        options: dict[str, Any] = {"unit": unit, "site": self.admin_site, "codings": codings, "ends": ends}
        form = DecisionForm(initial=initial_of(unit.stance, unit), **options)
        if request.method == "POST":
            form = DecisionForm(request.POST, **options)
            if form.is_valid() and self._decide(request, unit, form):
                following = units_of(coding_round, Which.TO_DECIDE).filter(order__gt=order).first()
                return self._go_decide(pk, following.order) if following else self.decide_next(request, pk)
            unit.stance.refresh_from_db()
        others = coding_round.units.values_list("order", flat=True)
        context = {
            **self._context(request, coding_round),
            "title": _("Decide"),
            "unit": unit,
            "article": unit.stance.article,
            "form": form,
            "media": self.media + form.media,
            "progress": progress_of_units(coding_round),
            "coders": [str(coding.coder or _("the machine")) for coding in codings],
            "verdicts": [coding.get_verdict_display() for coding in codings],
            "verdict_differs": VERDICT in differing(codings, ends),
            "rows": _rows(form, codings, decided=unit.decided_at is not None),
            "notes": [coding for coding in codings if coding.note],
            "missing": unit.codings.filter(verdict="").select_related("coder"),
            "span_names": SPANS,
            "text": passage_of(unit),
            "previous": others.filter(order__lt=order).order_by("-order").first(),
            "next": others.filter(order__gt=order).order_by("order").first(),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/claims/codinground/decide.html", context, status=status)

    def decide_agreed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide the stances on which all coders agree."""
        coding_round = get_object_or_404(CodingRound, pk=pk)
        number = decide_agreed(coding_round, user=user_of(request))
        messages.success(
            request,
            ngettext("%(number)s stance decided.", "%(number)s stances decided.", number) % {"number": f"{number:,}"},
        )
        return HttpResponseRedirect(f"{reverse('admin:claims_codinground_units', args=[pk])}?which={Which.TO_DECIDE}")

    def end_round(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close the round, go on with it, or throw it away, as the pressed button says."""
        user = user_of(request)
        require_lead(user)
        coding_round = get_object_or_404(CodingRound, pk=pk)
        here = HttpResponseRedirect(reverse("admin:claims_codinground_change", args=[pk]))
        if "discard" in request.POST:
            try:
                discard(coding_round, user=user)
            except RefusedError as error:
                messages.warning(request, str(error))
                return here
            messages.success(request, _("The round is gone; its stances are as they were."))
            return HttpResponseRedirect(reverse("admin:claims_codinground_changelist"))
        if "close" in request.POST:
            close(coding_round, user=user)
            messages.success(request, _("The round is closed: what is not coded stays so."))
        elif "go_on" in request.POST:
            go_on(coding_round, user=user)
            messages.success(request, _("The round is open again."))
        return here

    def _decide(self, request: HttpRequest, unit: CodingUnit, form: DecisionForm) -> bool:
        """Decide what a valid ``form`` says; whether that was done. What stands in the way is told in the form."""
        version = request.POST.get("version", "")
        try:
            stance = decide(
                unit,
                form.values,
                user=user_of(request),
                version=int(version) if version.isdecimal() and len(version) < 10 else -1,
                note=form.cleaned_data["note"],
            )
        except ConflictError:
            form.add_error(None, _("Somebody changed the stance just now. Look at it, and decide again."))
        except RefusedError as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(
                request, _("Decided: %(state)s, %(stance)s") % {"state": stance.get_state_display(), "stance": stance}
            )
            return True
        return False

    def _go_decide(self, pk: int, order: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:claims_codinground_decide_one", args=[pk, order]))

    def _context(self, request: HttpRequest, coding_round: CodingRound) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "round": coding_round,
        }


def _rows(form: DecisionForm, codings: Sequence[Coding], *, decided: bool) -> list[Row]:
    differ = differing(codings, form.ends)
    rows = []
    for name in FIELDS:
        taken = form.taken(name, decided=decided)
        cells = tuple(
            Cell(
                who=str(coding.coder or _("the machine")),
                words=_in_words(coding, name, form.text),
                choice=str(coding.pk) if str(coding.pk) in form.codings else "",
                is_taken=taken == str(coding.pk),
            )
            for coding in codings
        )
        rows.append(Row(name, label_of(name), cells, name in differ, form[input_of(name)], taken == OWN))
    return rows


def label_of(name: str) -> str:
    if name == VERDICT:
        return _("Stance or none")
    return str(CodingForm.base_fields[input_of(name)].label)


def _in_words(coding: Coding, name: str, text: str) -> str:
    """What ``coding`` says of ``name``, for people."""
    if coding.verdict != Coding.Verdict.STANCE:
        return "–"
    if name in SPANS:
        start, end = getattr(coding, f"{name}_start"), getattr(coding, f"{name}_end")
        return _("no such words") if start is None else in_words(text[start:end])
    if name in FLAGS:
        return _("yes") if getattr(coding, name) else _("no")
    if name in CODES:
        return getattr(coding, name).replace("_", " ") or _("not known")
    return coding.actor.name if coding.actor else _("not known")
