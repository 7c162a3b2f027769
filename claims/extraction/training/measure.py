"""Quick figures on development windows while training: gold words and sentences, no pipeline around the network."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from claims.extraction.components.chains import Chain, bio_spans, spans_of, with_costs
from claims.extraction.components.reading import ROLES
from claims.extraction.training.batches import tensors
from claims.extraction.training.labels import Labels
from claims.extraction.training.network import Network
from claims.extraction.training.windows import IGNORED, Window

_BATCH = 8


def measure(network: Network, labels: Labels, dev: dict[str, list[Window]]) -> dict[str, float]:
    """Give accuracies of the tree's heads, and exact span F1 of entities and attribution roles."""
    network.eval()
    counts: dict[str, list[int]] = {}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for task, windows in dev.items():
            windows = sorted(windows, key=lambda window: len(window.pieces))
            for start in range(0, len(windows), _BATCH):
                batch = tensors(windows[start : start + _BATCH])
                words = network.words(batch)
                if task == "tree":
                    _count_trees(network, words, batch, counts)
                elif task == "entities":
                    _count_spans(network.entity(words).argmax(-1), batch["ENT"], labels.entities, "entities", counts)
                else:
                    _count_roles(network, words, batch, labels.roles, counts)
    network.train()
    return {name: round(2 * hit / max(1, guessed + gold), 4) for name, (hit, guessed, gold) in counts.items()}


def _add(counts: dict[str, list[int]], name: str, hit: int, guessed: int, gold: int) -> None:
    row = counts.setdefault(name, [0, 0, 0])
    for index, value in enumerate((hit, guessed, gold)):
        row[index] += value


def _count_trees(network: Network, words: Tensor, batch: dict[str, Tensor], counts: dict[str, list[int]]) -> None:
    mask = batch["word_mask"]
    size = int(mask.sum())
    for name, scores in (("tag", network.tag(words)), ("morph", network.morph(words))):
        _add(counts, name, int((scores.argmax(-1) == batch[name])[mask].sum()), size, size)
    scripts = (network.script(words).argmax(-1) == batch["script"])[mask]
    _add(counts, "script", int(scripts.sum()), size, size)
    guessed = network.start(words).squeeze(-1) > 0
    gold = batch["start"] == 1
    _add(counts, "start", int((guessed & gold)[mask].sum()), int(guessed[mask].sum()), int(gold[mask].sum()))
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
    heads = network.arcs(words).float().masked_fill(~same, -1e4).argmax(-1)
    right_head = (heads == batch["head"]) & mask
    own = torch.arange(heads.shape[1])[None, :]
    deps = network.dep_labels(words, heads).argmax(-1)
    root = heads == own
    right_dep = right_head & (root | (deps == batch["dep"]))
    _add(counts, "uas", int(right_head.sum()), size, size)
    _add(counts, "las", int(right_dep.sum()), size, size)


def _count_roles(
    network: Network, words: Tensor, batch: dict[str, Tensor], tags: Sequence[str], counts: dict[str, list[int]]
) -> None:
    mask = batch["word_mask"]
    learnt = network.role_chain
    chain = with_costs(Chain(learnt.step.float().numpy(), learnt.first.float().numpy()), tags, {})
    scores = network.role(words).float()
    for row in range(len(scores)):
        length = int(mask[row].sum())
        lines = batch["line"][row, :length].tolist()
        breaks = [index == 0 or lines[index] != lines[index - 1] for index in range(length)]
        found = set(bio_spans(scores[row, :length].numpy(), tags, breaks, chain))
        wanted = set(spans_of([tags[tag] for tag in batch["role"][row, :length].tolist()], breaks))
        for role in ROLES:
            some, others = ({span for span in spans if span[2] == role} for spans in (found, wanted))
            _add(counts, role, len(some & others), len(some), len(others))
        heads = network.links(words[row : row + 1])[0, :length, :length].float().argmax(-1)
        for start, _, role in wanted:
            link = int(batch["link"][row, start])
            if link != IGNORED:
                _add(counts, f"{role} link", int(int(heads[start]) == link), 1, 1)


def _count_spans(guessed: Tensor, gold: Tensor, names: Sequence[str], name: str, counts: dict[str, list[int]]) -> None:
    for guessed_row, gold_row in zip(guessed.tolist(), gold.tolist(), strict=True):
        length = sum(value != IGNORED for value in gold_row)
        found = spans([names[value] for value in guessed_row[:length]])
        wanted = spans([names[value] for value in gold_row[:length]])
        _add(counts, name, len(found & wanted), len(found), len(wanted))


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Give the spans of BIO tags as (start, end, label); an I- that continues nothing begins a span."""
    result: set[tuple[int, int, str]] = set()
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            result.add((start, index, label))
            label = ""
        if tag != "O" and not label:
            start, label = index, tag[2:]
    return result
