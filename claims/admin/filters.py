"""Filters of lists that are small forms: a name to type, two days to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.admin import ListFilter, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpRequest

from claims.models import Actor, Article, Claim, Stance
from claims.pages.cards import LIKELY, SURE
from claims.selectors import merged_ids

if TYPE_CHECKING:
    from claims.admin.base import ModelAdmin

Rows = models.QuerySet[Any]


class FormFilter(ListFilter):
    """A form beside the list, sent by its own button, that keeps the other filters as they are."""

    template = "admin/form_filter.html"
    parameters: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[models.Model], model_admin: ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)  # type: ignore[arg-type]
        for name in self.parameters:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]
        self.form = self.make_form(model_admin, self.used_parameters or None)

    def make_form(self, model_admin: ModelAdmin, data: dict[str, Any] | None) -> forms.Form:
        """The form, bound to ``data`` where the filter is used."""
        raise NotImplementedError

    def narrow(self, rows: Rows, values: dict[str, Any]) -> Rows:
        """``rows`` that the form's cleaned ``values`` leave."""
        raise NotImplementedError

    def has_output(self) -> bool:
        """A form can always be filled in."""
        return True

    def expected_parameters(self) -> list[str | None]:
        """The names of the form's fields."""
        return list(self.parameters)

    def choices(self, changelist: ChangeList) -> Any:
        """One entry: the parameters that the form has to pass on, and the way back."""
        others = [(name, value) for name, value in changelist.params.items() if name not in self.parameters]
        used = any(self.used_parameters.values())
        yield {"others": others, "clear": changelist.get_query_string({}, list(self.parameters)) if used else ""}

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """The rows left; all of them while the form is empty or wrong, which it then says."""
        if not self.used_parameters or not self.form.is_valid():
            return queryset
        return self.narrow(queryset, self.form.cleaned_data)


class RelatedFilter(FormFilter):
    """A row of another table, found by typing: a list to choose from would have thousands of entries."""

    #: The model whose field ``field`` points to the row; its admin answers what is typed.
    model: ClassVar[type[models.Model]]
    field: ClassVar[str]

    def make_form(self, model_admin: ModelAdmin, data: dict[str, Any] | None) -> forms.Form:
        """One field that asks the server while one types."""
        relation: Any = self.model._meta.get_field(self.field)
        name = self.parameters[0]
        widget = AutocompleteSelect(
            relation, model_admin.admin_site, attrs={"id": f"filter-{name}", "data-placeholder": "Type a name"}
        )
        field = forms.ModelChoiceField(
            relation.related_model._default_manager.all(), required=False, widget=widget, label=str(self.title)
        )
        form_class: type[forms.Form] = type("RelatedForm", (forms.Form,), {name: field})
        # The widget can't show what is no key at all; only a forged address has that.
        is_key = data is not None and str(data[name]).isdecimal()
        return form_class(data if is_key else None, auto_id="filter-%s")

    @classmethod
    def media(cls, model_admin: ModelAdmin) -> forms.Media:
        """The scripts and styles of the field, which the page of the list needs."""
        return AutocompleteSelect(cls.model._meta.get_field(cls.field), model_admin.admin_site).media

    def narrow(self, rows: Rows, values: dict[str, Any]) -> Rows:
        """``rows`` that belong to the chosen one."""
        chosen = values[self.parameters[0]]
        return rows if chosen is None else self.belonging(rows, chosen)

    def belonging(self, rows: Rows, chosen: Any) -> Rows:
        """``rows`` that belong to ``chosen``."""
        raise NotImplementedError


class ActorFilter(RelatedFilter):
    """The stances of one actor, those stored under rows that were merged into it included."""

    title, parameters, model, field = "actor", ("actor",), Stance, "actor"

    def belonging(self, rows: Rows, chosen: Actor) -> Rows:
        """The stances of ``chosen``."""
        return rows.filter(actor__in=merged_ids(chosen))


class ClaimFilter(RelatedFilter):
    """The stances on one claim, those stored under rows that were merged into it included."""

    title, parameters, model, field = "claim", ("claim",), Stance, "claim"

    def belonging(self, rows: Rows, chosen: Claim) -> Rows:
        """The stances on ``chosen``."""
        return rows.filter(claim__in=merged_ids(chosen))


class OutletOfStanceFilter(RelatedFilter):
    """The stances in articles of one outlet."""

    title, parameters, model, field = "outlet", ("outlet",), Article, "outlet"

    def belonging(self, rows: Rows, chosen: Any) -> Rows:
        """The stances in articles of ``chosen``."""
        return rows.filter(article__outlet=chosen)


class OutletFilter(RelatedFilter):
    """The articles of one outlet."""

    title, parameters, model, field = "outlet", ("outlet",), Article, "outlet"

    def belonging(self, rows: Rows, chosen: Any) -> Rows:
        """The articles of ``chosen``."""
        return rows.filter(outlet=chosen)


class PeriodFilter(FormFilter):
    """Articles published from one day to another; ``path`` leads to the day."""

    title, parameters = "date of publication", ("since", "until")
    path: ClassVar[str] = "published_on"

    def make_form(self, model_admin: ModelAdmin, data: dict[str, Any] | None) -> forms.Form:
        """Two days, either of which may be left open."""

        def day(label: str) -> forms.DateField:
            return forms.DateField(required=False, label=label, widget=forms.DateInput(attrs={"type": "date"}))

        form_class: type[forms.Form] = type("Period", (forms.Form,), {"since": day("From"), "until": day("To")})
        return form_class(data, auto_id="filter-%s")

    def narrow(self, rows: Rows, values: dict[str, Any]) -> Rows:
        """``rows`` within the period, both days included."""
        if values["since"]:
            rows = rows.filter(**{f"{self.path}__gte": values["since"]})
        if values["until"]:
            rows = rows.filter(**{f"{self.path}__lte": values["until"]})
        return rows


class PeriodOfStanceFilter(PeriodFilter):
    """Stances in articles of a period."""

    path = "article__published_on"


class ConfidenceFilter(SimpleListFilter):
    """How sure the machine is, in the words that the pages use."""

    title = "confidence"
    parameter_name = "confidence"
    BANDS: ClassVar[dict[str, tuple[float, float]]] = {
        "sure": (SURE, 2.0),
        "likely": (LIKELY, SURE),
        "unsure": (-1.0, LIKELY),
    }

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Each band by its word."""
        return [(word, word) for word in self.BANDS]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """The rows of the chosen band."""
        if self.value() not in self.BANDS:
            return queryset
        low, high = self.BANDS[self.value() or ""]
        return queryset.filter(confidence__gte=low, confidence__lt=high)
