"""The connector to a city's dossier system, over real HTTP with the emulator: what it tells and refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from circuitbreaker import CircuitBreaker

from emulators.dossiers import client
from office import dossiers
from office.dossiers import Dossier, DossierSystem, ProofWanted, Stage
from office.errors import DossierLocked, DossierNotShown, DossierSystemUnavailable

CODE, PROOF = "H26.12-251103-0012", "5678"


@pytest.fixture(scope="module")
def running() -> Iterator[client.Emulator]:
    with client.running() as emulator:
        yield emulator


@pytest.fixture
def emulator(running: client.Emulator) -> client.Emulator:
    running.reset()
    return running


def system(emulator: client.Emulator, token: str = "", url: str = "") -> DossierSystem:
    breaker = CircuitBreaker(
        failure_threshold=3, recovery_timeout=30, expected_exception=DossierSystemUnavailable, name="test"
    )
    return DossierSystem(url=url or emulator.url, token=token or emulator.token, breaker=breaker)


def test_the_owner_is_told_the_state_with_its_source_and_time(emulator: client.Emulator) -> None:
    found = system(emulator).look_up(CODE, proof=PROOF)
    assert isinstance(found, Dossier)
    assert (found.code, found.stage) == (CODE, Stage.IN_PROGRESS)
    assert "Cầu Giấy" in found.unit
    assert found.source
    assert found.as_of.utcoffset() == timedelta()
    assert found.due_on is not None


def test_what_is_missing_and_the_note_are_told(emulator: client.Emulator) -> None:
    found = system(emulator).look_up("H26.12-251103-0013", proof="1234")
    assert isinstance(found, Dossier)
    assert found.missing == ("Giấy chứng sinh", "Giấy xác nhận nơi cư trú")
    assert found.note
    assert found.due_on is None


@pytest.mark.parametrize("code", [CODE, "H26.12-251103-9999"])
def test_without_a_proof_one_is_asked_for_whether_the_dossier_is_there_or_not(
    emulator: client.Emulator, code: str
) -> None:
    assert system(emulator).look_up(code) == ProofWanted(
        asks="4 số cuối của số điện thoại đã ghi khi nộp hồ sơ", digits=4
    )


@pytest.mark.parametrize(("code", "proof"), [(CODE, "0000"), ("H26.12-251103-9999", PROOF)])
def test_a_wrong_proof_and_a_dossier_that_is_not_there_are_one_and_the_same(
    emulator: client.Emulator, code: str, proof: str
) -> None:
    with pytest.raises(DossierNotShown):
        system(emulator).look_up(code, proof=proof)


def test_after_too_many_wrong_proofs_the_dossier_is_locked_for_the_right_one_too(
    emulator: client.Emulator,
) -> None:
    asked = system(emulator)
    for guess in range(5):
        with pytest.raises(DossierNotShown):
            asked.look_up(CODE, proof=f"000{guess}")
    with pytest.raises(DossierLocked):
        asked.look_up(CODE, proof=PROOF)


@pytest.mark.parametrize("fault", [500, 503, 302, 418, "not_json", "too_large", "not_as_agreed"])
def test_whatever_goes_wrong_there_is_one_error_here(emulator: client.Emulator, fault: int | str) -> None:
    emulator.fails(fault)
    with pytest.raises(DossierSystemUnavailable):
        system(emulator).look_up(CODE, proof=PROOF)


def test_a_wrong_token_says_which_setting_to_correct(emulator: client.Emulator) -> None:
    with pytest.raises(DossierSystemUnavailable, match="MOTCUA_DOSSIER_TOKEN"):
        system(emulator, token="wrong").look_up(CODE, proof=PROOF)


def test_a_system_that_does_not_answer_is_waited_for_only_so_long(
    emulator: client.Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossiers, "READ_WITHIN", 0.2)
    emulator.fails("slow")
    with pytest.raises(DossierSystemUnavailable, match="ReadTimeout"):
        system(emulator).look_up(CODE, proof=PROOF)


def test_after_three_failures_it_is_left_alone_for_a_while(emulator: client.Emulator) -> None:
    asked = system(emulator)
    emulator.fails(503, 503, 503)
    for _ in range(4):
        with pytest.raises(DossierSystemUnavailable):
            asked.look_up(CODE, proof=PROOF)
    assert len(emulator.calls()) == 3


def test_a_refusal_is_no_failure_of_the_system(emulator: client.Emulator) -> None:
    asked = system(emulator)
    for _ in range(4):
        with pytest.raises(DossierNotShown):
            asked.look_up(CODE, proof="0000")
    assert len(emulator.calls()) == 4


def test_an_address_where_nobody_listens_is_an_error_of_ours(emulator: client.Emulator) -> None:
    with pytest.raises(DossierSystemUnavailable, match="ConnectError"):
        system(emulator, url="http://127.0.0.1:9").look_up(CODE)
