"""One reply on every messenger: within its limits, no word lost, every choice within reach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.limits import TELEGRAM, TERMINAL, WEBCHAT, ZALO, Limits
from bot.channels.plain import source_line
from bot.channels.rendering import Bubble, Button, message_of, options, render
from bot.labels import short_labels
from conversations import outbox
from conversations.messages import Choice, Citation, OutboundMessage
from conversations.models import Conversation

WHO = "🤖 Trợ lý ảo"
LIMITS = {"telegram": TELEGRAM, "zalo": ZALO, "terminal": TERMINAL, "webchat": WEBCHAT}
MARRIAGES = (
    "Đăng ký kết hôn có yếu tố nước ngoài tại khu vực biên giới của xã",
    "Đăng ký kết hôn có yếu tố nước ngoài tại cơ quan đại diện của Việt Nam",
    "Đăng ký kết hôn",
)

WORDS = st.text(alphabet="abđê👤🇻1.\n ", max_size=30)
LONG_TEXTS = st.lists(WORDS, min_size=1, max_size=12).flatmap(
    lambda words: st.integers(1, 25).map(lambda times: "\n".join(words * times))
)
TEXTS = LONG_TEXTS.filter(str.strip)
LABELS = st.text(alphabet="abcđê 1", min_size=1, max_size=160).filter(str.strip)
PAYLOADS = st.text(alphabet="abc:1", min_size=1, max_size=64)
URLS = st.sampled_from(["https://dichvucong.gov.vn/p", "tel:113", "http://localhost:8000/thu-tuc/1.001193"])
CHOICES = st.builds(
    lambda label, payload, url, about: Choice(
        label=label, payload="" if url else payload, url=url or "", about=about
    ),
    LABELS,
    PAYLOADS,
    st.none() | URLS,
    st.sampled_from(["", "vì cần"]),
)
CITATIONS = st.builds(
    Citation,
    code=st.just("1.001193"),
    title=st.text(alphabet="ab \n", min_size=1, max_size=1_200),
    decision=st.text(alphabet="QĐ 1\n", max_size=400),
    url=st.just("https://dichvucong.gov.vn/p"),
    updated=st.just("01/07/2026"),
)
MESSAGES = st.builds(
    OutboundMessage,
    text=TEXTS,
    heading=st.sampled_from(["", "Đăng ký khai sinh – Phí, lệ phí"]),
    choices=st.lists(CHOICES, max_size=14).map(tuple),
    asks=st.booleans(),
    citation=st.none() | CITATIONS,
)


def buttons(sent: tuple[Bubble, ...]) -> list[Button]:
    return [button for row in sent[-1].rows for button in row]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("channel", LIMITS)
@given(message=MESSAGES)
def test_any_reply_is_within_the_limits_and_loses_no_word(channel: str, message: OutboundMessage) -> None:
    limits = LIMITS[channel]
    sent = render(message, who=WHO, limits=limits)
    for bubble in sent:
        assert bubble.text.strip()
        assert limits.size(bubble.text) <= limits.text
    said = squeezed("".join(bubble.text for bubble in sent))
    assert said.startswith(squeezed(WHO + message.heading + message.text))
    source = source_line(message.citation)
    if source:
        assert [bubble for bubble in sent if source in bubble.text.splitlines()]


@pytest.mark.parametrize("channel", LIMITS)
@given(message=MESSAGES)
def test_every_choice_is_a_button_or_a_line_and_buttons_are_within_the_limits(
    channel: str, message: OutboundMessage
) -> None:
    limits = LIMITS[channel]
    sent = render(message, who=WHO, limits=limits)
    assert all(not bubble.rows for bubble in sent[:-1])
    pressed = buttons(sent)
    assert len(pressed) <= limits.buttons
    for row in sent[-1].rows:
        assert len(row) <= limits.in_row
    for button in pressed:
        assert button.label.strip()
        assert len(button.label) <= limits.label
        assert len(button.payload.encode()) <= limits.payload
        assert not button.url or limits.opens(button.url)
    said = squeezed("".join(bubble.text for bubble in sent))
    for option in options(message.choices):
        choice = option.choice
        is_button = any((b.payload, b.url) == (choice.payload, choice.url) for b in pressed)
        assert is_button or squeezed(option.line) in said


@given(st.lists(LABELS.map(lambda label: " ".join(label.split())), max_size=8), st.integers(16, 100))
def test_shortened_labels_fit_and_tell_different_ones_apart(labels: list[str], longest: int) -> None:
    short = short_labels(labels, longest=longest)
    assert all(0 < len(label) <= longest for label in short)
    assert len(set(short)) == len(set(labels)) or len(set(short)) > len(set(labels))
    for label, its in zip(labels, short, strict=True):
        for other, others in zip(labels, short, strict=True):
            assert label == other or its != others


def test_labels_that_begin_alike_keep_what_differs() -> None:
    short = short_labels(MARRIAGES, longest=40)
    assert "biên giới" in short[0]
    assert "đại diện" in short[1]
    assert short[2] == "Đăng ký kết hôn"
    assert all(label.startswith("Đăng ký") for label in short)


def choosing(*labels: str) -> OutboundMessage:
    choices = tuple(Choice(label=label, payload=f"procedure:{n}") for n, label in enumerate(labels))
    return OutboundMessage(text="Việc nào ạ?", choices=choices, asks=True)


def test_long_titles_are_listed_in_full_above_a_row_of_numbers_on_telegram() -> None:
    (sent,) = render(choosing(*MARRIAGES), who=WHO, limits=TELEGRAM)
    listed = [f"{n}. {title}" for n, title in enumerate(MARRIAGES, start=1)]
    assert sent.text.splitlines() == [WHO, "Việc nào ạ?", *listed]
    assert [[button.label for button in row] for row in sent.rows] == [["1", "2", "3"]]


def test_short_titles_are_numbered_buttons_and_not_said_twice() -> None:
    (sent,) = render(choosing("Đăng ký tạm trú", "Gia hạn tạm trú"), who=WHO, limits=TELEGRAM)
    assert sent.text == f"{WHO}\nViệc nào ạ?"
    assert [button.label for button in buttons((sent,))] == ["1. Đăng ký tạm trú", "2. Gia hạn tạm trú"]


def test_what_zalo_has_no_button_for_is_chosen_by_the_same_number() -> None:
    choices = tuple(Choice(label=f"Phần {n}", payload=f"part:x:{n}") for n in range(1, 8))
    message = OutboundMessage(text="Trích.", choices=choices)
    (sent,) = render(message, who=WHO, limits=ZALO)
    assert [button.label for button in buttons((sent,))] == [f"Phần {n}" for n in range(1, 6)]
    assert sent.text.endswith("Gõ số để chọn:\n6. Phần 6\n7. Phần 7")
    (printed,) = render(message, who=WHO, limits=TERMINAL)
    assert "6. Phần 6\n7. Phần 7" in printed.text


def test_links_take_no_number_so_a_number_means_the_same_on_every_channel() -> None:
    link = Choice(label="Mở Cổng Dịch vụ công", url="https://dichvucong.gov.vn")
    message = OutboundMessage(text="Trích.", choices=(link, Choice(label="Lệ phí", payload="part:x:fee")))
    assert [option.number for option in options(message.choices)] == [0, 1]
    (printed,) = render(message, who=WHO, limits=TERMINAL)
    assert printed.text.splitlines()[-3:] == [
        "Mở Cổng Dịch vụ công: https://dichvucong.gov.vn",
        "Gõ số để chọn:",
        "1. Lệ phí",
    ]


@pytest.mark.parametrize("limits", [TELEGRAM, ZALO], ids=["telegram", "zalo"])
def test_a_citation_is_one_line_below_the_answer_even_where_the_text_fills_the_message(
    limits: Limits,
) -> None:
    citation = Citation(
        code="1.001193", title="Đăng ký khai sinh", decision="QĐ 1", url="https://a.gov.vn", updated=""
    )
    message = OutboundMessage(text="Giấy tờ. " * (limits.text // 9 - 3), citation=citation)
    *answer, last = render(message, who=WHO, limits=limits)
    assert len(answer) == 1
    assert last.text == source_line(citation)


def test_a_second_rendering_is_the_same_as_the_first() -> None:
    message = replace(choosing(*MARRIAGES), text="dài " * 3_000)
    assert render(message, who=WHO, limits=TELEGRAM) == render(message, who=WHO, limits=TELEGRAM)


@pytest.mark.django_db
def test_no_button_and_no_source_leads_where_people_are_not_to_be_sent() -> None:
    here = Conversation.objects.create(channel="telegram", account="main", chat="1")
    choices = (
        Choice(label="Mở trang lạ", url="https://hanoi.gov.vn.lua.top/x"),
        Choice(label="Mở Cổng", url="https://dichvucong.gov.vn"),
    )
    source = Citation(code="1.001193", title="Khai sinh", decision="", url="http://lua.top", updated="")
    turn = outbox.queue(here, OutboundMessage(text="Đây.", choices=choices, citation=source))
    (bubble,) = render(message_of(turn), who="🤖", limits=TELEGRAM)
    assert [button.label for row in bubble.rows for button in row] == ["Mở Cổng"]
    assert "lua.top" not in bubble.text
