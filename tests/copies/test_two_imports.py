"""Two imports at once find the copies that the other brings in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.copies.stories import OTHER, SAME_EVENT, WIRE, article
from tests.ingest.stores import share

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 12


def test_each_story_is_one_family_although_its_copies_come_by_different_imports(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
        for number in range(PAIRS):
            # Different stories: the words of each have its number behind them.
            words = f"{WIRE}\n{OTHER}\n{SAME_EVENT}".split()
            body = " ".join(f"{word}x{number}" if place % 3 else word for place, word in enumerate(words))
            text = article(f"{body}. {folder.name}", address=f"{folder.name}{number}")
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    store = share(tmp_path, "shared")
    running = [store.start("--batch-size=1", "--processes=0", "--verbosity=0", str(folder)) for folder in folders]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
    assert ended == [("", 0), ("", 0)]
    sizes = store.query("SELECT count(*) FROM claims_article WHERE family_id IS NOT NULL GROUP BY family_id")
    assert [size for (size,) in sizes] == [2] * PAIRS
