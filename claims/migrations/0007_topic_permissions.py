"""Lets the groups see what was taken out of topics, and analysts take it back."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

READER = {"view_claimtopicremoval"}
ANALYST = READER | {"delete_claimtopicremoval"}

GROUPS = {"reader": READER, "analyst": ANALYST, "lead": ANALYST, "administrator": ANALYST}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_topic_removals")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
