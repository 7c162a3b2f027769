"""What bodies are called when they are not named: NATO "the alliance", a newspaper "the daily"."""

from __future__ import annotations

from claims.extraction.actors import fold
from claims.extraction.types import ActorFact, ActorKind, AliasKind

CALLED = {
    "alliance": frozenset({"nato", "csto", "aukus"}),
    "bloc": frozenset(
        {"eu", "asean", "ecowas", "g7", "g20", "brics", "mercosur", "sadc", "csto", "nato", "african-union", "gcc"}
        | {"celac", "caricom", "sco", "cis", "igad", "opec", "eurasian-economic-union", "alliance-of-sahel-states"}
    ),
    "union": frozenset({"eu", "african-union", "eurasian-economic-union"}),
    "watchdog": frozenset({"iaea", "opcw", "transparency-international", "fatf"}),
    "lender": frozenset({"imf", "world-bank", "european-central-bank", "ebrd", "asian-development-bank"}),
    "fund": frozenset({"imf"}),
    "cartel": frozenset({"opec", "opec+"}),
    "agency": frozenset(
        {"iaea", "who", "unhcr", "unicef", "wfp", "unrwa", "ocha", "fao", "iom", "iea", "undp", "europol", "frontex"}
    ),
    "court": frozenset({"icc", "icj"}),
    "league": frozenset({"arab-league"}),
}
KINDS = {
    "company": {ActorKind.COMPANY},
    "firm": {ActorKind.COMPANY},
    "corporation": {ActorKind.COMPANY},
    "bank": {ActorKind.COMPANY},
    "party": {ActorKind.PARTY},
    "movement": {ActorKind.PARTY, ActorKind.ARMED_GROUP},
    "militia": {ActorKind.ARMED_GROUP},
    "rebel": {ActorKind.ARMED_GROUP},
    "group": {ActorKind.ARMED_GROUP, ActorKind.ORGANISATION, ActorKind.COMPANY},
    "organisation": {ActorKind.ORGANISATION, ActorKind.ARMED_GROUP},
    "organization": {ActorKind.ORGANISATION, ActorKind.ARMED_GROUP},
    "body": {ActorKind.ORGANISATION},
    "charity": {ActorKind.ORGANISATION},
    "ngo": {ActorKind.ORGANISATION},
    "watchdog": {ActorKind.ORGANISATION},
    "newspaper": {ActorKind.OUTLET},
    "paper": {ActorKind.OUTLET},
    "magazine": {ActorKind.OUTLET},
    "broadcaster": {ActorKind.OUTLET},
    "channel": {ActorKind.OUTLET},
    "outlet": {ActorKind.OUTLET},
    "website": {ActorKind.OUTLET},
    "daily": {ActorKind.OUTLET},
    "tabloid": {ActorKind.OUTLET},
    "weekly": {ActorKind.OUTLET},
    "agency": {ActorKind.OUTLET},
}
OPEN = frozenset(
    {"group", "organisation", "organization", "body", "company", "firm", "agency", "charity", "ngo", "party"}
)
NEWS = frozenset({"news", "press", "state"})
# What is said of bodies of a kind so often that it tells nothing more.
USUAL = {
    ActorKind.OUTLET: NEWS | {"daily", "public", "official"},
    ActorKind.ORGANISATION: frozenset({"right", "rights", "human", "aid", "advocacy", "humanitarian", "international"}),
    ActorKind.ARMED_GROUP: frozenset({"militant", "rebel", "armed", "islamist", "jihadist"}),
    ActorKind.COMPANY: frozenset({"tech", "energy", "oil", "state", "car", "technology"}),
    ActorKind.PARTY: frozenset({"ruling", "governing", "opposition", "political"}),
}


def is_body_called(noun: str, modifiers: set[str], name: str, fact: ActorFact | None) -> bool:
    """Whether a body may be called by a noun and what stands before it ("news agency").

    ``name`` is how the article names the body, ``fact`` what is known of it, if anything.
    """
    pieces = fold(name).split()
    if noun in pieces[-1:] or (noun in pieces and len(pieces) > 1):
        return modifiers <= set(pieces)
    if fact is None:
        # Nothing is known of it, so it may be any organisation, company or group.
        return noun in OPEN and not modifiers
    other_names = [alias.text for alias in fact.aliases if alias.kind == AliasKind.NAME and not modifiers]
    if fact.kind != ActorKind.STATE and any(noun == fold(text).split()[-1] for text in other_names):
        # "Nigerian army" is another name of the armed forces.
        return True
    if noun in CALLED and fact.slug in CALLED[noun]:
        return not modifiers & NEWS
    if noun == "agency" and not modifiers & NEWS:
        return False
    # What else is said of a body ("the environmental group") is not known of it.
    return fact.kind in KINDS.get(noun, set()) and modifiers <= USUAL.get(fact.kind, frozenset())
