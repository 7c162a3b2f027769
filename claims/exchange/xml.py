"""What XML can hold: formats made of it, Atom and XLSX, break on anything else."""

from __future__ import annotations

import re
from typing import Final

#: What XML 1.0 can't hold, not even escaped: control characters, lone surrogates, two codes that are no characters.
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
