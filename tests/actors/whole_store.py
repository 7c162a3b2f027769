"""Everything in the store, so that two states of it can be compared."""

from __future__ import annotations

from typing import Any

from django.apps import apps

Rows = dict[str, list[dict[str, Any]]]


def whole_store(*, without: str = "") -> Rows:
    """All rows of all tables of the app, by model, with every column; the model ``without`` is left out."""
    models = apps.get_app_config("claims").get_models()
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in models
        if model.__name__ != without
    }
