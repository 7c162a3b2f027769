"""Names of the world's politics, to stand in for the treebank's own names while training.

The treebanks speak of reviews, e-mails and American towns; with these names in their places the parser also sees
"Moscow", "Nato" and "Erdogan" as subjects and objects.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

_NAMES: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf8"))

COUNTRIES = tuple(_NAMES["countries"].split())
CAPITALS = tuple(_NAMES["capitals"].split())
ADJECTIVES = tuple(_NAMES["adjectives"].split())
SURNAMES = tuple(_NAMES["surnames"].split())
BODIES = tuple(_NAMES["bodies"].split())
# Words that headlines leave in lower case.
SMALL_WORDS = ("a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "and", "or", "but", "as", "with", "from")
