"""Lets the groups see changes of position, and analysts dismiss them."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

READER = {"view_positionchange"}
ANALYST = READER | {"dismiss_positionchange"}

GROUPS = {"reader": READER, "analyst": ANALYST, "lead": ANALYST, "administrator": ANALYST}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_position_changes")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
