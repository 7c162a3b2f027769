"""The settings for commands that tests run in processes of their own, with an engine that needs no pipeline."""

from stancetracker.settings import *  # noqa: F403

STANCE_ENGINE = "tests.ingest.engines.LineEngine"
