"""Fit the head that guesses a cue's act: ``python -m claims.extraction.training.acts --help``.

No corpus marks acts. The cues of PolNeAR whose words have a single act in the lexicon of cues are taken as examples,
and a linear layer on the encoder's vectors learns to tell their acts from how they are used, so that words which the
lexicon lacks get a guess. How good it is at that is measured with lemmas held out of the fit. The encoder stays as it
is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from claims.extraction.lexicon import cues
from claims.extraction.tokenizer import word_offsets
from claims.extraction.training.batches import tensors
from claims.extraction.training.corpora import TaggedText, attribution_articles
from claims.extraction.training.labels import Labels
from claims.extraction.training.network import Network
from claims.extraction.training.pretrained import installed_encoder, vocabulary
from claims.extraction.training.scores import tag_spans
from claims.extraction.training.train import sizes
from claims.extraction.training.windows import WindowMaker
from claims.extraction.wordpieces import WordPieces

_BATCH = 8
_LONGEST = 254
_FORMS = ("VBD", "VBZ", "VBN", "VBG", "VBP", "NNS")
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
_STEPS = 60
_DECAY = 3e-4


@dataclass(frozen=True, slots=True)
class Examples:
    """Vectors of cue words, the numbers of their acts, and their lemmas."""

    vectors: Tensor
    acts: Tensor
    lemmas: list[str]

    def part(self, lemmas: frozenset[str], *, inside: bool) -> Examples:
        """Give the examples whose lemma is in ``lemmas``, or is not."""
        kept = [index for index, lemma in enumerate(self.lemmas) if (lemma in lemmas) is inside]
        return Examples(self.vectors[kept], self.acts[kept], [self.lemmas[index] for index in kept])


def main() -> None:
    """Read the arguments, measure on lemmas held out, fit on all, and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="output folder of the training; its weights get the head")
    parser.add_argument("--attributions", type=Path, required=True, help="folder of PolNeAR (train/)")
    parser.add_argument("--encoder", type=Path, help="folder with vocab.txt of the encoder (the installed one)")
    parser.add_argument("--held-out", type=float, default=0.15, help="share of lemmas to measure on (%(default)s)")
    parser.add_argument("--seed", type=int, default=20)
    arguments = parser.parse_args()
    labels = Labels(**json.loads((arguments.trained / "labels.json").read_text(encoding="utf8")))
    pieces = WordPieces(vocabulary(arguments.encoder or installed_encoder()))
    network = Network(sizes(labels, pieces, {}))
    network.load_state_dict(torch.load(arguments.trained / "network.pt", weights_only=True))
    texts = list(attribution_articles(arguments.attributions / "train", word_offsets))
    examples = read(network, texts, WindowMaker(pieces, labels, _LONGEST), labels)
    report(examples, labels.acts, arguments.held_out, Random(arguments.seed))  # noqa: S311 - to be repeatable
    weight, bias = fit(examples, len(labels.acts))
    state = network.state_dict() | {"act.weight": weight, "act.bias": bias}
    torch.save(state, arguments.trained / "network.pt")


def read(network: Network, texts: Sequence[TaggedText], maker: WindowMaker, labels: Labels) -> Examples:
    """Give the vectors of all cue words in ``texts`` that the lexicon gives a single act."""
    network.eval()
    vectors: list[Tensor] = []
    acts: list[int] = []
    lemmas: list[str] = []
    windows = list(maker.texts(texts, "roles"))
    words = (word for text in texts for word in text.words)
    chosen: list[list[tuple[int, str, str]]] = []
    for window in windows:
        forms = [next(words) for _ in window.first]
        spans = tag_spans([labels.roles[tag] for tag in window.targets["role"]])
        found = (_judged(forms, start, end, labels.lemmas) for start, end, role in spans if role == "CUE")
        chosen.append([one for one in found if one])
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(windows), _BATCH):
            states = network.words(tensors(windows[start : start + _BATCH])).float()
            for row, some in enumerate(chosen[start : start + _BATCH]):
                for index, lemma, act in some:
                    vectors.append(states[row, index])
                    acts.append(labels.acts.index(act))
                    lemmas.append(lemma)
    return Examples(torch.stack(vectors), torch.tensor(acts), lemmas)


def _judged(forms: Sequence[str], start: int, end: int, lemmas: dict[str, str]) -> tuple[int, str, str] | None:
    """Give the last word of a cue that the lexicon has, its lemma and its only act; None with several, or negated."""
    lowered = [form.lower() for form in forms[start:end]]
    if not _NEGATIONS.isdisjoint(lowered):
        return None
    for index in range(end - 1, start - 1, -1):
        form = lowered[index - start]
        for lemma in dict.fromkeys([form, *(lemmas.get(f"{form}|{tag}", form) for tag in _FORMS)]):
            found = {cue.act.value for pos in "VN" for cue in cues().get((lemma, pos), ())}
            if found:
                return (index, lemma, found.pop()) if len(found) == 1 else None
    return None


def fit(examples: Examples, acts: int) -> tuple[Tensor, Tensor]:
    """Fit a linear layer by logistic regression; frequent lemmas and acts count less, or "say" would be all."""
    by_lemma = Counter(examples.lemmas)
    weights = torch.tensor([by_lemma[lemma] ** -0.5 for lemma in examples.lemmas])
    weights = weights / weights.sum()
    weight = torch.zeros(acts, examples.vectors.shape[1], requires_grad=True)
    bias = torch.zeros(acts, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        scores = functional.linear(examples.vectors, weight, bias)
        losses = functional.cross_entropy(scores, examples.acts, reduction="none")
        total = (losses * weights).sum() + _DECAY * weight.square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    return weight.detach(), bias.detach()


def report(examples: Examples, acts: Sequence[str], share: float, random: Random) -> None:
    """Print how often the act of a lemma that was held out is guessed, by lemma and by occurrence."""
    lemmas = sorted(set(examples.lemmas))
    random.shuffle(lemmas)
    folds = max(1, round(1 / share))
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for fold in range(folds):
        held = frozenset(lemmas[fold::folds])
        weight, bias = fit(examples.part(held, inside=False), len(acts))
        test = examples.part(held, inside=True)
        guessed = functional.linear(test.vectors, weight, bias).argmax(-1).tolist()
        for lemma, act, guess in zip(test.lemmas, test.acts.tolist(), guessed, strict=True):
            count[lemma] += 1
            right[lemma] += act == guess
            plain[lemma] += acts[act] == "states"
    by_lemma = sum(right[lemma] / count[lemma] for lemma in count) / len(count)
    always = sum(plain[lemma] / count[lemma] for lemma in count) / len(count)
    sys.stdout.write(
        f"{len(count)} lemmas, {count.total()} cues, each lemma held out once in {folds} parts: "
        f"{by_lemma:.3f} of the cues right, mean over lemmas (always 'states': {always:.3f}); "
        f"{right.total() / count.total():.3f} over cues ({plain.total() / count.total():.3f})\n"
    )


if __name__ == "__main__":
    main()
