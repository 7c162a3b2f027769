"""Gives the groups what the pages of actors need: merging, telling apart, and saying whom a printed name means."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

READER = {"view_actordistinction", "view_nameresolution"}
ANALYST = READER | {"resolve_name", "delete_nameresolution"}
LEAD = ANALYST | {"delete_actordistinction"}

GROUPS = {"reader": READER, "analyst": ANALYST, "lead": LEAD, "administrator": LEAD}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_actors_and_names")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
