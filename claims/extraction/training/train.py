"""Train the network: ``python -m claims.extraction.training.train --help``.

Writes ``network.pt`` (weights), ``labels.json``, ``log.jsonl`` and ``dev.json`` (figures) into the output folder.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import torch
from safetensors.torch import load_file

from claims.extraction.tokenizer import word_offsets
from claims.extraction.training.batches import alternation, batches, endless, tensors
from claims.extraction.training.corpora import (
    TaggedText,
    attribution_articles,
    entity_articles,
    split_entities,
    treebank,
)
from claims.extraction.training.headlines import made_up
from claims.extraction.training.labels import Labels, gather
from claims.extraction.training.measure import measure
from claims.extraction.training.mentions import Mentions
from claims.extraction.training.network import Network, Sizes
from claims.extraction.training.pretrained import installed_encoder, rename_weights, vocabulary
from claims.extraction.training.windows import Window, WindowMaker
from claims.extraction.wordpieces import WordPieces

_LOG_EVERY = 20
_SAVE_EVERY = 250
# Rates neither begin nor end at nothing.
_LEAST_SHARE = 0.01

MakeEpoch = Callable[[Random], Iterator[Window]]


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, required=True, help="folder with train.conllu and dev.conllu")
    parser.add_argument("--entities", type=Path, required=True, help="folder of the newswire corpus (*.tsv)")
    parser.add_argument("--attributions", type=Path, required=True, help="folder of PolNeAR (train/, dev/)")
    parser.add_argument("--encoder", type=Path, help="folder with vocab.txt and model.safetensors (the installed one)")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--start", type=Path, help="output folder of an earlier run to go on from")
    parser.add_argument(
        "--minutes", type=float, help="end in time: rates fall to nothing by then, batches left are left out"
    )
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    recipe = tomllib.loads(arguments.recipe.read_text(encoding="utf8"))
    encoder = arguments.encoder or installed_encoder()
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])
    arguments.output.mkdir(parents=True, exist_ok=True)

    trees = treebank(arguments.treebank / "train.conllu")
    labels = gather(trees)
    pieces = WordPieces(vocabulary(encoder))
    network = Network(sizes(labels, pieces, recipe["network"]))
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start / "network.pt", weights_only=True))
    else:
        weights = rename_weights(load_file(encoder / "model.safetensors"))
        network.load_state_dict(weights, strict=False)
    (arguments.output / "labels.json").write_text(json.dumps(asdict(labels), ensure_ascii=False), encoding="utf8")

    entities, entities_dev, _ = split_entities(entity_articles(arguments.entities))
    mentions, exchanged = Mentions(entities), recipe["exchanged_entities"]
    roles = list(attribution_articles(arguments.attributions / "train", word_offsets))
    roles_dev = list(attribution_articles(arguments.attributions / "dev", word_offsets))
    maker = WindowMaker(pieces, labels, recipe["windows"]["longest"])
    epochs: dict[str, MakeEpoch] = {
        "tree": lambda random: maker.trees([*trees, *made_up(recipe["headlines"], random)], random),
        "entities": lambda random: maker.texts(
            [mentions.exchanged(text, exchanged, random) for text in _shuffled(entities, random)], "entities", random
        ),
        "roles": lambda random: maker.texts(_shuffled(roles, random), "roles", random),
    }
    dev_maker = WindowMaker(pieces, labels, recipe["windows"]["dev_longest"])
    dev = {
        "tree": list(dev_maker.trees(treebank(arguments.treebank / "dev.conllu"))),
        "entities": list(dev_maker.texts(entities_dev, "entities")),
        "roles": list(dev_maker.texts(roles_dev, "roles")),
    }
    _train(network, epochs, recipe, arguments.output, 60 * (arguments.minutes or float("inf")))
    figures = json.dumps(measure(network, labels, dev), indent=1)
    (arguments.output / "dev.json").write_text(figures + "\n", encoding="utf8")


def _shuffled(items: list[TaggedText], random: Random) -> list[TaggedText]:
    items = list(items)
    random.shuffle(items)
    return items


def sizes(labels: Labels, pieces: WordPieces, settings: dict[str, Any]) -> Sizes:
    """Give the sizes of the network for the labels of the corpora and the settings of a recipe."""
    return Sizes(
        vocabulary=len(pieces.vocabulary),
        tags=len(labels.tags),
        morphs=len(labels.morphs),
        scripts=len(labels.scripts),
        deps=len(labels.deps),
        entities=len(labels.entities),
        acts=len(labels.acts),
        **settings,
    )


def _train(
    network: Network,
    epochs: dict[str, MakeEpoch],
    recipe: dict[str, Any],
    output: Path,
    seconds: float,
) -> None:
    random = _seeded(recipe["seed"])
    counts = {}
    streams = {}
    for task, make in epochs.items():
        size = recipe["batch"][task]
        an_epoch = sum(1 for _ in batches(make(_seeded(0)), size, _seeded(0)))
        counts[task] = round(an_epoch * recipe["epochs"][task])
        streams[task] = endless(_epoch(make, size, random))
    schedule = alternation(counts, random)
    optimiser = _optimiser(network, recipe["optimiser"])
    rates = [group["lr"] for group in optimiser.param_groups]
    log = (output / "log.jsonl").open("a", encoding="utf8")
    sys.stdout.write(f"{len(schedule)} batches: {counts}\n")
    sys.stdout.flush()

    network.train()
    losses: dict[str, list[float]] = {task: [] for task in epochs}
    seen, began = 0, time.monotonic()
    for step, task in enumerate(schedule, 1):
        done = max((step - 1) / len(schedule), (time.monotonic() - began) / seconds)
        if done >= 1.0:
            break
        share = min(done / recipe["optimiser"]["warmup"], 1.0 - done)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * max(share, _LEAST_SHARE)
        batch = tensors(next(streams[task]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = network.loss(task, batch)
        (loss * recipe["weights"][task]).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), recipe["optimiser"]["clip"])
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        losses[task].append(float(loss.detach()))
        seen += int(batch["piece_mask"].sum())
        if step % _LOG_EVERY == 0:
            row: dict[str, Any] = {task: round(sum(some) / len(some), 4) for task, some in losses.items() if some}
            row |= {"step": step, "of": len(schedule), "pieces": seen, "seconds": round(time.monotonic() - began)}
            log.write(json.dumps(row) + "\n")
            log.flush()
            losses = {task: [] for task in epochs}
        if step % _SAVE_EVERY == 0:
            torch.save(network.state_dict(), output / "network.pt")
    torch.save(network.state_dict(), output / "network.pt")
    log.close()


def _epoch(make: MakeEpoch, size: int, random: Random) -> Callable[[], Iterator[list[Window]]]:
    return lambda: batches(make(random), size, random)


def _seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - to be repeatable is its point


def _optimiser(network: Network, settings: dict[str, Any]) -> torch.optim.Optimizer:
    encoder = network.encoder_parameters()
    names = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in names]
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": settings["encoder_rate"]},
            {"params": heads, "lr": settings["head_rate"]},
        ],
        weight_decay=settings["weight_decay"],
        betas=(0.9, 0.98),
        fused=True,
    )


if __name__ == "__main__":
    main()
