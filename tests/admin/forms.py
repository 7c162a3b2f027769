"""What a browser would send: the fields of the form on a page, as the page has them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse


class _Form(HTMLParser):
    """Gathers the fields of the form whose id ends with ``_form``, buttons left out."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.inside = False
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = has.get("id", "").endswith("_form")
        if not self.inside or "disabled" in has:
            return
        name = has.get("name", "")
        if tag == "input" and has.get("type") not in ("submit", "button") and name:
            if has.get("type") != "checkbox" or "checked" in has:
                self.fields[name] = has.get("value", "on" if has.get("type") == "checkbox" else "")
        elif tag == "textarea":
            self.area, self.fields[name] = name, ""
        elif tag == "select":
            self.select, self.fields[name] = name, ""
        elif tag == "option" and "selected" in has and self.select:
            self.fields[self.select] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            # Browsers drop the line break that HTML puts after the opening tag.
            self.fields[self.area] += data.removeprefix("\n") if not self.fields[self.area] else data


def fields_of(response: HttpResponseBase) -> dict[str, str]:
    """The names and values that the page's form would post."""
    form = _Form()
    form.feed(response.content.decode())  # type: ignore[attr-defined]
    return form.fields


def address(row: Any, page: str = "change") -> str:
    """The address of an admin page of ``row``, or of the list of a model."""
    options = row._meta
    arguments = [] if page in ("changelist", "add", "import", "export", "process_import") else [row.pk]
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=arguments)
