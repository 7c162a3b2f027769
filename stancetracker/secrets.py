"""Secrets: from the environment, from a file it names, or made once for a developer's checkout."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env


def read_secret(name: str, env: Env | None = None) -> str:
    """The value of the variable ``name`` of ``env``, or the content of the file that its ``name_FILE`` points to.

    Gives "" where neither is set. Raises ``ImproperlyConfigured`` where both are, or the file can't be read: a secret
    that is silently not the one meant is worse than no start.
    """
    env = env or Env()
    value, path = env.str(name, ""), env.str(f"{name}_FILE", "")
    if value and path:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if not path:
        return value
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path!r}, which can't be read: {error}") from error


def development_key(path: Path) -> str:
    """The key of this checkout, made on first use and kept at ``path``, readable by its owner only.

    Several processes may start at once (a server and a command): the file appears whole or not at all, and all of
    them read the one that came first.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key(), encoding="utf-8")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8")
