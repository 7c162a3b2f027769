"""Judged stances as training data: what is in it, what is not, and that what reads such data reads it."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from django.conf import settings
from django.core.management import CommandError, call_command
from spacy.tokens import DocBin

from tests import factories as make

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("export_training", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def records(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "stances.jsonl").read_text(encoding="utf-8").splitlines()]


def test_right_stances_are_records_of_the_gold_format(tmp_path: Path) -> None:
    stance = make.stance(state="corrected", actor=make.actor())
    make.chain_link(stance=stance, actor=make.actor(name="Reuters"))
    make.stance(state="rejected", cue="says", content="it has the right to move troops", target="")
    assert "1 stances" in run(tmp_path / "out")
    [record] = records(tmp_path / "out")
    line = stance.article.text[: stance.cue_start].count("\n") + 1
    assert record == {
        "article": stance.article.sha256[:16],
        "line": line,
        "actor": "Russia",
        "mention": "Moscow",
        "via": ["Reuters"],
        "to": [],
        "act": "denies",
        "cue": "denies",
        "content": "planning to attack Ukraine",
        "target": stance.target_text or None,
        "side": "against",
    }
    [article] = (tmp_path / "out" / "articles").iterdir()
    assert article.read_text(encoding="utf-8") == stance.article.text
    assert article.stem == record["article"]


def test_spans_are_those_of_the_evidence(tmp_path: Path) -> None:
    make.stance(state="accepted")
    run(tmp_path / "out")
    [doc] = DocBin().from_disk(tmp_path / "out" / "train.spacy").get_docs(spacy.blank("en").vocab)
    found = {span.label_: span.text for span in doc.spans["sc"]}
    assert found["CUE"] == "denies"
    assert found["CONTENT"] == "planning to attack Ukraine"
    assert found["MENTION"] == "Moscow"


def documented_commands() -> list[list[str]]:
    """The commands of the guide, by which a pipeline learns from what people judged."""
    guide = (settings.BASE_DIR / "docs" / "pipeline.md").read_text(encoding="utf-8")
    part = guide[guide.index("## Learning from what people judged") :]
    return [shlex.split(line) for line in part[part.index("```console") : part.index("```\n\n")].splitlines()[1:]]


def test_the_documented_commands_train_with_what_is_written(tmp_path: Path) -> None:
    for number in range(3):
        text = f"{number}\n20220101\nhttps://example.org/\nMoscow denies planning to attack Ukraine\n"
        make.stance(article=make.article(text=text), state="accepted")
    first, *rest = documented_commands()
    assert first[:3] == ["python", "manage.py", "export_training"]
    run(tmp_path / first[3])
    assert [command[3] for command in rest] == ["init", "train"]
    for command in rest:
        steps = ["--training.max_steps=2", "--training.eval_frequency=1"] if command[3] == "train" else []
        done = subprocess.run(
            [sys.executable, *command[1:], *steps], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    doc = spacy.load(tmp_path / "model" / "model-last")("Moscow denies planning to attack Ukraine")
    assert "sc" in doc.spans


def test_articles_that_are_judged_in_part_wait(tmp_path: Path) -> None:
    make.stance(state="accepted")
    make.stance(cue="says", content="it has the right to move troops", target="")
    with pytest.raises(CommandError, match="--partial"):
        run(tmp_path / "out")
    run(tmp_path / "out", "--partial")
    assert len(records(tmp_path / "out")) == 1


def test_every_fifth_article_is_kept_to_measure_on(tmp_path: Path) -> None:
    for number in range(5):
        text = f"{number}\n20220101\nhttps://example.org/\nMoscow denies planning to attack Ukraine\n"
        make.stance(article=make.article(text=text), state="accepted")
    assert "4 articles to learn from, 1 to measure on" in run(tmp_path / "out")


def test_days_choose_articles(tmp_path: Path) -> None:
    make.stance(state="accepted")
    with pytest.raises(CommandError):
        run(tmp_path / "out", "--since", "2999-01-01")
    with pytest.raises(CommandError):
        run(tmp_path / "out", "--until", "1999-01-01")


def test_files_that_are_there_are_left_alone(tmp_path: Path) -> None:
    make.stance(state="accepted")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        run(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
