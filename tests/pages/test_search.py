"""The search page: what it finds, for whom, and what it says where it finds nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from claims.actors.merging import merge
from claims.models import Article, Claim
from claims.pages import found
from claims.pages.found import Section
from claims.review import merge_claim
from claims.search import Bit
from tests import factories as make

pytestmark = pytest.mark.django_db


def sections(client: Client, address: str) -> dict[str, Section]:
    return {section.sort: section for section in client.get(address).context["sections"]}


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def plain(bits: list[Bit]) -> str:
    return "".join(bit.text for bit in bits)


def article(day: int, body: str = "Moscow denies planning to attack Ukraine.") -> Article:
    return make.article(
        text=f"Title {day}\n202201{day:02}\nhttps://example.org/{day}\n{body}\n", published_on=dt.date(2022, 1, day)
    )


def test_one_search_finds_actors_claims_quotations_and_articles(rita: Client) -> None:
    make.stance(actor=make.actor(name="Ukraine"))
    by_sort = sections(rita, "/search/?q=ukraine")
    assert list(by_sort) == ["actors", "claims", "quotations", "articles"]
    assert [plain(row.name) for row in by_sort["actors"].rows] == ["Ukraine"]
    assert [plain(row.text) for row in by_sort["claims"].rows] == ["Russia plans to attack Ukraine"]
    assert [plain(row.quotation) for row in by_sort["quotations"].rows] == ["planning to attack Ukraine"]
    assert [plain(row.title) for row in by_sort["articles"].rows] == ["Kremlin rejects talk of an attack"]
    assert [row.stances for name in ("actors", "claims", "articles") for row in by_sort[name].rows] == [1, 1, 1]


def test_hits_are_marked_in_escaped_text(rita: Client) -> None:
    make.stance(
        article=article(1, 'Moscow denies "<script>plot</script>".'),
        content='"<script>plot</script>"',
        target="",
        claim=make.claim(text="<img src=x onerror=alert(1)> plot"),
    )
    page = words(rita, "/search/?q=plot")
    assert '&quot;&lt;script&gt;<mark class="hit">plot</mark>&lt;/script&gt;&quot;' in page
    assert '&lt;img src=x onerror=alert(1)&gt; <mark class="hit">plot</mark>' in page
    assert "<script>" not in page
    assert "<img" not in page


def test_an_actor_is_found_by_any_of_its_names_and_stands_under_the_one_that_stays(rita: Client) -> None:
    make.alias(text="Kremlin")
    old = make.actor(name="Muscovy")
    make.alias(actor=old, text="Muscovite Tsardom", kind="name")
    merge(old, make.actor(), user=make.person("leo"))
    for query, names in (("kremlin", ["Kremlin"]), ("muscov*", ["Muscovite Tsardom", "Muscovy"])):
        (row,) = sections(rita, f"/search/?q={query}")["actors"].rows
        assert (plain(row.name), row.url) == ("Russia", "/actors/russia/")
        assert [plain(name) for name in row.others] == names


def test_whose_whole_name_it_is_comes_first_then_those_with_most_stances(rita: Client) -> None:
    for number, name in enumerate(("Northern Army", "Army Council", "Army")):
        actor = make.actor(name=name)
        for day in range(1, 3 - number):
            make.stance(actor=actor, article=article(day + 10 * number))
    rows = sections(rita, "/search/?q=army")["actors"].rows
    assert [plain(row.name) for row in rows] == ["Army", "Northern Army", "Army Council"]


def test_a_merged_claim_is_found_where_it_ended(rita: Client) -> None:
    old = make.claim(text="Moscow readies an invasion")
    make.stance(claim=old)
    merge_claim(old, make.claim(), user=make.person("ana"))
    (row,) = sections(rita, "/search/?q=invasion")["claims"].rows
    assert (plain(row.text), plain(row.merged), row.stances) == (
        "Russia plans to attack Ukraine",
        "Moscow readies an invasion",
        1,
    )


def test_a_corrected_quotation_is_found_by_its_new_words(rita: Client) -> None:
    stance = make.stance()
    start = stance.article.text.index("it has the right")
    content = "it has the right to move troops"
    stance.content_start, stance.content_end, stance.content_text = start, start + len(content), content
    stance.save()
    assert "quotations" not in sections(rita, "/search/?q=planning")
    (row,) = sections(rita, "/search/?q=%22move+troops%22")["quotations"].rows
    assert plain(row.quotation) == content


def test_the_newest_quotations_and_articles_come_first(rita: Client) -> None:
    for day in (5, 9, 2):
        make.stance(article=article(day))
    by_sort = sections(rita, "/search/?q=ukraine")
    assert [row.card.published_on.day for row in by_sort["quotations"].rows] == [9, 5, 2]
    assert [row.published_on.day for row in by_sort["articles"].rows] == [9, 5, 2]


def test_what_the_article_calls_the_actor_is_shown_where_it_is_the_hit(rita: Client) -> None:
    make.stance()
    (row,) = sections(rita, "/search/?q=moscow")["quotations"].rows
    assert (plain(row.actor), row.printed) == ("Russia", [Bit("Moscow", is_hit=True)])


def test_each_sort_has_pages_of_its_own(rita: Client) -> None:
    for number in range(found.MANY + 3):
        make.stance(article=article(1 + number))
    overview = rita.get("/search/?q=ukraine")
    assert "in=quotations" in overview.content.decode()
    assert len(sections(rita, "/search/?q=ukraine")["quotations"].rows) == found.FEW
    first = sections(rita, "/search/?q=ukraine&in=quotations")
    assert list(first) == ["quotations"]
    assert len(first["quotations"].rows) == found.MANY
    assert len(sections(rita, "/search/?q=ukraine&in=quotations&page=2")["quotations"].rows) == 3
    assert "page=2" in words(rita, "/search/?q=ukraine&in=quotations")


def test_of_very_many_the_newest_can_be_paged_through(rita: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "MOST", 3)
    for number in range(5):
        make.stance(article=article(1 + number))
    section = sections(rita, "/search/?q=ukraine&in=quotations")["quotations"]
    assert (section.page.paginator.count, section.is_cut) == (3, True)
    assert [row.card.published_on.day for row in section.rows] == [5, 4, 3]


def test_the_public_finds_only_what_people_judged(public: Client, rita: Client) -> None:
    make.stance(actor=make.actor(name="Ukraine"))
    assert list(sections(rita, "/search/?q=ukraine")) == ["actors", "claims", "quotations", "articles"]
    assert sections(public, "/search/?q=ukraine") == {}
    assert "Only what people have judged is searched here." in words(public, "/search/?q=ukraine")
    make.stance(
        actor=make.actor(name="Ukrainian army"),
        article=article(3),
        state="accepted",
        claim=make.claim(text="Ukraine is attacked"),
    )
    by_sort = sections(public, "/search/?q=ukraine")
    assert "actors" not in by_sort
    assert [plain(row.text) for row in by_sort["claims"].rows] == ["Ukraine is attacked"]
    assert [plain(row.title) for row in by_sort["articles"].rows] == ["Title 3"]
    assert [row.card.state for row in by_sort["quotations"].rows] == ["accepted"]
    assert [plain(row.name) for row in sections(public, "/search/?q=ukrainian")["actors"].rows] == ["Ukrainian army"]


def test_the_public_does_not_find_a_merged_claim_without_a_judged_stance(public: Client) -> None:
    old = make.claim(text="Moscow readies an invasion")
    make.stance(claim=old)
    merge_claim(old, make.claim(), user=make.person("ana"))
    assert sections(public, "/search/?q=invasion") == {}
    make.stance(article=article(3), state="accepted")
    assert [plain(row.text) for row in sections(public, "/search/?q=invasion")["claims"].rows] == [
        "Russia plans to attack Ukraine"
    ]
    assert sections(public, "/search/?q=plans")["claims"].rows[0].stances == 1


def test_the_public_is_not_told_names_of_actors_without_judged_stances(public: Client) -> None:
    make.stance(actor=make.actor(name="Vladimir Putin"))
    assert "Vladimir" not in words(public, "/search/?q=puttin")


def test_rejected_stances_are_not_found(rita: Client) -> None:
    make.stance(state="rejected")
    assert list(sections(rita, "/search/?q=planning")) == ["articles"]


def test_a_reader_narrows_by_judgement_and_by_days(rita: Client) -> None:
    make.stance(article=article(3), state="accepted")
    make.stance(article=article(7))

    def days(query: str) -> list[int]:
        by_sort = sections(rita, f"/search/?q=ukraine&in=quotations&{query}")
        return [row.card.published_on.day for section in by_sort.values() for row in section.rows]

    assert days("") == [7, 3]
    assert days("show=judged") == [3]
    assert days("since=2022-01-04") == [7]
    assert days("until=2022-01-03") == [3]
    assert days("since=2022-01-04&until=2022-01-05") == []
    page = words(rita, "/search/?q=ukraine&since=2022-02-30")
    assert "Enter a valid date." in page
    assert "Nothing has all of" not in page


def test_without_a_word_the_page_tells_what_can_be_asked(rita: Client) -> None:
    for query in ("", "?q=", "?q=+-+", "?q=-russia", "?in=quotations"):
        page = words(rita, f"/search/{query}")
        assert "one after the other" in page, query
        assert "Nothing has all of" not in page, query


def test_where_nothing_is_found_there_are_suggestions(rita: Client) -> None:
    make.stance(actor=make.actor(name="Vladimir Putin"))
    response = rita.get("/search/?q=Puttin+sanktions")
    assert response.context["suggested"] == [("Vladimir Putin", "q=Vladimir+Putin")]
    assert [word for word, _ in response.context["single"]] == ["Puttin", "sanktions"]
    assert "Did you mean" in response.content.decode()
    assert rita.get("/search/?q=zzz").context["suggested"] == []


def test_long_and_hostile_queries_are_answered(rita: Client) -> None:
    make.stance()
    for query in (
        "x" * 5_000,
        "ukraine " * 300,
        "%00ukraine",
        "%F0%9F%8E%89",
        "%22%22%22",
        "<script>",
        "%ff%fe",
        "a*" * 200,
    ):
        response = rita.get(f"/search/?q={query}")
        assert response.status_code == 200, query[:20]
        assert "<script>" not in response.content.decode()
    assert list(sections(rita, "/search/?q=%00ukraine")) == ["claims", "quotations", "articles"]
    assert rita.get("/search/?q=ukraine&in=nonsense&page=-3").status_code == 200
    assert rita.get("/search/?q=ukraine&in=articles&page=99999").status_code == 200


def test_an_article_of_a_megabyte_is_shown_by_an_excerpt(rita: Client) -> None:
    article(1, "x" * 900_000)
    make.claim(text="y" * 1_990)
    page = rita.get("/search/?q=title")
    (row,) = {section.sort: section for section in page.context["sections"]}["articles"].rows
    assert len(plain(row.excerpt)) < 300


def test_every_page_has_a_search_box(rita: Client) -> None:
    stance = make.stance()
    claim = Claim.objects.get()
    for address in (
        "/actors/",
        "/actors/russia/",
        f"/articles/{stance.article_id}/",
        f"/claims/{claim.pk}/",
        "/changes/",
    ):
        assert '<form class="site-search" role="search" action="/search/"' in words(rita, address)
