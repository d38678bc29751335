"""Cases and reports on paper: what stands there, what does not, and that printing is entered."""

from __future__ import annotations

import pytest

from casework import case_notes, cases
from casework.models import Report, ReportStep
from conversations import erasure, outbox, redaction
from conversations.messages import Citation, OutboundMessage
from conversations.models import Turn
from office.models import AuditEntry
from tests.casework.people import citizen, official, ward
from tests.web.test_desk import desk_of, filed, page, waiting_case

pytestmark = pytest.mark.django_db

NOTE = "Bà con gần nhà, gọi lại sau 17 giờ"


def said(case_conversation: object, text: str) -> Turn:
    return Turn.objects.create(
        conversation=case_conversation, direction="in", status="answered", author="citizen", text=text
    )


def test_the_file_of_a_case_holds_head_transcript_sources_reports_and_register() -> None:
    ha, here = official("ha"), citizen("Nguyễn Thị Bình")
    said(here, "Lệ phí khai sinh bao nhiêu?")
    told = {"code": "1.001193", "title": "Đăng ký khai sinh", "url": "https://dichvucong.gov.vn/x"}
    source = Citation(**told, decision="QĐ 1", updated="01/11/2026")
    outbox.queue(here, OutboundMessage(text="Không mất phí nếu đúng hạn.", citation=source))
    case, report = waiting_case("Hỏi lệ phí", here), filed(here, text="Đèn đường tắt ba ngày")
    cases.claim(case, ha)
    cases.close(case, ha, "Đã trả lời xong")
    text = page(desk_of(ha), f"/desk/cases/{case.number}/file")
    for there in (
        *(case.number, "Nguyễn Thị Bình", "Đã trả lời xong", "Lệ phí khai sinh bao nhiêu?"),
        *("Không mất phí nếu đúng hạn.", "Trích 1.001193", report.code, "Đóng hồ sơ – Ha"),
    ):
        assert there in text


def test_all_turns_are_on_paper_however_many() -> None:
    ha, here = official("ha"), citizen()
    for number in range(320):
        said(here, f"câu số {number}.")
    case = waiting_case("", here)
    text = page(desk_of(ha), f"/desk/cases/{case.number}/file")
    assert "câu số 0." in text
    assert "câu số 319." in text


def test_private_notes_are_on_paper_only_when_asked_for() -> None:
    ha, case = official("ha"), waiting_case()
    case_notes.add_note(case, ha, NOTE)
    desk = desk_of(ha)
    assert NOTE not in page(desk, f"/desk/cases/{case.number}/file")
    asked = page(desk, f"/desk/cases/{case.number}/file?notes=1")
    assert NOTE in asked
    assert "không giao cho người dân" in asked


def test_what_was_left_out_or_erased_is_said() -> None:
    ha, here = official("ha"), citizen("Nguyễn Thị Bình")
    turn = said(here, "Tố cáo ông Ba")
    redaction.redact(turn, kind="accusation", text="")
    case, desk = waiting_case("", here), desk_of(ha)
    assert "Chi tiết tố cáo, khiếu nại không được lưu" in page(desk, f"/desk/cases/{case.number}/file")
    erasure.erase_words(here)
    erasure.cut_address(here)
    text = page(desk, f"/desk/cases/{case.number}/file")
    assert "đã được xoá lúc" in text
    assert "Nguyễn Thị Bình" not in text


def test_printing_a_case_or_a_report_is_a_line_of_the_register() -> None:
    ha, case, report = official("ha"), waiting_case(), filed()
    desk = desk_of(ha)
    page(desk, f"/desk/cases/{case.number}/file?notes=1")
    page(desk, f"/desk/reports/{report.code}/file")
    lines = AuditEntry.objects.filter(action__endswith=".printed").order_by("id")
    assert [(line.action, line.subject, line.actor, line.detail) for line in lines] == [
        ("case.printed", case.number, ha, {"notes": 1}),
        ("report.printed", report.code, ha, {"notes": 0}),
    ]


def test_who_does_not_see_a_case_or_report_prints_neither_and_no_line_says_so() -> None:
    tay_ho = ward("Phường Tây Hồ")
    case, report = waiting_case(), filed(unit=tay_ho)
    type(case).objects.update(unit=tay_ho)
    desk = desk_of(official("phuong", ward()))
    assert desk.get(f"/desk/cases/{case.number}/file").status_code == 404
    assert desk.get(f"/desk/reports/{report.code}/file").status_code == 404
    assert not AuditEntry.objects.filter(action__endswith=".printed").exists()


def test_the_file_of_a_report_holds_what_was_said_and_done() -> None:
    ha, report = official("ha"), filed(text="Đèn đường tắt ba ngày")
    Report.objects.filter(pk=report.pk).update(answer="Đã thay bóng", contact_name="Trần Mai")
    ReportStep.objects.create(report=report, act="noted", actor=ha, state=report.state, note=NOTE)
    desk = desk_of(ha)
    text = page(desk, f"/desk/reports/{report.code}/file")
    for there in (report.code, "Đèn đường tắt ba ngày", "Đã thay bóng", "Trần Mai", "Người dân gửi"):
        assert there in text
    assert NOTE not in text
    assert NOTE in page(desk, f"/desk/reports/{report.code}/file?notes=1")
