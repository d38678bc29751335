"""What citizens are told of a channel that lets us write only for a while after their last message."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from bot import choices
from bot.channels.switches import name_of
from bot.channels.windows import windows_of
from casework.privacy_notice import NOTICE_CONSENT
from conversations.messages import Choice, OutboundMessage


def may_not_write_first(channel: str, code: str) -> str:
    """Told once, when a report is filed: with its code, and how to look it up. "" without a window."""
    if windows_of(channel) is None:
        return ""
    return _(
        "%(channel)s chỉ cho nhắn trước trong ít ngày sau tin cuối của anh/chị, nên khi có kết quả chúng tôi "
        "có thể không nhắn trước được. Mã của anh/chị là %(code)s: nhắn mã này tại đây là xem được ngay."
    ) % {"channel": name_of(channel), "code": code}


def answer_may_wait(told: OutboundMessage, channel: str) -> OutboundMessage:
    """Told who waits for an official: what an answer does that comes too late for the channel's window."""
    if windows_of(channel) is None:
        return told
    line = _("Nếu vài ngày sau mới có trả lời, tin đợi ở đây: anh/chị nhắn một chữ là nhận được.")
    return replace(told, text=f"{told.text}\n{line}")


def offered(told: OutboundMessage) -> OutboundMessage:
    """The same reply, asking whether a paid notice may be sent, with the one button that says yes."""
    agree = Choice(label=_("Đồng ý nhận tin báo"), payload=choices.NOTICES)
    return replace(told, text=f"{told.text}\n{NOTICE_CONSENT}", choices=(agree, *told.choices))


def agreed() -> OutboundMessage:
    text = _("Cảm ơn anh/chị, chúng tôi sẽ nhắn khi có tin. Muốn thôi, anh/chị nhắn “rút lại đồng ý”.")
    return OutboundMessage(text=text, detail={"move": "notices_agreed"})
