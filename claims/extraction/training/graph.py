"""A small builder of ONNX graphs, with linear layers in eight bits.

Weights are stored as signed bytes with a scale for each output column. ``dynamic`` layers also turn their inputs into
bytes as they come (a scale a layer and call), so that a processor multiplies integers. Embedding tables are bytes with
a scale a row.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Floats = npt.NDArray[np.float32]

OPSET = 20
IR_VERSION = 10


class Graph:
    """Collects nodes and constants; every method appends a node and gives its output's name."""

    def __init__(self, *, quantised: bool = True) -> None:
        """With ``quantised`` false all weights stay 32-bit floats: the reference for what the bytes cost."""
        self.quantised = quantised
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._as_bytes: dict[str, tuple[str, str, str]] = {}

    def constant(self, value: npt.NDArray[np.generic]) -> str:
        """Store an array."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: object) -> str:
        """Append a node; of several outputs the first is named, the others ``NAME_1``, ``NAME_2``."""
        name = f"n{len(self._nodes)}"
        names = [name, *(f"{name}_{index}" for index in range(1, outputs))]
        self._nodes.append(helper.make_node(operator, inputs, names, domain=domain, **attributes))
        return name

    def integers(self, *values: int) -> str:
        """Store a list of integers, as shapes and axes want it."""
        return self.constant(np.array(values, dtype=np.int64))

    def embedding(self, table: Floats, indices: str) -> str:
        """Look rows up."""
        if not self.quantised:
            return self.node("Gather", self.constant(table), indices)
        scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127.0
        rows = np.clip(np.rint(table / scales), -127, 127).astype(np.int8)
        found = self.node("Cast", self.node("Gather", self.constant(rows), indices), to=TensorProto.FLOAT)
        return self.node("Mul", found, self.node("Gather", self.constant(scales.astype(np.float32)), indices))

    def linear(self, states: str, weight: Floats, bias: Floats | None) -> str:
        """Apply ``states @ weight.T + bias``; ``weight`` is (outputs, inputs), as PyTorch keeps it."""
        matrix = weight.T
        if self.quantised:
            scales = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / 127.0
            whole = np.clip(np.rint(matrix / scales), -127, 127).astype(np.int8)
            if states not in self._as_bytes:
                first = self.node("DynamicQuantizeLinear", states, outputs=3)
                self._as_bytes[states] = (first, f"{first}_1", f"{first}_2")
            value, scale, zero = self._as_bytes[states]
            product = self.node("MatMulInteger", value, self.constant(whole), zero)
            product = self.node("Cast", product, to=TensorProto.FLOAT)
            product = self.node("Mul", product, self.node("Mul", scale, self.constant(scales.astype(np.float32))))
        else:
            product = self.node("MatMul", states, self.constant(matrix))
        return product if bias is None else self.node("Add", product, self.constant(bias))

    def norm(self, states: str, weight: Floats, bias: Floats) -> str:
        """Normalise the last axis."""
        return self.node(
            "LayerNormalization", states, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12
        )

    def model(
        self, inputs: Sequence[tuple[str, int, Sequence[str | int]]], outputs: Sequence[tuple[str, str, int, int]]
    ) -> onnx.ModelProto:
        """Close the graph: ``inputs`` are (name, type, shape); ``outputs`` (name, node, type, number of axes)."""
        for name, node, _, _ in outputs:
            self._nodes.append(helper.make_node("Identity", [node], [name]))
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in inputs],
            [helper.make_tensor_value_info(name, kind, [None] * axes) for name, _, kind, axes in outputs],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="stancetracker")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model)
        return model
