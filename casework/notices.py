"""What citizens read about their case or report, written once. Officials' own words are passed through."""

from __future__ import annotations

from casework import visibility
from casework.models import Case, Report
from conversations.messages import Author, Choice, OutboundMessage
from office.models import Staff

SCORES = {
    5: "5 – Rất hài lòng",
    4: "4 – Hài lòng",
    3: "3 – Bình thường",
    2: "2 – Chưa hài lòng",
    1: "1 – Rất không hài lòng",
}


def from_official(text: str, staff: Staff, *, subject: str) -> OutboundMessage:
    """An official's own words. detail carries the unit that channels name in the label."""
    unit = visibility.speaks_for(staff)
    detail = {"unit": unit.name if unit else "", "subject": subject}
    return OutboundMessage(text=text, author=Author.OFFICIAL, detail=detail)


def claimed(case: Case, staff: Staff) -> OutboundMessage:
    unit = visibility.speaks_for(staff)
    who = f"Cán bộ – {unit.name}" if unit else "Cán bộ"
    return _notice(f"{who} đã nhận yêu cầu {case.number} và sẽ trả lời anh/chị ngay tại đây.", case.number)


def please_rate(case: Case) -> OutboundMessage:
    text = (
        f"Yêu cầu {case.number} đã được khép lại. Anh/chị hài lòng đến mức nào với việc hỗ trợ vừa rồi?\n"
        "Nếu cần hỏi thêm, anh/chị cứ nhắn tiếp, trợ lý ảo sẽ trả lời."
    )
    choices = tuple(
        Choice(label=label, payload=f"rate:{case.number}:{score}") for score, label in SCORES.items()
    )
    return OutboundMessage(text=text, choices=choices, detail={"subject": case.number})


def report_taken_in(report: Report) -> OutboundMessage:
    return _notice(f"Phản ánh {report.code} đã được {report.unit.name} tiếp nhận.", report.code)


def report_in_progress(report: Report) -> OutboundMessage:
    return _notice(f"Phản ánh {report.code} đang được {report.unit.name} xử lý.", report.code)


def report_forwarded(report: Report) -> OutboundMessage:
    return _notice(f"Phản ánh {report.code} đã được chuyển đến {report.unit.name} để xử lý.", report.code)


def report_answered(report: Report, staff: Staff, answer: str) -> OutboundMessage:
    return from_official(f"Trả lời phản ánh {report.code}:\n{answer}", staff, subject=report.code)


def report_refused(report: Report, staff: Staff, reason: str) -> OutboundMessage:
    text = f"Phản ánh {report.code} không được tiếp nhận.\nLý do: {reason}"
    return from_official(text, staff, subject=report.code)


def _notice(text: str, subject: str) -> OutboundMessage:
    return OutboundMessage(text=text, detail={"subject": subject})
