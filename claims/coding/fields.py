"""What is coded of a stance."""

from __future__ import annotations

from typing import Final

from claims.review.correct import SPANS

#: Codes of fixed lists, "" for not known.
CODES: Final = ("act", "side", "quotation")
#: What is so or not.
FLAGS: Final = ("negated", "conditional", "future")
#: All fields, in the order in which people meet them; a span has two columns for its offsets.
FIELDS: Final = ("actor", *CODES, *FLAGS, *SPANS)
