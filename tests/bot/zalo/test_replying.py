"""Replies on Zalo: labelled, with source and buttons, within its limits; what goes wrong has a name."""

from __future__ import annotations

import random
from dataclasses import asdict
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from bot.channels import DeliveryProblem, OutOfWindow, Unreachable
from bot.channels.plain import utf16_units
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo.pictures import MOST_UPLOADED, fitted
from bot.delivery import deliver_next
from conversations import outbox
from conversations.documents import keep_document, sent
from conversations.messages import Author, Choice, Citation, OutboundMessage
from conversations.models import Conversation, Turn
from emulators.zalo.client import Citizen, Emulator
from office.models import Staff, Unit
from tests.conversations import documents
from tests.web.browsers import photograph

pytestmark = pytest.mark.django_db(transaction=True)
CITATION = Citation(
    code="1.001193",
    title="Đăng ký khai sinh",
    decision="1872/QĐ-BTP",
    url="https://dichvucong.gov.vn/1.001193",
    updated="01/07/2026",
)


@pytest.fixture
def lan(zalo: Emulator) -> Citizen:
    citizen = zalo.citizen("1001", "Chị Lan")
    citizen.says("xin chào")
    return citizen


def queued(citizen: Citizen, text: str, *, staff: Staff | None = None, **reply: Any) -> Turn:
    conversation, _ = Conversation.objects.get_or_create(
        channel="zalo",
        account=citizen.emulator.credentials.oa_id,
        chat=citizen.user_id,
        defaults={"last_interaction_at": timezone.now()},
    )
    return outbox.queue(conversation, OutboundMessage(text=text, **reply), staff=staff)


def test_a_reply_says_who_speaks_then_the_words_then_the_source_on_one_line(
    channel: ZaloChannel, lan: Citizen
) -> None:
    delivered = channel.deliver(queued(lan, "Lệ phí: 8.000 đồng.", citation=CITATION))
    (message,) = lan.heard()
    assert message["text"] == (
        "🤖 Trợ lý ảo\n"
        "Lệ phí: 8.000 đồng.\n\n"
        "📄 Nguồn: Đăng ký khai sinh (mã 1.001193) · 1872/QĐ-BTP · cập nhật 01/07/2026 · "
        "https://dichvucong.gov.vn/1.001193"
    )
    assert delivered.external_id == message["msg_id"]


def test_an_official_is_named_with_the_unit(channel: ZaloChannel, lan: Citizen) -> None:
    official = Staff.objects.create(username="hoa")
    official.units.add(Unit.objects.create(code="p-ba-dinh", name="Phường Ba Đình", kind="ward"))
    channel.deliver(queued(lan, "Chị mang giấy chứng sinh nhé.", author=Author.OFFICIAL, staff=official))
    assert lan.heard()[0]["text"].startswith("👤 Cán bộ – Phường Ba Đình\n")


def test_buttons_carry_their_payload_hidden_open_an_address_or_call(
    channel: ZaloChannel, lan: Citizen
) -> None:
    choices = (
        Choice(label="Lệ phí", payload="part:1.001193:fee"),
        Choice(label="Mở Cổng Dịch vụ công", url="https://dichvucong.gov.vn"),
        Choice(label="Gọi 1022", url="tel:1022"),
    )
    channel.deliver(queued(lan, "Anh/chị cần gì?", choices=choices))
    assert lan.heard()[0]["buttons"] == [
        {"title": "Lệ phí", "type": "oa.query.hide", "payload": "#part:1.001193:fee"},
        {
            "title": "Mở Cổng Dịch vụ công",
            "type": "oa.open.url",
            "payload": {"url": "https://dichvucong.gov.vn"},
        },
        {"title": "Gọi 1022", "type": "oa.open.phone", "payload": {"phone_code": "1022"}},
    ]


