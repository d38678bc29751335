"""What load balancers and supervisors ask."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base.models import ActiveRelease, Release
from motcua.classifier import open_classifier
from nlu.local_classifier import LocalClassifier
from nlu.rasa.falling_back import FAILURES, PAUSE
from tests.nlu.rasa_like import TOKEN, answer, answer_json, ranking, rasa_like


def test_a_process_that_answers_is_live_without_asking_the_database() -> None:
    assert Client().get("/api/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_without_a_release_nobody_can_be_answered() -> None:
    response = Client().get("/api/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "release": False}


@pytest.mark.django_db
def test_with_a_release_in_force_citizens_may_come() -> None:
    release = Release.objects.create(name="2026-07-01", manifest={}, built_at=timezone.now())
    ActiveRelease.objects.create(release=release)
    assert Client().get("/api/health/ready").status_code == 200


@pytest.mark.django_db
def test_without_an_assistant_in_this_process_no_classifier_is_named() -> None:
    assert Client().get("/api/health/ready").json()["intents"] is None


@pytest.mark.django_db
def test_it_says_which_classifier_answers_and_why(classifier: LocalClassifier, settings: Any) -> None:
    with open_classifier(settings.MOTCUA_HOME):
        assert intents() == {"answers": classifier.name, "rasa": "off", "problem": "", "retry_in": 0.0}
    with rasa_like(answer_json(ranking("greet"))) as server:
        settings.RASA_URL, settings.RASA_TOKEN = server.url, TOKEN
        with open_classifier(settings.MOTCUA_HOME) as asked:
            assert asked.classify("đường hỏng").name == "greet"
            assert intents() == {"answers": "rasa", "rasa": "closed", "problem": "", "retry_in": 0.0}
            server.behave = answer(b"", status="500 Internal Server Error")
            for _ in range(FAILURES):
                asked.classify("đường hỏng")
            told = intents()
            assert (told["answers"], told["rasa"], told["problem"]) == (classifier.name, "open", "HTTP 500")
            assert 0 < told["retry_in"] <= PAUSE


def intents() -> Any:
    return Client().get("/api/health/ready").json()["intents"]
