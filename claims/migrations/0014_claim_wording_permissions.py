"""Lets the groups see wordings of claims."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

READER = {"view_claimwording", "view_claimwordingkey"}

GROUPS = {"reader": READER, "analyst": READER, "lead": READER, "administrator": READER}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_claim_wordings")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
