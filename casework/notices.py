"""What citizens read about their case or report, written once. Officials' own words are passed through."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from casework import visibility
from casework.forecast import Forecast
from casework.forecast_words import forecast_words, promise_words
from casework.models import Block, Case, Report
from casework.refusals import NAMES
from conversations.messages import Author, Choice, OutboundMessage, QuotedPart, SentFile
from office.hotlines import city_hotline
from office.models import Staff, Unit
from office.moment_words import moment_words

SCORES = {
    5: "5 – Rất hài lòng",
    4: "4 – Hài lòng",
    3: "3 – Bình thường",
    2: "2 – Chưa hài lòng",
    1: "1 – Rất không hài lòng",
}

#: What citizens call the places where we answer.
CHANNELS = {"webchat": "trang web Một Cửa", "telegram": "Telegram", "zalo": "Zalo"}


def from_official(
    text: str,
    staff: Staff,
    *,
    subject: str,
    files: tuple[SentFile, ...] = (),
    quoted: QuotedPart | None = None,
) -> OutboundMessage:
    """An official's own words, with what they quote below them. detail carries the unit for the label."""
    unit = visibility.speaks_for(staff)
    return OutboundMessage(
        text="\n\n".join(filter(None, (text, quoted.below if quoted else ""))),
        author=Author.OFFICIAL,
        citation=quoted.citation if quoted else None,
        files=files,
        detail={"unit": unit.name if unit else "", "subject": subject},
        quoted=quoted,
    )


#: The number is kept with the conversation and used for this matter alone, which the citizen is told.
NUMBER_ASKED = (
    "Anh/chị cho tôi xin số điện thoại để gọi lại về việc này, nếu tiện. "
    "Anh/chị có thể nhắn số vào đây; số chỉ dùng cho việc này."
)


def number_asked(case: Case, staff: Staff) -> OutboundMessage:
    return replace(from_official(NUMBER_ASKED, staff, subject=case.number), asks_number=True)


def claimed(case: Case, staff: Staff) -> OutboundMessage:
    unit = visibility.speaks_for(staff)
    who = f"Cán bộ – {unit.name}" if unit else "Cán bộ"
    return _notice(f"{who} đã nhận yêu cầu {case.number} và sẽ trả lời anh/chị ngay tại đây.", case.number)


def case_transferred(case: Case, due: datetime, *, now: datetime) -> OutboundMessage:
    """Who answers from now on, and by when that is promised."""
    text = (
        f"Yêu cầu {case.number} đã được chuyển đến {case.unit.name}. "
        f"Anh/chị sẽ được trả lời ngay tại đây, muộn nhất {moment_words(due, now=now)}."
    )
    return _notice(text, case.number)


def case_merged(case: Case, into: Case) -> OutboundMessage:
    """Where the same citizen is answered from now on."""
    text = (
        f"Yêu cầu {case.number} được giải quyết cùng {into.number}: cán bộ trả lời anh/chị trên "
        f"{CHANNELS.get(into.conversation.channel, into.conversation.channel)}, không phải ở đây."
    )
    return _notice(text, case.number)


def assigned(case: Case, staff: Staff) -> OutboundMessage:
    """The office gave the case to this person, who has not read it yet."""
    unit = visibility.speaks_for(staff)
    who = f"cán bộ của {unit.name}" if unit else "một cán bộ"
    return _notice(f"Yêu cầu {case.number} đã đến {who}, sẽ được trả lời ngay tại đây.", case.number)


def passed_on(case: Case) -> OutboundMessage:
    """Whoever was given the case did not open it."""
    text = (
        f"Cán bộ được giao chưa mở được yêu cầu {case.number}, nên tôi chuyển cho người khác. "
        "Anh/chị không cần gửi lại."
    )
    return _notice(text, case.number)


def promise_broken(case: Case, due: datetime, told: Forecast, *, now: datetime) -> OutboundMessage:
    """Nobody replied by the time the citizen was told; when it will be now."""
    text = (
        f"Tôi đã hẹn anh/chị có trả lời trước {moment_words(due, now=now)} mà cán bộ chưa kịp trả lời. "
        f"Xin lỗi anh/chị, sẽ lâu hơn đã hẹn. {forecast_words(told, now=now)} Anh/chị không cần gửi lại."
    )
    return _notice(text, case.number)


