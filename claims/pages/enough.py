"""When there is enough to tell: the one rule for all pages."""

from __future__ import annotations

from typing import Final

#: With fewer judged stances than this, a count or a share says nothing; pages say so and show the stances.
ENOUGH: Final = 5
