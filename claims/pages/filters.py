"""Filters of a list of stances: read from the address, applied, and counted before anything is chosen.

A page makes one ``StanceFilters`` of the stances that it is about, and shows what that gives::

    filters = StanceFilters(request, allowed_stances(request).filter(claim=claim))
    page = page_of(request, filters.newest(), 20)      # of stances with all that their cards need
    render(request, ..., {"filters": filters, "page": page, "cards": cards(page.object_list)})

with ``{% include "pages/parts/filters.html" %}`` for the form, ``pages/parts/chosen.html`` for what is chosen and
``pages/parts/stances.html`` for all of it with the list. It takes ``allowed_stances``, not ``readable_stances``:
whether to leave out what nobody has judged is one of the filters.

Values stand in the address and combine: values of one filter by "or", filters by "and". What the address asks for and
does not exist is told in ``errors``, and nothing fits then. An option's number is what choosing it alone in its filter
would show, under the other filters as they are. Over more than ``counted.MOST_COUNTED`` stances numbers are counted in
those that came last, and say "at least".
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, overload

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Article, StanceQuerySet
from claims.pages.cards import card_rows
from claims.pages.counted import MOST_COUNTED, Counted, read
from claims.pages.filter_kinds import (
    ByAct,
    ByAddressee,
    ByHand,
    ByJudgement,
    ByOutlet,
    BySide,
    ByTarget,
    ByTopic,
    ByVoice,
    Kind,
    Value,
)
from claims.pages.readable import Showing, may_see_unjudged, newest_first, showing
from claims.selectors import Representation, visible_stances

#: So many options of a filter are shown, and so many where the reader asks for more.
OPTIONS: Final = 8
MORE_OPTIONS: Final = 200
#: So many values of one filter are taken from an address.
MOST_VALUES: Final = 50
#: With days of no more months than this, months are offered, otherwise years.
MOST_MONTHS: Final = 18
#: Of a long list, the newest are looked for in so many of the newest articles, one after the other.
WINDOWS: Final = (500, 5_000, 50_000)
SINCE, UNTIL, MORE, FIND = "since", "until", "more", "find"


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen, with what choosing it alone would show and the address that does so."""

    text: str
    label: str
    number: int
    shown: str
    is_chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its options, those with most stances first; ``rest`` further ones are not shown.

    Where it ``is_open``, the reader asked for more options; ``more_url`` does so, and ``find`` are the words that they
    were looked for by.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    rest: int = 0
    is_single: bool = False
    is_open: bool = False
    more_url: str = ""
    find: str = ""

    @property
    def chosen(self) -> int:
        """How many options are chosen."""
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Select:
    """What else a page asks beside the filters: one of ``options``, pairs of a value and its label.

    ``error`` tells what is wrong with what was chosen; nothing fits then.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something that is chosen, in words, with the address that leaves it out."""

    label: str
    text: str
    url_without: str