def read_later(case: Case, due: datetime, *, is_open: bool, now: datetime) -> OutboundMessage:
    """Whoever has the case is not there. is_open: the office is; due: by when an answer is promised."""
    why = "Cán bộ đang giúp anh/chị hiện không trực" if is_open else "Hiện ngoài giờ làm việc"
    text = f"Đã chuyển tin của anh/chị tới cán bộ (mã {case.number}). {why}. {promise_words(due, now=now)}"
    danger = " Khi nguy hiểm, anh/chị gọi 113, 114, 115." if case.priority == Case.Priority.URGENT else ""
    return _notice(text + danger, case.number)


def left_waiting(case: Case, due: datetime, *, now: datetime) -> OutboundMessage:
    """An official who answered in the messenger's own app has not come back to the last message."""
    text = (
        "Tin gần nhất của anh/chị chưa được trả lời. "
        f"Tôi đã chuyển vào hàng chờ của cán bộ, mã {case.number}. {promise_words(due, now=now)} "
        "Anh/chị không cần gửi lại."
    )
    return _notice(text, case.number)


def please_rate(case: Case) -> OutboundMessage:
    text = (
        f"Yêu cầu {case.number} đã được khép lại. Anh/chị hài lòng đến mức nào với việc hỗ trợ vừa rồi?\n"
        "Nếu cần hỏi thêm, anh/chị cứ nhắn tiếp, trợ lý ảo sẽ trả lời."
    )
    choices = tuple(
        Choice(label=label, payload=f"rate:{case.number}:{score}") for score, label in SCORES.items()
    )
    return OutboundMessage(text=text, choices=choices, detail={"subject": case.number})


def report_taken_in(report: Report, *, forwarded_by: Unit | None = None) -> OutboundMessage:
    """With its term where one is set. forwarded_by: who took it in and passed it on at once."""
    text = f"Phản ánh {report.code} đã được {(forwarded_by or report.unit).name} tiếp nhận"
    passed_on = f", chuyển {report.unit.name} xử lý" if forwarded_by else ""
    return _notice(f"{text}{passed_on}.{_term(report)}", report.code)


def report_term(report: Report) -> OutboundMessage:
    """Another term than its author was told."""
    return _notice(f"Phản ánh {report.code}:{_term(report)}", report.code)


def _term(report: Report) -> str:
    return f" Hạn trả lời: {moment_words(report.due_at, now=timezone.now())}." if report.due_at else ""


def report_overdue(report: Report, due: datetime, whom: str, *, now: datetime) -> OutboundMessage:
    """That a term was missed, who was told, and who stays in charge; nothing is promised instead.

    whom: as a citizen reads it; "" where nobody was told.
    """
    not_done = "tiếp nhận" if report.state == Report.State.NEW else "trả lời"
    told = f" Tôi đã báo {whom}." if whom else ""
    text = (
        f"Phản ánh {report.code} chưa được {not_done} kịp hạn {moment_words(due, now=now)}.{told} "
        f"{report.unit.name} vẫn chịu trách nhiệm {not_done}. Mong anh/chị thông cảm."
    )
    return _notice(text, report.code)


def report_in_progress(report: Report) -> OutboundMessage:
    return _notice(f"Phản ánh {report.code} đang được {report.unit.name} xử lý.", report.code)


def report_forwarded(report: Report, *, reason: str = "") -> OutboundMessage:
    """reason: why, as the official wrote it; for its author only."""
    text = f"Phản ánh {report.code} đã được chuyển đến {report.unit.name} để xử lý."
    return _notice(f"{text}\nLý do: {reason}" if reason else text, report.code)


def report_answered(
    report: Report, staff: Staff, *, invitation: str = "", choices: tuple[Choice, ...] = ()
) -> OutboundMessage:
    """The answer word for word, under what became of the matter: closed is not the same as fixed."""
    head = f"Trả lời phản ánh {report.code}. Kết quả: {_outcome(report)}."
    text = "\n".join(filter(None, (head, report.answer, invitation)))
    return replace(from_official(text, staff, subject=report.code), choices=choices)


def report_answered_for_followers(report: Report) -> OutboundMessage:
    """Without the words, which may speak of the author."""
    text = f"Phản ánh {report.code} đã được {report.unit.name} trả lời. Kết quả: {_outcome(report)}."
    return _notice(text, report.code)


def _outcome(report: Report) -> str:
    return report.get_outcome_display().lower()


