"""What the site starts with, and what it refuses to start with."""

from __future__ import annotations

import runpy
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from stancetracker.secrets import development_key, read_secret
from stancetracker.settings import database
from tests.factories import person

SETTINGS = settings.BASE_DIR / "stancetracker" / "settings.py"
NAMES = ("DEBUG", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "DATABASE_URL", "USE_HTTPS", "BEHIND_PROXY")
PRODUCTION = {"DEBUG": "false", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "stances.example.org"}


def load(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """The settings under ``environment`` and no other variable of ours."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SETTINGS))


def test_a_clone_starts_without_any_variable_and_answers_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(monkeypatch)
    assert found["DEBUG"]
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["DATABASES"]["default"]["NAME"] == settings.BASE_DIR / "var" / "stancetracker.sqlite3"


def test_secrets_may_stand_in_the_file_of_settings_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "stancetracker").mkdir()
    (tmp_path / ".env").write_text(f"SECRET_KEY={'k' * 50}\nDATABASE_URL=sqlite:///{tmp_path}/from-file.sqlite3\n")
    copy = tmp_path / "stancetracker" / "settings.py"
    copy.write_text(SETTINGS.read_text(encoding="utf-8"), encoding="utf-8")
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    found = runpy.run_path(str(copy))
    assert found["SECRET_KEY"] == "k" * 50
    assert found["DATABASES"]["default"]["NAME"] == f"{tmp_path}/from-file.sqlite3"
    monkeypatch.setenv("SECRET_KEY", "e" * 50)
    assert runpy.run_path(str(copy))["SECRET_KEY"] == "e" * 50


def test_debugging_is_never_shown_to_other_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "example.org" not in load(monkeypatch, DEBUG="true", ALLOWED_HOSTS="example.org")["ALLOWED_HOSTS"]


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without_key_and_hosts(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(ImproperlyConfigured, match=missing):
        load(monkeypatch, **environment)


def test_production_is_over_https_unless_a_closed_network_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(monkeypatch, **PRODUCTION)
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert all(found[name] for name in names)
    assert "SECURE_PROXY_SSL_HEADER" not in found
    plain = load(monkeypatch, **PRODUCTION, USE_HTTPS="false")
    assert not any(plain[name] for name in names)


def test_a_proxy_is_believed_only_where_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(monkeypatch, **PRODUCTION, BEHIND_PROXY="true")
    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_postgresql_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    database = load(monkeypatch, DATABASE_URL="postgres://anna:secret@db.example.org:5433/stances")["DATABASES"]
    found = database["default"]
    assert (found["ENGINE"], found["HOST"], found["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example.org",
        5433,
    )
    assert (found["CONN_HEALTH_CHECKS"], "lock_timeout" in found["OPTIONS"]["options"]) == (True, True)


def test_a_sqlite_file_of_ones_own_gets_the_same_care(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = load(monkeypatch, DATABASE_URL=f"sqlite:///{tmp_path}/new/own.sqlite3")["DATABASES"]["default"]
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (tmp_path / "new").is_dir()


def test_other_databases_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="SQLite or a PostgreSQL"):
        load(monkeypatch, DATABASE_URL="mysql://localhost/stances")


@pytest.mark.parametrize("url", ["oracl://localhost/stances", "stances", "postgres://db.example.org:port/stances"])
def test_what_is_no_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="no address of") as refusal:
        database(url)
    assert url not in str(refusal.value)


@pytest.mark.parametrize("environment", ["", "postgres://db.example.org/stances"])
def test_the_database_is_the_one_asked_for(environment: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", environment)
    assert database(f"sqlite:///{tmp_path}/own.sqlite3")["NAME"] == f"{tmp_path}/own.sqlite3"


def test_import_and_export_need_permissions() -> None:
    assert settings.IMPORT_EXPORT_IMPORT_PERMISSION_CODE == "import"
    assert settings.IMPORT_EXPORT_EXPORT_PERMISSION_CODE == "export"


def test_a_secret_can_be_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("quiet\n", encoding="utf-8")
    monkeypatch.setenv("TEA_FILE", str(file))
    assert read_secret("TEA") == "quiet"
    monkeypatch.setenv("TEA", "loud")
    with pytest.raises(ImproperlyConfigured, match="not both"):
        read_secret("TEA")
    monkeypatch.delenv("TEA_FILE")
    assert read_secret("TEA") == "loud"
    assert read_secret("COFFEE") == ""


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_a_secret_that_cannot_be_read_is_an_error(
    content: bytes | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("TEA_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="TEA_FILE"):
        read_secret("TEA")


def test_the_key_of_a_checkout_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "key"
    key = development_key(path)
    assert len(key) >= 50
    assert development_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["key"]


POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/login/", "/admin/", "/nowhere/", "/static/claims/admin.css"])
def test_every_answer_carries_the_content_security_policy(address: str) -> None:
    with closing(Client().get(address)) as answer:
        assert answer.headers["Content-Security-Policy"] == POLICY


@pytest.mark.django_db
def test_pages_ask_for_a_sign_in_unless_they_are_public(settings: Any) -> None:
    client = Client()
    assert client.get("/").headers["Location"] == "/login/?next=/"
    settings.PUBLIC_PAGES = True
    assert client.get("/").status_code == 200
    assert client.get("/admin/").status_code == 302  # the admin never is


@pytest.mark.django_db
def test_a_reader_who_is_no_staff_signs_in_and_out() -> None:
    rita = person("rita")
    rita.is_staff = False
    rita.save()
    client = Client(enforce_csrf_checks=True)
    token = client.get("/login/").cookies["csrftoken"].value
    answer = client.post("/login/", {"username": "rita", "password": "rita", "csrfmiddlewaretoken": token})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert client.get("/logout/").status_code == 405  # an address that one can be lured to signs nobody out
