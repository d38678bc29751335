"""What officials read about reply windows: in a held row, and on the desk before they write."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from bot.channels.switches import name_of


class NoTemplate(StrEnum):
    """Why no paid notice goes out in place of a held reply."""

    NO_NEWS = "no_news"
    NOT_SET = "not_set"
    NO_CONSENT = "no_consent"
    SENT_BEFORE = "sent_before"
    NO_MONEY = "no_money"


def held_because_closed(channel: str, *, notice: NoTemplate | None) -> str:
    """Why a reply waits. notice: why no paid notice was sent; None when one is."""
    closed = _("%(channel)s không cho nhắn trước nữa; tin được giữ và tự gửi khi người dân nhắn lại.") % {
        "channel": name_of(channel)
    }
    return " ".join(part for part in (closed, _about_notice(notice)) if part)


def held_for_money(channel: str) -> str:
    return _(
        "Đã hết giờ miễn phí của %(channel)s và tháng này không còn ngân sách; tin được giữ và tự gửi khi "
        "người dân nhắn lại."
    ) % {"channel": name_of(channel)}


def held_behind() -> str:
    return _("Đợi cùng tin trước, theo thứ tự.")


def no_money() -> str:
    return _("Tháng này không còn ngân sách cho tin trả phí.")


def template_gone() -> str:
    return _("Mẫu tin trả phí không còn được khai báo.")


def notice_text(subject: str, *, answered: bool) -> str:
    """What the desk shows for a paid notice; the citizen reads the approved template."""
    news = _("có trả lời của cán bộ") if answered else _("có cập nhật")
    return _("[Tin mẫu trả phí] %(subject)s %(news)s; mời anh/chị nhắn lại để xem.") % {
        "subject": subject,
        "news": news,
    }


def moment(at: datetime | None) -> str:
    """ "16:20 ngày 24/11", Hà Nội time; "" for never."""
    return f"{timezone.localtime(at):%H:%M ngày %d/%m}" if at else ""


def dong(amount: int) -> str:
    """ "1.250 đ"."""
    return f"{amount:,} đ".replace(",", ".")


def _about_notice(notice: NoTemplate | None) -> str:
    match notice:
        case None:
            return _("Một tin báo trả phí được gửi thay.")
        case NoTemplate.NOT_SET:
            return _("Chưa khai báo mẫu tin báo.")
        case NoTemplate.NO_CONSENT:
            return _("Người dân chưa đồng ý nhận tin báo.")
        case NoTemplate.SENT_BEFORE:
            return _("Đã gửi một tin báo từ lần cuối người dân nhắn.")
        case NoTemplate.NO_MONEY:
            return _("Tháng này không còn ngân sách để gửi tin báo.")
    return ""
