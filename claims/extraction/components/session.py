"""ONNX models inside components: one thread, opened when first used, so that a pipeline can be pickled and forked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt
import onnxruntime

Arrays = dict[str, npt.NDArray[Any]]


class Model:
    """A serialised ONNX model; processes scale, so each uses a single thread."""

    def __init__(self, content: bytes = b"") -> None:
        self.content = content
        self._session: onnxruntime.InferenceSession | None = None

    def run(self, inputs: Mapping[str, npt.NDArray[Any]]) -> Arrays:
        """Give the outputs by name; raises ValueError while there is no model."""
        if self._session is None:
            self._session = self._open()
        names = [output.name for output in self._session.get_outputs()]
        return dict(zip(names, self._session.run(names, dict(inputs)), strict=True))

    def __getstate__(self) -> dict[str, object]:
        return {"content": self.content, "_session": None}

    def _open(self) -> onnxruntime.InferenceSession:
        if not self.content:
            raise ValueError("this pipe holds no model: load a trained pipeline")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Windows differ in length; patterns of memory kept for each would only grow.
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(self.content, options, providers=["CPUExecutionProvider"])
