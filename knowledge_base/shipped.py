"""Weights and calibration for a release too small to learn its own (knowledge_base.learning says when).

Learned on the 2,642 national procedures of July 2026 with 13,117 example questions and the bundled encoder,
without a projection: such a release has none. They hold for the encoder "onnx" as well, whose cosines with
the bundled one are .9999 (tests/nlu/test_onnx_encoder.py). Another model has other cosines: give its base
examples enough to learn its own.
"""

from __future__ import annotations

from knowledge_base.decision import Calibration, Chance
from knowledge_base.ranking import Ranker

RANKER = Ranker(
    weights={
        "meaning": 30.626,
        "meaning_of_title": 36.7281,
        "meaning_together": 0.0,
        "meaning_of_all": 48.9571,
        "words": 10.177,
        "demand": 1.0433,
        "plain_variant": 0.5585,
    }
)
CALIBRATION = Calibration(
    first=Chance(
        weights={
            "lead": 0.97857,
            "margin": 0.28363,
            "meaning": 3.7341,
            "meaning_of_title": 14.37716,
            "meaning_of_all": -1.85431,
            "words": 2.41346,
            "demand": 0.21514,
            "length": 1.96756,
        },
        constant=-21.86066,
    ),
    four=Chance(
        weights={
            "lead": 0.45096,
            "margin": -0.01104,
            "meaning": 18.96811,
            "meaning_of_title": 12.64803,
            "meaning_of_all": 7.79235,
            "words": 5.35264,
            "demand": 0.27458,
            "length": 2.65804,
        },
        constant=-45.3993,
    ),
)
