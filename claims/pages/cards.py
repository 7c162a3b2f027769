"""A stance as a reader sees it: each fact in words, nothing left to work out in a template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from claims.extraction.types import Act, ActorKind
from claims.models import Actor, Addressee, Article, ChainLink, Claim, Stance, StanceQuerySet
from claims.pages.evidence import Piece, marks_of, passage, pieces
from claims.positions.position import is_put_in_the_negative
from claims.selectors import canonical

# The quotation above the evidence is a headline; the whole content stands marked below it.
LONGEST_QUOTATION = 300
# From this score on, the machine counts as sure, or as likely right.
SURE = 0.85
LIKELY = 0.6

# How the act is tied to whom it was said to: "warns Joe Biden", "demands of Turkey".
BEFORE_ADDRESSEE = {
    Act.WARNS: "",
    Act.THREATENS: "",
    Act.PROMISES: "",
    Act.DEMANDS: pgettext_lazy("before whom it was said to", "of"),
    Act.AGREES: pgettext_lazy("before whom it was said to", "with"),
    Act.STATES: pgettext_lazy("before whom it was said to", "to"),
    Act.ANNOUNCES: pgettext_lazy("before whom it was said to", "to"),
    Act.CONFIRMS: pgettext_lazy("before whom it was said to", "to"),
    Act.DENIES: pgettext_lazy("before whom it was said to", "to"),
    Act.PROPOSES: pgettext_lazy("before whom it was said to", "to"),
}
OTHERWISE_BEFORE_ADDRESSEE = pgettext_lazy("before whom it was said to", ", speaking to")


@dataclass(frozen=True, slots=True)
class Name:
    """An actor's name as printed on a page, with the address of its page, "" where nobody knows who it is."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One stance in words."""

    pk: int
    actor: Name
    office: str
    office_in: Name | None
    speaks_for: str
    act: str
    colon: str
    before_addressees: str
    addressees: tuple[Name, ...]
    quotation: str
    side: str
    side_word: str
    target: str
    plover: str
    chain: tuple[Name, ...]
    way: tuple[tuple[str, Name], ...]
    remarks: tuple[str, ...]
    confidence: str
    confidence_number: str
    state: str
    is_judged: bool
    claim_text: str
    claim_is_content: bool
    claim_url: str
    published_on: dt.date
    said_on: dt.date | None
    article_title: str
    article_url: str
    outlet: str
    outlet_url: str
    source_url: str
    evidence: tuple[Piece, ...]
    is_cut_before: bool
    is_cut_after: bool


def stance_address(stance: Stance) -> str:
    """Where ``stance`` stands in its article: the page opens its card beside the words."""
    return f"{reverse('article', args=[stance.article_id])}?stance={stance.pk}#stance-{stance.pk}"


def card_rows(stances: StanceQuerySet) -> StanceQuerySet:
    """``stances`` with all rows that their cards need, in a fixed number of queries."""
    return stances.select_related(
        "actor__merged_into", "claim__merged_into", "role__organisation__merged_into"
    ).prefetch_related(
        Prefetch("addressees", Addressee.objects.select_related("actor__merged_into")),
        Prefetch("chain", ChainLink.objects.select_related("actor__merged_into")),
    )


def cards(stances: Iterable[Stance]) -> list[Card]:
    """The cards of ``stances`` (see ``card_rows``), in the same order."""
    return [card(stance) for stance in stances]


