"""What stances can be filtered by: how each filter reads its values, narrows a list and counts its options."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.extraction.types import Act, Side
from claims.models import Actor, Addressee, ChainLink, Outlet, Stance, StanceQuerySet, Topic
from claims.models.words import choices
from claims.pages.counted import Counted
from claims.selectors import Representation, canonical, merged_ids
from claims.topics.sides import on_topics

Row = TypeVar("Row", Topic, Outlet, Actor)

#: How the address says that an act or a side is not known.
OPEN: Final = "open"
#: Longer ones name nothing, and are not repeated on the page.
LONGEST_VALUE: Final = 200

#: Words for readers, in the language of the page once they are shown.
Label = str | Promise


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a filter: as the address has it, as readers call it, and as the store knows it."""

    text: str
    label: str
    key: Hashable


class Kind(ABC):
    """A filter. ``name`` is the one in the address; of a filter that ``is_single`` one value can be chosen."""

    name: str
    label: Label
    is_single = False
    #: Whether the options with most stances come first; otherwise they have an order of their own.
    is_ranked = True
    #: Whether its options can be too many to show, and are looked for by name.
    is_long = False

    @abstractmethod
    def find(self, texts: Sequence[str]) -> list[Value]:
        """The values with ``texts`` in the address; one that does not exist is left out."""

    @abstractmethod
    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """Those of ``stances`` that have one of ``values``."""

    @abstractmethod
    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """The keys of the values that the stances have: as often as ``narrow`` gives a stance for one of them."""

    @abstractmethod
    def named(self, keys: Collection[Hashable], containing: str = "") -> dict[Hashable, Value]:
        """The values with ``keys``; of a long filter those whose name has the words ``containing``."""

    def read(self, texts: Sequence[str]) -> list[Value]:
        """The values with ``texts``. Raises ``ValidationError`` where one does not exist."""
        found = self.find([text for text in texts if _is_plain(text)])
        known = {value.text for value in found}
        missing = [text for text in texts if text not in known]
        if missing:
            raise ValidationError([self.missing(text) for text in missing])
        return found[:1] if self.is_single else found

    def missing(self, text: str) -> str:
        """What to say where ``text`` in the address is none of the values."""
        if not _is_plain(text):
            return _("%(filter)s: what the address asks for does not exist.") % {"filter": self.label}
        return _("%(filter)s: there is no “%(value)s”.") % {"filter": self.label, "value": text}


def _is_plain(text: str) -> bool:
    return len(text) <= LONGEST_VALUE and text.isprintable()


def _containing(rows: QuerySet[Row], words: str) -> QuerySet[Row]:
    return rows.filter(name__icontains=words) if words else rows


class Codes(Kind):
    """A filter with a few values that are known beforehand."""

    #: By the text in the address: the words for readers, and the key.
    codes: Mapping[str, tuple[Label, Hashable]]
    is_ranked = False

    def find(self, texts: Sequence[str]) -> list[Value]:
        """See ``Kind``."""
        return [self._value(text) for text in dict.fromkeys(texts) if text in self.codes]

    def named(self, keys: Collection[Hashable], containing: str = "") -> dict[Hashable, Value]:
        """See ``Kind``; in the order of the codes."""
        values = (self._value(text) for text in self.codes)
        return {value.key: value for value in values if value.key in keys}

    def _value(self, text: str) -> Value:
        label, key = self.codes[text]
        return Value(text, str(label), key)


class ByAct(Codes):
    """How the position is taken."""

    name, label = "act", gettext_lazy("Act")
    is_ranked = True
    codes = {
        **{code: (label, code) for code, label in choices(Act)},
        OPEN: (gettext_lazy("act not known"), ""),
    }

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        return stances.filter(act__in=[value.key for value in values])

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return [row.act for row in counted.rows]


class BySide(Codes):
    """The actor's side on the target."""

    name, label = "side", gettext_lazy("Side")
    codes = {
        **{code: (label, code) for code, label in choices(Side)},
        OPEN: (gettext_lazy("side not known"), ""),
    }

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        return stances.filter(side__in=[value.key for value in values])

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return [row.side for row in counted.rows]


class ByHand(Codes):
    """Whether the article has it from the actor, or from a source that passed it on."""

    name, label = "hand", gettext_lazy("Sources")
    codes = {
        "first": (gettext_lazy("first-hand only"), True),
        "passed-on": (gettext_lazy("passed on by others"), False),
    }

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        if len(values) > 1:
            return stances
        passed_on = Exists(ChainLink.objects.filter(stance=OuterRef("pk")))
        return stances.filter(~passed_on if values[0].key else passed_on)

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return [row.is_first_hand for row in counted.rows]


