"""How an attribution's source stands: act, side, target, modality and quotation together."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.acts import act_of
from claims.extraction.attributions import Attribution
from claims.extraction.plover import plover_of
from claims.extraction.shapes import is_future
from claims.extraction.targets import aim_of, phrase_of
from claims.extraction.types import Act, Plover, Quotation, Side

TO_COME = frozenset({Act.PROMISES, Act.THREATENS, Act.ANNOUNCES, Act.DEMANDS})


@dataclass(frozen=True, slots=True)
class Position:
    """How an attribution's source stands: ``target`` is (first, last + 1) in tokens with ``target_head`` its head."""

    act: Act
    side: Side | None
    target: tuple[int, int] | None
    target_head: Token | None
    conditional: bool
    future: bool
    quotation: Quotation
    plover: Plover | None


def position_of(attribution: Attribution, regions: list[tuple[int, int]]) -> Position:
    """The act, side, target and modality of an attribution; ``regions`` are the quoted stretches of its text."""
    act = act_of(attribution)
    aim = aim_of(attribution, act)
    return Position(
        act=act,
        side=aim.side,
        target=phrase_of(aim.head, attribution) if aim.head is not None else None,
        target_head=aim.head,
        conditional=_is_conditional(attribution),
        future=_tells_what_is_to_come(attribution, act),
        quotation=quotation_of(attribution, regions),
        plover=plover_of(attribution, act),
    )


def _is_conditional(attribution: Attribution) -> bool:
    content = attribution.content
    return any(
        token.lower_ in {"if", "unless", "provided"} and token.dep_ in {"mark", "advmod", "case"}
        for token in attribution.head.doc[content.start : content.end]
    )


def _tells_what_is_to_come(attribution: Attribution, act: Act) -> bool:
    if attribution.content.slot in {"xcomp", "control", "acl"} and act in TO_COME:
        return True
    return is_future(attribution.content.head)


def quotation_of(attribution: Attribution, regions: list[tuple[int, int]]) -> Quotation:
    """Whether the content stands wholly, partly or not at all within quotation marks."""
    content = attribution.content
    for opening, closing in regions:
        if opening < content.start + 1 and content.end <= closing + 1:
            return Quotation.DIRECT
    if any(opening < content.end and content.start < closing for opening, closing in regions):
        return Quotation.MIXED
    return Quotation.INDIRECT
