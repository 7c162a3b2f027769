"""The network: one BERT-like encoder read by a head for each annotation (PyTorch; never imported at run time).

The encoder is MiniLM (Wang et al. 2020) as all-MiniLM-L6-v2 ships it, with an embedding of each word's letter case
added to its pieces. A word is the mean of its first and last piece. Heads and labels of the tree are scored by the
deep biaffine attention of Dozat and Manning (2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.extraction.components.reading import ROLE_TAGS, ROLES
from claims.extraction.training.chain import Chain
from claims.extraction.training.windows import IGNORED
from claims.extraction.wordpieces import CASES

_OUTSIDE = -1e4
_LINK_WEIGHT = 0.15
_TAGS = {role: [index for index, tag in enumerate(ROLE_TAGS) if tag[2:] == role] for role in ROLES}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths and counts of the network; ``vocabulary`` and the label counts come from the data."""

    vocabulary: int
    tags: int
    morphs: int
    scripts: int
    deps: int
    entities: int
    acts: int
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = 512
    case_width: int = 16
    arc_width: int = 256
    label_width: int = 100
    link_width: int = 128
    dropout: float = 0.1
    head_dropout: float = 0.25


class Layer(nn.Module):
    """One transformer layer with the normalisation after each part, as BERT has it."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads = sizes.attention_heads
        self.query, self.key, self.value, self.output = (nn.Linear(sizes.width, sizes.width) for _ in range(4))
        self.attention_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.inner = nn.Linear(sizes.width, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = sizes.dropout

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = states.shape
        shape = (batch, length, self.heads, width // self.heads)
        query, key, value = (part(states).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value))
        scores = query @ key.transpose(2, 3) * (width // self.heads) ** -0.5
        mixed = scores.masked_fill(~mask, _OUTSIDE).softmax(-1).to(value.dtype) @ value
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, length, width))
        states = self.attention_norm(states + _dropped(mixed, self.dropout, self.training))
        inner = self.outer(functional.gelu(self.inner(states)))
        return self.norm(states + _dropped(inner, self.dropout, self.training))


class Network(nn.Module):
    """The encoder and all its heads."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.word_embedding = nn.Embedding(sizes.vocabulary, sizes.width)
        self.position_embedding = nn.Embedding(sizes.positions, sizes.width)
        self.type_embedding = nn.Parameter(torch.zeros(sizes.width))
        self.case_embedding = nn.Embedding(len(CASES), sizes.width)
        nn.init.zeros_(self.case_embedding.weight)
        self.embedding_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.head_case_embedding = nn.Embedding(len(CASES), sizes.case_width)
        width = sizes.width + sizes.case_width
        self.tag = nn.Linear(width, sizes.tags)
        self.morph = nn.Linear(width, sizes.morphs)
        self.script = nn.Linear(width, sizes.scripts)
        self.start = nn.Linear(width, 1)
        self.entity = nn.Linear(width, sizes.entities)
        self.role = nn.Linear(width, len(ROLE_TAGS))
        self.act = nn.Linear(width, sizes.acts)
        self.role_chain = Chain(ROLE_TAGS)
        self.arc_dependent, self.arc_head = (nn.Linear(width, sizes.arc_width) for _ in range(2))
        self.label_dependent, self.label_head = (nn.Linear(width, sizes.label_width) for _ in range(2))
        self.arc = nn.Linear(sizes.arc_width, sizes.arc_width, bias=False)
        self.arc_prior = nn.Linear(sizes.arc_width, 1)
        self.root = nn.Linear(sizes.arc_width, 1)
        self.label = nn.Parameter(torch.zeros(sizes.label_width + 1, sizes.deps, sizes.label_width + 1))
        nn.init.xavier_uniform_(self.arc.weight)
        self.link_dependent, self.link_head = (nn.Linear(width, sizes.link_width) for _ in range(2))
        self.link = nn.Linear(sizes.link_width, sizes.link_width, bias=False)
        self.link_prior = nn.Linear(sizes.link_width, 1)
        self.link_none = nn.Linear(sizes.link_width, 1)
        nn.init.xavier_uniform_(self.link.weight)

    def encoder_parameters(self) -> list[nn.Parameter]:
        """Give the parameters that come pretrained, for their own learning rate."""
        parts: list[nn.Module] = [self.word_embedding, self.position_embedding, self.embedding_norm, self.layers]
        return [self.type_embedding, *(parameter for part in parts for parameter in part.parameters())]

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        """Give each word's vector, (windows, words, width), dropout applied while training."""
        pieces, cases = batch["pieces"], batch["cases"]
        positions = torch.arange(pieces.shape[1])
        states = self.word_embedding(pieces) + self.position_embedding(positions) + self.type_embedding
        states = self.embedding_norm(states + self.case_embedding(cases))
        states = _dropped(states, self.sizes.dropout, self.training)
        mask = batch["piece_mask"][:, None, None, :]
        for layer in self.layers:
            states = layer(states, mask)
        index = batch["first"][..., None].expand(-1, -1, states.shape[-1])
        last = batch["last"][..., None].expand(-1, -1, states.shape[-1])
        words = 0.5 * (states.gather(1, index) + states.gather(1, last))
        word_cases = cases.gather(1, batch["first"])
        words = torch.cat([words, self.head_case_embedding(word_cases)], dim=-1)
        return _dropped(words, self.sizes.head_dropout, self.training)

    def arcs(self, words: Tensor) -> Tensor:
        """Score every word's head, (windows, words, words): the diagonal holds the score of being a root."""
        dependent, head = self._hidden(self.arc_dependent(words)), self._hidden(self.arc_head(words))
        return _pairs(self.arc(dependent), head, self.arc_prior(head), self.root(dependent))

    def links(self, words: Tensor) -> Tensor:
        """Score what a word's span points to, (windows, words, words).

        The word in a column stands for the span that it begins; the diagonal holds the score of pointing to none.
        """
        dependent, head = self._hidden(self.link_dependent(words)), self._hidden(self.link_head(words))
        return _pairs(self.link(dependent), head, self.link_prior(head), self.link_none(dependent))

    def dep_labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """Score the labels of the arcs to ``heads``, (windows, words, labels)."""
        dependent = _with_one(self._hidden(self.label_dependent(words)))
        head = _with_one(self._hidden(self.label_head(words)))
        chosen = head.gather(1, heads[..., None].expand(-1, -1, head.shape[-1]))
        mixed = (dependent @ self.label.flatten(1)).unflatten(-1, self.label.shape[1:])
        return (mixed @ chosen[..., None]).squeeze(-1)

    def _hidden(self, values: Tensor) -> Tensor:
        return _dropped(functional.leaky_relu(values, 0.1), self.sizes.head_dropout, self.training)

    def loss(self, task: str, batch: dict[str, Tensor]) -> Tensor:
        """Give the mean loss of a batch of one task, its heads' losses summed."""
        words = self.words(batch)
        if task == "entities":
            return _cross_entropy(self.entity(words), batch["ENT"])
        if task == "roles":
            return self._role_loss(words, batch)
        return self._tree_loss(words, batch)

    def _role_loss(self, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
        mask, link = batch["word_mask"], batch["link"]
        with torch.autocast("cpu", enabled=False):
            loss = self.role_chain.loss(self.role(words.float()), batch["role"], batch["line"], mask)
        links = self.links(words).float().masked_fill(~mask[:, None, :], _OUTSIDE)
        for role in ("CUE", "CONTENT"):
            inside = torch.isin(batch["role"], torch.tensor(_TAGS[role]))
            if bool((inside & (link != IGNORED)).any()):
                loss = loss + _LINK_WEIGHT * _cross_entropy(links, link.masked_fill(~inside, IGNORED))
        return loss

    def _tree_loss(self, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
        word_mask, sentence, head = batch["word_mask"], batch["sentence"], batch["head"]
        loss = _cross_entropy(self.tag(words), batch["tag"])
        loss = loss + _cross_entropy(self.morph(words), batch["morph"])
        loss = loss + 0.5 * _cross_entropy(self.script(words), batch["script"])
        starts = self.start(words).squeeze(-1).float()
        targets = batch["start"].clamp(min=0).float()
        loss = loss + functional.binary_cross_entropy_with_logits(starts[word_mask], targets[word_mask])
        same = sentence[:, :, None] == sentence[:, None, :]
        arcs = self.arcs(words).float().masked_fill(~same, _OUTSIDE)
        loss = loss + _cross_entropy(arcs, head)
        return loss + _cross_entropy(self.dep_labels(words, head.clamp(min=0)), batch["dep"])


def _pairs(dependents: Tensor, heads: Tensor, priors: Tensor, own: Tensor) -> Tensor:
    """Score all pairs of words: products, a head's prior, and on the diagonal what a word scores by itself."""
    scores = dependents @ heads.transpose(1, 2) + priors.transpose(1, 2)
    diagonal = torch.eye(scores.shape[1], dtype=torch.bool)
    return torch.where(diagonal, own.to(scores.dtype), scores)


def _dropped(values: Tensor, rate: float, training: bool) -> Tensor:
    """Drop whole features of a window (Gal and Ghahramani 2016): one draw serves all its words, which is also cheap."""
    if not training or rate == 0.0:
        return values
    kept = torch.rand(values.shape[0], 1, values.shape[2]) >= rate
    return values * (kept.to(values.dtype) / (1.0 - rate))


def _with_one(values: Tensor) -> Tensor:
    return torch.cat([values, torch.ones_like(values[..., :1])], dim=-1)


def _cross_entropy(scores: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1).float(), targets.flatten(), ignore_index=IGNORED)
