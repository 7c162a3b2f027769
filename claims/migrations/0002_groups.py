"""The groups that people are put in: reader, analyst, lead and administrator, each with what the one before may do."""

from __future__ import annotations

from django.db import migrations

from claims.groups import granting

NOUNS = (
    "actor",
    "actormerge",
    "addressee",
    "alias",
    "article",
    "chainlink",
    "claim",
    "claimtopic",
    "judgement",
    "loadedfact",
    "outlet",
    "proposal",
    "role",
    "run",
    "runfailure",
    "stance",
    "topic",
)
EXCHANGED = ("actor", "alias", "claim", "stance", "topic")
CURATED = ("actor", "alias", "claim", "claimtopic", "outlet", "role", "topic")

READER = {f"view_{noun}" for noun in NOUNS} | {f"export_{noun}" for noun in EXCHANGED}
ANALYST = (
    READER
    | {f"{action}_{noun}" for action in ("add", "change") for noun in CURATED}
    | {"delete_alias", "delete_claimtopic", "delete_role"}
    | {"change_stance", "judge_stance"}
)
LEAD = (
    ANALYST
    | {f"import_{noun}" for noun in EXCHANGED}
    | {f"delete_{noun}" for noun in CURATED}
    | {"merge_actor", "merge_claim", "change_proposal"}
)
ADMINISTRATOR = LEAD | {"add_user", "change_user", "view_user", "view_group", "delete_loadedfact"}

GROUPS = {"reader": READER, "analyst": ANALYST, "lead": LEAD, "administrator": ADMINISTRATOR}


create_groups = granting(GROUPS)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
