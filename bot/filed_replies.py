"""What is said of a report that was sent: its receipt, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from bot.buttons import to_reopen, to_report, to_restore, to_staff
from bot.report_form import ReportForm
from bot.report_review import so_far
from bot.report_standing import Standing
from casework.models import Report
from casework.report_life import OPEN
from casework.report_ratings import choices_to_rate
from conversations.messages import Choice, OutboundMessage

UNKNOWN = Standing()


def filed(  # noqa: PLR0913 -- what a receipt says, each by its name
    report: Report,
    secret: str,
    *,
    lost_photos: int,
    term: str = "",
    window: str = "",
    unseen: ReportForm | None = None,
) -> OutboundMessage:
    """The code and the secret, at once, and what happens next.

    term: what bot.term_words says of it. window: that we may not be able to write first there, "" where we
    are. unseen: what was sent, when the citizen had not seen all of it before; None when it was shown.
    """
    lines = [
        _("Đã gửi phản ánh %(code)s tới %(unit)s.") % {"code": report.code, "unit": report.unit.name},
        _("Mã bí mật: %(secret)s. Anh/chị giữ kín; cần mã này để xem tình trạng từ máy khác.")
        % {"secret": secret},
        *([term] if term else []),
        window or _("Muốn biết đến đâu, anh/chị nhắn “%(code)s” tại đây.") % {"code": report.code},
    ]
    if report.is_reference_only:
        lines.append(_("Vì không để lại đủ họ tên, số điện thoại, phản ánh được chuyển để tham khảo."))
    if lost_photos:
        lines.append(_("Có %(count)s ảnh không tải được nên chưa gửi kèm.") % {"count": lost_photos})
    correct = (to_staff(),) if unseen else ()
    if unseen:
        wrong = _("Có gì chưa đúng, anh/chị bấm “Gặp cán bộ” để sửa.")
        lines += [_("Nội dung đã gửi:"), *so_far(unseen), wrong]
    detail = {"move": "report_filed", "code": report.code, "secret": secret}
    return OutboundMessage(text="\n".join(lines), choices=correct, detail=detail)


def follows_now(report: Report) -> OutboundMessage:
    """What following means, for whoever came from the report's public page and told nothing here."""
    text = _(
        "Anh/chị đang theo dõi phản ánh %(code)s, do %(unit)s phụ trách. Có tin mới tôi báo tại đây; "
        "muốn xem lúc nào, anh/chị nhắn “%(code)s”. Việc của anh/chị khác đi thì gửi phản ánh riêng."
    ) % {"code": report.code, "unit": report.unit.name}
    detail = {"move": "report_joined", "code": report.code}
    return OutboundMessage(text=text, choices=(to_report(),), detail=detail)


def not_to_follow() -> OutboundMessage:
    """To whoever came from a public page: that report was closed meanwhile, or never was public."""
    text = _("Phản ánh đó vừa xong hoặc không còn công khai. Nếu việc vẫn còn, anh/chị gửi phản ánh riêng.")
    return OutboundMessage(text=text, choices=(to_report(),), detail={"move": "status", "found": False})


def joined(report: Report) -> OutboundMessage:
    """What following means, and the way back: nothing of one's own was sent."""
    text = _(
        "Anh/chị đang theo dõi phản ánh %(code)s, do %(unit)s phụ trách. Lời anh/chị kể được chuyển kèm cho "
        "đơn vị, không kèm tên. Có tin mới tôi báo tại đây; muốn xem lúc nào, anh/chị nhắn “%(code)s”.\n"
        "Nếu vẫn muốn gửi riêng, anh/chị bấm “Khôi phục”."
    ) % {"code": report.code, "unit": report.unit.name}
    return OutboundMessage(
        text=text, choices=(to_restore(),), detail={"move": "report_joined", "code": report.code}
    )


def nothing_to_join() -> OutboundMessage:
    text = _("Phản ánh đó vừa xong hoặc không còn công khai. Anh/chị bấm “Khôi phục” để gửi riêng.")
    return OutboundMessage(text=text, choices=(to_restore(),), detail={"move": "status", "found": False})


