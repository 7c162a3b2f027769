"""Charts: drawn from the tables of a page, under its Content-Security-Policy, for eyes, ears and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Locator, Route, expect

from claims.models import ClaimTopic
from stancetracker.middleware import CONTENT_SECURITY_POLICY
from tests import factories as make
from tests.browser.scene import set_scene
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.sqlite

HEAD = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Charts</title>
<link rel="stylesheet" href="/static/claims/colours.css"><link rel="stylesheet" href="/static/claims/pages.css">
<link rel="stylesheet" href="/static/claims/charts.css">
<script src="/static/claims/vendor/chart.js/chart.umd.min.js" defer></script>
<script src="/static/claims/charts.js" defer></script></head><body><main><h1>Charts</h1>"""
SIDES = '<th scope="col" data-series="for">For</th><th scope="col" data-series="against">Against</th>'
SHARE = '<th scope="col">Judged</th><th scope="col" data-series="share">Right</th>'
# How many pixels of a canvas have been drawn on, and how many colours they have.
DRAWN = """canvas => {
    const pen = canvas.getContext("2d");
    const pixels = new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    const drawn = pixels.filter((pixel) => pixel !== 0);
    return [drawn.length, new Set(drawn).size];
}"""


def figure(kind: str, head: str, bodies: str, more: str = "") -> str:
    return (
        f'<figure class="chart" data-chart="{kind}" {more}><figcaption>What it shows</figcaption>'
        '<p class="chart-hint" hidden>Arrow keys move.</p><details open><summary>The figures as a table</summary>'
        f'<div class="wide"><table><thead><tr><th scope="col">Of</th>{head}</tr></thead>{bodies}</table></div>'
        "</details></figure>"
    )


def body(rows: Iterable[str]) -> str:
    return f"<tbody>{''.join(rows)}</tbody>"


def row(label: str, *cells: str) -> str:
    return f'<tr><th scope="row">{label}</th>{"".join(cells)}</tr>'


def share(percent: float, low: float, high: float) -> str:
    return f'<td data-value="{percent}" data-low="{low}" data-high="{high}">{percent} % ({low} to {high} %)</td>'


@pytest.fixture
def show(visitor: Visitor, transactional_db: None) -> Callable[[str], Locator]:
    """Opens a page of the site with nothing but these figures; gives its canvas."""

    def open_page(figures: str) -> Locator:
        def answer(route: Route) -> None:
            headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=f"{HEAD}{figures}</main></body></html>", headers=headers)

        visitor.page.route("**/made-up/", answer)
        visitor.page.route("**/made-up/*/", lambda route: route.fulfill(body="<title>Stances</title>"))
        visitor.go("/made-up/")
        return visitor.page.locator("canvas")

    return open_page


@pytest.fixture
def topic(visitor: Visitor, transactional_db: None) -> str:
    """The address of a topic on which Russia is against something."""
    set_scene()
    make.stance(actor_as_printed="Tokyo", actor=make.actor(name="Japan"), side="for", state="accepted")
    assert ClaimTopic.objects.filter(claim=make.claim()).exists()
    visitor.sign_in(make.person("rita"))
    return "/topics/attack-on-ukraine/"


def told(visitor: Visitor) -> Locator:
    return visitor.page.locator("figure.chart").get_by_role("status")


def test_the_page_of_a_topic_draws_its_table(visitor: Visitor, topic: str) -> None:
    visitor.go(topic)
    drawn, colours = visitor.page.locator("canvas").evaluate(DRAWN)
    assert drawn > 1000
    assert colours > 10
    table = visitor.page.locator("figure.chart table")
    expect(table).to_be_hidden()
    visitor.page.get_by_text("The figures as a table").click()
    expect(table).to_be_visible()
    assert visitor.barriers() == []


