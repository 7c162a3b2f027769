"""Give a new installation somebody who can sign in."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from claims.management.documented import DocumentedCommand

# Made by a migration, with what an analyst may do.
GROUP = "analyst"


class Command(DocumentedCommand):
    """Creates the account once, with a password nobody else knows; later runs only repeat how to sign in."""

    help = (
        "Create an account that may read, judge, curate and export, and print how to sign in. The password is made up "
        "and kept, for its owner's eyes only, in the password file. An account that is there already keeps its "
        "password and its rights."
    )
    examples = (
        "",
        "--username anna --password-file /run/anna-password",
        "--username anna --reset-password",
    )
    exit_codes = {
        0: "the account is there",
        1: "the password can't be kept in its file, or the database is not migrated; nothing was changed",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where the password goes."""
        parser.add_argument("--username", default="analyst", help="name to sign in with (default: %(default)s)")
        parser.add_argument(
            "--password-file",
            type=Path,
            help="where the password is kept (default: USERNAME-password in the folder var/ of the checkout)",
        )
        parser.add_argument(
            "--reset-password", action="store_true", help="give an account that is there a new password"
        )

    def handle(
        self, *, username: str, password_file: Path | None, reset_password: bool = False, **options: Any
    ) -> None:
        """Create, or find, and say how to sign in."""
        file = password_file or settings.VAR_DIR / f"{username}-password"
        with transaction.atomic():
            user, created = User.objects.get_or_create(username=username, defaults={"is_staff": True})
            if created:
                user.groups.add(_group())
            if created or reset_password:
                password = secrets.token_urlsafe(9)
                user.set_password(password)
                user.save(update_fields=["password"])
                write_private(file, password)
        known = file.read_text(encoding="utf-8").strip() if file.is_file() else ""
        if known and user.check_password(known):
            self.stdout.write(f"    sign in as {username} with the password {known} (kept in {file})")
        else:
            self.stdout.write(f"    sign in as {username}; a new password: manage.py changepassword {username}")


def _group() -> Group:
    try:
        return Group.objects.get(name=GROUP)
    except Group.DoesNotExist as error:
        raise CommandError(f"There is no group {GROUP!r}: run manage.py migrate.") from error


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, readable by its owner only; raises ``CommandError`` where that can't be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"The password can't be kept in {path}: {error}") from error
