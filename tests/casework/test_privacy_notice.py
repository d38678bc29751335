"""Whoever changes a word of the notice raises its version: consents name the one they were asked under."""

from __future__ import annotations

import hashlib
from typing import Any

from casework import privacy_notice

#: The words of each version, with the default days. Add a line; never change one.
DIGESTS = {
    "1.0": "7f7ce9be302b43890be0ec52f61d7dc3ce93f4b99ccc21f503b8e5edae127b76",
    "1.1": "ea877221ecc03c6a8fc28901e419d89d0ef30fe520b03ae3bc15644c778d6965",
    "1.2": "63dacf3e5e1631bc2a383dbe3429a97a0016f8c96701c575df823ce7b8436cf0",
    "1.3": "632325f4f359a3736e2c78c01aa8cab75f1bdfb6153a6f8896146e13d1bb446d",
}


def test_the_words_of_a_version_never_change(settings: Any) -> None:
    settings.KEEP_TRANSCRIPTS, settings.KEEP_PHOTOS, settings.KEEP_REDACTED = 90, 7, 7
    words = hashlib.sha256(privacy_notice.whole_text().encode()).hexdigest()
    assert words == DIGESTS[privacy_notice.VERSION], "the words changed: raise VERSION and add its digest"


def test_other_days_are_another_version(settings: Any) -> None:
    before = privacy_notice.text_version()
    settings.KEEP_PHOTOS += 1
    assert privacy_notice.text_version() != before


def test_the_answer_in_the_chat_is_short(settings: Any) -> None:
    assert len(privacy_notice.summary()) <= 900
