"""Import and export in the admin: which files, how large, and who may."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from claims.admin.import_report import Report
from claims.exchange.formats import EXPORT_FORMATS, IMPORT_FORMATS
from claims.exchange.problems import problems
from claims.exchange.reading import UnreadableFileError
from claims.exchange.storage import KEPT, PrivateStorage
from claims.exchange.streams import LINES, table, xlsx_file

if TYPE_CHECKING:
    from claims.admin.base import ModelAdmin

    Base = ModelAdmin
else:
    Base = object

MOST_BYTES = 10 * 1024 * 1024
#: Problems of an import that failed after its preview, which is rare, that are shown.
SHOWN_AFTERWARDS = 3


class LimitedImportForm(ImportForm):
    """The form of an upload, with limits to its size."""

    def clean_import_file(self) -> Any:
        """The file. Raises ``ValidationError`` where it is too large to be previewed."""
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Import it in parts.")
        return file


class SignedConfirmForm(ConfirmImportForm):
    """The form that confirms a preview; it holds only for the person who saw that."""

    user: Any = None

    def clean_import_file_name(self) -> str:
        """The name under which the upload is kept. Raises ``ValidationError`` where it is not this person's."""
        try:
            name: str = signer(self.user).unsign(self.cleaned_data["import_file_name"], max_age=KEPT)
        except BadSignature as error:
            raise ValidationError("The preview is too old or not yours. Upload the file again.") from error
        if not PrivateStorage(name=name).exists():
            raise ValidationError("This preview was confirmed already, or is too old. Upload the file again.")
        return name

    def clean_format(self) -> str:
        """The number of the format. Raises ``ValidationError`` where there is none."""
        number: str = self.cleaned_data["format"]
        if number not in map(str, range(len(IMPORT_FORMATS))):
            raise ValidationError("There is no such format.")
        return number


class StanceImportForm(LimitedImportForm):
    """The form of an upload of stances, where a person may say that judged ones change as well."""

    override_judged = forms.BooleanField(
        required=False,
        label=_("Change judged stances too"),
        help_text=_("Each one that differs becomes corrected, by a judgement in your name."),
    )


class StanceConfirmForm(SignedConfirmForm):
    """The form that confirms a preview of stances, with what was ticked for that."""

    override_judged = forms.BooleanField(required=False, widget=forms.HiddenInput)


def signer(user: Any) -> TimestampSigner:
    """Signs names of uploads for ``user`` and nobody else."""
    return TimestampSigner(salt=f"claims.import.{user.pk}")


class ExchangeMixin(ImportExportMixin, Base):
    """Import from CSV and JSON with a preview, all or nothing; export of what the list shows as CSV, XLSX and JSON."""

    import_form_class = LimitedImportForm
    confirm_form_class = SignedConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = PrivateStorage
    # The tables write down themselves who imported what, in the same transaction.
    skip_admin_log = True
    formats_in: ClassVar[Any] = IMPORT_FORMATS
    formats_out: ClassVar[Any] = EXPORT_FORMATS

    def get_import_formats(self) -> list[Any]:
        """The formats that can be read."""
        return list(self.formats_in)

    def get_export_formats(self) -> list[Any]:
        """The formats that can be written."""
        return list(self.formats_out)

    def _do_file_export(self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None) -> Any:
        """The answer that is the file, sent while the rows are read; XLSX can't be, so it is written to disk first."""
        resource = self.choose_export_resource_class(export_form, request)(**self.get_export_resource_kwargs(request))
        cells, extension = table(resource, queryset), file_format.get_extension()
        name = self.get_export_filename(request, queryset, file_format)
        content_type = file_format.get_content_type()
        if extension == "xlsx":
            return FileResponse(xlsx_file(cells), as_attachment=True, filename=name, content_type=content_type)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(LINES[extension](cells), content_type=content_type, headers=headers)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> Any:
        """The form of an upload, or its preview; what can't be confirmed does not stay."""
        answer = super().import_action(request, **kwargs)
        context = answer.context_data
        context["title"] = _("Import %(noun)s") % {"noun": self.opts.verbose_name_plural}
        context["columns"] = _columns(self.get_import_resource_classes(request)[0]())
        result = context.get("result")
        if result is not None:
            context["report"] = Report(result)
        name = getattr(request.FILES.get("import_file"), "tmp_storage_name", None)
        if name and "confirm_form" not in context:
            PrivateStorage(name=name).remove()
        return answer

    def export_action(self, request: HttpRequest) -> Any:
        """The form of an export, or the file."""
        answer = super().export_action(request)
        if getattr(answer, "context_data", None):
            answer.context_data["title"] = _("Export %(noun)s") % {"noun": self.opts.verbose_name_plural}
        return answer

    def process_result(self, result: Any, request: HttpRequest) -> Any:
        """The answer to a confirmed import; one that failed after its preview says that nothing was written and why."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        messages.error(request, _("Nothing was imported: the store changed after the preview. Upload it again."))
        for problem in itertools.islice(problems(result), SHOWN_AFTERWARDS):
            messages.error(request, str(problem))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        """Say what is wrong with a file that can't be read."""
        if isinstance(e, UnreadableFileError):
            form.add_error("import_file", str(e))
        elif isinstance(e, UnicodeDecodeError):
            form.add_error("import_file", _("The file is not encoded in UTF-8."))
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def get_confirm_form_initial(self, request: HttpRequest, import_form: forms.Form | None) -> dict[str, Any]:
        """What the confirmation posts back, with the name of the upload signed."""
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)
        if initial:
            initial["import_file_name"] = signer(request.user).sign(initial["import_file_name"])
        return initial

    def create_confirm_form(self, request: HttpRequest, import_form: forms.Form | None = None) -> Any:
        """The form that confirms, for the person who asks."""
        form = super().create_confirm_form(request, import_form)
        form.user = request.user
        return form


def _columns(resource: Any) -> list[tuple[Any, list[str]]]:
    """The columns that a file for ``resource`` may have, by what becomes of them, with the words for that."""
    key, only_shown = resource.key_columns, [field.column_name for field in resource.fields.values() if field.readonly]
    others = [field.column_name for field in resource.get_import_fields()]
    others = [name for name in others if name not in (*key, *only_shown)]
    parts = [
        (_("Rows are found again by"), key),
        (_("Imported"), others),
        (_("May be there, not imported"), only_shown),
    ]
    return [part for part in parts if part[1]]
