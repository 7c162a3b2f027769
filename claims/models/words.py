"""What readers call the members of enums, in the language of the page. Contexts part what English spells alike."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from claims.extraction.types import Act, ActorKind, AliasKind, Plover, Quotation, Side

WORDS: Final[Mapping[type[enum.StrEnum], Mapping[str, Promise]]] = {
    Act: {
        Act.STATES: pgettext_lazy("act", "states"),
        Act.ANNOUNCES: pgettext_lazy("act", "announces"),
        Act.CONFIRMS: pgettext_lazy("act", "confirms"),
        Act.DENIES: pgettext_lazy("act", "denies"),
        Act.WARNS: pgettext_lazy("act", "warns"),
        Act.THREATENS: pgettext_lazy("act", "threatens"),
        Act.PROMISES: pgettext_lazy("act", "promises"),
        Act.DEMANDS: pgettext_lazy("act", "demands"),
        Act.PROPOSES: pgettext_lazy("act", "proposes"),
        Act.ACCUSES: pgettext_lazy("act", "accuses"),
        Act.CRITICISES: pgettext_lazy("act", "criticises"),
        Act.SUPPORTS: pgettext_lazy("act", "supports"),
        Act.OPPOSES: pgettext_lazy("act", "opposes"),
        Act.AGREES: pgettext_lazy("act", "agrees"),
        Act.BELIEVES: pgettext_lazy("act", "believes"),
        Act.DOUBTS: pgettext_lazy("act", "doubts"),
    },
    Side: {
        Side.FOR: pgettext_lazy("side", "for"),
        Side.AGAINST: pgettext_lazy("side", "against"),
        Side.NEUTRAL: pgettext_lazy("side", "neutral"),
    },
    Plover: {
        Plover.AGREE: pgettext_lazy("PLOVER category", "agree"),
        Plover.CONSULT: pgettext_lazy("PLOVER category", "consult"),
        Plover.SUPPORT: pgettext_lazy("PLOVER category", "support"),
        Plover.CONCEDE: pgettext_lazy("PLOVER category", "concede"),
        Plover.COOPERATE: pgettext_lazy("PLOVER category", "cooperate"),
        Plover.AID: pgettext_lazy("PLOVER category", "aid"),
        Plover.RETREAT: pgettext_lazy("PLOVER category", "retreat"),
        Plover.REQUEST: pgettext_lazy("PLOVER category", "request"),
        Plover.ACCUSE: pgettext_lazy("PLOVER category", "accuse"),
        Plover.REJECT: pgettext_lazy("PLOVER category", "reject"),
        Plover.THREATEN: pgettext_lazy("PLOVER category", "threaten"),
        Plover.PROTEST: pgettext_lazy("PLOVER category", "protest"),
        Plover.SANCTION: pgettext_lazy("PLOVER category", "sanction"),
        Plover.MOBILIZE: pgettext_lazy("PLOVER category", "mobilize"),
        Plover.COERCE: pgettext_lazy("PLOVER category", "coerce"),
        Plover.ASSAULT: pgettext_lazy("PLOVER category", "assault"),
    },
    Quotation: {
        Quotation.DIRECT: pgettext_lazy("quotation", "direct"),
        Quotation.MIXED: pgettext_lazy("quotation", "mixed"),
        Quotation.INDIRECT: pgettext_lazy("quotation", "indirect"),
    },
    ActorKind: {
        ActorKind.PERSON: pgettext_lazy("kind of actor", "person"),
        ActorKind.STATE: pgettext_lazy("kind of actor", "state"),
        ActorKind.INSTITUTION: pgettext_lazy("kind of actor", "institution"),
        ActorKind.ORGANISATION: pgettext_lazy("kind of actor", "organisation"),
        ActorKind.PARTY: pgettext_lazy("kind of actor", "party"),
        ActorKind.COMPANY: pgettext_lazy("kind of actor", "company"),
        ActorKind.ARMED_GROUP: pgettext_lazy("kind of actor", "armed group"),
        ActorKind.OUTLET: pgettext_lazy("kind of actor", "outlet"),
        ActorKind.GROUP: pgettext_lazy("kind of actor", "group"),
    },
    AliasKind: {
        AliasKind.NAME: pgettext_lazy("kind of alias", "name"),
        AliasKind.SHORT_NAME: pgettext_lazy("kind of alias", "short name"),
        AliasKind.ABBREVIATION: pgettext_lazy("kind of alias", "abbreviation"),
        AliasKind.DEMONYM: pgettext_lazy("kind of alias", "demonym"),
        AliasKind.METONYM: pgettext_lazy("kind of alias", "metonym"),
    },
}


def choices(values: type[enum.StrEnum]) -> list[tuple[str, str | Promise]]:
    """The choices of a field for the members of ``values``, in the words of readers where there are any."""
    words = WORDS.get(values, {})
    return [(member.value, words.get(member, member.value)) for member in values]
