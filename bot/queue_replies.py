"""The way to a person and back: what is said in the queue, and when it is over."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot.buttons import to_assistant
from casework.models import Case
from conversations.messages import OutboundMessage


def reminder() -> str:
    return _("(Anh/chị vẫn đang trong hàng chờ gặp cán bộ.)")


def handed_over(case: Case, *, ahead: int) -> OutboundMessage:
    """The number, how many wait before, and what happens next."""
    lines = [
        _("Đã chuyển anh/chị tới cán bộ. Mã: %(number)s.") % {"number": case.number},
        _("Trước anh/chị còn %(ahead)s người.") % {"ahead": ahead}
        if ahead
        else _("Anh/chị là người tiếp theo."),
        _(
            "Cán bộ trả lời trong giờ làm việc, ngay tại khung chat này; anh/chị cứ nhắn thêm thông tin. "
            "Cán bộ thật không hỏi OTP, mật khẩu hay tiền."
        ),
    ]
    return OutboundMessage(
        text="\n".join(lines), choices=(to_assistant(),), detail={"move": "handoff", "number": case.number}
    )


def forwarded() -> OutboundMessage:
    return OutboundMessage(
        text=_("Đã ghi lại để cán bộ đọc. Anh/chị vẫn trong hàng chờ."),
        choices=(to_assistant(),),
        detail={"move": "forward"},
    )


def left() -> OutboundMessage:
    return OutboundMessage(
        text=_(
            "Đã ra khỏi hàng chờ. Trợ lý ảo tiếp tục trả lời anh/chị; cần người, anh/chị cứ gõ “gặp cán bộ”."
        ),
        detail={"move": "say"},
    )


def rated() -> OutboundMessage:
    return OutboundMessage(text=_("Cảm ơn anh/chị đã đánh giá."), detail={"move": "smalltalk"})


def not_rated() -> OutboundMessage:
    text = _("Lượt này đã được đánh giá rồi, hoặc không còn nữa. Anh/chị cần hỏi thêm việc gì?")
    return OutboundMessage(text=text, detail={"move": "smalltalk"})
