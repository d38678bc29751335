"""Weights and calibration for a release too small to learn its own (knowledge_base.learning says when).

Learned on the 2,642 national procedures of July 2026 with 13,050 example questions and the bundled encoder,
without a projection: such a release has none. They hold for the encoder "onnx" as well, whose cosines with
the bundled one are .9999 (tests/nlu/test_onnx_encoder.py). Another model has other cosines: give its base
examples enough to learn its own.
"""

from __future__ import annotations

from knowledge_base.decision import Calibration, Chance
from knowledge_base.ranking import Ranker

RANKER = Ranker(
    weights={
        "meaning": 29.7476,
        "meaning_of_title": 27.1684,
        "meaning_together": 11.4584,
        "meaning_of_all": 53.6681,
        "words_of_title": 4.027,
        "words_of_all": 5.9645,
        "words_of_parts": 7.185,
        "demand": 1.3394,
        "plain_variant": 0.4746,
    }
)
CALIBRATION = Calibration(
    first=Chance(
        weights={
            "lead": 0.89398,
            "margin": 0.38864,
            "meaning": -0.33509,
            "meaning_of_title": 10.01625,
            "meaning_of_all": 18.54106,
            "words_of_title": -0.33253,
            "words_of_all": 1.31272,
            "words_of_parts": 0.21268,
            "demand": 0.31998,
            "length": 1.24378,
        },
        constant=-30.77117,
    ),
    four=Chance(
        weights={
            "lead": 0.54108,
            "margin": 0.09163,
            "meaning": 20.98684,
            "meaning_of_title": 8.46804,
            "meaning_of_all": 21.58693,
            "words_of_title": 1.31107,
            "words_of_all": 3.70183,
            "words_of_parts": -0.25851,
            "demand": 0.47641,
            "length": 2.3456,
        },
        constant=-54.91022,
    ),
)
