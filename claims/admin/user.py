"""People in the admin: who administers the store does not thereby become its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    DjangoAdmin = DjangoUserAdmin[User]
else:
    DjangoAdmin = DjangoUserAdmin

admin.site.unregister(User)

RESERVED = ("is_superuser", "user_permissions", "last_login", "date_joined")


@admin.register(User)
class UserAdmin(DjangoAdmin):
    """Django's own; only a superuser sees superusers, makes one, or gives single permissions.

    Otherwise whoever may change users could give themselves everything.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Everybody, or everybody below a superuser."""
        rows: QuerySet[User] = super().get_queryset(request)
        return rows if _is_superuser(request) else rows.filter(is_superuser=False)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """What only a superuser may set."""
        own = super().get_readonly_fields(request, obj)
        return own if _is_superuser(request) else (*own, *RESERVED)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
