"""The page of quality and its tables as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from tests import factories as make
from tests.admin.conftest import SignIn

PAGE = "admin:claims_stance_quality"
TABLES = ("act", "cue", "outlet", "pipeline", "confidence")


def judge(number: int, **values: Any) -> None:
    run = make.run(pipeline_name="en_stance_news", pipeline_version="1.2.0")
    for each in range(number):
        make.stance(run=run, state="accepted", actor_as_printed=f"It {run.pk} {each}", **values)


@pytest.mark.parametrize(("name", "status"), [("stan", 403), ("rita", 403), ("ana", 200), ("leo", 200), ("ada", 200)])
def test_those_who_judge_see_it(name: str, status: int, as_person: SignIn) -> None:
    client = as_person(name)
    assert client.get(reverse(PAGE)).status_code == status
    for table in TABLES:
        assert client.get(reverse(f"{PAGE}_csv", args=[table])).status_code == status


def test_few_tell_nothing_and_words_are_escaped(as_person: SignIn) -> None:
    judge(4, extracted={"act": "denies", "cue": "<b>says</b>"})
    html = as_person("ana").get(reverse(PAGE)).content.decode()
    assert "too few to tell" in html
    assert "<meter" not in html
    assert "&lt;b&gt;says&lt;/b&gt;" in html


def test_enough_have_shares_with_their_range(as_person: SignIn) -> None:
    judge(10, extracted={"act": "denies", "cue": "says"})
    html = as_person("ana").get(reverse(PAGE)).content.decode()
    assert "100 % <small>(72 to 100 %)</small> of 10" in html
    # What the chart is drawn from.
    assert '<td class="share" data-value="100" data-low="72" data-high="100">' in html
    assert "too few to tell" not in html


def test_csv_has_the_same_counts_and_no_formula(as_person: SignIn) -> None:
    judge(5, extracted={"act": "denies", "cue": "=1+1"})
    answer = as_person("ana").get(reverse(f"{PAGE}_csv", args=["cue"]))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    head, row = csv.reader(io.StringIO(text))
    assert dict(zip(head, row, strict=True)) | {"strict_low": "", "lenient_low": ""} == {
        "cue": "'=1+1",
        "judged": "5",
        "accepted": "5",
        "corrected": "0",
        "rejected": "0",
        "strict": "1.0",
        "strict_low": "",
        "strict_high": "1.0",
        "lenient": "1.0",
        "lenient_low": "",
        "lenient_high": "1.0",
    }


def test_another_table_is_not_there(as_person: SignIn) -> None:
    assert as_person("ana").get(reverse(f"{PAGE}_csv", args=["people"])).status_code == 404


def test_the_number_of_queries_does_not_grow(as_person: SignIn, django_assert_max_num_queries: Any) -> None:
    client = as_person("ana")
    judge(12, extracted={"act": "denies", "cue": "says"})
    with django_assert_max_num_queries(12):
        client.get(reverse(PAGE))


def test_the_list_of_stances_leads_there(as_person: SignIn) -> None:
    listed = reverse("admin:claims_stance_changelist")
    assert reverse(PAGE) in as_person("ana").get(listed).content.decode()
    assert reverse(PAGE) not in as_person("rita").get(listed).content.decode()
