"""Strangers' text where there is no markup to hold it: in feeds and other formats that know plain text only."""

from __future__ import annotations

import re
from typing import Final

from claims.exchange.xml import NOT_XML

# What turns the direction of the words that follow, those of others included.
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def xml_text(text: str) -> str:
    """``text`` without the characters that XML can't hold."""
    return NOT_XML.sub("", text)


def one_line(text: str) -> str:
    """``text`` in one line, without what XML can't hold and without marks that turn its direction."""
    return " ".join(_TURNING.sub("", xml_text(text)).split())
