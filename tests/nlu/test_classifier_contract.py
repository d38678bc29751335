"""What every intent classifier holds, over the same cases: the one in this process, and a real Rasa server.

The Rasa server is trained and started from the project's files (`make test-all`); it fails when it cannot be.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from circuitbreaker import CircuitBreaker
from django.conf import settings

from motcua.environment import ROOT
from nlu.errors import RasaUnavailable
from nlu.intents import INTENTS, IntentClassifier
from nlu.local_classifier import LocalClassifier
from nlu.rasa.falling_back import RasaElseLocal
from nlu.rasa.project import RasaProject
from nlu.rasa.running import RunningRasa, running
from nlu.rasa.server import ANSWER_WITHIN, open_server

#: A busy machine may need long; what is judged by time says so itself.
PATIENT = 30.0

CLEAR = (
    ("Em mới sinh cháu được hai tuần, làm giấy khai sinh cho cháu ở đâu ạ", "ask_procedure"),
    ("muon cap lai so do bi mat thi can nhung giay to gi", "ask_procedure"),
    ("đk tạm trú mất bn tiền v ạ", "ask_procedure"),
    ("Ngõ nhà tôi nắp cống vỡ mấy hôm rồi, xe máy suýt sụp bánh", "report_problem"),
    ("rac chat dong dau ngo ba ngay khong ai don, boc mui kinh khung", "report_problem"),
    ("Quy định bắt nộp hai lần cùng một giấy tờ là vô lý, đề nghị sửa", "report_regulation"),
    ("Cán bộ quầy số 3 quát tháo, bắt tôi đi lại bốn lần", "report_service"),
    ("nhan vien mot cua lam viec rieng, de dan cho ca buoi sang", "report_service"),
    ("Phản ánh PA-2026-000815 của tôi đã giải quyết xong chưa", "report_status"),
    ("Hồ sơ xin cấp phép xây dựng nhà tôi nộp đã có kết quả chưa", "dossier_status"),
    ("ho so em nop tuan truoc den dau roi a", "dossier_status"),
    ("Cho tôi gặp người thật đi", "talk_to_staff"),
    ("noi chuyen voi nhan vien", "talk_to_staff"),
    ("Tôi chấm 4 sao cho lần phục vụ này", "rate_service"),
    ("Tôi tố cáo ông chủ tịch xã nhận tiền chạy đất", "complaint_or_denunciation"),
    ("Cứu với, nhà bên cạnh đang cháy to", "emergency"),
    ("tai nan o nga tu co nguoi bat tinh roi", "emergency"),
    ("Chào bạn nhé", "greet"),
    ("cam on em nhieu nha, tam biet", "goodbye_thanks"),
    ("Bạn là người hay là máy trả lời vậy", "about_bot"),
    ("Tối nay đội tuyển đá mấy giờ", "out_of_scope"),
    ("ke chuyen cuoi di", "out_of_scope"),
)
NOISE = (
    "a",
    "1",
    "?! a",
    "x" * 5_000,
    "đăng ký " * 2_000,
    "🙂 hỏi",
    "a\x00b",
    "phi\ud800",
    "<b>[x](y)",
    "\n\nđ\n",
)


def project() -> RasaProject:
    environment = Path(os.environ.get("MOTCUA_TEST_RASA", ROOT / ".venv-rasa"))
    return RasaProject(python=environment / "bin" / "python", home=settings.MOTCUA_HOME / "rasa")


@pytest.fixture(scope="module")
def real_rasa() -> Iterator[RunningRasa]:
    with running(project()) as server:
        yield server


@pytest.fixture(scope="module")
def rasa(real_rasa: RunningRasa, classifier: LocalClassifier) -> Iterator[RasaElseLocal]:
    with open_server(real_rasa.url, token=real_rasa.token, within=PATIENT) as server:
        yield RasaElseLocal(rasa=server, local=classifier)


@pytest.fixture(params=["local", pytest.param("rasa", marks=pytest.mark.heavy)])
def either(request: pytest.FixtureRequest) -> Iterator[IntentClassifier]:
    """Each classifier in turn; the Rasa server must have answered by itself all the while."""
    found: Any = request.getfixturevalue("classifier" if request.param == "local" else "rasa")
    yield found
    if isinstance(found, RasaElseLocal):
        assert (found.standing().answers, found.breaker.failure_count) == ("rasa", 0)


def test_clear_messages_are_read_rightly(either: IntentClassifier) -> None:
    wrong = [(text, intent, got) for text, intent in CLEAR if (got := either.classify(text).name) != intent]
    assert len(wrong) <= 2, wrong
    assert not {"emergency", "complaint_or_denunciation"} & {intent for _, intent, _ in wrong}


def test_a_ranking_holds_every_intent_once_likeliest_first(either: IntentClassifier) -> None:
    for text in (*(text for text, _ in CLEAR), *NOISE):
        ranked = either.ranking(text)
        assert sorted(intent.name for intent in ranked) == sorted(INTENTS)
        assert [intent.confidence for intent in ranked] == sorted(
            (i.confidence for i in ranked), reverse=True
        )
        assert sum(intent.confidence for intent in ranked) == pytest.approx(1.0, abs=0.01)
        assert either.classify(text) == ranked[0]


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "\x00", "...?!", "\ud800"])
def test_nothing_said_is_nothing_understood(either: IntentClassifier, text: str) -> None:
    intent = either.classify(text)
    assert (intent.name, intent.confidence) == ("out_of_scope", 0.0)


@pytest.mark.parametrize("text", ["zzzz qqqq", "jkfds fdsjk lksd", "hjkl uiop vbnm"])
def test_gibberish_is_taken_for_no_procedure(either: IntentClassifier, text: str) -> None:
    intent = either.classify(text)
    assert intent.name != "ask_procedure" or intent.confidence < 0.5


def test_threads_share_a_classifier(either: IntentClassifier) -> None:
    texts = [text for text, _ in CLEAR]
    alone = [either.classify(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(either.classify, texts)) == alone


@pytest.mark.heavy
def test_rasa_validates_our_data() -> None:
    project().validate()


@pytest.mark.heavy
def test_rasa_names_wards_categories_procedures_and_codes(rasa: RasaElseLocal) -> None:
    text = "Đèn đường ở p. Láng Hạ và phuong ba dinh hỏng, mã PA-2026-000123. Làm giấy khai sinh 1.001193?"
    found = {(each["entity"], each["value"]) for each in rasa.rasa.parse(text)["entities"]}
    assert {
        ("category", "chieu_sang"),
        ("ward", "Phường Ba Đình"),
        ("procedure", "1.001193"),
        ("procedure_code", "1.001193"),
        ("report_code", "PA-2026-000123"),
    } <= found
    [langha] = [value for kind, value in found if kind == "ward" and value != "Phường Ba Đình"]
    assert langha == "p. Láng Hạ"  # a ward that was split: found, and nobody chooses for the citizen


@pytest.mark.heavy
def test_rasa_answers_nothing_without_the_token(real_rasa: RunningRasa) -> None:
    with httpx.Client(base_url=real_rasa.url, trust_env=False) as client:
        assert client.post("/model/parse", json={"text": "xin chào"}).status_code == 401
        assert client.post("/model/parse?token=wrong", json={"text": "xin chào"}).status_code == 401
        assert client.put("/model", json={"model_file": "other.tar.gz"}).status_code == 401
        assert client.post("/webhooks/rest/webhook", json={"sender": "a", "message": "b"}).status_code == 404


@pytest.mark.heavy
def test_rasa_writes_down_neither_messages_nor_the_token(real_rasa: RunningRasa, rasa: RasaElseLocal) -> None:
    rasa.classify("tôi bị mất căn cước ở chợ Hôm")
    log = (project().home / "server.log").read_text(encoding="utf-8")
    assert "Starting Rasa server" in log
    assert "chợ Hôm" not in log
    assert real_rasa.token not in log


@pytest.mark.heavy
def test_a_rasa_that_hangs_delays_no_message_and_is_asked_again_when_it_is_back(
    real_rasa: RunningRasa, classifier: LocalClassifier
) -> None:
    breaker = CircuitBreaker(2, 0.5, RasaUnavailable)
    with open_server(real_rasa.url, token=real_rasa.token) as server:
        both = RasaElseLocal(rasa=server, local=classifier, breaker=breaker)
        os.kill(real_rasa.pid, signal.SIGSTOP)
        try:
            for _ in range(2):
                started = time.monotonic()
                assert both.ranking("xin chào") == classifier.ranking("xin chào")
                assert time.monotonic() - started < ANSWER_WITHIN + 1.5
            assert (both.standing().rasa, both.standing().answers) == ("open", classifier.name)
        finally:
            os.kill(real_rasa.pid, signal.SIGCONT)
        deadline = time.monotonic() + PATIENT
        while both.standing().rasa != "closed":
            assert time.monotonic() < deadline
            time.sleep(0.6)
            both.classify("xin chào")
        assert both.standing().answers == "rasa"
