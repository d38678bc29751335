"""The way to a person and back: what is said in the queue, and when it is over."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from bot.buttons import to_assistant
from casework.forecast import Forecast, Staffed
from casework.forecast_words import forecast_words
from casework.models import Case
from conversations.messages import OutboundMessage


def reminder() -> str:
    return _("(Anh/chị vẫn đang trong hàng chờ gặp cán bộ.)")


def handed_over(case: Case, told: Forecast, *, now: datetime) -> OutboundMessage:
    """The number, how many wait before, when an answer comes, and what to do meanwhile.

    Where nobody is there, a number to call back is asked for: it is left only by who wants to.
    """
    is_there = told.staffed in (Staffed.FREE, Staffed.BUSY)
    lines = [
        _("Đã chuyển anh/chị tới cán bộ. Mã: %(number)s.") % {"number": case.number},
        _("Trước anh/chị còn %(ahead)s người.") % {"ahead": told.ahead}
        if told.ahead
        else _("Anh/chị là người tiếp theo."),
        forecast_words(told, now=now),
        _meanwhile(is_there=is_there),
        _("Cán bộ thật không hỏi OTP, mật khẩu hay tiền."),
    ]
    return OutboundMessage(
        text="\n".join(lines),
        choices=(to_assistant(),),
        asks_number=not is_there,
        detail={"move": "handoff", "number": case.number},
    )


def _meanwhile(*, is_there: bool) -> str:
    if is_there:
        return _(
            "Cán bộ trả lời trong giờ làm việc, ngay tại khung chat này; anh/chị cứ nhắn thêm thông tin."
        )
    return _(
        "Anh/chị cứ nhắn sẵn việc cần hỏi, cán bộ đọc trong giờ làm việc và trả lời tại đây. Muốn được gọi "
        "lại, anh/chị nhắn số điện thoại; số chỉ dùng cho việc này."
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
