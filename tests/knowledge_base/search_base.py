"""A small base for the tests of search, and an encoder that needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np

from knowledge_base.content import ProcedureContent
from knowledge_base.holdings import Live
from knowledge_base.manifest import Manifest
from knowledge_base.release import build
from nlu.encoders import Vectors
from nlu.text import fold, syllables
from tests.knowledge_base.contents import procedure


@dataclass(frozen=True, kw_only=True)
class SyllableEncoder:
    """A bag of folded syllables, each a fixed random direction: near when words are shared."""

    name: str = "test/syllables"
    dimensions: int = 256

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.array([self._bag(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)

    def _bag(self, text: str) -> Vectors:
        bag = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for syllable in syllables(fold(text)):
            seed = int.from_bytes(blake2b(syllable.encode(), digest_size=4).digest(), "little")
            bag += np.random.default_rng(seed).normal(size=self.dimensions).astype(np.float32)
        return bag


ENCODER = SyllableEncoder()

BIRTH = procedure(code="1.001193", title="Thủ tục đăng ký khai sinh", field="Hộ tịch")
BIRTH_ON_THE_SPOT = procedure(code="1.003583", title="Thủ tục đăng ký khai sinh lưu động", field="Hộ tịch")
RESIDENCE = procedure(code="1.004222", title="Đăng ký thường trú", field="Cư trú")
MARRIAGE = procedure(code="1.000894", title="Thủ tục đăng ký kết hôn", field="Hộ tịch")
CONTENTS = (BIRTH, BIRTH_ON_THE_SPOT, RESIDENCE, MARRIAGE)
EXAMPLES = {
    BIRTH.code: ["Con tôi mới đẻ, làm giấy khai sinh cho cháu ở đâu?", "lam giay khai sinh cho be can gi"],
    RESIDENCE.code: ["Tôi muốn nhập khẩu về nhà chồng thì làm thế nào?"],
    MARRIAGE.code: ["Hai đứa cháu sắp cưới, ra phường làm giấy kết hôn cần gì?"],
}


def build_here(
    root: Path, name: str = "first", *, contents: Sequence[ProcedureContent] = CONTENTS, previous: str = ""
) -> Manifest:
    return build(
        Live.of(contents, EXAMPLES),
        encoder=ENCODER,
        folder=root / name,
        previous=root / previous if previous else None,
    )


def many_procedures(count: int = 60) -> tuple[list[ProcedureContent], dict[str, list[str]]]:
    """Enough fields and examples for a release to learn from: made-up words, no meaning."""
    chance = np.random.default_rng(7)
    syllable = [
        a + b for a in ("ba", "ca", "đa", "gà", "hồ", "lý", "mũ", "nở") for b in ("n", "m", "ng", "t")
    ]
    contents, examples = [], {}
    for number in range(count):
        own = chance.choice(syllable, size=8)
        code = f"9.{number:06}"
        contents.append(procedure(code=code, title=" ".join(own), field=f"Lĩnh vực {number % 6}"))
        examples[code] = [
            " ".join([*chance.permutation(own)[:5], *chance.choice(syllable, 2)]) for _ in range(4)
        ]
    return contents, examples


def retitled(content: ProcedureContent, title: str) -> ProcedureContent:
    return replace(content, title=title)
