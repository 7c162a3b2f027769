"""Lets the groups see former slugs, and leads set them free."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

READER = {"view_formerslug"}
LEAD = READER | {"delete_formerslug"}

GROUPS = {"reader": READER, "analyst": READER, "lead": LEAD, "administrator": LEAD}

create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0025_former_slugs")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
