"""A square matrix trained upon frozen vectors with the losses of sentence-transformers.

The model is their Dense, without bias and with its residual, so that the weight decay of AdamW pulls the
whole towards the identity; then Normalize. The vectors are its input as they are: no text is encoded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import numpy as np

from nlu.encoders import Vectors
from nlu.errors import EncoderUnavailable


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Three arrays of shape (n, dimensions). Row n of answers answers row n of asked; every other row of
    answers and every row of negatives is wrong for it.
    """

    asked: Vectors
    answers: Vectors
    negatives: Vectors


@dataclass(frozen=True, kw_only=True)
class Training:
    """How long and how fast. The rate falls evenly from `rate` to `last_rate` times it."""

    steps: int
    rate: float
    last_rate: float
    temperature: float
    decay: float


def check_can_train() -> None:
    """Raises EncoderUnavailable with what to install, when torch or sentence-transformers is missing."""
    try:
        import sentence_transformers  # noqa: F401, PLC0415 -- the extra `transformers`: 5 s and torch
        import torch  # noqa: F401, PLC0415
    except ImportError as problem:
        raise EncoderUnavailable(
            "Tuning needs torch and sentence-transformers, which the bot itself does not: run "
            "`pip install motcua[transformers]`, tune, and uninstall them again if you like. "
            "Without a tuned projection every build learns its own."
        ) from problem


def train(batches: Iterator[Batch], training: Training, *, dimensions: int) -> Vectors:
    """The matrix of shape (dimensions, dimensions) that vectors are multiplied with from the right.

    The same batches give the same matrix on the same machine. Raises EncoderUnavailable without the extra.
    """
    check_can_train()
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.losses import (  # noqa: PLC0415
        MultipleNegativesRankingLoss,
    )
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize  # noqa: PLC0415

    dense = Dense(
        dimensions,
        dimensions,
        bias=False,
        activation_function=None,
        init_weight=torch.zeros(dimensions, dimensions),
        use_residual=True,
    )
    model = SentenceTransformer(modules=[dense, Normalize()], device="cpu")
    loss = MultipleNegativesRankingLoss(model, scale=1 / training.temperature)
    descent = torch.optim.AdamW(model.parameters(), lr=training.rate, weight_decay=training.decay)
    pace = torch.optim.lr_scheduler.LinearLR(descent, 1.0, training.last_rate, total_iters=training.steps)
    with _one_thread():
        for batch in islice(batches, training.steps):
            columns = (batch.asked, batch.answers, batch.negatives)
            said = [{"sentence_embedding": torch.from_numpy(column)} for column in columns]
            descent.zero_grad()
            loss(said, None).backward()
            descent.step()
            pace.step()
    learned: Vectors = dense.linear.weight.detach().numpy().T
    return np.eye(dimensions, dtype=np.float32) + learned


@contextmanager
def _one_thread() -> Iterator[None]:
    """Small products: several threads would only wait for one another (25 times slower on two busy cores)."""
    import torch  # noqa: PLC0415

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
