"""Turn a trained network into a spaCy pipeline: ``python -m claims.extraction.training.export --help``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto

from claims.extraction.components.chains import Chain
from claims.extraction.pipeline import VERSION, blank_pipeline
from claims.extraction.training.graph import Graph
from claims.extraction.training.labels import Labels
from claims.extraction.training.pretrained import installed_encoder, vocabulary

# The positions that the pipeline's windows can have; see components/windows.py.
_POSITIONS = 256
_BEST_SCRIPTS = 5
_SOURCES = [
    {"name": "all-MiniLM-L6-v2", "author": "sentence-transformers", "license": "Apache-2.0", "url": ""},
    {"name": "UD English EWT", "author": "Universal Dependencies", "license": "CC BY-SA 4.0", "url": ""},
    {"name": "UD English GUM, open genres", "author": "Universal Dependencies", "license": "CC BY 4.0", "url": ""},
    {"name": "en-worldwide-newswire", "author": "Stanford NLP Group", "license": "none stated", "url": ""},
    {"name": "PolNeAR 1.0.0", "author": "Newell, Margolin, Ruths", "license": "none stated", "url": ""},
]

Weights = dict[str, npt.NDArray[np.float32]]


def main() -> None:
    """Read the arguments, build the graphs and save the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="output folder of the training")
    parser.add_argument("pipeline", type=Path, help="folder to write the spaCy pipeline to")
    parser.add_argument("--encoder", type=Path, help="folder with vocab.txt of the encoder (the installed one)")
    parser.add_argument("--floats", action="store_true", help="keep 32-bit floats, to see what eight bits cost")
    arguments = parser.parse_args()
    labels = Labels(**json.loads((arguments.trained / "labels.json").read_text(encoding="utf8")))
    state = torch.load(arguments.trained / "network.pt", weights_only=True)
    weights = {name: value.float().numpy() for name, value in state.items()}
    build(
        weights,
        labels,
        vocabulary(arguments.encoder or installed_encoder()),
        arguments.pipeline,
        quantised=not arguments.floats,
    )


def build(weights: Weights, labels: Labels, pieces: list[str], folder: Path, *, quantised: bool = True) -> None:
    """Write the pipeline of ``weights`` to ``folder``."""
    nlp = blank_pipeline()
    pipes: dict[str, Any] = dict(nlp.pipeline)
    pipes["encoder"].set_model(encoder_graph(weights, quantised=quantised).SerializeToString(), pieces)
    pipes["tagger"].set_labels(labels.tags)
    pipes["morphologizer"].set_labels(labels.morphs)
    pipes["lemmatizer"].set_labels(labels.scripts)
    pipes["lemmatizer"].set_lexicon(labels.lemmas, labels.words)
    pipes["parser"].set_labels(labels.deps)
    pipes["parser"].set_model(label_graph(weights).SerializeToString())
    pipes["ner"].set_labels(labels.entities)
    pipes["attribution"].set_labels(labels.roles)
    pipes["attribution"].set_chain(Chain(weights["role_chain.step"], weights["role_chain.first"]))
    pipes["attribution"].set_acts(labels.acts)
    nlp.meta |= {"version": VERSION, "license": "see README.md", "sources": _SOURCES}
    nlp.to_disk(folder)


