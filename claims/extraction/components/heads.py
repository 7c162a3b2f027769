"""Setting a whole doc's dependency tree at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc


def set_heads(doc: Doc, heads: Sequence[int], labels: npt.NDArray[np.uint64]) -> None:
    """Set heads (token indices, a root's its own) and labels (hashes of strings); sentences follow from the roots."""
    offsets = np.array(heads, dtype=np.int64) - np.arange(len(doc))
    values: Any = np.stack([offsets.view(np.uint64), labels], axis=1)
    doc.from_array(["HEAD", "DEP"], values)