def try_later() -> OutboundMessage:
    """Secrets were guessed at too often; the same for codes that do not exist."""
    text = _("Mã bí mật đã được thử sai nhiều lần. Anh/chị thử lại sau một giờ, hoặc gặp cán bộ.")
    return OutboundMessage(text=text, choices=(to_staff(),), detail={"move": "status", "found": False})


def report_state(
    report: Report | None,
    standing: Standing = UNKNOWN,
    *,
    code: str = "",
    term: str = "",
    again: bool = False,
) -> OutboundMessage:
    """How far a report is; one and the same reply for whoever names one and neither wrote nor follows it.

    code: the one named, "" for the last one filed here. term: what bot.term_words says of it, "" for none.
    again: it was told just before, and the citizen asks on: who has it, is it overdue.
    """
    if report is None:
        text = _still_not_found(code) if again and code else _not_found(code)
        return OutboundMessage(text=text, choices=(to_staff(),), detail={"move": "status", "found": False})
    lines = [
        _("Phản ánh %(code)s: %(state)s.") % {"code": report.code, "state": report.get_state_display()},
        *_who_has_it(report, standing),
        *_what_came_of_it(report, standing),
    ]
    if report.state in OPEN:
        lines += [*([_sent_on(report)] if again else []), *filter(None, [term])]
    if again:
        lines.append(_("Muốn nhắc đơn vị, anh/chị bấm “Gặp cán bộ”."))
    detail = {"move": "status", "found": True, "code": report.code}
    return OutboundMessage(text="\n".join(lines), choices=_what_next(report, standing), detail=detail)


def _who_has_it(report: Report, standing: Standing) -> Iterator[str]:
    """A merged one is nobody's any more: the other is."""
    if standing.together:
        yield _("Được xử lý cùng phản ánh %(other)s.") % {"other": standing.together}
    else:
        yield _("Đơn vị phụ trách: %(unit)s.") % {"unit": report.unit.name}
    if standing.followers:
        yield _("Cùng theo dõi: %(count)s người.") % {"count": standing.followers}


def _what_came_of_it(report: Report, standing: Standing) -> Iterator[str]:
    """Answered is not the same as fixed: the outcome is told with the words."""
    if report.outcome:
        yield _("Kết quả: %(outcome)s.") % {"outcome": report.get_outcome_display().lower()}
    if standing.answer:
        refused = report.state == Report.State.REFUSED
        told = _("Lý do: %(answer)s") if refused else _("Trả lời: %(answer)s")
        yield told % {"answer": standing.answer}


def _what_next(report: Report, standing: Standing) -> tuple[Choice, ...]:
    return (
        *(choices_to_rate(report) if standing.may_rate else ()),
        *((to_reopen(report.code),) if standing.may_reopen else ()),
        *((Choice(label=_("Xem bản công khai"), url=standing.page),) if standing.page else ()),
        to_staff(),
    )


def _not_found(code: str) -> str:
    none = (
        _("Tôi không tìm thấy phản ánh nào với mã và mã bí mật này.")
        if code
        else _("Anh/chị chưa gửi phản ánh nào trong cuộc trò chuyện này.")
    )
    elsewhere = _("Nếu gửi từ máy khác, anh/chị nhắn mã kèm mã bí mật, ví dụ: “PA-2026-000123 ACDE3467”.")
    return f"{none} {elsewhere}"


def _still_not_found(code: str) -> str:
    told = _(
        "Tôi chưa mở được phản ánh %(code)s nên không biết đơn vị nào đang giữ và có quá hạn không. "
        "Anh/chị nhắn mã kèm mã bí mật, hoặc bấm “Gặp cán bộ” để được nhắc."
    )
    return told % {"code": code}


def _sent_on(report: Report) -> str:
    sent = timezone.localdate(report.created_at)
    days = (timezone.localdate() - sent).days
    if not days:
        return _("Gửi hôm nay.")
    return _("Gửi ngày %(day)s, đến nay %(days)s ngày.") % {"day": f"{sent:%d/%m/%Y}", "days": days}
