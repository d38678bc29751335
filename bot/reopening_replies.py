"""What is said when an author asks that a report be looked at again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot.buttons import to_how_far, to_report, to_staff
from casework.models import Report
from conversations.messages import Choice, OutboundMessage


def why(code: str) -> OutboundMessage:
    text = _(
        "Phản ánh %(code)s: anh/chị cho biết chỗ nào chưa thoả đáng, trong một tin; đơn vị đọc được đúng lời "
        "này. Không cần nữa thì gõ “thôi”."
    )
    return _said(text % {"code": code})


def too_late(code: str) -> OutboundMessage:
    text = _("Đã quá thời hạn đề nghị xem lại %(code)s. Anh/chị gửi phản ánh mới, hoặc gặp cán bộ.")
    return _said(text % {"code": code}, to_report(), to_staff())


def too_often(code: str) -> OutboundMessage:
    text = _("%(code)s đã được xem lại đủ số lần cho phép. Anh/chị gửi phản ánh mới, hoặc gặp cán bộ.")
    return _said(text % {"code": code}, to_report(), to_staff())


def not_done_yet(report: Report) -> OutboundMessage:
    text = _("%(code)s chưa có trả lời nên chưa cần xem lại; đơn vị vẫn đang giữ việc này.")
    return _said(text % {"code": report.code}, to_how_far())


def _said(text: str, *buttons: Choice) -> OutboundMessage:
    return OutboundMessage(text=text, choices=buttons, detail={"move": "status", "found": True})
