"""Where the words of a search stand in a text."""

from __future__ import annotations

import pytest

from claims.search import Bit, excerpt, highlighted, parse


def marked(bits: list[Bit]) -> str:
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in bits)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Moscow denies it", "moscow", "[Moscow] denies it"),
        ("new sanctions, new talks", "new sanct*", "[new] [sanctions], [new] talks"),
        ("new sanctions, new talks", '"new talks"', "new sanctions, [new talks]"),
        ("new, talks", '"new talks"', "[new, talks]"),
        ("a new new talk", '"new new"', "a [new new] talk"),
        ("no new no", '"no new" "new no"', "[no new no]"),
        ("Moscow denies", "moscow -denies", "[Moscow] denies"),
        ("Recep Erdoğan", "ERDOGAN", "Recep [Erdoğan]"),
        ("Recep Erdog\u0306an spoke", "erdoğan", "Recep [Erdog\u0306an] spoke"),
        ("US-Russia talks", "us-russia", "[US-Russia] talks"),
        ("<script>alert(1)</script>", "script", "<[script]>alert(1)</[script]>"),
        ("nothing", "peace", "nothing"),
        ("", "peace", ""),
        ("Moscow", "", "Moscow"),
    ],
)
def test_hits_are_marked(text: str, query: str, expected: str) -> None:
    bits = highlighted(text, parse(query))
    assert marked(bits) == expected
    assert "".join(bit.text for bit in bits) == text


def test_an_excerpt_is_round_the_first_hit() -> None:
    text = "one two three\n\nfour five  six " * 40 + "peace at last" + " seven eight" * 40
    found = marked(excerpt(text, parse("peace"), length=160))
    assert found.startswith("… ")
    assert "[peace] at last seven" in found
    assert found.endswith(" seven …")
    assert 140 < len(found) < 180


def test_without_a_hit_an_excerpt_is_the_beginning() -> None:
    assert marked(excerpt("one two three", parse("peace"))) == "one two three"
    assert marked(excerpt("one two three four", parse("peace"), length=9)) == "one two …"


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    found = marked(excerpt("x" * 1_000_000, parse("peace")))
    assert len(found) < 300
    found = marked(excerpt("," * 50_000 + "peace" + "," * 50_000, parse("peace")))
    assert "[peace]" in found
    assert len(found) < 300
