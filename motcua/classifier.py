"""Opens what reads intents: the local classifier, and in front of it a Rasa server where one is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bot.classifier_in_use import in_use
from nlu.intents import IntentClassifier
from nlu.local_classifier import load_or_train
from nlu.rasa.falling_back import RasaElseLocal
from nlu.rasa.server import open_server
from nlu.training_data import NLU_YML


@contextmanager
def open_classifier(home: Path) -> Iterator[IntentClassifier]:
    """The classifier the settings ask for, announced to /api/health/ready. Rasa may still be down."""
    local = load_or_train(NLU_YML, home / "nlu")
    if not settings.RASA_URL:
        with in_use(local):
            yield local
        return
    with (
        open_server(settings.RASA_URL, token=settings.RASA_TOKEN) as rasa,
        in_use(RasaElseLocal(rasa=rasa, local=local)) as classifier,
    ):
        yield classifier
