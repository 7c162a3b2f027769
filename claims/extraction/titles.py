"""Titles of offices: when two name the same one ("UN chief" and "Secretary-General of the UN")."""

from __future__ import annotations

import re
import unicodedata

TITLE_SYNONYMS = {
    "pm": "prime minister",
    "premier": "prime minister",
    "fm": "foreign minister",
    "defense": "defence",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "advisor": "adviser",
    "aide": "adviser",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "mp": "lawmaker",
    "deputy": "lawmaker",
    "senator": "lawmaker",
    "congressman": "lawmaker",
    "congresswoman": "lawmaker",
    "legislator": "lawmaker",
    "parliamentarian": "lawmaker",
    "chief": "head",
    "leader": "head",
    "boss": "head",
}
# Words that only grade or date an office.
GRADES = frozenset(
    {"senior", "top", "veteran", "current", "new", "outgoing", "former", "longtime", "embattled", "late"}
)
# What makes an office another one than the rest of its title says: a prime minister is no mere minister.
APART = frozenset({"prime", "deputy", "vice"})
LINKS = frozenset({"of", "the", "for", "and", "to", "a", "an", "s", "affairs"})

# Phrases of the press for offices that bear another title; each is tried beside the phrase itself.
PRESS_TITLES = {
    "top diplomat": ("foreign minister", "secretary of state", "high representative"),
    "chief diplomat": ("foreign minister", "secretary of state", "high representative"),
    "foreign policy chief": ("high representative",),
    "human rights chief": ("high commissioner for human rights",),
    "rights chief": ("high commissioner for human rights",),
    "refugee chief": ("high commissioner for refugees",),
    "aid chief": ("emergency relief coordinator",),
    "humanitarian chief": ("emergency relief coordinator",),
    "relief chief": ("emergency relief coordinator",),
    "defence chief": ("defence minister", "defence secretary"),
    "finance chief": ("finance minister",),
    "trade chief": ("trade commissioner", "trade minister"),
    "army chief": ("chief of army staff", "commander-in-chief", "chief of the general staff"),
    "military chief": ("commander-in-chief", "chief of the general staff"),
    "government head": ("prime minister",),
    "government chief": ("prime minister",),
}

# Who leads a state or organisation, by how surely the press means that office by "leader" or "chief".
LEADING = frozenset({"head"})
RANKS = {
    3: "supreme head|chancellor|emir|sultan|head|secretary general|director general|managing director|general secretary"
    "|executive director|executive secretary|commissioner general|high commissioner for refugees|first secretary"
    "|high commissioner for human rights|emergency relief coordinator|administrator|governor|head executive|chair",
    2: "president|prime minister|director|commander|nuclear head|intelligence head",
    1: "king|queen",
}
_RANK = {title: rank for rank, titles in RANKS.items() for title in titles.split("|")}

# A general word for an office, and words of titles that it covers.
WIDER = {
    "official": frozenset(
        {"minister", "adviser", "spokesperson", "secretary", "ambassador", "director", "envoy", "head"}
    ),
    "politician": frozenset({"minister", "lawmaker", "president", "head", "candidate", "chancellor"}),
    "diplomat": frozenset({"ambassador", "envoy", "minister", "negotiator", "representative"}),
    "envoy": frozenset({"ambassador", "representative"}),
    "head": frozenset({"president", "prime", "chancellor", "king", "emir", "supreme", "general", "chair", "director"}),
    "negotiator": frozenset({"envoy"}),
    "president": frozenset({"chair"}),
    "monarch": frozenset({"king", "queen", "emperor"}),
    "ruler": frozenset({"king", "emir", "sultan", "president"}),
    "adviser": frozenset({"assistant"}),
    "minister": frozenset({"secretary"}),
    "pontiff": frozenset({"pope"}),
}


def plain(title: str) -> str:
    """A title in small letters without accents, hyphens and dots."""
    letters = unicodedata.normalize("NFKD", title.replace("’", "'"))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().replace(".", "")
    return re.sub(r"[^\w&+]+", " ", kept).strip()


def _with_synonyms(title: str) -> list[str]:
    return [part for word in plain(title).split() for part in TITLE_SYNONYMS.get(word, word).split()]


def title_words(title: str) -> frozenset[str]:
    """What tells one office from another: a title's words, of synonyms always the same, without linking words.

    A "deputy minister" stays a deputy; standing alone "deputy" is a lawmaker.
    """
    words = _with_synonyms(title)
    if len(words) > 1 and plain(title).startswith("deputy "):
        words[0] = "deputy"
    return frozenset(words) - LINKS


def within(words: frozenset[str], held: frozenset[str]) -> bool:
    """Whether the words of a title name a held office, if loosely: "adviser" a "security adviser"."""
    return words <= held and held & APART <= words


def meanings(title: str) -> list[frozenset[str]]:
    """The offices that a title of the press may mean, the literal one first."""
    name = plain(title).replace("defense", "defence")
    found = [title_words(title)]
    for phrase, others in PRESS_TITLES.items():
        if name == phrase or name.endswith(f" {phrase}"):
            found.extend(title_words(other) for other in others)
            break
    return found


def rank_of(title: str) -> int:
    """How surely "leader" or "chief" means the holder of an office (3 most), 0 where it does not."""
    return _RANK.get(" ".join(word for word in _with_synonyms(title) if word not in {"acting", "interim"}), 0)


def covers(wider: str, words: frozenset[str]) -> bool:
    """Whether a general word ("official") covers an office with these title words ("foreign minister")."""
    return wider in words or bool(WIDER.get(wider, frozenset()) & words)
