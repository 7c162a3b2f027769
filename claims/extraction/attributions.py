"""What an attribution is, while a text is read."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.arguments import Content
from claims.extraction.lexicon import Cue
from claims.extraction.types import Act


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """One source / cue / content found in a text; ``cue_start``/``cue_end`` count tokens.

    ``act`` is what the cue alone says. ``parent`` is the attribution whose content holds this one. ``source`` heads the
    phrase naming the source; ``carried`` tells that it was carried over from an earlier sentence. ``own`` is the
    attribution in the content by which the source tells its own mind ("said it was ready"), whose position this one is.
    """

    cue: Cue
    head: Token
    cue_start: int
    cue_end: int
    source: Token
    content: Content
    act: Act
    addressees: tuple[Token, ...] = ()
    negated: bool = False
    rule: str = ""
    carried: bool = False
    parent: Attribution | None = None
    own: Attribution | None = None

    @property
    def outer(self) -> tuple[Attribution, ...]:
        """The attributions this one is nested in, outermost first."""
        return () if self.parent is None else (*self.parent.outer, self.parent)