def test_without_scripts_the_table_stands_there(new_visitor: Callable[[], Visitor], topic: str) -> None:
    visitor = new_visitor()
    visitor.sign_in(make.person("rita"))
    visitor.page.route("**/charts.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    visitor.go(topic)
    expect(visitor.page.locator("figure.chart table")).to_be_visible()
    expect(visitor.page.get_by_text("The figures as a table")).to_be_hidden()
    expect(visitor.page.get_by_text("Arrow keys move")).to_be_hidden()


def test_arrow_keys_move_through_sides_and_enter_opens_what_is_behind(
    visitor: Visitor, show: Callable[[str], Locator]
) -> None:
    rows = [
        row("Jan 2022", '<td><a href="/made-up/for/">3</a></td>', "<td>0</td>"),
        row("Feb 2022", "<td>0</td>", "<td>0</td>"),
        row("Mar 2022", "<td>1</td>", '<td><a href="/made-up/against/">1,204</a></td>'),
    ]
    show(figure("sides", SIDES, body(rows))).focus()
    expect(visitor.page.get_by_text("Arrow keys move")).to_be_visible()
    for key, words in (
        ("ArrowRight", "Jan 2022: For 3"),
        ("ArrowRight", "Mar 2022: For 1"),
        ("ArrowRight", "Mar 2022: For 1"),
        ("ArrowDown", "Mar 2022: Against 1,204"),
        ("ArrowLeft", "Jan 2022: For 3"),
        ("End", "Mar 2022: Against 1,204"),
    ):
        visitor.page.keyboard.press(key)
        expect(told(visitor)).to_have_text(words)
    assert visitor.barriers() == []
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/made-up/against/")


def test_dots_are_told_with_their_topic(visitor: Visitor, show: Callable[[str], Locator]) -> None:
    bodies = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="3">{name}</th></tr>{"".join(rows)}</tbody>'
        for name, rows in (
            ("Talks", [row('<time datetime="2022-01">Jan 2022</time>', "<td>2</td>", "<td>0</td>")]),
            ("Weapons", [row('<time datetime="2022-02">Feb 2022</time>', "<td>0</td>", "<td>5</td>")]),
        )
    )
    canvas = show(figure("dots", SIDES, bodies))
    assert canvas.evaluate(DRAWN)[0] > 1000
    canvas.press("ArrowDown")
    expect(told(visitor)).to_have_text("Talks, Jan 2022: For 2")
    canvas.press("ArrowDown")
    expect(told(visitor)).to_have_text("Weapons, Feb 2022: Against 5")
    assert visitor.barriers() == []


def test_confidence_stands_beside_the_share_right(visitor: Visitor, show: Callable[[str], Locator]) -> None:
    head = '<th scope="col" data-series="mean">Mean</th><th scope="col" data-series="share">Right</th>'
    rows = [
        row("0–50 %", '<td data-value="32.5">32.5 %</td>', share(40, 21, 62)),
        row("50–70 %", '<td data-value="61">61 %</td>', '<td colspan="1" data-value="">too few to tell</td>'),
        row("70–100 %", '<td data-value="88">88 %</td>', share(81.5, 70, 90)),
    ]
    canvas = show(figure("reliability", head, body(rows)))
    assert canvas.evaluate(DRAWN)[0] > 1000
    canvas.press("ArrowRight")
    canvas.press("ArrowRight")
    expect(told(visitor)).to_have_text("70–100 %: Right 81.5 % (70 to 90 %)")


def test_bars_have_their_ranges(visitor: Visitor, show: Callable[[str], Locator]) -> None:
    rows = [row(name, "<td>20</td>", share(80, 60, 90)) for name in ("denies", "warns")]
    canvas = show(figure("bars", SHARE, body(rows), 'data-unit="%" data-max="100"'))
    canvas.press("End")
    expect(told(visitor)).to_have_text("warns: Right 80 % (60 to 90 %)")
    assert visitor.barriers() == []


@pytest.mark.parametrize(("number", "drawn"), [(0, 0), (1, 1), (20, 1), (60, 1), (61, 0), (20_000, 0)])
def test_what_nobody_could_tell_apart_stays_a_table(show: Callable[[str], Locator], number: int, drawn: int) -> None:
    rows = (row(f"P {each}", f"<td>{each + 1}</td>", "<td>2</td>") for each in range(number))
    canvas = show(figure("sides", SIDES, body(rows)))
    expect(canvas).to_have_count(drawn)


def test_words_of_others_are_only_words(visitor: Visitor, show: Callable[[str], Locator]) -> None:
    hostile = "&lt;img src=x onerror=alert(1)&gt;\u202e"
    canvas = show(figure("bars", SHARE, body([row(hostile, "<td>9</td>", share(80, 60, 90))])))
    canvas.press("End")
    expect(told(visitor)).to_contain_text("<img src=x onerror=alert(1)>")
    assert visitor.page.locator("img").count() == 0


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_chart_changes_its_colours_with_the_page(
    visitor: Visitor, show: Callable[[str], Locator], media: dict[str, str]
) -> None:
    canvas = show(figure("sides", SIDES, body([row("Jan 2022", "<td>3</td>", "<td>5</td>")])))
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    visitor.page.emulate_media(**media)  # type: ignore[arg-type]
    visitor.page.wait_for_function("before => document.querySelector('canvas').toDataURL() !== before", arg=before)


def test_on_paper_the_table_stands_beside_the_picture(visitor: Visitor, show: Callable[[str], Locator]) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    show(figure("sides", SIDES, body([row("Jan 2022", "<td>3</td>", "<td>5</td>")])))
    table = visitor.page.locator("table")
    expect(table).to_be_hidden()
    visitor.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(table).to_be_visible()
    expect(visitor.page.locator("figure.is-printed")).to_have_count(1)
    visitor.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(table).to_be_hidden()
