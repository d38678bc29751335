"""Weights and calibration for a release too small to learn its own (knowledge_base.learning says when).

Learned on the 2,642 national procedures of July 2026 with 2,742 example questions and the bundled encoder,
without a projection: such a release has none. They hold for the encoder "onnx" as well, whose cosines with
the bundled one are .9999 (tests/nlu/test_onnx_encoder.py). Another model has other cosines: give its base
examples enough to learn its own.
"""

from __future__ import annotations

from knowledge_base.decision import Calibration, Chance
from knowledge_base.ranking import Ranker

RANKER = Ranker(
    weights={
        "meaning": 49.4997,
        "meaning_of_examples": 2.074,
        "meaning_of_title": 43.327,
        "words": 6.8497,
        "words_of_examples": 0.0,
        "words_of_title": 8.6849,
        "words_of_parts": 7.4755,
        "for_citizens": 1.6683,
        "plain_variant": 0.2474,
    }
)
CALIBRATION = Calibration(
    first=Chance(
        weights={
            "lead": 0.93644,
            "margin": 0.37948,
            "meaning": 18.41708,
            "meaning_of_title": 7.54343,
            "words": -1.06652,
            "words_of_title": 1.73419,
            "words_of_parts": -0.43432,
            "length": 1.43718,
        },
        constant=-27.9172,
    ),
    four=Chance(
        weights={
            "lead": 0.97458,
            "margin": 0.04914,
            "meaning": 31.96741,
            "meaning_of_title": 4.39909,
            "words": 2.52245,
            "words_of_title": 1.16846,
            "words_of_parts": 0.32452,
            "length": 2.64582,
        },
        constant=-40.33092,
    ),
)
