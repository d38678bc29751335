"""Encoders turn texts into unit vectors whose dot product says how close two meanings are."""

from __future__ import annotations

from collections.abc import Sequence
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


def open_encoder(setting: str) -> Encoder:
    """The encoder of a setting: "bundled", or the folder or name of a sentence-transformers model.

    Raises EncoderUnavailable with what to install or correct.
    """
    if setting == "bundled":
        from nlu.encoders.bundled import BundledEncoder  # noqa: PLC0415 -- loads 90 MB only when chosen

        return BundledEncoder.open()
    from nlu.encoders.sentence_transformers import (  # noqa: PLC0415 -- torch is an extra
        SentenceTransformersEncoder,
    )

    return SentenceTransformersEncoder.open(setting)
