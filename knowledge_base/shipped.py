"""Weights and calibration for a release too small to learn its own (knowledge_base.learning says when).

Learned by `motcua kb build` on the 2,642 national procedures of July 2026 with 2,742 example questions, and
copied from the manifest of that release.
"""

from __future__ import annotations

from knowledge_base.decision import Calibration, Chance
from knowledge_base.ranking import Ranker

RANKER = Ranker(
    weights={
        "meaning": 8.7869,
        "meaning_of_examples": 6.3705,
        "meaning_of_title": 4.709,
        "words": 1.751,
        "words_of_examples": 0.0,
        "words_of_title": 10.4492,
        "words_of_parts": 6.0123,
        "for_citizens": 0.1341,
        "plain_variant": 0.0227,
    }
)
CALIBRATION = Calibration(
    first=Chance(
        weights={
            "lead": 1.27367,
            "margin": 0.37968,
            "meaning": 3.40105,
            "meaning_of_title": 0.94294,
            "words": -0.06589,
            "words_of_title": 1.9994,
            "words_of_parts": -0.62553,
            "length": 1.54846,
        },
        constant=-7.20714,
    ),
    four=Chance(
        weights={
            "lead": 0.86607,
            "margin": 0.04124,
            "meaning": 7.45102,
            "meaning_of_title": 0.85436,
            "words": 3.62109,
            "words_of_title": 1.69587,
            "words_of_parts": -0.10766,
            "length": 3.14196,
        },
        constant=-13.73931,
    ),
)
