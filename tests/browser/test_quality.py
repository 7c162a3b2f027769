"""The page of quality in a browser: no barrier, and no scrolling sideways on a narrow screen."""

from __future__ import annotations

from tests.browser.visitor import Visitor
from tests.factories import person, run, stance


def test_the_page_of_quality(visitor: Visitor, transactional_db: None) -> None:
    found_by = run(pipeline_name="en_stance_news", pipeline_version="1.2.0")
    for number in range(12):
        state = ("accepted", "accepted", "corrected", "rejected")[number % 4]
        extracted = {"act": "warns" if number > 9 else "denies", "cue": "denies"}
        stance(run=found_by, state=state, actor_as_printed=f"It {number}", extracted=extracted, confidence=number / 12)
    visitor.sign_in(person("ana"))
    visitor.go("/admin/claims/stance/quality/")
    assert visitor.barriers() == []
    visitor.page.set_viewport_size({"width": 320, "height": 800})
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visitor.problems == []
    visitor.page.screenshot(path="/tmp/q.png", full_page=True)
