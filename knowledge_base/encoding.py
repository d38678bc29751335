"""Encoding the probes of a release: in batches, and only what no earlier release has encoded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from knowledge_base.vectors import Vectors
from nlu.encoders import Encoder

# Called with how many texts are done and how many there are.
Progress = Callable[[int, int], None]

_BATCH = 32


def encode(
    texts: Sequence[str], *, encoder: Encoder, known: Mapping[str, Vectors], progress: Progress | None = None
) -> Vectors:
    """A vector for each text, shape (len(texts), dimensions); `known` ones are taken over as they are.

    All are encoded as questions: probes are compared with questions of the same kind and length.
    """
    vectors = dict(known)
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    batches = [missing[begin : begin + _BATCH] for begin in range(0, len(missing), _BATCH)]
    done = len(texts) - len(missing)
    for batch in batches:
        vectors.update(zip(batch, encoder.encode_queries(batch), strict=True))
        done += len(batch)
        if progress:
            progress(done, len(texts))
    if progress:
        progress(len(texts), len(texts))
    return np.array([vectors[text] for text in texts], dtype=np.float32).reshape(-1, encoder.dimensions)
