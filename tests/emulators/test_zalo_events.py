"""What the emulated Zalo sends to a webhook: the envelope, the signature, the retries."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import httpx
import pytest

from emulators.zalo.client import Emulator
from tests.emulators.receiver import Receiver

LAN = "1001"


@pytest.fixture
def zalo(zalo: Emulator, receiver: Receiver) -> Emulator:
    """The webhook is set, and the first retry comes after 0.03 seconds."""
    zalo.sends_to(receiver.url, scale=0.001)
    return zalo


def numbers_in(value: Any) -> list[Any]:
    """Every number in a structure, however deep."""
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers_in(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers_in(part)]
    return [value] if isinstance(value, int | float) else []


def test_a_text_comes_in_the_documented_envelope(zalo: Emulator, receiver: Receiver) -> None:
    msg_id = zalo.citizen(LAN).says("làm khai sinh")
    event = receiver.hears(1)[0].json
    known = zalo.credentials
    assert event.pop("timestamp").isdecimal()
    assert event.pop("user_id_by_app") != LAN
    assert event == {
        "app_id": known.app_id,
        "event_name": "user_send_text",
        "sender": {"id": LAN},
        "recipient": {"id": known.oa_id},
        "message": {"msg_id": msg_id, "text": "làm khai sinh"},
    }


def test_the_signature_is_a_plain_digest_of_app_body_time_and_key(zalo: Emulator, receiver: Receiver) -> None:
    zalo.citizen(LAN).says("Đường Trần Duy Hưng 👤")
    received = receiver.hears(1)[0]
    known = zalo.credentials
    signed = known.app_id.encode() + received.body
    signed += received.json["timestamp"].encode() + known.oa_secret_key.encode()
    assert received.headers["x-zevent-signature"] == f"mac={hashlib.sha256(signed).hexdigest()}"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("image", {"thumbnail", "url"}),
        ("gif", {"thumbnail", "url"}),
        ("link", {"thumbnail", "description", "url"}),
        ("audio", {"url"}),
        ("video", {"url", "thumbnail", "description"}),
        ("sticker", {"url", "id"}),
        ("location", {"coordinates"}),
        ("business_card", {"thumbnail", "url", "description"}),
        ("file", {"size", "name", "checksum", "type", "url"}),
    ],
)
def test_each_kind_of_message_has_its_event_and_attachment(
    zalo: Emulator, receiver: Receiver, kind: str, payload: set[str]
) -> None:
    (msg_id,) = zalo.citizen(LAN).does(kind, latitude=21.03, longitude=105.78)
    told = receiver.hears(1)[0].json
    assert (told["event_name"], told["message"]["msg_id"]) == (f"user_send_{kind}", msg_id)
    (attachment,) = told["message"]["attachments"]
    assert attachment["payload"].keys() == payload
    assert numbers_in(told) == []


def test_what_a_citizen_sends_can_be_fetched_from_its_address(zalo: Emulator, receiver: Receiver) -> None:
    zalo.citizen(LAN).sends_image(b"\xff\xd8 a picture")
    zalo.citizen(LAN).sends_file(b"%PDF-1.7 a form", "don.pdf")
    picture, file = (each.json["message"]["attachments"][0]["payload"] for each in receiver.hears(2))
    assert httpx.get(picture["url"], timeout=10).content == b"\xff\xd8 a picture"
    assert httpx.get(file["url"], timeout=10).content == b"%PDF-1.7 a form"
    assert (file["size"], file["type"]) == ("15", "pdf")
    assert file["checksum"] == hashlib.md5(b"%PDF-1.7 a form", usedforsecurity=False).hexdigest()
    assert httpx.get(f"{zalo.url}/media/unknown", timeout=10).status_code == 404


def test_a_business_card_hides_its_number_in_a_text_of_json(zalo: Emulator, receiver: Receiver) -> None:
    zalo.citizen(LAN).does("business_card", phone="84912345678")
    (attachment,) = receiver.hears(1)[0].json["message"]["attachments"]
    assert attachment["type"] == "link"
    assert json.loads(attachment["payload"]["description"])["phone"] == "84912345678"


def test_a_position_comes_in_either_of_the_two_documented_places(zalo: Emulator, receiver: Receiver) -> None:
    zalo.citizen(LAN).sends_location(21.03, 105.78)
    zalo.citizen(LAN).does("location", latitude=21.03, longitude=105.78, of="message")
    attached, plain = (each.json["message"] for each in receiver.hears(2))
    point = {"latitude": "21.03", "longitude": "105.78"}
    assert attached["attachments"][0]["payload"]["coordinates"] == point
    assert plain["location"] == point


def answer(zalo: Emulator, message: dict[str, Any]) -> None:
    headers = {"access_token": zalo.tokens()["access_token"]}
    body = {"recipient": {"user_id": LAN}, "message": message}
    sent = httpx.post(f"{zalo.url}/v3.0/oa/message/cs", json=body, headers=headers, timeout=10)
    assert sent.json()["error"] == 0


def query(kind: str) -> dict[str, Any]:
    button = {"title": "Lệ phí", "type": kind, "payload": "#p:1.004194:fee"}
    return {"text": "Hỏi gì?", "attachment": {"type": "template", "payload": {"buttons": [button]}}}


@pytest.mark.parametrize("kind", ["oa.query.show", "oa.query.hide"])
def test_a_tap_comes_back_as_a_text(zalo: Emulator, receiver: Receiver, kind: str) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    answer(zalo, query(kind))
    (msg_id,) = citizen.taps("Lệ phí")
    tapped = next(
        each.json for each in receiver.hears(3) if each.json.get("message", {}).get("msg_id") == msg_id
    )
    assert tapped["event_name"] == "user_send_text"
    assert tapped["message"]["text"] == "#p:1.004194:fee"


def test_a_message_of_the_program_comes_back_without_an_admin_and_one_of_an_official_with(
    zalo: Emulator, receiver: Receiver
) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    answer(zalo, {"text": "Xin chào"})
    citizen.is_written_to("Tôi là cán bộ", admin_id="99")
    own, human = (each.json for each in receiver.hears(3)[1:])
    assert (own["event_name"], human["event_name"]) == ("oa_send_text", "oa_send_text")
    assert "admin_id" not in own["sender"]
    assert human["sender"] == {"id": zalo.credentials.oa_id, "admin_id": "99"}
    assert human["recipient"] == {"id": LAN}


@pytest.mark.parametrize("kind", ["image", "gif", "list", "file", "sticker"])
def test_an_official_may_send_other_kinds(zalo: Emulator, receiver: Receiver, kind: str) -> None:
    zalo.citizen(LAN).is_written_to("", kind=kind)
    assert receiver.hears(1)[0].json["event_name"] == f"oa_send_{kind}"


def test_receipts_name_the_messages(zalo: Emulator, receiver: Receiver) -> None:
    citizen = zalo.citizen(LAN)
    first = citizen.is_written_to("một")
    second = citizen.is_written_to("hai")
    citizen.does("receive")
    citizen.does("see")
    received, seen = (each.json for each in receiver.hears(4)[2:])
    assert (received["event_name"], received["message"]) == ("user_received_message", {"msg_id": second})
    assert (seen["event_name"], seen["message"]) == ("user_seen_message", {"msg_ids": [first, second]})


def test_following_leaving_and_the_chat_button_are_told(zalo: Emulator, receiver: Receiver) -> None:
    citizen = zalo.citizen(LAN)
    citizen.follows()
    citizen.unfollows()
    citizen.does("chat_now")
    follow, unfollow, chat_now = (each.json for each in receiver.hears(3))
    assert (follow["event_name"], follow["source"]) == ("follow", "oa_profile")
    assert (unfollow["event_name"], unfollow["follower"]) == ("unfollow", {"id": LAN})
    assert (chat_now["event_name"], chat_now["user_id"]) == ("user_click_chatnow", LAN)


def test_a_contact_is_given_only_when_it_was_asked_for(zalo: Emulator, receiver: Receiver) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    with pytest.raises(httpx.HTTPStatusError, match="has not asked"):
        citizen.submits_info(phone="84912345678")
    card = {"title": "Liên hệ", "subtitle": "Để gọi lại", "image_url": "https://a.vn/a.png"}
    payload = {"template_type": "request_user_info", "elements": [card]}
    answer(zalo, {"attachment": {"type": "template", "payload": payload}})
    citizen.submits_info(full_name="Nguyễn Thị Lan", phone="84912345678", full_address="Cầu Giấy")
    told = receiver.hears(3)[-1].json
    assert told["event_name"] == "user_submit_info"
    assert told["info"] == {"name": "Nguyễn Thị Lan", "phone": "84912345678", "full_address": "Cầu Giấy"}


def test_a_reaction_and_any_other_event_can_be_told(zalo: Emulator, receiver: Receiver) -> None:
    citizen = zalo.citizen(LAN)
    msg_id = citizen.is_written_to("một")
    citizen.does("react", icon="/-heart")
    citizen.does("tell", event_name="add_user_to_tag", content={"tag": {"name": "khai sinh"}})
    reacted, tagged = (each.json for each in receiver.hears(3)[1:])
    assert reacted["message"] == {"msg_id": msg_id, "react_icon": "/-heart"}
    assert (tagged["event_name"], tagged["tag"]) == ("add_user_to_tag", {"name": "khai sinh"})


def test_a_withdrawal_bears_the_two_ids_and_no_message(zalo: Emulator, receiver: Receiver) -> None:
    zalo.citizen(LAN).withdraws()
    told = receiver.hears(1)[0].json
    assert (told["event_name"], told["user_id"]) == ("user_withdraw", LAN)
    assert told["user_id_by_app"]
    assert "message" not in told


def test_what_is_not_answered_with_200_comes_again_with_the_number_of_the_retry(
    zalo: Emulator, receiver: Receiver
) -> None:
    receiver.answers = [500, 404, 200]
    zalo.citizen(LAN).says("chào")
    first, second, third = receiver.hears(3)
    assert [each.headers.get("num_retry") for each in (first, second, third)] == [None, "1", "2"]
    assert first.body == second.body == third.body
    (delivery,) = zalo.settles()
    assert (delivery["attempts"], delivery["is_delivered"]) == ([500, 404, 200], True)


def test_an_answer_after_the_deadline_is_none(zalo: Emulator, receiver: Receiver) -> None:
    zalo.sends_to(receiver.url, deadline=0.2)
    receiver.answers = [1.0, 200]
    zalo.citizen(LAN).says("chào")
    (delivery,) = zalo.settles()
    assert delivery["attempts"] == [None, 200]


def test_a_webhook_that_fails_six_times_is_switched_off_until_it_is_set_again(
    zalo: Emulator, receiver: Receiver
) -> None:
    zalo.sends_to(receiver.url, scale=0.00001)
    receiver.answers = [500] * 6
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    (delivery,) = zalo.settles()
    assert delivery["attempts"] == [500] * 6
    assert not zalo.state()["webhook_is_enabled"]
    citizen.says("có ai không?")
    assert len(zalo.settles()) == 1
    zalo.sends_to(receiver.url)
    citizen.says("còn đây")
    assert zalo.settles()[-1]["is_delivered"]


def test_later_messages_do_not_wait_for_the_retries_of_an_earlier_one(
    zalo: Emulator, receiver: Receiver
) -> None:
    zalo.sends_to(receiver.url, scale=0.01)
    receiver.answers = [500]
    citizen = zalo.citizen(LAN)
    citizen.says("một")
    citizen.says("hai")
    texts = [each.json["message"]["text"] for each in receiver.hears(3)]
    assert texts == ["một", "hai", "một"]


def test_the_filter_of_the_console_lets_only_texts_with_a_hash_through(
    zalo: Emulator, receiver: Receiver
) -> None:
    zalo.sends_to(receiver.url, only_hash=True)
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    citizen.says("#hồ sơ")
    assert [each["event"]["message"]["text"] for each in zalo.settles()] == ["#hồ sơ"]


@pytest.mark.parametrize(
    "url", ["http://motcua.example.vn/hook", "https://motcua.example.vn:8443/hook", "hook"]
)
def test_a_webhook_is_https_on_a_domain_without_a_port(zalo: Emulator, url: str) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="a webhook is https"):
        zalo.sends_to(url)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("updates", b"nonsense", "can't parse"),
        ("updates", b"[]", "JSON object expected"),
        ("updates", b'{"act": "fly", "user": "1"}', "known: admin, audio"),
        ("updates", b'{"act": "text", "user": "1"}', "needs 'text'"),
        ("updates", b'{"act": "tap", "user": "1", "label": "OK"}', "no such button"),
        ("updates", b'{"act": "text", "user": "Lan", "text": "x"}', "text of digits"),
        ("account", b'{"money": 1}', "an account has"),
        ("keys", b'{"act": "steal"}', "known: authorise"),
        ("template", b'{"title": "1"}', "no such template"),
        ("faults", b'{"call": "*", "kind": "late"}', "known: cut, drop"),
    ],
)
def test_a_wrong_order_is_refused_with_what_is_possible(
    zalo: Emulator, path: str, body: bytes, words: str
) -> None:
    refused = httpx.post(f"{zalo.url}/control/{path}", content=body)
    assert refused.status_code == 400
    assert words in refused.json()["description"]
