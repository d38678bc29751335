"""Any model of the library sentence-transformers, by folder or name (the extra `motcua[transformers]`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlu.encoders import Vectors
from nlu.encoders.guarding import guard
from nlu.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, kw_only=True)
class SentenceTransformersEncoder:
    """A SentenceTransformer. Its prefixes and longest input are those of the model's own settings."""

    model: SentenceTransformer
    name: str
    dimensions: int

    @classmethod
    def open(cls, name: str) -> SentenceTransformersEncoder:
        """Load the model. Raises EncoderUnavailable with what to install or correct."""
        try:
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- 5 s and torch
        except ImportError as problem:
            raise EncoderUnavailable(
                f"MOTCUA_ENCODER is {name!r}, which needs the library sentence-transformers: "
                "run `pip install motcua[transformers]`, or set MOTCUA_ENCODER to 'onnx'."
            ) from problem
        try:
            model = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError) as problem:
            raise EncoderUnavailable(
                f"sentence-transformers cannot open {name!r}: set MOTCUA_ENCODER to the folder of a model "
                "(it holds modules.json), to a model's name, or to 'onnx'."
            ) from problem
        return cls(model=model, name=name, dimensions=len(model.encode_query(name)))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, with the model's own query prompt."""
        guarded = [guard(text) for text in texts]
        return _unit(self.model.encode_query(guarded, convert_to_numpy=True), self.dimensions)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of probes and passages, with the model's own document prompt."""
        guarded = [guard(text) for text in texts]
        return _unit(self.model.encode_document(guarded, convert_to_numpy=True), self.dimensions)


def _unit(vectors: Vectors, dimensions: int) -> Vectors:
    vectors = np.asarray(vectors, dtype=np.float32).reshape(-1, dimensions)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return unit
