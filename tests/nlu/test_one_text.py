"""One text through plain arrays has the chances that scikit-learn gives it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.intents import IntentClassifier
from nlu.local_classifier import LocalClassifier
from nlu.one_text import Weighing

TEXTS = (
    "Làm giấy khai sinh cho con cần giấy tờ gì ạ",
    "lam giay khai sinh can gi",
    "cột điện sắp đổ trước ngõ 36, nguy hiểm lắm",
    "H26.12-251103-0012 đến đâu rồi",
    "ok ok ok ok",
    "zzzzqqq",
    "?",
    "",
)


@pytest.fixture(scope="session")
def local(classifier: IntentClassifier) -> LocalClassifier:
    assert isinstance(classifier, LocalClassifier)
    return classifier


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_chances_of_scikit_learn(local: LocalClassifier, text: str) -> None:
    expected = local.pipeline.predict_proba([text])[0]
    assert Weighing.of(local.pipeline).chances(text) == pytest.approx(expected, abs=1e-6)


def test_any_text_has_the_chances_of_scikit_learn(local: LocalClassifier) -> None:
    weighing = Weighing.of(local.pipeline)

    @given(st.text(max_size=80))
    def has_them(text: str) -> None:
        assert np.allclose(weighing.chances(text), local.pipeline.predict_proba([text])[0], atol=1e-6)

    has_them()
