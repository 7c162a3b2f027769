"""The groups that people are put in: reader, analyst, lead and administrator, each with what the one before may do."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

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


def create_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the groups; one that exists already keeps what it may do and gets what it lacks."""
    # Django creates permissions after the last migration only, which is too late for a group to get them.
    for label in ("auth", "claims"):
        config: Any = apps.get_app_config(label)
        module, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = module
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.add(
            *permission_model.objects.filter(content_type__app_label__in=("auth", "claims"), codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