def report_refused(report: Report, staff: Staff, *, invitation: str = "") -> OutboundMessage:
    text = f"Phản ánh {report.code} không được tiếp nhận.\nLý do: {report.answer}"
    told = from_official("\n".join(filter(None, (text, invitation))), staff, subject=report.code)
    again = Choice(label="Đề nghị xem lại", payload=f"reopen:{report.code}")
    return replace(told, choices=(again,)) if invitation else told


def report_refused_for_followers(report: Report) -> OutboundMessage:
    reason = NAMES.get(report.refusal, "").lower()
    text = f"Phản ánh {report.code} không được tiếp nhận{f', lý do: {reason}' if reason else ''}."
    return _notice(text, report.code)


def may_be_reopened(days: int) -> str:
    """Said with an answer and a refusal while its author may still ask to look again."""
    return f"Chưa thoả đáng, trong {days} ngày anh/chị nhắn “đề nghị xem lại” kèm lý do."


def report_merged(report: Report, into: Report) -> OutboundMessage:
    """Of the other report, which is somebody else's, only its code and how far it is."""
    text = (
        f"Phản ánh {report.code} cùng một việc với {into.code} nên được gộp vào đó để xử lý một lần. "
        f"{into.code} hiện: {into.get_state_display().lower()}. Có kết quả, tôi báo anh/chị ngay tại đây."
    )
    return _notice(text, report.code)


def report_split_off(report: Report) -> OutboundMessage:
    text = f"Phản ánh {report.code} được tách ra, {report.unit.name} xử lý riêng.{_term(report)}"
    return _notice(text, report.code)


def report_published(report: Report) -> OutboundMessage:
    """With the page, where citizens elsewhere can open ours."""
    text = f"Phản ánh {report.code} đã được công khai, sau khi che dữ liệu cá nhân và không nêu người gửi."
    page = f"\nXem tại: {settings.PUBLIC_URL}/phan-anh/{report.code}" if settings.PUBLIC_URL else ""
    wrong = "\nThấy còn lộ thông tin của mình, anh/chị nhắn “gặp cán bộ”."
    return _notice(f"{text}{page}{wrong}", report.code)


def report_reopened(report: Report) -> OutboundMessage:
    text = f"Phản ánh {report.code} được đề nghị xem lại; {report.unit.name} xử lý tiếp.{_term(report)}"
    return _notice(text, report.code)


def blocked(block: Block) -> OutboundMessage:
    """Told once, with until when, why, and how to ask to look again."""
    line = city_hotline()
    text = (
        f"Từ nay đến {_moment(block.until)}, tin nhắn của anh/chị ở đây tạm không được trả lời. "
        f"Lý do: {block.get_reason_display().lower()}.\n"
        "Nếu thấy chưa đúng, anh/chị bấm “Đề nghị xem lại” rồi gửi một tin giải thích; "
        f"người phụ trách sẽ đọc. Cũng có thể gọi {line.number} ({line.name}). "
        "Khi nguy hiểm, anh/chị gọi 113, 114, 115."
    )
    appeal = Choice(label="Đề nghị xem lại", payload="appeal")
    return OutboundMessage(text=text, choices=(appeal,), detail={"move": "blocked"})


def paused(block: Block) -> OutboundMessage:
    """The machine's short pause, told once."""
    why = "có quá nhiều tin liên tiếp" if block.reason == block.Reason.FLOOD else "lời lẽ chưa phù hợp"
    text = (
        f"Vì {why}, tôi tạm dừng trả lời đến {timezone.localtime(block.until):%H:%M}, "
        "sau đó anh/chị nhắn lại bình thường. "
        "Khi nguy hiểm, anh/chị gọi 113, 114, 115."
    )
    return OutboundMessage(text=text, detail={"move": "paused"})


def appeal_taken() -> OutboundMessage:
    text = "Đề nghị của anh/chị đã được chuyển tới người phụ trách. Có kết quả, tôi báo ngay tại đây."
    return OutboundMessage(text=text, detail={"move": "smalltalk"})


def block_lifted() -> OutboundMessage:
    return _notice("Việc tạm ngừng đã được bỏ; từ bây giờ trợ lý ảo và cán bộ trả lời bình thường.", "")


def block_upheld(block: Block) -> OutboundMessage:
    until = _moment(block.until)
    return _notice(f"Người phụ trách đã đọc đề nghị của anh/chị và giữ việc tạm ngừng đến {until}.", "")


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"


def _notice(text: str, subject: str) -> OutboundMessage:
    return OutboundMessage(text=text, detail={"subject": subject})
