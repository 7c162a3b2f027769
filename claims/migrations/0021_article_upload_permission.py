"""Lets analysts, leads and administrators add articles in the browser."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

GROUPS = {name: {"add_article"} for name in ("analyst", "lead", "administrator")}

create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_presence_permissions")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
