"""Long articles in pieces: nothing is lost, and what is found stands where it stands in the whole."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.types import ActorRef, ArticleText, ExtractedLink, ExtractedStance, Span
from claims.ingest.pieces import cut, whole
from tests.ingest.articles import article
from tests.ingest.engines import LineEngine


def stances_of(read: ArticleText) -> list[ExtractedStance]:
    return list(LineEngine("", ()).read([read])[0].stances)


def body_of(read: ArticleText) -> str:
    return read.text[read.body_start :]


def test_an_article_that_fits_is_its_own_piece() -> None:
    short = article("Putin says it is so.")
    (piece,) = cut(short, size=100)
    assert piece.article is short
    stances = stances_of(short)
    assert whole(piece, stances) == stances


def test_pieces_begin_with_the_header_and_end_with_a_line() -> None:
    long = article(*["Putin says it is so."] * 10)
    pieces = cut(long, size=50)
    assert [body_of(piece.article).count("\n") for piece in pieces] == [2] * 5
    assert {piece.article.text[: long.body_start] for piece in pieces} == {long.text[: long.body_start]}
    assert [piece.lines for piece in pieces] == [0, 2, 4, 6, 8]


def test_a_line_that_is_too_long_is_cut_behind_a_sentence_or_else_a_word() -> None:
    sentences = article("One two. " * 10)
    assert {body_of(piece.article) for piece in cut(sentences, size=40)[:-1]} == {"One two. " * 4}
    words = article("word " * 20)
    assert all(body_of(piece.article).endswith("word ") for piece in cut(words, size=23)[:-1])
    solid = article("x" * 100)
    assert [len(body_of(piece.article)) for piece in cut(solid, size=30)] == [30, 30, 30, 11]


def test_what_is_found_in_pieces_is_what_is_found_in_the_whole() -> None:
    lines = [f"Peskov says Putin warns to Biden: number {place} hurts." for place in range(30)]
    long = article(*lines)
    found = [stance for piece in cut(long, size=200) for stance in whole(piece, stances_of(piece.article))]
    assert len(cut(long, size=200)) > 5
    assert found == stances_of(long)


def test_what_stands_in_the_header_stays_there_and_is_found_once() -> None:
    long = article(*["Putin says it is so."] * 10, title="Biden says it is not.")
    header = ExtractedStance(
        1, ActorRef("Biden", mention=Span(0, 5)), Span(6, 10), Span(11, 20), None, None, Span(11, 13)
    )
    pieces = cut(long, size=50)
    assert whole(pieces[0], [header]) == [header]
    assert whole(pieces[1], [header]) == []
    start = long.body_start
    # A mention, a source and an addressee may stand in the title, and their stance in the body.
    mixed = dataclasses.replace(
        header,
        line=4,
        cue=Span(start + 6, start + 10),
        content=Span(start + 11, start + 19),
        target=None,
        target_actor=ActorRef("Putin", mention=Span(start, start + 5)),
        addressees=(ActorRef("Biden", mention=Span(0, 5)),),
        chain=(ExtractedLink(ActorRef("Biden"), None, None), ExtractedLink(ActorRef("Biden"), Span(6, 10), None)),
    )
    (moved,) = whole(pieces[2], [mixed])
    by = pieces[2].shift
    assert (moved.line, moved.actor, moved.chain, moved.addressees) == (8, mixed.actor, mixed.chain, mixed.addressees)
    assert moved.cue == Span(start + 6 + by, start + 10 + by)
    assert moved.target_actor == ActorRef("Putin", mention=Span(start + by, start + 5 + by))
    assert long.text[slice(*moved.content)] == "it is so"


@given(st.text(alphabet="ab .\n", max_size=300), st.integers(min_value=1, max_value=60))
def test_pieces_put_together_are_the_whole(body: str, size: int) -> None:
    read = article("x" + body)
    pieces = cut(read, size=size)
    assert "".join(body_of(piece.article) for piece in pieces) == body_of(read)
    assert all(0 < len(body_of(piece.article)) <= size for piece in pieces)
    for piece in pieces:
        begin = piece.article.body_start + piece.shift
        assert read.text.startswith(body_of(piece.article), begin)
        assert piece.lines == read.text.count("\n", read.body_start, begin)
