"""Asking a Rasa server: whatever it does, the answer comes in time and is never lost."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from circuitbreaker import CircuitBreaker

from nlu.errors import RasaUnavailable
from nlu.intents import INTENTS
from nlu.local_classifier import LocalClassifier
from nlu.rasa.falling_back import FAILURES, RasaElseLocal
from nlu.rasa.server import open_server
from tests.nlu.rasa_like import (
    TOKEN,
    Behaviour,
    RasaLike,
    answer,
    answer_json,
    drip,
    hang,
    hang_up,
    hang_up_halfway,
    ranking,
    rasa_like,
    speak_no_http,
)
from tests.serving import until

WITHIN = 0.2
#: For a server that answers at once, however wrongly: only a machine that stands still makes this late.
AT_ONCE = 5.0
#: What the machine may add to the deadline when it is busy; the bad servers would take many seconds.
SLACK = 1.5


def _with(name: str, confidence: float) -> dict[str, object]:
    """An answer in which one intent has an impossible confidence."""
    body = ranking()
    body["intent_ranking"] = [
        {"name": each["name"], "confidence": confidence if each["name"] == name else each["confidence"]}
        for each in body["intent_ranking"]
    ]
    return body


BROKEN: dict[str, Behaviour] = {
    "hangs": hang,
    "drips": drip,
    "hangs up": hang_up,
    "hangs up halfway": hang_up_halfway,
    "speaks no HTTP": speak_no_http,
    "answers no JSON": answer(b"<html>Bad gateway</html>"),
    "answers no text": answer(b"\xff\xfe\xfd"),
    "answers nothing": answer(b""),
    "answers a list": answer_json([]),
    "answers a number": answer_json(3),
    "answers no ranking": answer_json({"text": "chào", "intent": None}),
    "answers a ranking of null": answer_json({"intent_ranking": None}),
    "answers a ranking of words": answer_json({"intent_ranking": ["greet"]}),
    "answers other intents": answer_json({"intent_ranking": [{"name": "chào", "confidence": 1.0}]}),
    "answers no numbers": answer_json(_with("greet", float("nan"))),
    "answers more than certain": answer_json(_with("greet", 17.0)),
    "answers less than impossible": answer_json(_with("greet", -1.0)),
    "sums to nothing": answer_json(_with("greet", 0.0)),
    "401": answer_json({"status": "failure", "code": 401}, status="401 Unauthorized"),
    "403": answer_json({}, status="403 Forbidden"),
    "404": answer_json({}, status="404 Not Found"),
    "409, no model": answer_json({"reason": "Conflict"}, status="409 Conflict"),
    "500": answer_json(ranking(), status="500 Internal Server Error"),
    "leads elsewhere": answer_json({}, status="302 Found"),
}


@contextmanager
def reading(
    server: RasaLike, local: LocalClassifier, *, pause: float = 30, within: float = AT_ONCE
) -> Iterator[RasaElseLocal]:
    breaker = CircuitBreaker(FAILURES, pause, RasaUnavailable)
    with open_server(server.url, token=TOKEN, within=within) as rasa:
        yield RasaElseLocal(rasa=rasa, local=local, breaker=breaker)


def test_a_right_server_is_believed(classifier: LocalClassifier) -> None:
    with (
        rasa_like(answer_json(ranking("report_problem", 0.8))) as server,
        reading(server, classifier) as both,
    ):
        ranked = both.ranking("Xin  chào\x00 anh chị")
        assert (ranked[0].name, ranked[0].confidence) == ("report_problem", pytest.approx(0.8))
        assert sorted(intent.name for intent in ranked) == sorted(INTENTS)
        assert both.classify("chào") == ranked[0]
        assert both.standing().answers == "rasa"
    assert f"POST /model/parse?token={TOKEN} " in server.asked[0]
    assert json.loads(server.asked[0].split("\r\n\r\n")[1]) == {"text": "Xin chào anh chị"}


@pytest.mark.parametrize("behaviour", BROKEN)
def test_a_broken_server_neither_loses_nor_delays_a_message(
    classifier: LocalClassifier, behaviour: str
) -> None:
    within = WITHIN if BROKEN[behaviour] in (hang, drip) else AT_ONCE
    with rasa_like(BROKEN[behaviour]) as server, reading(server, classifier, within=within) as both:
        started = time.monotonic()
        assert both.ranking("xin chào") == classifier.ranking("xin chào")
        assert time.monotonic() - started < within + SLACK
        until(lambda: len(server.asked) == 1)


def test_a_refused_connection_is_answered_by_the_local_classifier(classifier: LocalClassifier) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = RasaLike(url=f"http://127.0.0.1:{port}", behave=hang)
    with reading(server, classifier) as both:
        assert both.classify("xin chào") == classifier.classify("xin chào")


def test_a_server_that_keeps_failing_is_left_alone(classifier: LocalClassifier) -> None:
    with rasa_like(BROKEN["401"]) as server, reading(server, classifier) as both:
        for _ in range(FAILURES):
            assert both.standing().rasa == "closed"
            both.classify("xin chào")
        for _ in range(10):
            assert both.classify("xin chào") == classifier.classify("xin chào")
        assert len(server.asked) == FAILURES
        standing = both.standing()
        assert (standing.answers, standing.rasa) == (classifier.name, "open")
        assert "MOTCUA_RASA_TOKEN" in standing.problem
        assert 0 < standing.retry_in <= 30


def test_a_server_that_comes_back_is_asked_again_after_the_pause(classifier: LocalClassifier) -> None:
    with rasa_like(BROKEN["500"]) as server, reading(server, classifier, pause=0.2) as both:
        for _ in range(FAILURES):
            both.classify("xin chào")
        server.behave = answer_json(ranking("about_bot"))
        assert both.classify("xin chào") == classifier.classify("xin chào")
        time.sleep(0.25)
        assert both.standing().rasa == "half_open"
        assert both.classify("xin chào").name == "about_bot"
        assert both.standing().rasa == "closed"


def test_a_server_that_is_still_broken_after_the_pause_is_tried_once(classifier: LocalClassifier) -> None:
    with rasa_like(BROKEN["500"]) as server, reading(server, classifier, pause=0.2) as both:
        for _ in range(FAILURES):
            both.classify("xin chào")
        time.sleep(0.25)
        for _ in range(5):
            both.classify("xin chào")
        assert len(server.asked) == FAILURES + 1


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "\x00", "...?!", "\ud800"])
def test_a_server_is_not_asked_about_nothing(classifier: LocalClassifier, text: str) -> None:
    with rasa_like(answer_json(ranking())) as server, reading(server, classifier) as both:
        assert both.classify(text) == classifier.classify(text)
    assert server.asked == []


def test_a_long_message_is_sent_cut(classifier: LocalClassifier) -> None:
    with rasa_like(answer_json(ranking())) as server, reading(server, classifier) as both:
        both.classify("đăng ký " * 5_000)
    assert len(json.loads(server.asked[0].split("\r\n\r\n")[1])["text"]) == 600
