"""Changes of position in the admin: dismissed with a reason, and listed again."""

from __future__ import annotations

import pytest

from claims.models import PositionChange
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address

LIST = address(PositionChange, "changelist")


def act(action: str, change: PositionChange, reason: str = "") -> dict[str, object]:
    return {"action": action, "_selected_action": [change.pk], "reason": reason}


def test_it_is_dismissed_with_a_reason_and_listed_again(as_person: SignIn) -> None:
    change = make.position_change()
    client = as_person("ana")
    assert "Say why" in client.post(LIST, act("dismiss_selected", change), follow=True).content.decode()
    answer = client.post(LIST, act("dismiss_selected", change, "misread"), follow=True)
    assert "1 change dismissed." in answer.content.decode()
    change.refresh_from_db()
    assert (change.dismissed_by, change.reason) == (make.person("ana"), "misread")
    client.post(LIST, act("restore_selected", change))
    change.refresh_from_db()
    assert change.dismissed_by is None


@pytest.mark.parametrize(("name", "may"), [("rita", False), ("ana", True), ("leo", True), ("ada", True)])
def test_who_may_dismiss(name: str, may: bool, as_person: SignIn) -> None:
    change = make.position_change()
    as_person(name).post(LIST, act("dismiss_selected", change, "misread"))
    change.refresh_from_db()
    assert (change.dismissed_by is not None) is may


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("?dismissed=no", 1), ("?dismissed=yes", 0)])
def test_the_list_tells_those_that_stand_from_those_dismissed(asked: str, number: int, as_person: SignIn) -> None:
    make.position_change()
    assert as_person("rita").get(LIST + asked).context["cl"].result_count == number
