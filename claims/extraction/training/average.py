"""Average the weights of two rounds of training: ``python -m claims.extraction.training.average --help``.

A round that is mostly about one task loses a little of the others. The mean of its weights and of those it started
from keeps what both know (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022) and costs nothing to run.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

# The heads that the later round is about are its own.
_LATER = ("role", "link", "act.")


def main() -> None:
    """Read the arguments, average, and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("earlier", type=Path, help="output folder of the round that the later one started from")
    parser.add_argument("later", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--share", type=float, default=0.7, help="of the later round (default: %(default)s)")
    arguments = parser.parse_args()
    earlier, later = (
        torch.load(folder / "network.pt", weights_only=True) for folder in (arguments.earlier, arguments.later)
    )
    share: float = arguments.share
    averaged = {
        name: weight if name.startswith(_LATER) else (1 - share) * earlier[name] + share * weight
        for name, weight in later.items()
    }
    arguments.output.mkdir(parents=True, exist_ok=True)
    torch.save(averaged, arguments.output / "network.pt")
    shutil.copy(arguments.later / "labels.json", arguments.output / "labels.json")


if __name__ == "__main__":
    main()
