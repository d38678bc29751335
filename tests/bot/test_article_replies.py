"""An article in the chat: its section quoted with its source, the rest one tap away, from a real release."""

from __future__ import annotations

from pathlib import Path

import pytest

import starter
from bot.channels.plain import source_line
from bot.channels.rendering import message_of
from conversations.models import Turn
from knowledge_base import releases
from knowledge_base.holdings import Live
from knowledge_base.importing import read_sources
from knowledge_base.manifest import Manifest
from knowledge_base.release import build
from knowledge_base.sources.records import Record
from tests.bot.office import BIRTH, CODES, Talk, move_of

pytestmark = pytest.mark.django_db(transaction=True)
IPARKING = "art-iparking"
FEES = "art-phi-truc-tuyen"


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    root = tmp_path_factory.mktemp("releases")
    files = [starter.PROCEDURES / f"{code}.yaml" for code in CODES]
    files += [starter.ARTICLES / f"{slug}.yaml" for slug in ("iparking", "phi-truc-tuyen", "gio-lam-viec")]
    records = [record for file in files for record in read_sources(file)]
    held = [record.content for record in records if isinstance(record, Record)]
    manifest = build(Live.of(held, {}), encoder=releases.encoder(), folder=root / "small-with-articles")
    return root, manifest


def detail(reply: Turn, name: str) -> object:
    return reply.payload["detail"][name]


def payloads(reply: Turn) -> list[str]:
    return [choice["payload"] for choice in reply.payload["choices"]]


def test_a_question_about_smart_parking_is_answered_from_the_article(talk: Talk) -> None:
    (reply,) = talk.say("iParking là gì")
    assert (move_of(reply), detail(reply, "code"), detail(reply, "section")) == ("answer", IPARKING, "la-gi")
    assert "tìm điểm đỗ" in reply.text
    assert "chưa được duyệt" in reply.text


def test_the_source_and_its_date_stand_below_without_a_code_of_our_own(talk: Talk) -> None:
    (reply,) = talk.say("iParking là gì")
    source = source_line(message_of(reply).citation)
    assert "Cổng Thông tin điện tử Hà Nội" in source
    assert "25/07/2018" in source
    assert IPARKING not in source


def test_the_other_sections_and_the_whole_are_one_tap_away(talk: Talk) -> None:
    (reply,) = talk.say("iParking là gì")
    assert payloads(reply)[:3] == [
        f"part:{IPARKING}:cach-dung", f"part:{IPARKING}:hoi-o-dau", f"full:{IPARKING}"
    ]  # fmt: skip
    (section,) = talk.tap(f"part:{IPARKING}:cach-dung")
    assert detail(section, "section") == "cach-dung"
    (whole,) = talk.tap(f"full:{IPARKING}")
    assert detail(whole, "section") is None
    assert "Hỏi thêm ở đâu" in whole.text


def test_a_price_the_article_does_not_hold_is_said_to_be_missing(talk: Talk) -> None:
    talk.say("iParking là gì")
    (reply,) = talk.say("còn lệ phí thì sao?")
    assert detail(reply, "code") == IPARKING
    assert "không nói về “Phí, lệ phí”" in reply.text
    assert "staff" in payloads(reply)


def test_the_fee_of_a_procedure_is_never_answered_from_an_article(talk: Talk) -> None:
    talk.say("iParking là gì")
    (reply,) = talk.say("thủ tục đăng ký khai sinh lệ phí bao nhiêu")
    assert (detail(reply, "code"), detail(reply, "part")) == (BIRTH, "fee")


def test_an_article_chosen_by_its_button_with_a_part_in_mind_answers_that_part(talk: Talk) -> None:
    (reply,) = talk.tap(f"procedure:{FEES}:fee")
    assert detail(reply, "section") == "muc-thu"
    assert "không phải mức phí của một thủ tục" in reply.text


def test_a_button_of_an_article_that_is_gone_says_so(talk: Talk) -> None:
    (reply,) = talk.tap("part:art-khong-con:muc")
    assert "không còn trong kho" in reply.text