def card(stance: Stance, *, speaks_for: str = "") -> Card:
    """The card of ``stance``; ``speaks_for`` names the actor on whose page it stands, where that does not hold it."""
    organisation = stance.role.organisation if stance.role else None
    article = stance.article
    marks = marks_of(stance)
    start, end = passage(article.text, marks)
    claim = canonical(stance.claim) if stance.claim else None
    act = Act(stance.act) if stance.act else None
    preposition = BEFORE_ADDRESSEE.get(act, OTHERWISE_BEFORE_ADDRESSEE) if act else OTHERWISE_BEFORE_ADDRESSEE
    return Card(
        pk=stance.pk,
        actor=name_of(stance.actor, stance.actor_as_printed),
        office=stance.office,
        office_in=name_of(organisation, organisation.name) if organisation else None,
        speaks_for=speaks_for,
        act=stance.get_act_display(),
        colon=colon_of(stance),
        before_addressees=str(preposition),
        addressees=tuple(name_of(row.actor, row.as_printed) for row in stance.addressees.all()),
        quotation=shortened(stance.content_text, LONGEST_QUOTATION),
        side=stance.side,
        side_word=stance.get_side_display(),
        target=shortened(stance.target_text, LONGEST_QUOTATION),
        plover=stance.get_plover_display() or "",
        chain=tuple(name_of(row.actor, row.as_printed) for row in stance.chain.all()),
        way=way_of(stance),
        remarks=remarks(stance),
        confidence=confidence_word(stance.confidence),
        confidence_number=f"{stance.confidence:.2f}",
        state=state_word(stance),
        is_judged=stance.state != Stance.State.PENDING,
        claim_text=claim.text if claim else "",
        claim_is_content=claim is not None and claim.wording_key == Claim.key_for(stance.content_text),
        claim_url=reverse("claim", args=[claim.pk]) if claim else "",
        published_on=article.published_on,
        said_on=stance.said_on if stance.said_on != article.published_on else None,
        article_title=article.title,
        article_url=stance_address(stance),
        outlet=outlet_name(article),
        outlet_url=reverse("outlet", args=[article.outlet_id]) if article.outlet_id else "",
        source_url=web_address(article.url),
        evidence=tuple(pieces(article.text, start, end, marks)),
        is_cut_before=start > 0 and article.text[start - 1] != "\n",
        is_cut_after=end < len(article.text) and article.text[end] != "\n",
    )


def colon_of(stance: Stance) -> str:
    """What stands between the act and the quotation: a colon where the words themselves are the denial.

    Without it, “denies ‘Germany would not send weapons’” would say the contrary of what was meant.
    """
    return ":" if is_put_in_the_negative(stance.act, stance.content_text) else ""


def name_of(actor: Actor | None, printed: str) -> Name:
    """The name of ``actor``, or of the one it was merged into; ``printed`` where nobody knows who it is."""
    if actor is None:
        return Name(printed)
    current = canonical(actor)
    return Name(current.name, reverse("actor", args=[current.slug]))


def way_of(stance: Stance) -> tuple[tuple[str, Name], ...]:
    """How the words came into the article, from the actor outwards: who passed them on, and at last who printed them.

    Each step is a few words and a name; no step where the article has the words from the actor itself.
    """
    links = list(stance.chain.all())
    if not links:
        return ()
    steps = []
    for link in reversed(links):
        is_outlet = link.actor is not None and canonical(link.actor).kind == ActorKind.OUTLET
        steps.append((_(", quoted by") if is_outlet else _(", as told by"), name_of(link.actor, link.as_printed)))
    article = stance.article
    printed = outlet_name(article)
    if printed and printed not in {name.text for _words, name in steps}:
        url = reverse("outlet", args=[article.outlet_id]) if article.outlet_id else ""
        steps.append((_("via"), Name(printed, url)))
    return tuple(steps)


def shortened(text: str, length: int) -> str:
    """``text`` in one line of at most ``length`` characters, cut between words, with "…" where words are left out."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return f"{line[: length - 1].rsplit(' ', 1)[0]}…"


def remarks(stance: Stance) -> tuple[str, ...]:
    """What else holds of the content."""
    found = []
    if stance.negated:
        found.append(_("negated"))
    if stance.conditional:
        found.append(_("under a condition"))
    if stance.future:
        found.append(_("about the future"))
    return tuple(found)


def confidence_word(confidence: float) -> str:
    """How sure the machine is, as a word."""
    if confidence >= SURE:
        return _("sure")
    return _("likely") if confidence >= LIKELY else _("unsure")


def state_word(stance: Stance) -> str:
    """What people made of the stance, in the reader's words: "pending" is a word of the desk."""
    return _("unjudged") if stance.state == Stance.State.PENDING else stance.get_state_display()


def web_address(url: str) -> str:
    """``url`` where a browser may be sent there, otherwise "": an address is a stranger's text too."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return url if is_web and url.isprintable() and " " not in url else ""


def outlet_name(article: Article) -> str:
    """Who published the article: the outlet's name, otherwise the host of its address, otherwise ""."""
    if article.outlet is not None:
        return article.outlet.name
    address = web_address(article.url)
    return (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