class ByVoice(Codes):
    """Whether an actor takes a stance itself, or somebody who speaks for it."""

    name, label = "voice", gettext_lazy("Who speaks")
    codes = {
        "own": (gettext_lazy("the actor itself"), True),
        "others": (gettext_lazy("those who speak for it"), False),
    }

    def __init__(self, representation: Representation) -> None:
        self.own = representation.own

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        if len(values) > 1:
            return stances
        return stances.filter(actor__in=self.own) if values[0].key else stances.exclude(actor__in=self.own)

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return [row.actor in self.own for row in counted.rows]


class ByJudgement(Codes):
    """Whether people judged a stance; the address says so, otherwise what the visitor chose for all pages."""

    name, label = "show", pgettext_lazy("filter", "Judged")
    is_single = True
    codes = {
        "judged": (gettext_lazy("judged only"), True),
        "unjudged": (gettext_lazy("unjudged only"), False),
    }

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        return stances.judged() if values[0].key else stances.pending()

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return [row.state != Stance.State.PENDING for row in counted.rows]


class ByTopic(Kind):
    """The issue that the claim belongs to."""

    name, label = "topic", gettext_lazy("Topic")
    is_long = True

    def find(self, texts: Sequence[str]) -> list[Value]:
        """See ``Kind``."""
        return [self._value(topic) for topic in Topic.objects.filter(slug__in=texts).order_by("name")]

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        return on_topics(stances, [value.key for value in values])

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return counted.topics

    def named(self, keys: Collection[Hashable], containing: str = "") -> dict[Hashable, Value]:
        """See ``Kind``."""
        topics = _containing(Topic.objects.filter(pk__in=keys), containing)
        return {topic.pk: self._value(topic) for topic in topics}

    @staticmethod
    def _value(topic: Topic) -> Value:
        return Value(topic.slug, topic.name, topic.pk)


class ByOutlet(Kind):
    """Who published the article."""

    name, label = "outlet", gettext_lazy("Outlet")
    is_long = True

    def find(self, texts: Sequence[str]) -> list[Value]:
        """See ``Kind``."""
        return [self._value(outlet) for outlet in Outlet.objects.filter(domain__in=texts).order_by("name")]

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        return stances.filter(article__outlet__in=[value.key for value in values])

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return [row.outlet for row in counted.rows if row.outlet is not None]

    def named(self, keys: Collection[Hashable], containing: str = "") -> dict[Hashable, Value]:
        """See ``Kind``."""
        outlets = _containing(Outlet.objects.filter(pk__in=keys), containing)
        return {outlet.pk: self._value(outlet) for outlet in outlets}

    @staticmethod
    def _value(outlet: Outlet) -> Value:
        return Value(outlet.domain, outlet.name, outlet.pk)


class _ByActor(Kind):
    """An actor that a stance has in some part."""

    is_long = True

    def find(self, texts: Sequence[str]) -> list[Value]:
        """See ``Kind``; a merged actor's slug stands for the one that stays."""
        rows = Actor.objects.filter(slug__in=texts).select_related("merged_into").order_by("name")
        lasting_rows = {row.slug: canonical(row) for row in rows}
        return [Value(slug, row.name, row.pk) for slug, row in lasting_rows.items()]

    def named(self, keys: Collection[Hashable], containing: str = "") -> dict[Hashable, Value]:
        """See ``Kind``."""
        rows = _containing(Actor.objects.filter(pk__in=keys), containing)
        return {pk: Value(slug, name, pk) for pk, slug, name in rows.values_list("pk", "slug", "name")}

    @staticmethod
    def _ids(values: Sequence[Value]) -> set[int]:
        rows = Actor.objects.filter(pk__in=[value.key for value in values])
        return {key for row in rows for key in merged_ids(row)}


class ByAddressee(_ByActor):
    """Whom it was said to."""

    name, label = "addressee", gettext_lazy("Said to")

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        addressed = Addressee.objects.filter(actor__in=self._ids(values)).order_by()
        return stances.filter(pk__in=addressed.values("stance"))

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return counted.addressees


class ByTarget(_ByActor):
    """The actor that the stance is on."""

    name, label = "target", gettext_lazy("Target")

    def narrow(self, stances: StanceQuerySet, values: Sequence[Value]) -> StanceQuerySet:
        """See ``Kind``."""
        return stances.filter(target_actor__in=self._ids(values))

    def keys(self, counted: Counted) -> Iterable[Hashable]:
        """See ``Kind``."""
        return counted.targets
