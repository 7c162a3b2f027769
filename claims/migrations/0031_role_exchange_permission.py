"""Lets people export roles, and leads import them."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

GROUPS = {
    "reader": {"export_role"},
    "analyst": {"export_role"},
    "lead": {"export_role", "import_role"},
    "administrator": {"export_role", "import_role"},
}

create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0030_role_exchange")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
