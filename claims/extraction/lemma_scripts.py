"""Lemmas as edits of the word: "says" -> "say" is the script ``l|s|``, and so is every other plain plural.

A script is ``case|ending|added``: write the word in lower case (``l``), as it stands (``k``) or capitalised (``t``),
take the ending off, put the addition on. ``=|went|go``-like irregulars have the case ``=`` and replace a whole word.
The idea is that of edit-tree lemmatisers (Chrupala 2006; Straka et al. 2019), kept to suffixes.
"""

from __future__ import annotations

UNCHANGED = "k||"


def script_for(word: str, lemma: str) -> str:
    """Give the script that turns ``word`` into ``lemma``."""
    base, case = _cased(word, lemma)
    shared = 0
    for left, right in zip(base, lemma, strict=False):
        if left != right:
            break
        shared += 1
    if shared == 0:
        return f"=|{word.lower()}|{lemma}"
    return f"{case}|{base[shared:]}|{lemma[shared:]}"


def apply_script(word: str, script: str) -> str | None:
    """Give the lemma that ``script`` makes of ``word``, or None where the script does not fit the word."""
    case, ending, added = script.split("|", 2)
    if case == "=":
        return added if word.lower() == ending else None
    base = word.lower() if case == "l" else word.capitalize() if case == "t" else word
    if not base.endswith(ending) or len(base) == len(ending):
        return None
    return base[: len(base) - len(ending)] + added


def _cased(word: str, lemma: str) -> tuple[str, str]:
    if lemma == lemma.lower():
        return (word, "k") if word == word.lower() and not word.isalpha() else (word.lower(), "l")
    if word[:1] == lemma[:1] and not (word.isupper() and len(word) > 1 and not lemma.isupper()):
        return word, "k"
    return word.capitalize(), "t"
