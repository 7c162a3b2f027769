"""What every model keeps to, those to come included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from claims.models import Article, Claim
from claims.models.topic import validate_patterns
from tests import factories as make

MODELS = list(apps.get_app_config("claims").get_models())


def fields() -> Iterator[models.Field[object, object]]:
    for model in MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and not field.primary_key:
                yield field


@pytest.mark.parametrize("field", [pytest.param(field, id=str(field)) for field in fields()])
def test_every_field_explains_itself_in_a_sentence(field: models.Field[object, object]) -> None:
    help_text = str(field.help_text)
    assert len(help_text.split()) >= 4
    assert help_text[0].isupper()
    assert help_text.endswith(".")


def checked_fields(model: type[models.Model], lookup: str) -> set[str]:
    """The fields of ``model`` that some check constraint limits by ``lookup``."""
    found = set[str]()

    def walk(condition: object) -> None:
        if isinstance(condition, Q):
            for child in condition.children:
                walk(child)
        elif isinstance(condition, tuple) and condition[0].endswith(f"__{lookup}"):
            found.add(condition[0].removesuffix(f"__{lookup}"))

    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            walk(constraint.condition)
    return found


@pytest.mark.parametrize("model", MODELS)
def test_the_database_itself_limits_every_text(model: type[models.Model]) -> None:
    limited = checked_fields(model, "length__lte") | checked_fields(model, "length") | checked_fields(model, "in")
    texts = {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField) and not field.primary_key
    }
    assert texts - limited == set()


@pytest.mark.parametrize("model", MODELS)
def test_every_rule_says_in_words_what_is_wrong(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        assert isinstance(constraint, CheckConstraint | UniqueConstraint)
        assert constraint.violation_error_message != constraint.default_violation_error_message, constraint.name


@pytest.mark.parametrize("model", MODELS)
def test_no_row_calls_itself_an_object(model: type[models.Model]) -> None:
    assert model.__str__ is not models.Model.__str__


@pytest.mark.django_db
def test_names_of_rows_are_made_without_a_query(django_assert_num_queries: object) -> None:
    rows = [
        make.alias(),
        make.role(),
        make.topic(),
        make.chain_link(),
        make.addressee(stance=make.stance(actor_as_printed="It")),
        make.judgement(stance=make.stance(actor_as_printed="He")),
        make.proposal(),
        make.run_failure(),
    ]
    fresh = [type(row)._default_manager.get(pk=row.pk) for row in rows]
    fresh.append(Article.objects.get())
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert all(str(row) for row in fresh)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russia plans to attack Ukraine", "russia  plans to attack\nUkraine."),
        ("Ukraine’s army", "UKRAINE’S ARMY"),
        ("the first office", "the ﬁrst oﬃce"),
    ],
)
def test_wordings_that_differ_in_print_only_share_a_key(one: str, other: str) -> None:
    assert Claim.key_for(one) == Claim.key_for(other)


@pytest.mark.parametrize("other", ["Russia plans to attack Georgia", "Russia does not plan to attack Ukraine", ""])
def test_other_wordings_have_another_key(other: str) -> None:
    assert Claim.key_for("Russia plans to attack Ukraine") != Claim.key_for(other)


def test_the_digest_is_that_of_the_text_in_utf_8() -> None:
    assert Article.digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


@pytest.mark.parametrize("value", ["sanctions", {"a": 1}, [1], [""], ["  "], None])
def test_patterns_are_a_list_of_words(value: object) -> None:
    with pytest.raises(ValidationError):
        validate_patterns(value)
    validate_patterns(["sanctions", "new sanctions"])


@pytest.mark.django_db
def test_a_form_explains_a_broken_rule_before_the_database_does() -> None:
    role = make.role(valid_from=dt.date(2012, 5, 7))
    role.valid_until = dt.date(2012, 5, 6)
    with pytest.raises(ValidationError, match="The first day must not be after the last"):
        role.full_clean()


@pytest.mark.django_db
@pytest.mark.sqlite
def test_sqlite_waits_for_other_writers_and_keeps_what_it_acknowledged() -> None:
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("busy_timeout", "synchronous")}
    assert found == {"busy_timeout": 20_000, "synchronous": 2}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
