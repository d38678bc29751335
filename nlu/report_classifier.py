"""What a report is about and whether people are in danger: learnt from examples, blended with the word lists.

Letters and words of the example reports (nlu/report_examples.py) and what the lists of words see
(nlu/categories.py, nlu/guards) go into two logistic regressions over the same features: one for the category,
one for danger. A text without any hint is as likely as the examples make it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlu import training_data
from nlu.abbreviations import expand
from nlu.categories import category_points, is_urgent
from nlu.guards import emergency
from nlu.intents import LONGEST_TEXT
from nlu.kept_models import kept
from nlu.one_text import Numbers, Weighing
from nlu.report_examples import REPORT_EXAMPLES, ReportExample, read_report_examples
from nlu.text import clean, fold
from nlu.word_rules import Said

#: What a text may tell, for the regression of danger: somebody in it, a nuisance, or rules and manners.
DANGER, NUISANCE, OFFICE = "danger", "nuisance", "office"
_OFFICE_CATEGORIES = frozenset({"thu_tuc_quy_dinh", "thai_do_phuc_vu"})
_OF_INTENTS = {
    "emergency": DANGER,
    "report_problem": NUISANCE,
    "report_regulation": OFFICE,
    "report_service": OFFICE,
}
#: From this chance of danger on a report is urgent, whatever the words say. A danger missed is weighed as
#: eight seen in vain, on the cross-validated examples (docs/developers/report-reading.md).
URGENT_FROM = 0.15
# Chosen by cross-validation on the examples.
_WEIGHTS = {"words": 2.0, "lists": 0.5}
_C = 10
# nlu.yml does not say which of its reports are urgent: beside an example, a message of it counts this much.
_OF_A_MESSAGE = 0.05
_MODULES = (
    *("report_classifier.py", "report_examples.py", "categories.py", "abbreviations.py", "text.py"),
    *("word_rules.py", "training_data.py", "guards/emergency.py", "guards/word_lists.py"),
    *("data/abbreviations.tsv", "data/report_categories.yml", "data/urgency.yml"),
    *("data/guards/emergency.yml", "data/guards/dangers.yml"),
)

#: The classes of one regression and the chance of each.
_Half = tuple[tuple[str, ...], Numbers]


@dataclass(frozen=True, kw_only=True)
class ReportClassifier:
    """Two trained regressions over the same features; safe to share between threads."""

    pipeline: Any

    def categories(self, text: str) -> tuple[str, ...]:
        """All fifteen report categories, likeliest first."""
        names, chances = self._halves(text)[0]
        return tuple(names[place] for place in np.argsort(-chances, kind="stable"))

    def is_urgent(self, text: str) -> bool:
        """Whether people are hurt now or will be if nobody comes, by a guard, the words or the examples.

        The words of an emergency or of a danger to people are enough alone; "đã sửa xong" takes them back.
        """
        if is_urgent(text) or emergency.speaks(Said.of(text)):
            return True
        return self.danger(text) >= URGENT_FROM

    def danger(self, text: str) -> float:
        """The chance (0–1) that somebody is in danger, as the examples have it."""
        names, chances = self._halves(text)[1]
        return float(chances[names.index(DANGER)])

    def _halves(self, text: str) -> tuple[_Half, _Half]:
        return self._read(clean(text)[:LONGEST_TEXT])

    @cached_property
    def _read(self) -> Callable[[str], tuple[_Half, _Half]]:
        """Both regressions of a text, remembered for the few texts that are read at the same time."""
        weighing = Weighing.of(self.pipeline)
        names = weighing.classes
        border = len(names) - len({DANGER, NUISANCE, OFFICE})

        def read(text: str) -> tuple[_Half, _Half]:
            scores = weighing.scores(text)
            of_category, of_danger = _chances(scores[:border]), _chances(scores[border:])
            return (names[:border], of_category), (names[border:], of_danger)

        return lru_cache(maxsize=64)(read)


def load_or_train(cache_folder: Path) -> ReportClassifier:
    """The classifier of our examples, from cache_folder if it was trained there from the same data and code.

    cache_folder must be one that only this program writes: a cached model is unpickled.
    """
    return ReportClassifier(pipeline=kept(cache_folder / f"reports-{_digest()}.pickle", _trained))


def _trained() -> Any:
    reports = read_report_examples()
    messages = [each for each in training_data.read(training_data.NLU_YML) if each.intent in _OF_INTENTS]
    return trained_pipeline(reports, [(each.text, _OF_INTENTS[each.intent]) for each in messages])


def trained_pipeline(reports: Sequence[ReportExample], messages: Sequence[tuple[str, str]]) -> Any:
    """The features and both regressions as one pipeline: the category from the reports alone; danger from
    them and from the messages, each (text, DANGER, NUISANCE or OFFICE). Takes some seconds."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 -- 1 s of import

    texts = [report.text for report in reports]
    features = new_features()
    regression = {"C": _C, "class_weight": "balanced", "max_iter": 1000}
    with threadpool_limits(limits=1):
        seen = features.fit_transform(texts)
        of_category = LogisticRegression(**regression).fit(seen, [report.category for report in reports])
        told = [*map(_danger_of, reports), *(danger for _, danger in messages)]
        also_seen = features.transform([*texts, *(text for text, _ in messages)])
        counts = [1.0] * len(reports) + [_OF_A_MESSAGE] * len(messages)
        of_danger = LogisticRegression(**regression).fit(also_seen, told, sample_weight=counts)
    both = SimpleNamespace(
        classes_=[*of_category.classes_, *of_danger.classes_],
        coef_=np.vstack([of_category.coef_, of_danger.coef_]),
        intercept_=np.concatenate([of_category.intercept_, of_danger.intercept_]),
    )
    return SimpleNamespace(steps=[("features", features), ("regressions", both)])