def test_a_number_is_asked_for_by_zalos_own_card_and_what_is_given_is_kept(
    channel: ZaloChannel, lan: Citizen, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://motcua.example.vn"
    channel.deliver(queued(lan, "Anh/chị cho tôi xin số điện thoại.", asks_number=True))
    words, card = lan.heard()
    assert words["text"].endswith("xin số điện thoại.")
    assert card["kind"] == "request_user_info"
    assert card["image_url"] == "https://motcua.example.vn/static/office-icon.png"
    lan.submits_info(phone="84912345678", full_address="ngõ 5")


def test_where_zalo_cannot_reach_our_picture_the_words_alone_ask(
    channel: ZaloChannel, lan: Citizen, settings: Any
) -> None:
    settings.PUBLIC_URL = ""
    channel.deliver(queued(lan, "Anh/chị cho tôi xin số điện thoại.", asks_number=True))
    assert [message["kind"] for message in lan.heard()] == ["text"]


def test_files_follow_the_words_and_a_picture_fits_what_zalo_takes(
    channel: ZaloChannel, lan: Citizen
) -> None:
    turn = queued(lan, "Mẫu đơn ở dưới.")
    letter = keep_document(turn.conversation, b"%PDF-1.4\n%%EOF", name="mau-don.pdf")
    picture = keep_document(turn.conversation, noise(), name="so-do.png")
    files = (sent(letter), sent(picture))
    channel.deliver(queued(lan, "Mẫu đơn ở dưới.", files=files))
    assert [message["kind"] for message in lan.heard()] == ["text", "file", "image"]


def test_a_picture_that_is_too_large_for_zalo_is_made_to_fit() -> None:
    assert len(fitted(noise())) <= MOST_UPLOADED < len(noise())


def noise() -> bytes:
    """A picture that no encoder makes small."""
    target = BytesIO()
    Image.frombytes("RGB", (1_200, 1_200), random.Random(1).randbytes(1_200 * 1_200 * 3)).save(target, "PNG")
    return target.getvalue()


def test_a_reply_whose_second_part_failed_does_not_repeat_the_first(
    channel: ZaloChannel, lan: Citizen, zalo: Emulator
) -> None:
    turn = queued(lan, "Mẫu đơn ở dưới.")
    letter = keep_document(turn.conversation, b"%PDF-1.4\n%%EOF", name="mau-don.pdf")
    turn = queued(lan, "Mẫu đơn ở dưới.", files=(sent(letter),))
    zalo.fault("upload/file", "server_error")
    with pytest.raises(DeliveryProblem):
        channel.deliver(turn)
    channel.deliver(turn)
    assert [message["kind"] for message in lan.heard()] == ["text", "file"]


def test_more_than_five_choices_are_numbered_in_the_text(channel: ZaloChannel, lan: Citizen) -> None:
    choices = tuple(Choice(label=f"Phường {n}", payload=f"ward:{n:05}") for n in range(1, 9))
    channel.deliver(queued(lan, "Anh/chị ở phường nào?", choices=choices, asks=True))
    (message,) = lan.heard()
    assert len(message["buttons"]) == 5
    assert all(f"{n}. Phường {n}" in message["text"] for n in range(1, 9))


def test_a_long_reply_goes_out_in_pieces_with_the_buttons_on_the_last(
    channel: ZaloChannel, lan: Citizen
) -> None:
    channel.deliver(queued(lan, long_text(), choices=(Choice(label="Lệ phí", payload="staff"),)))
    heard = lan.heard()
    assert len(heard) > 2
    assert all(utf16_units(message["text"]) <= 2000 for message in heard)
    assert ["buttons" in message for message in heard] == [False] * (len(heard) - 1) + [True]


def long_text() -> str:
    return "\n\n".join(f"Đoạn {number}: " + "👤 giấy tờ cần nộp. " * 40 for number in range(6))


def test_a_reply_that_stopped_half_way_goes_on_where_it_stopped(
    channel: ZaloChannel, zalo: Emulator, lan: Citizen
) -> None:
    turn = queued(lan, long_text())
    zalo.fault("message/cs", "too_many_requests", after=1)
    with pytest.raises(DeliveryProblem) as caught:
        channel.deliver(turn)
    assert caught.value.retry_after == 60
    assert len(lan.heard()) == 1
    channel.deliver(turn)
    texts = [message["text"] for message in lan.heard()]
    assert len(texts) > 2
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("kind", ["server_error", "drop", "cut", "time_out"])
def test_trouble_on_the_way_is_temporary_and_tells_no_secret(
    channel: ZaloChannel, zalo: Emulator, lan: Citizen, kind: str
) -> None:
    turn = queued(lan, "chào")
    zalo.fault("message/cs", kind, seconds=0.1)
    with pytest.raises(DeliveryProblem) as caught:
        channel.deliver(turn)
    assert (caught.value.permanent, caught.value.retry_after) == (False, None)
    assert zalo.tokens()["access_token"] not in str(caught.value)
    channel.deliver(turn)
    assert len(lan.heard()) == 1


def test_out_of_the_window_the_reply_is_held_for_the_citizens_return(
    channel: ZaloChannel, zalo: Emulator, lan: Citizen
) -> None:
    turn = queued(lan, "chào")
    lan.falls_silent(hours=24 * 8)
    with pytest.raises(OutOfWindow, match="7 ngày"):
        channel.deliver(turn)
    deliver_next(channel)
    turn.refresh_from_db()
    assert turn.status == Turn.Status.HELD


def test_to_somebody_who_left_us_the_reply_is_held_until_he_is_back(
    channel: ZaloChannel, lan: Citizen
) -> None:
    turn = queued(lan, "chào")
    lan.unfollows()
    with pytest.raises(Unreachable, match="bỏ quan tâm"):
        channel.deliver(turn)


@pytest.mark.parametrize(
    ("trouble", "words", "is_permanent"),
    [
        ("is_inactive", "lâu không dùng", True),
        ("restricts", "mã -244", True),
        ("is_verified", "chưa được Zalo xác thực", False),
        ("app_is_active", "chưa được kích hoạt", False),
        ("has_package", "Gói dịch vụ", False),
    ],
)
def test_a_refusal_says_what_it_means(
    channel: ZaloChannel, zalo: Emulator, lan: Citizen, trouble: str, words: str, *, is_permanent: bool
) -> None:
    match trouble:
        case "is_inactive" | "restricts":
            lan.does("set_person", **{trouble: True})
        case _:
            zalo.account(**{trouble: False})
    with pytest.raises(DeliveryProblem, match=words) as caught:
        channel.deliver(queued(lan, "chào"))
    assert caught.value.permanent is is_permanent


def test_a_paid_template_goes_out_with_its_values(channel: ZaloChannel, lan: Citizen, zalo: Emulator) -> None:
    zalo.approves("350009", parameters={"code": 30})
    lan.allows_templates()
    turn = queued(lan, "Phản ánh PA-2026-000123 có cập nhật.")
    channel.deliver_template(turn, template_id="350009", values={"code": "PA-2026-000123"})
    assert lan.heard()[-1]["template_data"] == {"code": "PA-2026-000123"}


def test_a_template_that_is_refused_has_its_reason(channel: ZaloChannel, lan: Citizen) -> None:
    with pytest.raises(DeliveryProblem, match="template_id is invalid") as caught:
        channel.deliver_template(queued(lan, "tin"), template_id="1", values={})
    assert caught.value.permanent


def test_a_file_of_an_official_is_uploaded_and_goes_out_after_the_words(
    channel: ZaloChannel, lan: Citizen
) -> None:
    turn = queued(lan, "Gửi chị mẫu đơn.", author=Author.OFFICIAL, staff=Staff.objects.create(username="hoa"))
    kept = [
        keep_document(turn.conversation, documents.PDF, name="TK1.pdf"),
        keep_document(turn.conversation, photograph(), name="quay.jpg"),
    ]
    turn.payload["files"] = [asdict(sent(file)) for file in kept]
    turn.save()
    delivered = channel.deliver(turn)
    heard = lan.heard()
    assert [message.get("text", "") for message in heard] == ["👤 Cán bộ\nGửi chị mẫu đơn.", "", "👤 Cán bộ"]
    assert delivered.messages == 3
