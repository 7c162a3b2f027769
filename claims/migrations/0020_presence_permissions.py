"""Lets the groups see who is at which article."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

GROUPS = {name: {"view_presence"} for name in ("reader", "analyst", "lead", "administrator")}

create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_presence")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
