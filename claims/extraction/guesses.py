"""What act a verb that the cue lexicon lacks expresses, guessed from its likeness to the verbs that it has.

The table ``data/guesses.tsv`` is made by ``claims.extraction.training.build_guesses``, which describes the method. Of
verbs left out of the lexicon, those listed get the right act about seven times in ten; whoever uses a guess should be
accordingly unsure.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from claims.extraction.lexicon import read_table
from claims.extraction.types import Act


@functools.cache
def _guesses() -> Mapping[str, Act]:
    return {row["verb"]: Act(row["act"]) for row in read_table("guesses.tsv")}


def guess_act(verb: str) -> Act | None:
    """The likeliest act of a verb by its lemma, or None where nothing but plain speech is likely enough."""
    return _guesses().get(verb.lower())