def new_features() -> Any:
    """Untrained features of texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.pipeline import FeatureUnion  # noqa: PLC0415
    from sklearn.preprocessing import FunctionTransformer  # noqa: PLC0415

    characters = {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True}
    words = {"token_pattern": r"[^\W_]+", "ngram_range": (1, 2), "sublinear_tf": True}
    return FeatureUnion(
        [
            ("folded", TfidfVectorizer(preprocessor=_folded, **characters)),
            ("words", TfidfVectorizer(preprocessor=_folded, **words)),
            ("lists", FunctionTransformer(seen_by_lists)),
        ],
        transformer_weights=_WEIGHTS,
    )


def seen_by_lists(texts: Iterable[str]) -> NDArray[np.float64]:
    """What the word lists say of each text: the root of each category's points, whether it is urgent, and
    whether a guard sees an emergency. Shape (texts, categories + 2)."""
    return np.array([_list_row(text) for text in texts], float)


def _list_row(text: str) -> list[float]:
    points = [value**0.5 / 2 for value in category_points(text).values()]
    return [*points, 2.0 * is_urgent(text), 2.0 * emergency.speaks(Said.of(text))]


def _danger_of(report: ReportExample) -> str:
    if report.urgent:
        return DANGER
    return OFFICE if report.category in _OFFICE_CATEGORIES else NUISANCE


def _chances(scores: Numbers) -> Numbers:
    chances = np.exp(scores - scores.max())
    return np.asarray(chances / chances.sum())


@lru_cache(maxsize=16)  # two steps read one message
def _folded(text: str) -> str:
    return fold(expand(text))


def _digest() -> str:
    """Of everything the trained pipeline depends on: data, our code, the library's version."""
    parts = [
        *(files("nlu").joinpath(module).read_bytes() for module in _MODULES),
        training_data.NLU_YML.read_bytes(),
        REPORT_EXAMPLES.read_bytes(),
        version("scikit-learn").encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
