"""Import and export of stances in the admin: what people have judged changes only where a lead says so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from claims.admin.exchange import ExchangeMixin, StanceConfirmForm, StanceImportForm
from claims.exchange.stance_resource import OVERRIDE, StanceResource


class StanceExchangeMixin(ExchangeMixin):
    """Import and export of stances."""

    resource_classes = (StanceResource,)
    import_form_class = StanceImportForm
    confirm_form_class = StanceConfirmForm

    def create_import_form(self, request: HttpRequest) -> Any:
        """The form of an upload; the box is for those who may tick it."""
        form = super().create_import_form(request)
        if not request.user.has_perm(OVERRIDE):
            del form.fields["override_judged"]
        return form

    def get_confirm_form_initial(self, request: HttpRequest, import_form: forms.Form | None) -> dict[str, Any]:
        """What the confirmation posts back, with whether the box was ticked."""
        initial = super().get_confirm_form_initial(request, import_form)
        if import_form is not None:
            initial["override_judged"] = import_form.cleaned_data.get("override_judged", False)
        return initial

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """What the import of a posted form is told. Raises ``PermissionDenied`` where the box is not this person's."""
        form = kwargs.get("form")
        ticked = form is not None and form.is_bound and form.cleaned_data.get("override_judged", False)
        if ticked and not request.user.has_perm(OVERRIDE):
            raise PermissionDenied
        return {"override": ticked}
