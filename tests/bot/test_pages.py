"""Answers lead to our pages where a channel can open them, else to the source; a person is a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot import choices, moves, pages, replies
from bot.channels import plain, terminal
from bot.channels.limits import TELEGRAM
from bot.channels.rendering import message_of, render
from conversations import outbox
from conversations.messages import Address, OutboundMessage
from conversations.models import Conversation, Turn
from knowledge_base.content import Attachment, PartName
from tests.knowledge_base.contents import known_only, method, procedure
from web.public.transcript import shown

pytestmark = pytest.mark.django_db
HOME = "https://motcua.example.vn"
FILE = "https://csdl.dichvucong.gov.vn/ct01.docx"


def turn_of(message: OutboundMessage) -> Turn:
    address = Address(channel="webchat", account="main", chat="a")
    conversation, _ = Conversation.objects.get_or_create(
        channel=address.channel, account=address.account, chat=address.chat
    )
    return outbox.queue(conversation, message)


def said(part: PartName | None = None, **changes: Any) -> OutboundMessage:
    return replies.quotation(moves.Answer(code="1.004222", part=part), procedure(**changes))


def labels(message: OutboundMessage) -> Sequence[str]:
    return [choice.label for choice in message.choices]


def test_the_chat_opens_our_page_and_other_channels_the_source_until_they_know_our_address(
    settings: Any,
) -> None:
    turn = turn_of(said())
    citation = shown(turn).citation
    assert citation is not None
    assert citation.url == "/thu-tuc/1.004222"
    source = message_of(turn).citation
    assert plain.source_line(source).endswith("https://dichvucong.gov.vn/x")
    settings.PUBLIC_URL = HOME
    assert plain.source_line(source).endswith(f"{HOME}/thu-tuc/1.004222")


def test_a_citation_kept_before_there_were_pages_still_opens_its_source() -> None:
    turn = turn_of(said())
    del turn.payload["citation"]["page"]
    citation = shown(turn).citation
    assert citation is not None
    assert citation.url == "https://dichvucong.gov.vn/x"
    assert "dichvucong" in plain.source_line(message_of(turn).citation)


def test_papers_to_tick_off_are_one_tap_away_with_a_page_to_print(settings: Any) -> None:
    offered = said(PartName.DOCUMENTS).choices[0]
    assert offered.payload == choices.papers("1.004222")
    message = replies.papers_list(procedure())
    assert "☐ Tờ khai CT01 (1 bản chính; mẫu: ct01.docx)" in message.text
    assert "(chưa biên tập)" in message.text
    assert message.choices[0].url == pages.papers("1.004222")
    turn = turn_of(message)
    assert "Bản để in" not in [choice.label for choice in message_of(turn).choices]
    assert "/giay-to" not in terminal.shown(turn)
    settings.PUBLIC_URL = HOME
    assert message_of(turn).choices[0].url == f"{HOME}/thu-tuc/1.004222/giay-to"


@pytest.mark.parametrize(
    "message",
    [
        said(PartName.CONDITIONS),
        said(PartName.FEE, methods=(method(fees=()),)),
        replies.papers_list(procedure(documents=())),
        replies.quotation(moves.Answer(code="cat-karaoke-01"), known_only()),
    ],
    ids=["empty part", "fee not told", "no papers", "known only"],
)
def test_where_something_is_missing_a_person_is_a_button_in_every_channel(message: OutboundMessage) -> None:
    turn = turn_of(message)
    assert choices.STAFF in [choice.payload for choice in shown(turn).choices]
    assert "Gặp cán bộ" in terminal.shown(turn)
    sent = render(message_of(turn), who="Trợ lý ảo", limits=TELEGRAM)
    assert choices.STAFF in [button.payload for row in sent[-1].rows for button in row]


def test_what_is_whole_offers_no_person() -> None:
    assert "Gặp cán bộ" not in labels(said(PartName.TIME))


def test_a_form_with_a_file_is_a_button() -> None:
    files = (Attachment(name="ct01.docx", path=FILE), Attachment(name="x.doc", path="https://evil.example/x"))
    offered = [choice.url for choice in said(PartName.FORMS, attachments=files).choices if choice.url]
    assert offered == [FILE]
