"""The triggers are there, and stay there through whatever Django does to the tables."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from claims import triggers
from claims.models import Judgement, Stance
from tests import factories as make


@pytest.mark.django_db
def test_none_is_missing_after_the_migrations() -> None:
    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_removing_and_installing_can_be_repeated() -> None:
    triggers.remove(connection)
    triggers.remove(connection)
    assert len(triggers.missing(connection)) >= 5
    triggers.install(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", ["Article", "Stance", "Judgement", "ChainLink"])
def test_a_later_migration_can_rebuild_any_table(model: str) -> None:
    """SQLite rebuilds the table for this change, and would stumble over the triggers or lose them."""
    make.judgement()
    state: ProjectState = MigrationExecutor(connection).loader.project_state()
    changed = state.clone()
    operation = migrations.AddField(model, "extra", models.CharField(default="", max_length=1))
    constraint = migrations.AddConstraint(
        model, models.CheckConstraint(condition=models.Q(extra=""), name="extra_is_empty")
    )
    steps = [state.clone()]
    for step in (operation, constraint):
        step.state_forwards("claims", changed)
        steps.append(changed.clone())
    triggers.on_migrating(using="default", plan=[object()])
    with connection.schema_editor() as editor:
        operation.database_forwards("claims", editor, steps[0], steps[1])
        constraint.database_forwards("claims", editor, steps[1], steps[2])
    with connection.schema_editor() as editor:
        constraint.database_backwards("claims", editor, steps[2], steps[1])
        operation.database_backwards("claims", editor, steps[1], steps[0])
    triggers.on_migrated(using="default")
    assert triggers.missing(connection) == []
    assert Judgement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_flush_empties_judgements_too_and_leaves_the_triggers() -> None:
    make.judgement()
    call_command("flush", interactive=False, verbosity=0)
    assert not Stance.objects.exists()
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_the_migrations_go_back_to_nothing_and_forth_again() -> None:
    call_command("migrate", "claims", "zero", verbosity=0)
    assert not [name for name in connection.introspection.table_names() if name.startswith("claims_")]
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
