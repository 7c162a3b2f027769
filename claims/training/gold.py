"""Judged stances in the form of hand-marked ones: a record each, beside the files of their articles.

The form is that of ``tests/gold`` and of ``evaluate stances``: canonical names, words of the line that has the cue.
"""

from __future__ import annotations

from typing import Any

from claims.models import Stance
from claims.selectors import canonical

Record = dict[str, Any]


def article_name(sha256: str) -> str:
    """The name of the file of the article with this digest, without its ending."""
    return sha256[:16]


def gold_record(stance: Stance) -> Record:
    """The record of ``stance``, with its article, chain and addressees loaded.

    Words that do not stand in the line of the cue are left out, since a record is about one line: ``mention`` and
    ``target`` are then None, and the content is what of it stands there.
    """
    text = stance.article.text
    line_start = text.rfind("\n", 0, stance.cue_start) + 1
    line_end = text.find("\n", stance.cue_start)
    line_end = len(text) if line_end < 0 else line_end

    def words(span: str) -> str | None:
        start, end = getattr(stance, f"{span}_start"), getattr(stance, f"{span}_end")
        if start is None or start < line_start or end > line_end:
            return None
        return text[start:end]

    content = text[max(stance.content_start, line_start) : min(stance.content_end, line_end)]
    return {
        "article": article_name(stance.article.sha256),
        "line": text.count("\n", 0, stance.cue_start) + 1,
        "actor": _name(stance.actor, stance.actor_as_printed),
        "mention": words("mention"),
        "via": [_name(link.actor, link.as_printed) for link in stance.chain.all()],
        "to": [_name(each.actor, each.as_printed) for each in stance.addressees.all()],
        "act": stance.act or None,
        "cue": words("cue"),
        "content": content,
        "target": words("target"),
        "side": stance.side or None,
    }


def _name(actor: Any, printed: str) -> str:
    return canonical(actor).name if actor else printed
