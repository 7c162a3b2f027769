"""Roles in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from claims.actors.offices import refresh
from claims.admin.base import AddOnlyInline, CuratedAdmin
from claims.admin.exchange import ExchangeMixin
from claims.exchange.resources import RoleResource
from claims.models import Role


@admin.register(Role)
class RoleAdmin(ExchangeMixin, CuratedAdmin):
    """Who holds or held which office."""

    resource_classes = (RoleResource,)
    list_display = ("title", "actor", "organisation", "valid_from", "valid_until", "curated")
    list_filter = ("curated",)
    list_select_related = ("actor", "organisation")
    search_fields = ("title", "actor__name")
    autocomplete_fields = ("actor", "organisation")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        """All roles with whom they name, wherever one is shown."""
        rows: QuerySet[Role] = super().get_queryset(request)
        return rows.select_related("actor", "organisation")

    def save_model(self, request: HttpRequest, obj: Role, form: ModelForm[Any], change: bool) -> None:
        """Save the role, and let the pending stances of who holds it, and of who held it before, follow."""
        before = Role.objects.filter(pk=obj.pk).values_list("actor", flat=True) if change else ()
        actors = {*before, obj.actor_id}
        super().save_model(request, obj, form, change)
        refresh(actors)

    def delete_model(self, request: HttpRequest, obj: Role) -> None:
        """Delete the role; pending stances get another office that was held, if there is one."""
        super().delete_model(request, obj)
        refresh([obj.actor_id])


class RoleInline(AddOnlyInline):
    """The offices of one actor."""

    model = Role
    fk_name = "actor"
    fields = ("title", "organisation", "valid_from", "valid_until")
    autocomplete_fields = ("organisation",)
    ordering = ("valid_from", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        """The roles with whom they name."""
        rows: QuerySet[Role] = super().get_queryset(request)
        return rows.select_related("actor", "organisation")
