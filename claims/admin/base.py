"""What the admin classes of all nouns share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import Media, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import ngettext

from claims.admin.paginator import CappedPaginator
from claims.admin.versions import VersionedForm

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline

#: How many of the rows that keep another from being deleted are counted.
COUNTED = 1_000


class BaseAdmin(ModelAdmin):
    """Lists that stay fast on big tables, and deletes that say what stands in the way instead of loading it all."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    sortable_by: ClassVar[tuple[str, ...]] = ()
    #: What the inlines, filters and forms of the class need besides Django's own styles.
    stylesheets = ("claims/admin.css",)

    @property
    def media(self) -> Media:
        """Django's own, and the styles of marks and tables."""
        filters: list[Any] = [each for each in self.list_filter if hasattr(each, "media")]
        return sum((each.media(self) for each in filters), super().media + Media(css={"all": self.stylesheets}))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list under the noun it lists, where Django would ask to select one."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        response: HttpResponse = super().changelist_view(request, title | (extra_context or {}))
        return response

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """All but the deletion of whole lists, which nobody does on purpose."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What would go along with ``objs``; where rows protect them, how many of which kind, counted to a limit."""
        protecting = [
            _counted(relation.related_model, rows)
            for relation in self.model._meta.related_objects
            if relation.on_delete is models.PROTECT
            and (rows := relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": objs})).exists()
        ]
        if protecting:
            return [], {}, set(), protecting
        deleted: tuple[list[str], dict[str, int], set[str], list[str]] = super().get_deleted_objects(objs, request)
        return deleted


class ReadOnlyAdmin(BaseAdmin):
    """A noun that nobody writes by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may."""
        return False


class VersionedAdmin(BaseAdmin):
    """A noun whose form posts the version of the row it loaded (see ``VersionedForm``)."""

    form = VersionedForm

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form. Its version is a field of its own: Django does not let a form write the column."""
        names = kwargs.get("fields", ())
        if "fields" not in kwargs:
            names = flatten_fieldsets(self.get_fieldsets(request, obj))
        if names is not None:
            kwargs["fields"] = [name for name in names if name != "version"]
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The noun's own, with the version where the form can change a row."""
        fieldsets: list[tuple[Any, Any]] = [
            (title, {**options, "fields": [name for name in options["fields"] if name != "version"]})
            for title, options in super().get_fieldsets(request, obj)
        ]
        if obj is not None and self.has_change_permission(request, obj):
            fieldsets[0][1]["fields"].append("version")
        return fieldsets


class CuratedAdmin(VersionedAdmin):
    """A noun that machine and people write: what a person saves is marked as theirs, and never lost unseen."""

    readonly_fields: ClassVar[tuple[str, ...]] = ("curated",)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """Save ``obj`` as touched by a person, one version on."""
        obj.curated = True
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save rows that were added below the form as touched by a person too."""
        for row in formset.save(commit=False):
            if hasattr(row, "curated"):
                row.curated = True
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()


class AddOnlyInline(TabularInline):
    """Rows below another row's form: they are shown, and new ones can be added; to change one, follow its link.

    A row that can be changed in two places would be overwritten by whoever has the other place open.
    """

    extra = 0
    show_change_link = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here."""
        return False


class ReadOnlyInline(AddOnlyInline):
    """Rows below another row's form, only shown."""

    classes = ("shown-only",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here."""
        return False


def user_of(request: HttpRequest) -> User:
    """Who sends ``request``. Raises ``PermissionDenied`` where nobody is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _counted(model: type[models.Model], rows: models.QuerySet[Any]) -> str:
    number = rows[: COUNTED + 1].count()
    options = model._meta
    noun = ngettext(str(options.verbose_name), str(options.verbose_name_plural), number)
    return f"more than {COUNTED:,} {noun}" if number > COUNTED else f"{number:,} {noun}"
