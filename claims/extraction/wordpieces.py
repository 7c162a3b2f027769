"""Words to the encoder's input: WordPiece ids and a letter-case class.

The encoder reads lower-cased, accent-free pieces (the scheme of BERT's uncased vocabularies: Devlin et al. 2019,
with the greedy longest-match split of Wu et al. 2016), so how a word is capitalised is given beside them.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Sequence

UNKNOWN, START, SEPARATOR = "[UNK]", "[CLS]", "[SEP]"

# Longer words (addresses, mostly) keep only their first pieces.
MAX_PIECES_PER_WORD = 12
_MAX_CHARACTERS_PER_WORD = 100
_CACHE_SIZE = 50_000

CASES = ("none", "lower", "title", "upper", "letter", "mixed", "number", "alphanumeric", "mark", "other")
_CASE = {name: index for index, name in enumerate(CASES)}
NO_CASE = _CASE["none"]


def letter_case(word: str) -> int:
    """Give the index in ``CASES`` of how ``word`` is written ("letter" is a single capital)."""
    if word.islower():
        return _CASE["lower"] if word.isalpha() else _CASE["alphanumeric" if word.isalnum() else "lower"]
    if word.isupper():
        if any(character.isdigit() for character in word):
            return _CASE["alphanumeric"]
        return _CASE["letter" if len(word) == 1 else "upper"]
    if word.isdecimal():
        return _CASE["number"]
    if word and word[0].isupper() and word[1:].islower():
        return _CASE["title"]
    if any(character.isupper() for character in word):
        return _CASE["mixed"]
    if any(character.isdigit() for character in word):
        return _CASE["number"]
    if any(character.isalpha() for character in word):
        return _CASE["other"]
    return _CASE["mark"]


class WordPieces:
    """Splits single words into ids of a WordPiece vocabulary, remembering the latest 50,000 words."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the vocabulary in the order of its ids; it must hold [UNK], [CLS] and [SEP]."""
        self.vocabulary = list(vocabulary)
        self._ids = {piece: index for index, piece in enumerate(self.vocabulary)}
        self.unknown, self.start, self.separator = (self._ids[name] for name in (UNKNOWN, START, SEPARATOR))
        # Signs that the vocabulary lacks, emoji above all, are read as an ornament: as unknown they look like words.
        self._ornament = self._ids.get("*")
        self._cache: OrderedDict[str, tuple[int, ...]] = OrderedDict()

    def ids(self, word: str) -> tuple[int, ...]:
        """Give 1 to ``MAX_PIECES_PER_WORD`` piece ids of one word; what cannot be split is the unknown piece."""
        found = self._cache.get(word)
        if found is None:
            found = self._split(word)
            self._cache[word] = found
            if len(self._cache) > _CACHE_SIZE:
                self._cache.popitem(last=False)
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        ids: list[int] = []
        for part in _parts(word[: 4 * _MAX_CHARACTERS_PER_WORD]):
            ids.extend(self._longest_matches(part))
            if len(ids) >= MAX_PIECES_PER_WORD:
                break
        if self._ornament is not None and not any(map(str.isalnum, word)):
            ids = [self._ornament if found == self.unknown else found for found in ids]
        return tuple(ids[:MAX_PIECES_PER_WORD]) or (self.unknown,)

    def _longest_matches(self, part: str) -> Iterable[int]:
        if len(part) > _MAX_CHARACTERS_PER_WORD:
            return (self.unknown,)
        ids: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else "##" + part[start:end]
                found = self._ids.get(piece)
                if found is not None:
                    ids.append(found)
                    start = end
                    break
            else:
                return (self.unknown,)
        return ids


def _parts(word: str) -> list[str]:
    """Lower-case, strip accents and control characters, and part at punctuation and Chinese characters."""
    parts: list[str] = []
    current: list[str] = []
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or (category[0] == "C" and character not in "\t\n\r"):
            continue
        alone = _is_punctuation(character, category) or _is_chinese(character)
        if alone or character.isspace():
            if current:
                parts.append("".join(current))
                current = []
            if alone:
                parts.append(character)
        else:
            current.append(character)
    if current:
        parts.append("".join(current))
    return parts


def _is_punctuation(character: str, category: str) -> bool:
    return category[0] == "P" or (character.isascii() and category[0] == "S")


def _is_chinese(character: str) -> bool:
    point = ord(character)
    return 0x4E00 <= point <= 0x9FFF or 0x3400 <= point <= 0x4DBF or 0xF900 <= point <= 0xFAFF or point >= 0x20000
