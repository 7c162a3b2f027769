"""Lets analysts code the stances assigned to them, and leads and administrators make and decide coding rounds."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

ANALYST = {"view_codinground", "code_stance"}
LEAD = ANALYST | {"view_codingunit", "view_coding", "lead_codinground"}

GROUPS = {"analyst": ANALYST, "lead": LEAD, "administrator": LEAD}

create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0028_coding_rounds")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
