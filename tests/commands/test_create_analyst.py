"""The account of a new installation."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def create(tmp_path: Path) -> str:
    out = StringIO()
    call_command("create_analyst", username="anna", password_file=tmp_path / "password", stdout=out)
    return out.getvalue()


def test_it_prints_a_password_that_signs_in(tmp_path: Path) -> None:
    printed = create(tmp_path)
    password = (tmp_path / "password").read_text().strip()
    assert password in printed
    assert User.objects.get(username="anna").check_password(password)


def test_it_keeps_the_password_for_its_owners_eyes(tmp_path: Path) -> None:
    create(tmp_path)
    assert (tmp_path / "password").stat().st_mode & 0o777 == 0o600


def test_it_repeats_the_login_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    first = create(tmp_path)
    before = User.objects.values().get()
    assert create(tmp_path) == first
    assert User.objects.values().get() == before


def test_it_never_prints_a_password_that_no_longer_works(tmp_path: Path) -> None:
    create(tmp_path)
    user = User.objects.get()
    user.set_password("chosen by Anna herself")
    user.save()
    old = (tmp_path / "password").read_text().strip()
    printed = create(tmp_path)
    assert old not in printed
    assert "changepassword anna" in printed
    assert User.objects.get().check_password("chosen by Anna herself")


def test_it_creates_no_account_whose_password_it_cannot_keep(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="can't be kept"):
        call_command("create_analyst", password_file=tmp_path / "file" / "password")
    assert not User.objects.exists()


def test_its_account_may_judge_but_manage_no_people(tmp_path: Path) -> None:
    create(tmp_path)
    user = User.objects.get()
    assert user.is_staff
    assert user.has_perms(["claims.view_stance", "claims.judge_stance"])
    assert not user.has_perm("auth.change_user")


def test_it_gives_a_new_password_only_when_told(tmp_path: Path) -> None:
    create(tmp_path)
    before = User.objects.get()
    call_command(
        "create_analyst", username="anna", password_file=tmp_path / "password", reset_password=True, stdout=StringIO()
    )
    after = User.objects.get()
    assert after.password != before.password
    assert after.check_password((tmp_path / "password").read_text().strip())


def test_it_creates_no_account_without_rights(tmp_path: Path) -> None:
    Group.objects.all().delete()
    with pytest.raises(CommandError, match="migrate"):
        create(tmp_path)
    assert not User.objects.exists()
