"""Life events: named by the words people use, general or about one matter, leading only to what exists."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import starter
from knowledge_base.life_events import MOST_NEEDS, EventNamed, event_named, life_events
from nlu.text import fold
from tests.knowledge_base.real_data import PORTAL

ALL = {need.code for event in life_events() for need in event.needs}


def named(text: str) -> EventNamed | None:
    return event_named(text, held=lambda: dict.fromkeys(ALL))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("vợ em vừa sinh bé, giờ phải lo những gì ạ", "birth"),
        ("nha em co nguoi mat, phai lam gi", "death"),
        ("em bị rơi ví, giờ làm sao", "lost_papers"),
        ("sắp cưới thì cần những giấy tờ nào", "marriage"),
        ("lấy chồng Hàn phải làm thủ tục gì", "marriage_abroad"),
        ("định mở tiệm tóc cần làm gì trước", "shop_opened"),
        ("mới nghỉ việc thì được hưởng gì", "job_left"),
    ],
)
def test_a_message_about_an_event_asks_for_all_there_is_to_do(text: str, key: str) -> None:
    event = named(text)
    assert event is not None
    assert (event.key, event.is_in_general, event.asks_for_all) == (key, True, True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mới sinh con làm giấy khai sinh cần gì", "birth"),
        ("bố em mới mất, xóa thường trú ở đâu", "death"),
        ("nhà tôi có người mất trộm xe", "death"),
        ("xây nhà lệ phí bao nhiêu", "building"),
        ("xây nhà thờ họ cần xin phép không", "building"),
    ],
)
def test_a_message_that_names_a_matter_or_a_fee_is_not_general(text: str, key: str) -> None:
    event = named(text)
    assert event is not None
    assert (event.key, event.is_in_general) == (key, False)


@pytest.mark.parametrize(
    "text", ["", "😀", "đăng ký kết hôn cần giấy tờ gì", "làm căn cước cho con", "mất bao lâu"]
)
def test_a_message_without_an_event_has_none(text: str) -> None:
    assert named(text) is None


def test_what_the_release_does_not_hold_is_left_out_and_the_order_stays() -> None:
    event = event_named("vợ mới sinh phải làm gì", held=lambda: {"1.004222": "", "1.001193": ""})
    assert event is not None
    assert event.codes == ("1.001193", "1.004222")


@given(st.text(max_size=200))
def test_any_text_is_safe(text: str) -> None:
    event = named(text)
    assert event is None or len(event.codes) <= MOST_NEEDS


def test_every_event_says_why_and_whether_it_was_reviewed() -> None:
    events = life_events()
    assert len({event.key for event in events}) == len(events) >= 20
    for event in events:
        assert event.reviewed is False
        assert len(event.needs) >= 2
        assert len({need.code for need in event.needs}) == len(event.needs)
        assert all(8 < len(need.reason) <= 70 for need in event.needs)


def test_no_phrase_belongs_to_two_events() -> None:
    phrases = [phrase for event in life_events() for phrase in {fold(said) for said in event.phrases}]
    assert sorted(phrases) == sorted(set(phrases))


def test_every_need_is_in_the_national_base_or_in_the_starter() -> None:
    groups = yaml.safe_load(starter.CATALOGUE.read_text(encoding="utf-8"))["groups"]
    held = {entry["code"] for group in groups for entry in group["entries"]}
    held |= {file.stem for file in starter.PROCEDURES.glob("*.yaml")}
    elsewhere = ALL - held
    if not PORTAL.exists():
        pytest.skip(f"the national procedures are not here; unchecked: {sorted(elsewhere)}")
    lines = PORTAL.read_text(encoding="utf-8").splitlines()
    assert elsewhere <= {json.loads(line)["ma_thu_tuc"] for line in lines}


@pytest.mark.parametrize(
    "text",
    [
        "mẹ em vừa mất sáng nay, em phải làm gì",
        "me em vua mat sang nay phai lam gi",
        "bố tôi mới qua đời đêm qua ở bệnh viện, giờ làm những gì ạ",
        "chồng em mất rồi giờ phải làm gì",
    ],
)
def test_a_death_just_told_is_mourned(text: str) -> None:
    event = named(text)
    assert event is not None
    assert (event.key, event.is_mourned, event.is_in_general) == ("death", True, True)


@pytest.mark.parametrize(
    "text", ["mẹ em vừa mất ví", "bố em mới mất căn cước", "bà mất tích từ sáng", "vợ em vừa mất máu nhiều"]
)
def test_something_lost_is_no_death(text: str) -> None:
    event = named(text)
    assert event is None or event.key != "death"
