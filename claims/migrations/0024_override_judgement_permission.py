"""Lets leads and administrators change judged stances by an import."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

LEAD = {"override_judgement"}

GROUPS = {"lead": LEAD, "administrator": LEAD}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0023_override_judgement")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
