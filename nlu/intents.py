"""What a citizen wants, as one of fourteen words, from scikit-learn in this process.

Character n-grams survive typing errors, words and pairs carry the order, and the signs of our own rules
(nlu/signs.py) bring what is known beyond the examples.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlu import guards, training_data
from nlu.abbreviations import expand
from nlu.signs import signs
from nlu.text import clean, fold

INTENTS = (
    "ask_procedure",
    "report_problem",
    "report_regulation",
    "report_service",
    "report_status",
    "dossier_status",
    "talk_to_staff",
    "rate_service",
    "complaint_or_denunciation",
    "emergency",
    "greet",
    "goodbye_thanks",
    "about_bot",
    "out_of_scope",
)
NOTHING_SAID = "out_of_scope"
#: Confidence from which an intent alone decides; below it the search has its say first.
SURE = 0.5
_CERTAIN = {
    guards.GuardKind.EMERGENCY: "emergency",
    guards.GuardKind.ACCUSATION: "complaint_or_denunciation",
}
# What follows a long message's first sentences seldom changes what it wants, and each n-gram costs time.
_LONGEST_TEXT = 600
# Both chosen by cross-validation on our own examples, where confidence then agrees with accuracy.
_WEIGHT_OF_SIGNS = 0.6
_C = 10
# The code and the words on which a trained pipeline depends.
_MODULES = (
    *("intents.py", "signs.py", "abbreviations.py", "text.py", "word_rules.py"),
    *("asked_part.py", "categories.py", "entities.py", "guards.py"),
    *("data/abbreviations.tsv", "data/asked_parts.yml", "data/guards.yml"),
    *("data/report_categories.yml", "data/urgency.yml", "data/signs.yml"),
)


@dataclass(frozen=True, kw_only=True)
class Intent:
    """An intent and how likely it is (0–1): of a hundred answers given with .8, about eighty are right."""

    name: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class IntentClassifier:
    """A trained pipeline; safe to share between threads."""

    pipeline: Any
    name: str = "scikit-learn/tfidf+signs"

    def classify(self, text: str) -> Intent:
        """The likeliest intent. A text without letters or digits is out_of_scope with confidence 0."""
        return self.ranking(text)[0]

    def ranking(self, text: str) -> tuple[Intent, ...]:
        """All intents, likeliest first; confidences sum to 1 unless nothing was said."""
        said = clean(text)[:_LONGEST_TEXT]
        if not any(char.isalnum() for char in said):
            return (Intent(name=NOTHING_SAID, confidence=0.0),)
        chances = zip(self.pipeline.classes_, self.pipeline.predict_proba([said])[0], strict=True)
        intents = [Intent(name=str(name), confidence=float(chance)) for name, chance in chances]
        return tuple(sorted(intents, key=lambda intent: -intent.confidence))


def read_intent(text: str, classifier: IntentClassifier) -> Intent:
    """The intent as the assistant takes it: what a guard is certain of, else what the classifier says."""
    finding = guards.look(text)
    certain = _CERTAIN.get(finding.kind) if finding else None
    return Intent(name=certain, confidence=1.0) if certain else classifier.classify(text)


def train(nlu_yml: Path) -> IntentClassifier:
    """A classifier of the examples in a Rasa nlu.yml. Raises TrainingDataProblem. Takes about two seconds."""
    examples = training_data.read(nlu_yml)
    pipeline = new_pipeline()
    # On a small problem several threads only wait for each other: 3.0 s of CPU instead of about 1.
    with threadpool_limits(limits=1):
        pipeline.fit([example.text for example in examples], [example.intent for example in examples])
    return IntentClassifier(pipeline=pipeline)


def load_or_train(nlu_yml: Path, cache_folder: Path) -> IntentClassifier:
    """The classifier of nlu_yml, from cache_folder if it was trained there from the same data and code.

    cache_folder must be one that only this program writes: a cached model is unpickled.
    """
    import joblib  # type: ignore[import-untyped]  # noqa: PLC0415 -- with sklearn, on first use

    path = cache_folder / f"intents-{_digest(nlu_yml)}.joblib"
    if path.exists():
        return IntentClassifier(pipeline=joblib.load(path))
    classifier = train(nlu_yml)
    cache_folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.new")  # another process may train at the same time
    joblib.dump(classifier.pipeline, unfinished, compress=3)
    unfinished.replace(path)
    return classifier


def new_pipeline() -> Any:
    """An untrained pipeline from texts to probabilities of intents."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import FeatureUnion, make_pipeline  # noqa: PLC0415

    characters = {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True}
    words = {"token_pattern": r"[^\W_]+", "ngram_range": (1, 2), "sublinear_tf": True}
    features = FeatureUnion(
        [
            ("marked", TfidfVectorizer(preprocessor=_marked, **characters)),
            ("folded", TfidfVectorizer(preprocessor=_folded, **characters)),
            ("words", TfidfVectorizer(preprocessor=_folded, **words)),
            ("signs", CountVectorizer(analyzer=signs, binary=True)),
        ],
        transformer_weights={"signs": _WEIGHT_OF_SIGNS},
    )
    return make_pipeline(features, LogisticRegression(C=_C, class_weight="balanced", max_iter=300, tol=3e-3))


def _marked(text: str) -> str:
    return expand(text).lower()


def _folded(text: str) -> str:
    return fold(expand(text))


def _digest(nlu_yml: Path) -> str:
    """Of everything the trained pipeline depends on: data, our code, the library's version."""
    parts: Sequence[bytes] = [
        nlu_yml.read_bytes(),
        *(files("nlu").joinpath(module).read_bytes() for module in _MODULES),
        version("scikit-learn").encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
