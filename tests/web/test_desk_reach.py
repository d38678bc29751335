"""The desk tells before writing whether and until when a message arrives, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bot import paid_templates, spending
from bot.delivery import deliver_next
from bot.intake import receive
from bot.paid_templates import Purpose
from bot.reach_words import moment
from casework import cases, reports
from casework.models import Case, Report
from casework.phones_given import phones_given
from conversations import consents
from conversations.models import Consent, Conversation, Turn
from office.models import Staff
from tests.bot.office import RecordingChannel, message
from tests.casework.people import official
from web.desk.reach import prospect

pytestmark = pytest.mark.django_db(transaction=True)

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)


def citizen(silent_for: timedelta | None, channel: str = "zalo") -> Conversation:
    last = timezone.now() - silent_for if silent_for else None
    return Conversation.objects.create(
        channel=channel, account="main", chat="citizen-1", citizen_name="Chị Mai", last_interaction_at=last
    )


def case_of(conversation: Conversation, staff: Staff) -> Case:
    case = cases.open_case(conversation, reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    cases.claim(case, staff)
    return case


def desk_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def said(conversation: Conversation) -> str:
    found = prospect(conversation, timezone.now())
    assert found is not None
    return " ".join((found.says, *found.advice))


def budget(dong: int) -> None:
    spending.decide("zalo", dong_a_month=dong, dong_a_reply=55, because="QĐ 1")


def deliver_all() -> None:
    channel = RecordingChannel(name="zalo")
    while deliver_next(channel):
        pass


def test_inside_the_free_hours_the_end_is_named_and_what_follows_it() -> None:
    here = citizen(2 * HOURS)
    last = here.last_interaction_at
    assert last is not None
    told = said(here)
    assert f"không mất phí đến {moment(last + 48 * HOURS)}" in told
    assert "Sau đó tin được giữ" in told
    budget(1_000)
    assert f"Sau đó đến {moment(last + 7 * DAYS)}: khoảng 55 đ mỗi tin" in said(here)


def test_after_the_free_hours_the_price_and_what_is_left_are_named() -> None:
    here = citizen(50 * HOURS)
    budget(12_000)
    assert "khoảng 55 đ mỗi tin (ngân sách tháng còn 12.000 đ)" in said(here)
    budget(54)
    told = said(here)
    assert "tháng này không còn ngân sách" in told
    assert "không mất: được giữ" in told


@pytest.mark.parametrize("silent_for", [8 * DAYS, None])
def test_in_a_closed_window_what_to_do_is_said(silent_for: timedelta | None) -> None:
    told = said(citizen(silent_for))
    assert "không cho nhắn trước nữa" in told
    assert "chưa để lại số điện thoại" in told
    assert "Chưa khai báo mẫu tin báo" in told


def test_whether_a_paid_notice_goes_out_is_said_step_by_step() -> None:
    here = citizen(8 * DAYS)
    paid_templates.enter("zalo", Purpose.ANSWER, template_id="1", dong=300, because="QĐ 2")
    assert "chưa đồng ý nhận tin báo" in said(here)
    consents.give(here, Consent.Purpose.NOTICE, text_version="1")
    assert "không còn ngân sách cho tin báo" in said(here)
    budget(300)
    assert "một tin báo trả phí (300 đ) được gửi thay" in said(here)


@pytest.mark.parametrize(
    ("channel", "words"), [("webchat", "khi mở lại trên cùng máy"), ("telegram", "bất cứ lúc nào")]
)
def test_channels_without_a_window_say_how_they_reach_the_citizen(channel: str, words: str) -> None:
    assert words in said(citizen(None, channel))


def test_a_number_that_the_citizen_gave_is_there_to_call() -> None:
    here = citizen(8 * DAYS)
    for words in ("tôi tên Mai", "số tôi 0912 345 678 nhé", "hoặc gọi 0987654321"):
        receive(message(words, channel="zalo"))
    Conversation.objects.update(last_interaction_at=timezone.now() - 8 * DAYS)
    assert phones_given(here) == ("0987654321", "0912345678")
    ha = official("ha")
    html = page(desk_of(ha), f"/desk/cases/{case_of(here, ha).number}")
    assert 'href="tel:0912345678"' in html
    assert "chưa để lại số" not in html


def test_a_reply_into_a_closed_window_is_shown_as_waiting_and_goes_out_when_the_citizen_writes() -> None:
    ha = official("ha")
    here = citizen(8 * DAYS)
    case, desk = case_of(here, ha), desk_of(ha)
    desk.post(f"/desk/cases/{case.number}/reply", {"text": "Chị mang giấy chứng sinh nhé.", "last_sent": "0"})
    deliver_all()
    html = page(desk, f"/desk/cases/{case.number}")
    assert html.count("Chờ người dân nhắn lại") == 2  # the notice of the claim, and the reply
    assert "đang giữ 2 tin" in html
    waiting = page(desk, "/desk/deliveries/")
    assert "Chị mang giấy chứng sinh nhé." in waiting
    assert f'href="/desk/cases/{case.number}"' in waiting
    receive(message("alo", channel="zalo"))
    deliver_all()
    assert "Chờ người dân nhắn lại" not in page(desk, f"/desk/cases/{case.number}")
    assert set(here.turns.filter(direction="out").values_list("status", flat=True)) == {Turn.Status.SENT}


def test_the_button_says_what_becomes_of_the_reply_and_an_open_window_is_counted_down() -> None:
    ha = official("ha")
    case, desk = case_of(citizen(1 * DAYS), ha), desk_of(ha)
    deliver_all()
    html = page(desk, f"/desk/cases/{case.number}")
    assert "data-left-until" in html
    assert "(giữ đến khi" not in html
    Conversation.objects.update(last_interaction_at=timezone.now() - 8 * DAYS)
    html = page(desk, f"/desk/cases/{case.number}")
    assert "Gửi trả lời (giữ đến khi người dân nhắn lại)" in html
    assert "data-left-until" not in html


def test_what_is_queued_behind_a_held_reply_is_shown_as_waiting_before_delivery_looks_at_it() -> None:
    ha = official("ha")
    case, desk = case_of(citizen(8 * DAYS), ha), desk_of(ha)
    deliver_all()
    cases.reply(case, ha, "Chào chị.")
    html = page(desk, f"/desk/cases/{case.number}")
    assert html.count("Chờ người dân nhắn lại") == 2


def test_a_step_of_a_report_says_when_its_author_does_not_read_of_it_yet() -> None:
    ha = official("ha")
    here = citizen(8 * DAYS)
    filed: Any = {"kind": Report.Kind.FIELD, "category": "chieu_sang", "text": "Đèn tắt"}
    report = reports.file_report(conversation=here, **filed).report
    desk = desk_of(ha)
    assert "không cho nhắn trước nữa" in page(desk, f"/desk/reports/{report.code}")
    act = {"version": "1", "level": "normal"}
    response = desk.post(f"/desk/reports/{report.code}/acts/take-in", act, follow=True)
    assert "được giữ đến khi họ nhắn lại" in response.content.decode()
    deliver_all()
    assert here.turns.get(status=Turn.Status.HELD).text.startswith(f"Phản ánh {report.code} đã được")


def test_where_the_author_had_everything_erased_nothing_is_promised() -> None:
    here = citizen(2 * HOURS)
    here.erased_at = timezone.now()
    assert prospect(here, timezone.now()) is None


def test_who_blocked_us_is_named_with_what_else_helps() -> None:
    here = citizen(2 * HOURS, "telegram")
    here.unreachable_since = timezone.now()
    found = prospect(here, timezone.now())
    assert found is not None
    assert not found.reaches
    assert "đã chặn ta trên Telegram" in found.says
