"""Faults to order, the same ones for both emulators."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from emulators.faults import Fault, Faults, WrongOrder
from emulators.telegram import client as telegram_client
from emulators.zalo import client as zalo_client
from tests.emulators.receiver import Receiver

LAN, MINH = 1001, 1002
Emulator = telegram_client.Emulator | zalo_client.Emulator
Send = Callable[..., httpx.Response]


def send_by_telegram(telegram: telegram_client.Emulator, text: str, user: int = LAN) -> httpx.Response:
    body = {"chat_id": user, "text": text}
    return httpx.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json=body, timeout=5)


def send_by_zalo(zalo: zalo_client.Emulator, text: str, user: int = LAN) -> httpx.Response:
    headers = {"access_token": zalo.tokens()["access_token"]}
    body = {"recipient": {"user_id": str(user)}, "message": {"text": text}}
    return httpx.post(f"{zalo.url}/v3.0/oa/message/cs", json=body, headers=headers, timeout=5)


@pytest.fixture(params=["telegram", "zalo"])
def service(
    request: pytest.FixtureRequest, telegram: telegram_client.Emulator, zalo: zalo_client.Emulator
) -> tuple[Emulator, str, Callable[..., httpx.Response], Callable[[], list[str]]]:
    """An emulator where two people have written: its call to send, a way to send, and what has been sent."""
    if request.param == "telegram":
        for user in (LAN, MINH):
            telegram.citizen(user).says("chào")
        return (
            telegram,
            "sendMessage",
            lambda *given: send_by_telegram(telegram, *given),
            lambda: [message["text"] for message in telegram.sent()],
        )
    for user in (LAN, MINH):
        zalo.citizen(str(user)).says("chào")
    return (
        zalo,
        "message/cs",
        lambda *given: send_by_zalo(zalo, *given),
        lambda: [message["text"] for message in zalo.chat() if message["src"] == 0],
    )


def is_taken(answer: httpx.Response) -> bool:
    body = answer.json()
    return bool(body.get("ok", body.get("error") == 0))


@pytest.mark.parametrize("performed", [False, True])
@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("drop", httpx.RemoteProtocolError | httpx.ReadError),
        ("cut", httpx.RemoteProtocolError),
    ],
)
def test_a_dropped_connection_hides_whether_the_message_went_out(
    service: Any, kind: str, error: Any, performed: bool
) -> None:
    emulator, call, send, sent = service
    emulator.fault(call, kind, performed=performed)
    with pytest.raises(httpx.TransportError) as raised:
        send("một")
    assert isinstance(raised.value, error)
    assert sent() == (["một"] if performed else [])
    assert is_taken(send("hai"))


def test_a_slow_answer_is_true_and_late(service: Any) -> None:
    emulator, call, send, _ = service
    emulator.fault(call, "slow", seconds=0.5)
    begun = time.monotonic()
    assert is_taken(send("một"))
    assert time.monotonic() - begun >= 0.5


def test_silence_lasts_until_the_caller_hangs_up(service: Any) -> None:
    emulator, call, _, sent = service
    emulator.fault(call, "silence", performed=True)
    path = f"/bot{emulator.token}/sendMessage" if call == "sendMessage" else "/v3.0/oa/message/cs"
    opened = {} if call == "sendMessage" else {"access_token": emulator.tokens()["access_token"]}
    body = {"chat_id": LAN, "recipient": {"user_id": str(LAN)}, "message": {"text": "một"}, "text": "một"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{emulator.url}{path}", json=body, headers=opened, timeout=0.5)
    assert sent() == ["một"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("server_error", (502, 502)), ("time_out", (504, 504)), ("expired_token", (401, 200))],
)
def test_a_refused_call_is_refused_in_the_service_s_own_way(
    service: Any, kind: str, status: tuple[int, int]
) -> None:
    emulator, call, send, sent = service
    emulator.fault(call, kind, seconds=0.1)
    refused = send("một")
    assert refused.status_code == status[call != "sendMessage"]
    assert sent() == []
    if kind == "expired_token" and call != "sendMessage":
        assert refused.json()["error"] == -220


def test_too_many_requests_is_worded_by_each_service(
    telegram: telegram_client.Emulator, zalo: zalo_client.Emulator
) -> None:
    telegram.citizen(LAN).says("chào")
    telegram.fault("*", "too_many_requests", seconds=6.5)
    assert send_by_telegram(telegram, "một").json()["parameters"] == {"retry_after": 7}
    zalo.citizen(str(LAN)).says("chào")
    zalo.fault("*", "too_many_requests")
    refused = send_by_zalo(zalo, "một")
    assert (refused.json()["error"], refused.headers["X-RateLimit-Remain"]) == (-32, "0")


def test_a_fault_may_concern_one_person_only(service: Any) -> None:
    emulator, call, send, sent = service
    emulator.fault(call, "server_error", chat=str(MINH), times=None)
    send("một")
    send("hai", MINH)
    send("ba")
    assert sorted(sent()) == ["ba", "một"]


def test_faults_come_after_so_many_calls_and_can_be_forgotten(service: Any) -> None:
    emulator, call, send, _ = service
    emulator.fault(call, "server_error", after=2, times=None)
    assert [send(text).status_code for text in ("một", "hai", "ba", "bốn")] == [200, 200, 502, 502]
    emulator.forget_faults()
    assert send("năm").status_code == 200


def drawn(seed: int, calls: int = 400) -> list[bool]:
    faults = Faults()
    faults.order({"call": "*", "kind": "drop", "times": None, "probability": 0.25, "seed": seed})
    return [faults.strikes("sendMessage") is not None for _ in range(calls)]


def test_a_seeded_probability_strikes_as_often_as_said_and_the_same_way_again() -> None:
    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
    assert 60 <= sum(drawn(7)) <= 140


def test_what_happened_is_counted() -> None:
    faults = Faults()
    faults.order({"call": "a", "kind": "drop", "times": 2})
    for _ in range(3):
        faults.strikes("a")
    assert faults.as_json()["happened"] == {"a drop": 2}


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"call": "updates", "kind": "drop"}, "known: duplicate, late, reorder"),
        ({"call": "*", "kind": "late"}, "known: cut, drop"),
        ({"call": "*", "kind": "drop", "probability": 0}, "over 0"),
        ({"call": "*"}, "no such fault"),
    ],
)
def test_a_fault_that_does_not_exist_is_refused(order: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongOrder, match=words):
        Faults().order(order)


def test_every_call_means_no_update() -> None:
    assert not Fault(call="*", kind="drop").concerns("updates", "")


def texts(zalo: zalo_client.Emulator) -> list[str]:
    return [delivery["event"]["message"]["text"] for delivery in zalo.settles()]


def test_events_of_zalo_come_twice_late_and_out_of_order(
    zalo: zalo_client.Emulator, receiver: Receiver
) -> None:
    zalo.sends_to(receiver.url)
    citizen = zalo.citizen(str(LAN))
    zalo.fault("updates", "duplicate", seconds=0.1)
    citizen.says("một")
    assert texts(zalo) == ["một", "một"]
    zalo.fault("updates", "reorder", seconds=5)
    citizen.says("hai")
    citizen.says("ba")
    assert [each.json["message"]["text"] for each in receiver.hears(4)][2:] == ["ba", "hai"]
    zalo.fault("updates", "late", seconds=0.3)
    citizen.says("bốn")
    citizen.says("năm")
    assert [each.json["message"]["text"] for each in receiver.hears(6)][4:] == ["năm", "bốn"]


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_to_updates_none_is_lost_and_only_duplicates_come_twice(
    zalo: zalo_client.Emulator, receiver: Receiver, seed: int
) -> None:
    zalo.sends_to(receiver.url, scale=0.001)
    for number, kind in enumerate(("duplicate", "reorder", "late")):
        zalo.fault("updates", kind, times=None, probability=0.2, seed=seed * 3 + number, seconds=0.05)
    receiver.answers = [500, 200, 503, 200, 200, 500]
    said = [zalo.citizen(str(LAN + number % 3)).says(f"{number}") for number in range(40)]
    zalo.settles()
    taken = [each["event"]["message"]["msg_id"] for each in zalo.deliveries() if each["is_delivered"]]
    happened = zalo.faults_that_happened()
    assert set(taken) == set(said)
    assert len(taken) - len(said) == happened["updates duplicate"]
    assert happened


def test_an_update_held_back_for_the_next_comes_alone_when_there_is_none(
    zalo: zalo_client.Emulator, receiver: Receiver
) -> None:
    zalo.sends_to(receiver.url)
    zalo.fault("updates", "reorder", seconds=0.2)
    zalo.citizen(str(LAN)).says("một")
    assert texts(zalo) == ["một"]
