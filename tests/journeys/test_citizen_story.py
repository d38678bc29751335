"""Whole stories of citizens, through a real process over HTTP."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.journeys.processes import Citizen, Office

pytestmark = pytest.mark.journey


def photo() -> bytes:
    target = BytesIO()
    Image.new("RGB", (320, 240), "gray").save(target, format="JPEG")
    return target.getvalue()


def test_a_citizen_asks_gets_a_cited_answer_follows_up_and_turns_to_another_topic(
    shared_office: Office,
) -> None:
    citizen = Citizen(office=shared_office)
    birth = citizen.asks("làm giấy khai sinh cho con cần giấy tờ gì")
    assert birth["citation"]["code"] == "1.001193"
    assert birth["label"] == "Trợ lý ảo"
    fee = citizen.asks("còn lệ phí thì sao?", "phí")
    assert fee["citation"]["code"] == "1.001193"
    marriage = citizen.asks("dang ky ket hon thi can giay to gi")
    assert marriage["citation"]["code"] == "1.000894"


def test_a_report_with_a_photo_gets_a_code_and_only_its_author_learns_its_state(
    shared_office: Office,
) -> None:
    author = Citizen(office=shared_office)
    author.asks("đống rác to chắn lối đi, bốc mùi ba hôm nay rồi", "Rác thải", "đâu")
    author.asks("ngõ 36 phố Hoàng Ngọc Phách", "ảnh")
    author.send_photo(photo())
    author.hears("xem lại", "Hoàng Ngọc Phách", "Ảnh: 1")
    filed = author.asks("gửi đi", "PA-")["text"]
    code = re.search(r"PA-\d{4}-\d{6}", filed).group()  # type: ignore[union-attr]
    secret = re.search(r"Mã bí mật: (\S+?)\.", filed).group(1)  # type: ignore[union-attr]
    author.asks(f"{code} đến đâu rồi?", code, "Mới gửi")

    stranger = Citizen(office=shared_office)
    unknown = stranger.asks(f"{code} đến đâu rồi?", "không tìm thấy")["text"]
    assert "Mới gửi" not in unknown
    never_filed = stranger.asks("PA-2026-999999 đến đâu rồi?")["text"]
    assert unknown == never_filed
    stranger.asks(f"{code} {secret}", code, "Mới gửi")


@pytest.mark.parametrize(
    "words",
    [
        " ",
        "x" * 9_999,
        "nghi\u0323\u0302 thu\u031b\u0323c e\u0323m",
        "khai\x00 sinh",
        "😀😀😀",
        "<script>alert(1)</script>",
        "?",
        "1234567890",
    ],
)
def test_odd_input_gets_a_useful_reply_never_a_trace(shared_office: Office, words: str) -> None:
    citizen = Citizen(office=shared_office)
    if words.strip():
        reply = citizen.asks(words)
        assert reply["text"]
        assert "Traceback" not in reply["text"]
    else:
        response = citizen.client.post(
            f"{shared_office.url}/chat/messages",
            json={"text": words, "event_id": "12345678"},
            headers=citizen._headers(),
        )
        assert response.status_code == 400
        assert response.json()["error"]["message"]
    assert "Traceback" not in shared_office.output


def test_the_same_message_sent_twice_is_answered_once(shared_office: Office) -> None:
    citizen = Citizen(office=shared_office)
    citizen.say("làm giấy khai sinh cho con cần giấy tờ gì", event_id="same-event-1")
    citizen.say("làm giấy khai sinh cho con cần giấy tờ gì", event_id="same-event-1")
    citizen.hears("khai sinh")
    citizen.asks("cảm ơn", "Cảm ơn")
    assert len(citizen.replies()) == 2
