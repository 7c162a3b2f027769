"""Settings of stancetracker; everything that differs between places comes from the environment (or a ``.env`` file).

A clone runs without any of them: DEBUG is on, answers on this machine only, and keeps its SQLite file in ``var/``.
docs/administrators.md lists each variable.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from stancetracker.secrets import development_key, read_secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEBUG = env.bool("DEBUG", True)

SECRET_KEY = read_secret("SECRET_KEY", env)
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY (or SECRET_KEY_FILE) must be set when DEBUG is off.")
    SECRET_KEY = development_key(VAR_DIR / "secret_key")

# A site in debugging shows its insides, so it must not answer to the outside: hosts can be named only with DEBUG off.
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS: list[str] = LOCAL_HOSTS if DEBUG else env.list("ALLOWED_HOSTS", [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts when DEBUG is off.")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "claims",
    "import_export",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "stancetracker.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stancetracker.middleware.SignedOutMiddleware",
    "stancetracker.middleware.SignInMiddleware",
    "claims.pages.addresses.AddressMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "stancetracker.urls"
WSGI_APPLICATION = "stancetracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database ---------------------------------------------------------------------------------------------------------

# How long a writer waits for another before it gives up, on either database.
LOCK_WAIT_SECONDS = 20

# A transaction that reads before it writes takes the write lock at its start (IMMEDIATE): otherwise SQLite refuses it
# at once when another writer came between, without waiting. FULL keeps a saved judgement through a power cut.
# The write-ahead log is switched on in claims/wal.py.
SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": LOCK_WAIT_SECONDS,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;",
}
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "options": f"-c lock_timeout={LOCK_WAIT_SECONDS}s -c idle_in_transaction_session_timeout=10min",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for the database at ``url``, whatever the environment says; for "" the SQLite file in ``var/``.

    Raises ``ImproperlyConfigured`` where ``url`` is of another kind or no address at all. It may hold a password, so no
    message repeats it.
    """
    settings: dict[str, Any]
    if url:
        try:
            settings = dict(dj_database_url.parse(url))
        except ValueError as error:
            raise ImproperlyConfigured("DATABASE_URL is no address of a SQLite or a PostgreSQL database.") from error
    else:
        settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "stancetracker.sqlite3"}
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {**SQLITE_OPTIONS, **settings.get("OPTIONS", {})}
        if settings["NAME"] != ":memory:":
            Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    elif settings["ENGINE"].endswith("postgresql"):
        settings["OPTIONS"] = {**POSTGRESQL_OPTIONS, **settings.get("OPTIONS", {})}
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured("DATABASE_URL must name a SQLite or a PostgreSQL database.")
    return settings


DATABASES = {"default": database(read_secret("DATABASE_URL", env))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People -----------------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"

# Whether the reading pages are open to everybody; the admin never is.
PUBLIC_PAGES = env.bool("PUBLIC_PAGES", False)

# A working day: nobody is signed out over lunch, and a forgotten browser is by the next morning.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"

# Transport --------------------------------------------------------------------------------------------------------

# HTTPS can be turned off for a closed network only; with DEBUG off it is on.
USE_HTTPS = env.bool("USE_HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = USE_HTTPS
SESSION_COOKIE_SECURE = USE_HTTPS
CSRF_COOKIE_SECURE = USE_HTTPS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000) if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", USE_HTTPS)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", USE_HTTPS)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Only behind a proxy that sets or strips the header itself; anybody could send it otherwise.
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# The longest cell read from a CSV file, in characters; Python stops at 131,072, and an article can be longer.
CSV_FIELD_LIMIT = 16 * 1024 * 1024

# Import and export in the admin: with these unset, any staff user could do both without a single permission.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_USE_TRANSACTIONS = True

# Language, time, files --------------------------------------------------------------------------------------------

# The texts of the program are English; locale/ has a folder for each language that they are translated into.
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en-gb")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Fixed here, since the test runner turns settings.DEBUG off after this file was read.
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG

# Articles that people bring in by the browser, for a day; readable by the program's own account alone.
UPLOAD_DIR = VAR_DIR / "uploads"

# Extraction: the name of an installed spaCy pipeline, or "" for the one that is shipped.
STANCE_PIPELINE = env.str("STANCE_PIPELINE", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"propagate": False, "handlers": ["console"], "level": "INFO"}},
}
