"""Gives the groups what editing claims needs: everybody sees the log and the queue, analysts merge, split and move."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

READER = {"view_claimedit", "view_claimplacement", "view_claimsuggestion"}
ANALYST = READER | {"merge_claim"}

GROUPS = {"reader": READER, "analyst": ANALYST, "lead": ANALYST, "administrator": ANALYST}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_claim_edits")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
