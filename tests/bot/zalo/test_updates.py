"""What Zalo's events say, read purely."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.updates import Courtesy, Interaction, OfficialReply, Withdrawal, read
from conversations.messages import Address, InboundMessage, MediaReference, MessageKind, Position
from tests.bot.zalo.events import AT, CITIZEN, NOW, OA, attached, by_account, event, sent

ADDRESS = Address(channel="zalo", account=OA, chat=CITIZEN)
PICTURE = "https://photo-stal-1.zdn.vn/a.jpg"
POINT = {"latitude": "21.0285", "longitude": "105.8542"}


def heard(given: dict[str, Any]) -> InboundMessage:
    message = read(given, account=OA, now=NOW)
    assert isinstance(message, InboundMessage)
    return message


def test_a_text_is_a_message_at_the_citizens_address_known_by_its_msg_id() -> None:
    message = heard(sent("text", text="làm khai sinh", msg_id="96d3cdf3af150460909"))
    assert (message.address, message.kind, message.text) == (ADDRESS, MessageKind.TEXT, "làm khai sinh")
    assert message.event_id == "message:96d3cdf3af150460909"
    assert message.message_id == "96d3cdf3af150460909"
    assert message.sent_at == AT


@pytest.mark.parametrize(
    "payload", ["part:1.001193:fee", "staff", "rate:HT-2026-000045:5", "report:category:waste", "data:ask"]
)
def test_a_tap_comes_back_as_a_text_with_a_hash_and_is_a_choice(payload: str) -> None:
    message = heard(sent("text", text=f"#{payload}"))
    assert (message.kind, message.choice) == (MessageKind.CHOICE, payload)


@pytest.mark.parametrize(
    "text",
    ["#hanoi đẹp quá", "#1", "part:1.001193:fee", "#part 1.001193", "#staff:ông A nhận tiền", "# staff", "#"],
)
def test_a_text_that_is_no_button_of_ours_stays_a_text(text: str) -> None:
    message = heard(sent("text", text=text))
    assert (message.kind, message.choice, message.text) == (MessageKind.TEXT, "", text)


@pytest.mark.parametrize(
    ("what", "attachment", "kind"),
    [
        ("image", attached("image", url=PICTURE, thumbnail=PICTURE), MessageKind.PHOTO),
        ("gif", attached("gif", url=PICTURE, thumbnail=PICTURE), MessageKind.VIDEO),
        ("audio", attached("audio", url="https://voice.zdn.vn/a.amr"), MessageKind.VOICE),
        ("video", attached("video", url="https://video.zdn.vn/a.mp4"), MessageKind.VIDEO),
        ("sticker", attached("sticker", url=PICTURE, id="20571"), MessageKind.STICKER),
        ("file", attached("file", url="https://f.zdn.vn/a.pdf", type="pdf", size="7"), MessageKind.FILE),
        ("file", attached("file", url=PICTURE, type="JPG", size="7", name="anh.JPG"), MessageKind.PHOTO),
    ],
)
def test_what_comes_with_a_message_is_kept_as_the_address_zalo_gives(
    what: str, attachment: dict[str, Any], kind: MessageKind
) -> None:
    message = heard(sent(what, attachment, text="ổ gà"))
    assert (message.kind, message.text) == (kind, "ổ gà")
    assert [medium.reference for medium in message.media] == [attachment["payload"]["url"]]


def test_several_pictures_of_one_message_are_all_kept() -> None:
    one, two = (attached("image", url=f"{PICTURE}?{number}") for number in (1, 2))
    assert [medium.reference[-1] for medium in heard(sent("image", one, two)).media] == ["1", "2"]


def test_a_file_has_its_name_its_size_and_its_type() -> None:
    file = attached("file", url=PICTURE, name="anh.png", type="png", size="1024", checksum="d41d8")
    expected = MediaReference(reference=PICTURE, media_type="image/png", name="anh.png", size=1024)
    assert heard(sent("file", file)).media == (expected,)


@pytest.mark.parametrize(
    "given",
    [
        sent("location", attached("location", coordinates=POINT)),
        sent("location", location=POINT),
    ],
)
def test_a_position_is_read_where_either_page_shows_it(given: dict[str, Any]) -> None:
    message = heard(given)
    assert (message.kind, message.position) == (
        MessageKind.POSITION,
        Position(latitude=21.0285, longitude=105.8542),
    )


@pytest.mark.parametrize("latitude", ["", "91", "nan", "inf", None, [], "hai mươi"])
def test_a_position_that_is_none_is_told_apart(latitude: object) -> None:
    point = {"latitude": latitude, "longitude": "105.8"}
    assert heard(sent("location", attached("location", coordinates=point))).kind is MessageKind.OTHER


def test_a_link_is_a_text_with_what_it_says_and_where_it_leads() -> None:
    link = attached("link", url="https://dichvucong.gov.vn/", description="Cổng dịch vụ công", thumbnail="")
    message = heard(sent("link", link, text="https://dichvucong.gov.vn/"))
    assert message.kind is MessageKind.TEXT
    assert message.text == "https://dichvucong.gov.vn/\nCổng dịch vụ công"


@pytest.mark.parametrize("what", ["link", "business_card"])
def test_a_third_persons_number_on_a_card_is_not_kept(what: str) -> None:
    card = json.dumps({"phone": "84912345678", "qrCodeUrl": "https://qr.zdn.vn/x.png"})
    message = heard(sent(what, attached("link", description=card, url="", thumbnail="")))
    assert message.kind is MessageKind.CONTACT
    assert "84912345678" not in str(message)


def test_a_kind_nobody_knew_yet_is_recorded_as_other() -> None:
    message = heard(sent("hologram", attached("hologram", url=PICTURE), text="xem này"))
    assert (message.kind, message.text, message.media) == (MessageKind.OTHER, "xem này", ())


def test_a_contact_that_was_asked_for_keeps_name_and_number_only() -> None:
    info = {"name": "Nguyễn Thị Lan", "phone": "84912345678", "user_dob": "1/1/1990", "full_address": "ngõ 5"}
    message = heard(event("user_submit_info", info=info))
    assert (message.kind, message.text) == (MessageKind.CONTACT, "Nguyễn Thị Lan – 0912345678")


def test_what_a_person_wrote_in_zalos_own_chat_is_a_reply_of_an_official() -> None:
    reply = read(by_account(admin="31400", text="Chị gửi giúp em ảnh nhé"), account=OA, now=NOW)
    assert reply == OfficialReply(
        address=ADDRESS, event_id="message:o1", message_id="o1", text="Chị gửi giúp em ảnh nhé", sent_at=AT
    )


def test_a_picture_a_person_sent_there_has_a_word_in_the_transcript() -> None:
    given = by_account("oa_send_image", admin="31400", attachments=[attached("image", url=PICTURE)])
    reply = read(given, account=OA, now=NOW)
    assert isinstance(reply, OfficialReply)
    assert reply.text == "[Ảnh]"


def test_the_echo_of_our_own_reply_asks_for_nothing() -> None:
    assert read(by_account(text="Chào anh/chị"), account=OA, now=NOW) == Courtesy(name="oa_send_text")


@pytest.mark.parametrize("place", ["user_id", "sender"])
def test_a_withdrawal_names_whose_data_are_meant(place: str) -> None:
    given = event("user_withdraw")
    if place == "user_id":
        del given["sender"], given["recipient"]
        given["user_id"] = CITIZEN
    assert read(given, account=OA, now=NOW) == Withdrawal(address=ADDRESS, said_at=AT)


@pytest.mark.parametrize(
    "given",
    [
        event("follow", oa_id=OA, follower={"id": CITIZEN}, source="oa_profile", sender=None, recipient=None),
        event("user_click_chatnow", oa_id=OA, user_id=CITIZEN, sender=None, recipient=None),
    ],
)
def test_a_follow_and_a_click_that_opens_the_chat_open_the_reply_window(given: dict[str, Any]) -> None:
    assert read(given, account=OA, now=NOW) == Interaction(address=ADDRESS, at=AT)


@pytest.mark.parametrize(
    "name",
    [
        *("unfollow", "user_received_message", "user_seen_message", "user_reacted_message"),
        *("user_send_group_text", "anonymous_send_text", "oa_send_group_text"),
        *("create_group", "add_user_to_tag", "oa_send_consent", "widget_interaction_accepted", ""),
    ],
)
def test_courtesies_and_other_peoples_talk_ask_for_nothing(name: str) -> None:
    given = event(name, message={"text": "chào", "msg_id": "m1"})
    assert read(given, account=OA, now=NOW) == Courtesy(name=name)


@pytest.mark.parametrize("name", ["user_send_text", "user_submit_info"])
def test_what_was_said_to_another_account_is_not_ours(name: str) -> None:
    given = event(name, recipient={"id": "9"}, message={"text": "chào", "msg_id": "m1"})
    assert isinstance(read(given, account=OA, now=NOW), Courtesy)


def test_a_withdrawal_from_another_account_is_not_ours() -> None:
    given = event("user_withdraw", oa_id="9", recipient={})
    assert isinstance(read(given, account=OA, now=NOW), Courtesy)


def test_an_event_without_a_message_id_is_known_by_all_that_it_says() -> None:
    first = heard(event("user_submit_info", info={"name": "Lan", "phone": "84912345678"}))
    again = heard(event("user_submit_info", info={"phone": "84912345678", "name": "Lan"}))
    other = heard(event("user_submit_info", info={"name": "Lan", "phone": "84912345679"}))
    assert first.event_id == again.event_id != other.event_id
    assert len(first.event_id) <= 128


@pytest.mark.parametrize("timestamp", ["", "hôm qua", "9" * 30, "-1e9", None])
def test_a_moment_that_is_none_is_now(timestamp: object) -> None:
    assert heard({**sent("text", text="a"), "timestamp": timestamp}).sent_at == NOW


def test_ids_that_are_numbers_are_read_as_texts() -> None:
    given = sent("text", text="chào")
    given |= {"sender": {"id": int(CITIZEN)}, "recipient": {"id": int(OA)}, "timestamp": 1_700_000_000_000}
    message = heard(given)
    assert message.address == ADDRESS
    assert message.sent_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        *("user_send_text", "user_send_image", "user_send_location", "user_send_link", "user_send_file"),
        *("user_submit_info", "user_withdraw", "oa_send_text", "follow"),
    ]
)
PARTS = st.sampled_from(["message", "sender", "recipient", "info", "timestamp", "oa_id", "user_id"])
MESSAGES = st.dictionaries(st.sampled_from(["text", "msg_id", "attachments", "location"]), JSON)


@given(name=NAMES, parts=st.dictionaries(PARTS, JSON), message=MESSAGES)
def test_whatever_comes_something_is_said_about_it(
    name: str, parts: dict[str, Any], message: dict[str, Any]
) -> None:
    said = read({**event(name, message=message), **parts}, account=OA, now=NOW)
    if isinstance(said, InboundMessage):
        assert 0 < len(said.event_id) <= 128
        assert said.sent_at.tzinfo is not None
        assert "\0" not in said.text
        said.text.encode()
