"""How far is my dossier: with a city's system connected, and the honest way without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import moves
from bot.decided import Decided, Situation
from bot.policy import next_move
from bot.state import State
from bot.understanding import Understanding
from casework.models import SecretAttempt
from conversations.messages import MessageKind
from conversations.models import Turn
from emulators.dossiers import client
from knowledge_base.content import PartName
from nlu import entities
from nlu.intents import Intent
from office import dossiers
from tests.bot.office import Talk, move_of

CODE, PROOF = "H26.12-251103-0012", "5678"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def heard(text: str, intent: str = "ask_procedure", confidence: float = 0.3) -> Understanding:
    return Understanding(
        kind=MessageKind.TEXT,
        text=text,
        intent=Intent(name=intent, confidence=confidence),
        dossier_code=entities.dossier_code(text) or "",
        report_code=entities.report_code(text) or "",
    )


def decide(seen: Understanding, state: State | None = None) -> Decided:
    return next_move(Situation(in_queue=False, state=state or State(), seen=seen, at=NOON))


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        (CODE, ""),
        (f"hồ sơ {CODE} đến đâu rồi", ""),
        (f"{CODE} 5678", "5678"),
        ("h26.12 251103 0012 5678", "5678"),
        (f"{CODE}, 4 số cuối là 5678", "5678"),
        (f"{CODE} nộp năm 2025", ""),
    ],
)
def test_a_dossiers_code_is_looked_up_as_a_dossier(text: str, proof: str) -> None:
    decided = decide(heard(text, "report_status", 0.9))
    assert decided.move == moves.LookUpDossier(code=CODE, proof=proof)
    assert decided.state.dossier == CODE


def test_a_reports_code_stays_a_report() -> None:
    assert decide(heard("hồ sơ PA-2026-000123 đến đâu rồi", "dossier_status", 0.9)).move == moves.LookUp(
        code="PA-2026-000123", secret=""
    )


def test_digits_after_the_question_are_the_proof_of_that_dossier() -> None:
    asked = State(dossier=CODE)
    assert decide(heard("5678"), asked).move == moves.LookUpDossier(code=CODE, proof="5678")
    assert decide(heard("số cuối là 5678 ạ"), asked).move == moves.LookUpDossier(code=CODE, proof="5678")


@pytest.mark.parametrize("text", ["2", "0912345678", "con sinh năm 2019", "12345678"])
def test_other_digits_are_no_proof(text: str) -> None:
    assert not isinstance(decide(heard(text), State(dossier=CODE)).move, moves.LookUpDossier)


def test_digits_without_a_dossier_asked_about_are_no_proof() -> None:
    assert not isinstance(decide(heard("5678")).move, moves.LookUpDossier)


def test_a_complaint_that_names_a_dossier_is_a_report() -> None:
    decided = decide(heard(f"hồ sơ {CODE} quá hạn mà phường không trả", "report_service", 0.95))
    assert isinstance(decided.move, moves.FillReport)


def test_how_far_a_dossier_is_asks_for_no_part_of_the_procedure_spoken_of() -> None:
    seen = replace(heard("hồ sơ của tôi đến đâu rồi", "dossier_status", 0.9), part=PartName.WHERE)
    assert decide(seen, State(procedure="1.001193")).move == moves.LookUpDossier()


def test_where_to_file_a_dossier_is_a_question_about_the_procedure() -> None:
    seen = replace(heard("nộp ở đâu", "dossier_status", 0.9), part=PartName.WHERE)
    assert decide(seen, State(procedure="1.001193")).move == moves.Answer(
        code="1.001193", part=PartName.WHERE
    )


def test_whether_it_is_done_asks_after_the_report_spoken_of_until_a_dossier_is() -> None:
    spoken_of = decide(heard("PA-2026-000123")).state
    done = heard("ba hôm rồi, xong chưa", "dossier_status", 0.9)
    assert decide(done, spoken_of).move == moves.LookUp(code="PA-2026-000123", secret="", again=True)
    assert decide(done, decide(heard(CODE), spoken_of).state).move == moves.LookUpDossier(code=CODE)
    filed_here = decide(heard("phản ánh của tôi đến đâu rồi", "report_status", 0.9)).state
    assert decide(done, filed_here).move == moves.LookUp(code="", secret="", again=True)
    other = heard("sổ đỏ của tôi xong chưa", "dossier_status", 0.9)
    assert decide(other, spoken_of).move == moves.LookUpDossier()


def test_an_answer_about_a_procedure_forgets_the_dossier() -> None:
    assert State(dossier=CODE).speaking_of("1.001193").dossier == ""


@pytest.fixture(scope="module")
def running() -> Iterator[client.Emulator]:
    with client.running() as emulator:
        yield emulator


@pytest.fixture
def connected(running: client.Emulator, settings: Any) -> client.Emulator:
    running.reset()
    settings.DOSSIER_URL, settings.DOSSIER_TOKEN = running.url, running.token
    dossiers._system.cache_clear()
    return running


def test_the_code_then_the_proof_are_asked_for_and_the_state_is_shown_with_its_source(
    talk: Talk, connected: client.Emulator
) -> None:
    (ask,) = talk.say("hồ sơ của tôi đến đâu rồi")
    assert "mã hồ sơ" in ask.text
    (proof,) = talk.say(CODE)
    assert "4 số cuối của số điện thoại" in proof.text
    assert "đang giải quyết" not in proof.text
    (state,) = talk.say(PROOF)
    assert "đang giải quyết" in state.text
    assert "Nguồn: Hệ thống một cửa điện tử" in state.text
    assert move_of(state) == "dossier"


def test_the_proof_is_not_kept(talk: Talk, connected: client.Emulator) -> None:
    talk.say(CODE)
    talk.say(PROOF)
    assert not Turn.objects.filter(text__contains=PROOF).exists()


def test_a_wrong_proof_and_an_unknown_code_are_answered_alike(talk: Talk, connected: client.Emulator) -> None:
    (wrong,) = talk.say(f"{CODE} 0000")
    (unknown,) = talk.say("H26.12-251103-9999 5678")
    assert wrong.text.replace(CODE, "") == unknown.text.replace("H26.12-251103-9999", "")


def test_guessing_is_stopped_here_whatever_the_system_does(talk: Talk, connected: client.Emulator) -> None:
    for number in range(6):
        (reply,) = talk.say(f"H26.12-251103-010{number} 0000")
    assert "thử sai nhiều lần" in reply.text
    assert len(connected.calls()) == 5


def test_guesses_are_counted_by_the_whole_code_and_keep_none(talk: Talk, connected: client.Emulator) -> None:
    for number in range(3):
        talk.say(f"000.00.12.G01-260102-000{number} 0000")
    counted = set(SecretAttempt.objects.values_list("code", flat=True))
    assert len(counted) == 3
    assert not any("G01" in code for code in counted)


def test_what_is_missing_is_listed(talk: Talk, connected: client.Emulator) -> None:
    (state,) = talk.say("H26.12-251103-0013 1234")
    assert "cần bổ sung giấy tờ" in state.text
    assert "• Giấy chứng sinh" in state.text


def test_a_dossier_past_its_day_says_so_and_offers_a_report(talk: Talk, connected: client.Emulator) -> None:
    late = {"proof": "1111", "stage": "in_progress", "unit": "Phường Láng", "due_on": "2020-01-02"}
    connected.holds(**{"H26.12-191203-0001": late})
    (state,) = talk.say("H26.12-191203-0001 1111")
    assert "Đã quá ngày hẹn" in state.text
    assert "report" in [choice["payload"] for choice in state.payload["choices"]]


def test_a_system_that_fails_is_said_to_and_the_other_ways_are_shown(
    talk: Talk, connected: client.Emulator
) -> None:
    connected.fails(503)
    (reply,) = talk.say(f"{CODE} {PROOF}")
    assert "chưa trả lời lúc này" in reply.text
    assert "dichvucong.gov.vn" in reply.text


def test_without_a_system_a_typed_code_is_recognised_and_where_to_type_it_is_told(talk: Talk) -> None:
    (reply,) = talk.say(f"hồ sơ {CODE} đến đâu rồi")
    assert f"{CODE} là mã hồ sơ" in reply.text
    assert "dichvucong.gov.vn" in reply.text
    assert reply.payload["detail"] == {"move": "signpost", "kind": "dossier"}


def test_without_a_system_the_question_alone_is_shown_the_way(talk: Talk) -> None:
    (reply,) = talk.say("hồ sơ của tôi đến đâu rồi")
    assert reply.payload["detail"] == {"move": "signpost", "kind": "dossier"}
