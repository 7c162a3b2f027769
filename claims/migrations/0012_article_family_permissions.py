"""Lets the groups see families of copies."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

READER = {"view_articleband", "view_articlefamily"}

GROUPS = {"reader": READER, "analyst": READER, "lead": READER, "administrator": READER}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_article_families")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