class StanceFilters:
    """The filters of ``stances`` that the address of ``request`` chooses; see the module.

    ``without`` names filters that make no sense on the page (that of the topic on its own page). With
    ``representation`` there is one for who speaks. ``selects`` stand in the form first, and are the page's own to
    apply; parameters named in ``keep`` stay in every address as they are.
    """

    def __init__(
        self,
        request: HttpRequest,
        stances: StanceQuerySet,
        *,
        without: Iterable[str] = (),
        representation: Representation | None = None,
        selects: Sequence[Select] = (),
        keep: Sequence[str] = (),
    ) -> None:
        self.request = request
        self.stances = stances
        self.selects = selects
        self.keep = keep
        self.errors = [select.error for select in selects if select.error]
        kinds: list[Kind] = [ByTopic(), ByAct(), BySide(), ByOutlet(), ByAddressee(), ByTarget(), ByHand()]
        if representation is not None and (representation.bodies or representation.offices):
            kinds.append(ByVoice(representation))
        if may_see_unjudged(request):
            kinds.append(ByJudgement())
        self._kinds = {kind.name: kind for kind in kinds if kind.name not in without}
        self._values: dict[str, list[Value]] = {name: self._read(kind) for name, kind in self._kinds.items()}
        self.since, self.until = self._day(SINCE), self._day(UNTIL)
        if self.since and self.until and self.since > self.until:
            self.errors.append(_("Days: the first day is after the last."))

    def _read(self, kind: Kind) -> list[Value]:
        texts = self._asked.getlist(kind.name)
        if kind.name == ByJudgement.name:
            texts = [text for text in texts if text != Showing.ALL]
        try:
            return kind.read(texts) if texts else []
        except ValidationError as error:
            self.errors += error.messages
            return []

    def _day(self, name: str) -> dt.date | None:
        text = self.request.GET.get(name, "")
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if text and day is None:
            self.errors.append(_("Days: write a day like 2022-02-24."))
        return day

    # What is shown

    @cached_property
    def shown(self) -> StanceQuerySet:
        """The stances that the filters leave, in no particular order; none where something is wrong with them."""
        return self._narrowed()

    def _narrowed(self, but: str = "") -> StanceQuerySet:
        """The stances that all filters leave except the one called ``but``."""
        if self.errors:
            return self.stances.none()
        stances = self.stances
        for name, values in self._values.items():
            if values and name != but:
                stances = self._kinds[name].narrow(stances, values)
        if but != SINCE:
            if self.since:
                stances = stances.filter(article__published_on__gte=self.since)
            if self.until:
                stances = stances.filter(article__published_on__lte=self.until)
        return stances

    @cached_property
    def counted(self) -> Counted:
        """The stances that are shown as they were read to be counted."""
        return read(self.shown) if not self.errors else Counted([], is_cut=False)

    @property
    def number(self) -> int:
        """How many stances are shown; where ``is_cut``, at least so many."""
        return len(self.counted.rows)

    @property
    def is_cut(self) -> bool:
        """Whether there are more stances than are counted."""
        return self.counted.is_cut

    @property
    def number_in_words(self) -> str:
        """How many stances are shown: "1 stance", "more than 10,000 stances"."""
        if self.is_cut:
            return _("more than %(number)s stances") % {"number": intcomma(self.number)}
        text = ngettext("%(number)s stance", "%(number)s stances", self.number)
        return text % {"number": intcomma(self.number)}

    @property
    def counted_in_words(self) -> str:
        """In how many stances numbers are counted at most."""
        return str(intcomma(MOST_COUNTED))

    def newest(self) -> NewestFirst:
        """The stances that are shown, newest first, with all that their cards need."""
        return NewestFirst(self)

    @property
    def is_asking(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.errors or self.since or self.until or any(self._values.values()))

    @cached_property
    def chosen(self) -> list[Chosen]:
        """All that was chosen, in words."""
        found = []
        for name, values in self._values.items():
            for value in values:
                others = [other.text for other in values if other.text != value.text]
                # Only saying that all are wanted leaves out what the visitor chose for every page.
                url = self.address(**{name: others or [Showing.ALL.value] if name == ByJudgement.name else others})
                found.append(Chosen(str(self._kinds[name].label), value.label, url))
        if self.since:
            label = _("from %(day)s") % {"day": date_format(self.since)}
            found.append(Chosen(_("Days"), label, self.address(since=[])))
        if self.until:
            label = _("until %(day)s") % {"day": date_format(self.until)}
            found.append(Chosen(_("Days"), label, self.address(until=[])))
        return found

    @property
    def described(self) -> list[tuple[str, str]]:
        """All that was chosen as pairs of a filter and its values in words, for files that are taken along."""
        found: dict[str, list[str]] = {}
        for select in self.selects:
            found[select.label] = [label for value, label in select.options if value == select.chosen]
        for each in self.chosen:
            found.setdefault(each.label, []).append(each.text)
        if not may_see_unjudged(self.request):
            found[str(ByJudgement.label)] = [_("judged only")]
        between = _(" or ")
        return [
            (label, " ".join(texts) if label == _("Days") else between.join(texts)) for label, texts in found.items()
        ]

    # Addresses

    @cached_property
    def _asked(self) -> QueryDict:
        """What the address asks for that means something here, in one order and without empty values."""
        asked = QueryDict(mutable=True)
        names = [*self.keep, *(select.name for select in self.selects), *self._kinds, SINCE, UNTIL]
        for name in names:
            texts = [text for text in self.request.GET.getlist(name) if text]
            if texts:
                asked.setlist(name, list(dict.fromkeys(texts))[:MOST_VALUES])
        if ByJudgement.name in self._kinds and ByJudgement.name not in asked:
            # What the visitor chose for all pages belongs to an address that shows the same to others.
            chosen = showing(self.request)
            if chosen is not Showing.ALL:
                asked[ByJudgement.name] = chosen.value
        return asked

    @property
    def query(self) -> str:
        """What stands behind the question mark of an address that shows the same."""
        return self._asked.urlencode()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form must hand on besides its own fields."""
        return [(name, text) for name in self.keep for text in self._asked.getlist(name)]

    @property
    def address_of_all(self) -> str:
        """The address that shows all stances, with the page's own choices as they are."""
        own = {*self.keep, *(select.name for select in self.selects)}
        return self.address(**{name: [] for name in self._asked if name not in own})

    def behind(self, **values: list[str]) -> str:
        """The address of the stances with ``values`` and without other filters: those behind a figure of the page.

        The page's own choices stay, and whether to leave out what nobody has judged.
        """
        own = {*self.keep, *(select.name for select in self.selects), ByJudgement.name}
        return self.address(**{**{name: [] for name in self._asked if name not in own}, **values})

    def address(self, **changes: list[str]) -> str:
        """The address with other values for the parameters in ``changes``, on its first page."""
        asked = self._asked.copy()
        for name, texts in changes.items():
            if texts:
                asked.setlist(name, texts)
            else:
                asked.pop(name, None)
        return f"?{asked.urlencode()}"

    # Options with numbers

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters with their options; one without any option is left out. Few questions, none for each option."""
        facets = [self._facet(kind) for kind in self._kinds.values()]
        return [facet for facet in facets if facet.options or facet.is_open]

    def _counted_without(self, name: str, *, is_active: bool) -> Counted:
        return read(self._narrowed(name)) if is_active and not self.errors else self.counted

    def _facet(self, kind: Kind) -> Facet:
        values = self._values[kind.name]
        counted = self._counted_without(kind.name, is_active=bool(values))
        numbers: Counter[Hashable] = Counter(kind.keys(counted))
        is_open = kind.is_long and self.request.GET.get(MORE) == kind.name
        find = self.request.GET.get(FIND, "")[:100].replace("\0", "") if is_open else ""
        chosen = {value.key: value for value in values}
        ranked = sorted(numbers, key=lambda key: (-numbers[key], str(key)))
        if find:
            fitting = kind.named(ranked, find)
            ranked = [key for key in ranked if key in fitting]
        shown = ranked[: MORE_OPTIONS if is_open else OPTIONS] if kind.is_long else ranked
        wanted = [*shown, *(key for key in chosen if key not in shown)]
        named = {**kind.named(wanted), **chosen} if wanted else {}
        order = wanted if kind.is_ranked else list(named)
        options = [
            self._option(kind.name, named[key], numbers[key], counted, is_chosen=key in chosen)
            for key in order
            if key in named
        ]
        if kind.is_single and options:
            everything = self._everything(kind, len(counted.rows), counted, is_chosen=not chosen)
            options.insert(0, everything)
        return Facet(
            kind.name,
            str(kind.label),
            tuple(options),
            rest=len(ranked) - len(shown),
            is_single=kind.is_single,
            is_open=is_open,
            more_url=f"{self.address(more=[kind.name])}#filter-{kind.name}",
            find=find,
        )

    def _option(self, name: str, value: Value, number: int, counted: Counted, *, is_chosen: bool) -> Option:
        url = self.address(**{name: [value.text]})
        return Option(value.text, value.label, number, _number(number, counted), is_chosen, url)

    def _everything(self, kind: Kind, number: int, counted: Counted, *, is_chosen: bool) -> Option:
        text = Showing.ALL.value
        url = self.address(**{kind.name: [text]})
        return Option(text, _("judged or not"), number, _number(number, counted), is_chosen, url)

    @cached_property
    def days(self) -> list[Option]:
        """Months or years in which stances were published, newest first, with their numbers and addresses."""
        counted = self._counted_without(SINCE, is_active=bool(self.since or self.until))
        months = Counter((row.day.year, row.day.month) for row in counted.rows)
        if not months:
            return []
        first, last = min(months), max(months)
        if (last[0] - first[0]) * 12 + last[1] - first[1] < MOST_MONTHS:
            spans = [
                (dt.date(*month, 1), dt.date(*month, calendar.monthrange(*month)[1]), number)
                for month, number in months.items()
            ]
            style = "M Y"
        else:
            years: Counter[int] = Counter()
            for (year, _month), number in months.items():
                years[year] += number
            spans = [(dt.date(year, 1, 1), dt.date(year, 12, 31), number) for year, number in years.items()]
            style = "Y"
        return [
            Option(
                start.isoformat(),
                date_format(start, style),
                number,
                _number(number, counted),
                (self.since, self.until) == (start, end),
                self.address(since=[start.isoformat()], until=[end.isoformat()]),
            )
            for start, end, number in sorted(spans, reverse=True)
        ]


def _number(number: int, counted: Counted) -> str:
    """``number`` for readers; with a plus where there may be more."""
    return f"{intcomma(number)}+" if counted.is_cut else str(intcomma(number))


class NewestFirst(Sequence[Any]):
    """The stances that ``filters`` show, newest first, as a list of which pages are cut; read only as far as asked.

    It ends after ``MOST_COUNTED`` stances: who looks further asks for less at once, or takes the file along.
    """

    def __init__(self, filters: StanceFilters) -> None:
        self.filters = filters

    def __len__(self) -> int:
        return self.filters.number

    @overload
    def __getitem__(self, place: int) -> Any: ...

    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        filters = self.filters
        if not filters.is_cut:
            keys = filters.counted.newest_first[start:stop]
            return list(newest_first(card_rows(visible_stances().filter(pk__in=keys))))
        return list(newest_first(card_rows(visible_stances().filter(pk__in=self._newest(stop)[start:stop]))))

    def _newest(self, number: int) -> list[int]:
        """The keys of the newest ``number`` stances, looked for in the newest articles, then in ever more of them.

        To sort all stances there are would take seconds, and so would asking of each article whether it has one.
        """
        stances = self.filters.shown.select_related(None)
        articles = Article.objects.order_by("-published_on", "-pk").values("pk")
        for window in WINDOWS:
            found = newest_first(stances.filter(article__in=articles[:window])).values_list("pk", flat=True)[:number]
            if len(found) == number:
                return list(found)
        return list(newest_first(stances).values_list("pk", flat=True)[:number])
