"""Lets the groups see changes of position, and analysts dismiss them."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

READER = {"view_positionchange"}
ANALYST = READER | {"dismiss_positionchange"}

GROUPS = {"reader": READER, "analyst": ANALYST, "lead": ANALYST, "administrator": ANALYST}


def create_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the groups what they lack of these."""
    # Django creates permissions after the last migration only, which is too late for a group to get them.
    config: Any = apps.get_app_config("claims")
    module, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = module
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.add(
            *permission_model.objects.filter(content_type__app_label="claims", codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_position_changes")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
