"""What a citizen sees of a turn."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from conversations import outbox
from conversations.messages import Choice, OutboundMessage
from conversations.models import Turn
from office.links import safe_url
from tests.web.browsers import Browser, answer, citation
from web.public.feed import OVERLAP


@pytest.mark.django_db
def test_an_answer_shows_its_source_on_one_line_with_a_link() -> None:
    browser = Browser()
    answer(browser.say("khai sinh"), "Giấy chứng sinh.", citation=citation())
    html = browser.turns()[-1]["html"]
    assert 'href="https://dichvucong.gov.vn/thu-tuc/1"' in html
    assert "1.001193 · QĐ 3606/QĐ-BTP · cập nhật 12/06/2026" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://dichvucong.gov.vn.example.org/", "", "//x.vn"]
)
def test_a_source_elsewhere_is_named_without_a_link(url: str) -> None:
    browser = Browser()
    answer(browser.say("khai sinh"), "Giấy chứng sinh.", citation=citation(url=url))
    html = browser.turns()[-1]["html"]
    assert "<a " not in html
    assert "1.001193" in html


@pytest.mark.django_db
def test_a_choice_that_leads_elsewhere_is_not_offered() -> None:
    browser = Browser()
    lure = Choice(label="Nhận thưởng", url="https://example.org/")
    official = Choice(label="Nộp hồ sơ", url="https://dichvucong.gov.vn/nop")
    answer(browser.say("chào"), "?", lure, official)
    assert [choice["label"] for choice in browser.turns()[-1]["choices"]] == ["Nộp hồ sơ"]


@pytest.mark.django_db
def test_an_emergency_number_is_called_and_opens_no_page() -> None:
    browser = Browser()
    answer(browser.say("cháy"), "Gọi ngay 114.", Choice(label="Gọi 114", url="tel:114"))
    assert '<a class="call" href="tel:114">Gọi 114</a>' in browser.turns()[-1]["html"]


@pytest.mark.django_db
def test_the_trace_of_an_answer_never_leaves_the_office() -> None:
    browser = Browser()
    conversation = browser.say("chào")
    outbox.queue(conversation, OutboundMessage(text="Chào.", detail={"probability": 0.12345}))
    assert "0.12345" not in str(browser.turns()) + browser.page()


@pytest.mark.django_db
def test_a_reply_that_failed_is_not_shown() -> None:
    browser = Browser()
    turn = answer(browser.say("chào"), "không đến nơi")
    Turn.objects.filter(pk=turn.pk).update(status=Turn.Status.FAILED)
    assert "không đến nơi" not in browser.page()


@pytest.mark.django_db
def test_what_is_newer_is_told_and_the_last_minute_once_more() -> None:
    browser = Browser()
    conversation = browser.say("một")
    Turn.objects.update(created_at=timezone.now() - OVERLAP)
    last = answer(conversation, "hai").pk
    answer(conversation, "ba")
    assert [turn["text"] for turn in browser.turns(after=last)] == ["hai", "ba"]


@pytest.mark.parametrize(
    "url",
    [
        "https://dichvucong.gov.vn/x",
        "http://hanoi.gov.vn",
        "https://ttpvhcc.hanoi.gov.vn/a?b=1#c",
        "/thu-tuc/1",
    ],
)
def test_addresses_of_the_state_and_of_this_site_are_links(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://gov.vn.example.org", "https://fakegov.vn", "https://x@dichvucong.gov.vn",
        "https://dichvucong.gov.vn:8443/", "//example.org", "/\\example.org", "\\\\example.org",
        "ftp://dichvucong.gov.vn", "data:text/html,x", " https://dichvucong.gov.vn", "java\nscript:alert(1)",
        "https://[", "https://dichvucong.gov.vn:x/", "https:dichvucong.gov.vn", "dichvucong.gov.vn",
    ],
)  # fmt: skip
def test_any_other_address_is_none(url: str) -> None:
    assert safe_url(url) == ""


@given(st.text())
def test_no_text_makes_the_check_of_addresses_fail(text: str) -> None:
    assert safe_url(text) in {"", text}
    assert safe_url(f"https://{text}") in {"", f"https://{text}"}