def encoder_graph(weights: Weights, *, quantised: bool = True) -> onnx.ModelProto:
    """Build the graph from one window's pieces to the outputs of all heads.

    Inputs: ``pieces`` and ``cases`` (pieces), ``first`` and ``last`` (words). Outputs, a row a word: ``tags``,
    ``morphs`` (best label), ``scripts`` (five best), ``starts`` (logit), ``entities``, ``roles`` and ``acts`` (logits),
    ``arcs`` and ``links`` (word by word; their diagonals score roots and links to nothing), ``dependents`` and
    ``heads`` (inputs of the label graph).
    """
    graph = Graph(quantised=quantised)
    length = graph.node("Shape", "pieces")
    states = _embedded(graph, weights, length)
    layer = 0
    while f"layers.{layer}.query.weight" in weights:
        states = _layer(graph, _under(weights, f"layers.{layer}."), states, length)
        layer += 1
    words = graph.node("Add", graph.node("Gather", states, "first"), graph.node("Gather", states, "last"))
    words = graph.node("Mul", words, graph.constant(np.array(0.5, dtype=np.float32)))
    word_cases = graph.node("Gather", "cases", "first")
    head_cases = graph.node("Gather", graph.constant(weights["head_case_embedding.weight"]), word_cases)
    words = graph.node("Concat", words, head_cases, axis=-1)

    def head(name: str) -> str:
        return graph.linear(words, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def hidden(name: str) -> str:
        return graph.node("LeakyRelu", head(name), alpha=0.1)

    def pairs(name: str, own: str) -> str:
        return _pairs(graph, weights, name, own, hidden(f"{name}_dependent"), hidden(f"{name}_head"))

    tags = graph.node("ArgMax", head("tag"), axis=-1, keepdims=0)
    morphs = graph.node("ArgMax", head("morph"), axis=-1, keepdims=0)
    scripts = graph.node("TopK", head("script"), graph.integers(_BEST_SCRIPTS), outputs=2, axis=-1) + "_1"
    starts = graph.node("Squeeze", head("start"), graph.integers(-1))
    outputs = [
        ("tags", tags, TensorProto.INT64, 1),
        ("morphs", morphs, TensorProto.INT64, 1),
        ("scripts", scripts, TensorProto.INT64, 2),
        ("starts", starts, TensorProto.FLOAT, 1),
        ("entities", head("entity"), TensorProto.FLOAT, 2),
        ("roles", head("role"), TensorProto.FLOAT, 2),
        ("acts", head("act"), TensorProto.FLOAT, 2),
        ("arcs", pairs("arc", own="root"), TensorProto.FLOAT, 2),
        ("links", pairs("link", own="link_none"), TensorProto.FLOAT, 2),
        ("dependents", hidden("label_dependent"), TensorProto.FLOAT, 2),
        ("heads", hidden("label_head"), TensorProto.FLOAT, 2),
    ]
    inputs = [
        ("pieces", TensorProto.INT64, ["pieces"]),
        ("cases", TensorProto.INT64, ["pieces"]),
        ("first", TensorProto.INT64, ["words"]),
        ("last", TensorProto.INT64, ["words"]),
    ]
    return graph.model(inputs, outputs)


def label_graph(weights: Weights) -> onnx.ModelProto:
    """Build the graph from ``dependents`` and the ``heads`` chosen for them to their best ``labels``."""
    graph = Graph(quantised=False)
    tensor = weights["label"]
    width, labels, _ = tensor.shape
    mixed = graph.node("MatMul", _with_one(graph, "dependents"), graph.constant(tensor.reshape(width, -1)))
    mixed = graph.node("Reshape", mixed, graph.integers(-1, labels, width))
    column = graph.node("Unsqueeze", _with_one(graph, "heads"), graph.integers(-1))
    scores = graph.node("Squeeze", graph.node("MatMul", mixed, column), graph.integers(-1))
    best = graph.node("ArgMax", scores, axis=-1, keepdims=0)
    shape: list[str | int] = ["words", width - 1]
    inputs = [("dependents", TensorProto.FLOAT, shape), ("heads", TensorProto.FLOAT, shape)]
    return graph.model(inputs, [("labels", best, TensorProto.INT64, 1)])


def _embedded(graph: Graph, weights: Weights, length: str) -> str:
    positions = weights["position_embedding.weight"][:_POSITIONS] + weights["type_embedding"]
    zero, one = graph.integers(0), graph.integers(1)
    states = graph.embedding(weights["word_embedding.weight"], "pieces")
    states = graph.node("Add", states, graph.node("Slice", graph.constant(positions), zero, length, zero, one))
    states = graph.node("Add", states, graph.node("Gather", graph.constant(weights["case_embedding.weight"]), "cases"))
    return graph.norm(states, weights["embedding_norm.weight"], weights["embedding_norm.bias"])


def _layer(graph: Graph, weights: Weights, states: str, length: str) -> str:
    width = weights["query.weight"].shape[1]
    heads = 12
    size = width // heads
    scaled = np.float32(size**-0.5)
    joint = np.concatenate([weights["query.weight"] * scaled, weights["key.weight"], weights["value.weight"]])
    bias = np.concatenate([weights["query.bias"] * scaled, weights["key.bias"], weights["value.bias"]])
    mixed = graph.node("Reshape", graph.linear(states, joint, bias), graph.integers(-1, 3, heads, size))
    query, key, value = (
        graph.node("Gather", mixed, graph.constant(np.array(index, dtype=np.int64)), axis=1) for index in range(3)
    )
    scores = graph.node(
        "MatMul", graph.node("Transpose", query, perm=[1, 0, 2]), graph.node("Transpose", key, perm=[1, 2, 0])
    )
    context = graph.node(
        "MatMul", graph.node("Softmax", scores, axis=-1), graph.node("Transpose", value, perm=[1, 0, 2])
    )
    context = graph.node("Reshape", graph.node("Transpose", context, perm=[1, 0, 2]), graph.integers(-1, width))
    context = graph.linear(context, weights["output.weight"], weights["output.bias"])
    states = graph.norm(
        graph.node("Add", states, context), weights["attention_norm.weight"], weights["attention_norm.bias"]
    )
    inner = graph.node("Gelu", graph.linear(states, weights["inner.weight"], weights["inner.bias"]))
    outer = graph.linear(inner, weights["outer.weight"], weights["outer.bias"])
    return graph.norm(graph.node("Add", states, outer), weights["norm.weight"], weights["norm.bias"])


def _pairs(graph: Graph, weights: Weights, name: str, own: str, dependent: str, head: str) -> str:
    mixed = graph.linear(dependent, weights[f"{name}.weight"], None)
    scores = graph.node("MatMul", mixed, graph.node("Transpose", head, perm=[1, 0]))
    prior = graph.linear(head, weights[f"{name}_prior.weight"], weights[f"{name}_prior.bias"])
    scores = graph.node("Add", scores, graph.node("Transpose", prior, perm=[1, 0]))
    alone = graph.linear(dependent, weights[f"{own}.weight"], weights[f"{own}.bias"])
    diagonal = graph.node("Cast", graph.node("EyeLike", scores), to=TensorProto.BOOL)
    return graph.node("Where", diagonal, alone, scores)


def _with_one(graph: Graph, values: str) -> str:
    ones = graph.node("Slice", values, graph.integers(0), graph.integers(1), graph.integers(1))
    zero = graph.constant(np.array(0.0, dtype=np.float32))
    one = graph.constant(np.array(1.0, dtype=np.float32))
    ones = graph.node("Add", graph.node("Mul", ones, zero), one)
    return graph.node("Concat", values, ones, axis=-1)


def _under(weights: Weights, prefix: str) -> Weights:
    return {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}


if __name__ == "__main__":
    main()
