"""Adding articles in the browser: pasted or as files, imported outside the request, then to the desk."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.core.validators import URLValidator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from claims.admin.base import BaseAdmin, user_of
from claims.ingest.upload import KEPT, BusyError, Upload, progress_of, start
from claims.models import Stance, limits

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

PERMISSION: Final = "claims.add_article"
MOST_FILES: Final = 20
MOST_BYTES: Final = 2 * 1024 * 1024
#: Failures that the page of an upload lists; all of them are in the run.
FAILURES: Final = 50


class FilesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in the seed format, cleaned to a list of names and contents."""

    widget: ClassVar[type[forms.Widget]] = FilesInput  # type: ignore[misc]

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        """Raises ``ValidationError`` where there are too many, or where one is too large or no text file."""
        files = [file for file in (data if isinstance(data, list) else [data]) if file]
        if len(files) > MOST_FILES:
            raise ValidationError(f"These are {len(files)} files. Add {MOST_FILES} at a time.")
        wrong = []
        for file in files:
            if not file.name.lower().endswith(".txt"):
                wrong.append(f"{file.name} is no .txt file.")
            elif file.size > MOST_BYTES:
                wrong.append(f"{file.name} is larger than {MOST_BYTES // 1024 // 1024} MB.")
            elif not file.size:
                wrong.append(f"{file.name} is empty.")
        if wrong:
            raise ValidationError(wrong)
        return [(file.name, file.read()) for file in files]


class ArticlesForm(forms.Form):
    """One article typed or pasted, or files; not both."""

    title = forms.CharField(required=False, max_length=limits.TITLE, widget=forms.TextInput(attrs={"size": 80}))
    published_on = forms.DateField(required=False, label="Published on", widget=forms.DateInput(attrs={"type": "date"}))
    url = forms.CharField(
        required=False,
        label="Address",
        max_length=limits.URL,
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(attrs={"size": 80}),
        help_text="Where it was published, http or https.",
    )
    text = forms.CharField(
        required=False,
        strip=False,
        max_length=limits.ARTICLE_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80}),
        help_text="The article without its title. It is kept exactly as you paste it.",
    )
    text_files = FilesField(
        label="Text files",
        required=False,
        widget=FilesInput(attrs={"accept": ".txt"}),
        help_text=f"Up to {MOST_FILES}: title, date as YYYYMMDD and address in the first three lines, then the text.",
    )

    def clean(self) -> dict[str, Any]:
        """Raises ``ValidationError`` where there is nothing, both, or an article that lacks something."""
        cleaned = super().clean() or {}
        typed = [name for name in ("title", "published_on", "url", "text") if cleaned.get(name)]
        if cleaned.get("text_files") and typed:
            raise ValidationError("Either paste one article or choose files.")
        if not cleaned.get("text_files") and not self.errors:
            if not typed:
                raise ValidationError("Paste an article, or choose files.")
            for name in ("title", "published_on", "url", "text"):
                if not cleaned.get(name):
                    self.add_error(name, "An article needs this.")
        day = cleaned.get("published_on")
        if day and day > dt.date.today() + dt.timedelta(days=1):  # noqa: DTZ011 - a day wherever the article is from
            self.add_error("published_on", "This day has not come yet.")
        return cleaned

    @property
    def articles(self) -> list[tuple[str, bytes]]:
        """The names and contents of the files that a valid form stands for."""
        asked = self.cleaned_data
        if asked["text_files"]:
            files: list[tuple[str, bytes]] = asked["text_files"]
            return files
        title = " ".join(asked["title"].split())
        text = f"{title}\n{asked['published_on']:%Y%m%d}\n{asked['url']}\n{asked['text']}"
        return [("pasted.txt", text.replace("\r\n", "\n").encode())]


class UploadMixin(Base):
    """The form and the page that shows how far the import is."""

    def get_urls(self) -> list[Any]:
        """The pages' addresses and the others'."""
        site = self.admin_site
        form = require_http_methods(["GET", "HEAD", "POST"])(self.upload)
        return [
            path("upload/", site.admin_view(form), name="claims_article_upload"),
            path("upload/<str:token>/", site.admin_view(require_safe(self.uploaded)), name="claims_article_uploaded"),
            *super().get_urls(),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Show the form; keep what was posted and start to import it."""
        self._require(request)
        form = ArticlesForm(request.POST or None, request.FILES or None)
        if request.method == "POST":
            form = ArticlesForm(request.POST, request.FILES)
            if form.is_valid():
                try:
                    upload = start(form.articles)
                except (BusyError, OSError) as error:
                    form.add_error(None, str(error) if isinstance(error, BusyError) else "The files can't be kept.")
                else:
                    token = _signer(request).sign_object(dataclasses.asdict(upload))
                    return HttpResponseRedirect(reverse("admin:claims_article_uploaded", args=[token]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "Add articles",
            "form": form,
        }
        status = 422 if form.is_bound and form.errors else 200
        return TemplateResponse(request, "admin/claims/article/upload.html", context, status=status)

    def uploaded(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show how far the import is, and what it could not read; at its end lead to the desk."""
        self._require(request)
        try:
            upload = Upload(**_signer(request).unsign_object(token, max_age=KEPT))
        except (BadSignature, TypeError) as error:
            raise Http404("No upload of yours has this address.") from error
        progress = progress_of(upload)
        run = progress.run
        stances = Stance.objects.filter(run=run).count() if run else 0
        desk = f"{reverse('admin:claims_stance_desk')}?run__id__exact={run.pk}" if run else ""
        failures = list(run.failures.order_by("pk")[:FAILURES]) if run else []
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "Articles being read" if progress.is_going else "Articles read",
            "upload": upload,
            "progress": progress,
            "failures": failures,
            "stances": stances,
            "done": run.counts.get("seen", 0) if run else 0,
            "desk": desk,
        }
        part = request.headers.get("HX-Request")
        template = "uploaded_part" if part else "uploaded"
        response = TemplateResponse(request, f"admin/claims/article/{template}.html", context)
        if part and not progress.is_going and stances and not failures:
            # All went well: on to what was found.
            response["HX-Redirect"] = desk
        return response

    def _require(self, request: HttpRequest) -> None:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied("You may not add articles.")


def _signer(request: HttpRequest) -> TimestampSigner:
    """Signs an upload for the person who brought it in and nobody else."""
    return TimestampSigner(salt=f"claims.upload.{user_of(request).pk}")
