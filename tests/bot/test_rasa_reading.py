"""A message is answered once and in time, whatever the Rasa server that should read it does."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.responder import Responder
from nlu.local_classifier import LocalClassifier
from nlu.rasa.falling_back import RasaElseLocal
from nlu.rasa.server import open_server
from tests.bot.office import Talk, move_of
from tests.nlu.rasa_like import TOKEN, Behaviour, answer, answer_json, drip, hang, hang_up, ranking, rasa_like

pytestmark = pytest.mark.django_db(transaction=True)

GREETING = "xin chào"


def test_what_rasa_reads_decides(responder: Responder, classifier: LocalClassifier) -> None:
    sure = answer_json(ranking("talk_to_staff", 0.99))
    with rasa_like(sure) as server, open_server(server.url, token=TOKEN, within=5) as rasa:
        reading = RasaElseLocal(rasa=rasa, local=classifier)
        [reply] = Talk(responder=replace(responder, classifier=reading)).say(GREETING)
    [by_the_local] = Talk(responder=responder, chat="another").say(GREETING)
    assert (move_of(reply), move_of(by_the_local)) == ("handoff", "say")


@pytest.mark.parametrize(
    "behave",
    [hang, drip, hang_up, answer(b"\xff"), answer_json({}, status="401 Unauthorized")],
    ids=["hangs", "drips", "hangs up", "garbage", "401"],
)
def test_a_rasa_that_does_not_answer_rightly_changes_no_reply(
    responder: Responder, classifier: LocalClassifier, behave: Behaviour
) -> None:
    [expected] = Talk(responder=responder, chat="another").say(GREETING)
    with rasa_like(behave) as server, open_server(server.url, token=TOKEN) as rasa:
        reading = RasaElseLocal(rasa=rasa, local=classifier)
        talk = Talk(responder=replace(responder, classifier=reading))
        started = time.monotonic()
        for _ in range(6):  # three time-outs at most, then Rasa is left alone
            [reply] = talk.say(GREETING)
            assert move_of(reply) == move_of(expected)
        assert time.monotonic() - started < 10
    assert len(server.asked) == 3
