"""A question about what is known and not held: the way there, in the chat, from a real release."""

from __future__ import annotations

from pathlib import Path

import pytest

import starter
from bot.channels.plain import source_line
from conversations import outbox
from knowledge_base import releases
from knowledge_base.holdings import Live
from knowledge_base.importing import read_sources
from knowledge_base.manifest import Manifest
from knowledge_base.release import build
from tests.bot.office import BIRTH, CODES, Talk, move_of
from tests.knowledge_base.contents import known_only

pytestmark = pytest.mark.django_db(transaction=True)
KARAOKE = known_only()


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    root = tmp_path_factory.mktemp("releases")
    records = [next(iter(read_sources(starter.PROCEDURES / f"{code}.yaml"))) for code in CODES]
    held = [record.content for record in records]  # type: ignore[union-attr]  # a broken record fails here
    manifest = build(
        Live.of([*held, KARAOKE], {}), encoder=releases.encoder(), folder=root / "small-with-an-entry"
    )
    return root, manifest


def test_a_question_about_a_catalogue_entry_gets_the_signpost_and_no_content(talk: Talk) -> None:
    (reply,) = talk.say("cấp giấy phép kinh doanh dịch vụ karaoke")
    assert move_of(reply) == "signpost"
    assert reply.payload["detail"]["code"] == KARAOKE.code
    assert set(reply.payload["detail"]["spans"]) == {"Fixed"}
    assert "kho chưa có nội dung" in reply.text
    assert "Sở Văn hóa và Thể thao" in reply.text


def test_the_signpost_cites_where_it_is_from_without_a_code_of_our_own(talk: Talk) -> None:
    (reply,) = talk.say("cấp giấy phép kinh doanh dịch vụ karaoke")
    source = source_line(outbox.message_of(reply).citation)
    assert "https://bvhttdl.gov.vn" in source
    assert "chưa được duyệt" in reply.text
    assert "chưa được duyệt" not in source
    assert KARAOKE.code not in source


def test_a_follow_up_on_a_part_is_told_the_same_and_nothing_of_a_neighbour(talk: Talk) -> None:
    talk.say("cấp giấy phép kinh doanh dịch vụ karaoke")
    (reply,) = talk.say("còn lệ phí thì sao?")
    assert (move_of(reply), reply.payload["detail"]["code"]) == ("signpost", KARAOKE.code)


def test_an_entry_chosen_by_its_button_is_answered_by_its_signpost(talk: Talk) -> None:
    (reply,) = talk.tap(f"procedure:{KARAOKE.code}:fee")
    assert (move_of(reply), reply.payload["detail"]["part"]) == ("signpost", None)


def test_what_is_held_is_still_quoted(talk: Talk) -> None:
    (reply,) = talk.say("thủ tục đăng ký khai sinh cần giấy tờ gì")
    assert (move_of(reply), reply.payload["detail"]["code"]) == ("answer", BIRTH)
