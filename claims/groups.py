"""What migrations use to let the groups of people do what a new noun brings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LABELS = ("auth", "claims")


def granting(groups: Mapping[str, Collection[str]]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """A step of a migration that gives each group the permissions with these codenames that it lacks.

    A group that is not there is created; one that exists keeps what it may do besides.
    """

    def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        # Django creates permissions after the last migration only, which is too late for a group to get them.
        for label in LABELS:
            config: Any = apps.get_app_config(label)
            module, config.models_module = getattr(config, "models_module", None), True
            create_permissions(config, apps=apps, verbosity=0)
            config.models_module = module
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        for name, codenames in groups.items():
            group, _created = group_model.objects.get_or_create(name=name)
            group.permissions.add(
                *permission_model.objects.filter(content_type__app_label__in=LABELS, codename__in=codenames)
            )

    return grant
