"""The front page of the admin: what somebody does every day comes first, and nothing that leads to a refusal."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.admin.conftest import SignIn

JUDGING = {"Review desk", "Add articles", "Unresolved names", "Claim suggestions", "Coding rounds", "Quality"}
READING = {"Stances", "Proposals"}


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("stan", set()),
        ("rita", READING),
        ("ana", READING | JUDGING),
        ("leo", READING | JUDGING),
        ("ada", READING | JUDGING),
    ],
)
def test_it_offers_what_the_person_may_do_and_each_opens(name: str, offered: set[str], as_person: SignIn) -> None:
    client = as_person(name)
    html = client.get(reverse("admin:index")).content.decode()
    work = html[html.index('<nav class="module work"') :].split("</nav>")[0] if "module work" in html else ""
    links = {words: address for address, words in re.findall(r'<a href="([^"]+)">([^<]+)</a>', work)}
    assert set(links) == offered
    assert [client.get(address, follow=True).status_code for address in links.values()] == [200] * len(offered)
