"""Which classifier the assistant of this process reads intents with, for those who ask from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nlu.intents import IntentClassifier
from nlu.rasa.falling_back import RasaElseLocal
from nlu.rasa.standing import Standing

_in_use: list[IntentClassifier] = []


@contextmanager
def in_use(classifier: IntentClassifier) -> Iterator[IntentClassifier]:
    """Answer `standing()` by this classifier as long as the block lasts."""
    _in_use.append(classifier)
    try:
        yield classifier
    finally:
        _in_use.remove(classifier)


def standing() -> Standing | None:
    """None when no assistant works in this process: a web server beside workers, a command."""
    if not _in_use:
        return None
    classifier = _in_use[-1]
    if isinstance(classifier, RasaElseLocal):
        return classifier.standing()
    return Standing(answers=classifier.name)
