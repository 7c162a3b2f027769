"""The page of quality in a browser: no barrier, and no scrolling sideways on a narrow screen."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.factories import person, run, stance


def test_the_page_of_quality(visitor: Visitor, transactional_db: None) -> None:
    found_by = run(pipeline_name="en_stance_news", pipeline_version="1.2.0")
    for number in range(12):
        state = ("accepted", "accepted", "corrected", "rejected")[number % 4]
        extracted = {"act": "warns" if number > 9 else "denies", "cue": "denies"}
        stance(
            run=found_by,
            state=state,
            actor_as_printed=f"It {number}",
            extracted=extracted,
            confidence=0.15 if number < 6 else 0.85,
        )
    visitor.sign_in(person("ana"))
    visitor.go("/admin/claims/stance/quality/")
    assert visitor.barriers() == []
    # Reliability of confidence, and precision by act, cue, outlet and pipeline, each drawn and as a table.
    expect(visitor.page.locator("figure.chart.is-drawn canvas")).to_have_count(5)
    reliability = visitor.page.locator("figure[data-chart=reliability]")
    reliability.locator("canvas").focus()
    visitor.page.keyboard.press("ArrowRight")
    expect(reliability.get_by_role("status")).to_contain_text("of 6")
    reliability.get_by_text("The figures as a table").click()
    expect(reliability.get_by_role("table")).to_be_visible()
    assert visitor.barriers() == []
    visitor.page.set_viewport_size({"width": 320, "height": 800})
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visitor.problems == []
