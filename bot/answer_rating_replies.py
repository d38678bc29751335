"""What is said while the author of a report tells what he or she thinks of its answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot import choices
from bot.buttons import to_reopen
from casework.models import ReportRating
from conversations.messages import Choice, OutboundMessage


def satisfied() -> OutboundMessage:
    return _said(_("Cảm ơn anh/chị đã đánh giá."))


def why_not(code: str) -> OutboundMessage:
    """Kept already; a reason is one more tap."""
    reasons = tuple(
        Choice(label=reason.label, payload=choices.satisfied(code, reason.value))
        for reason in ReportRating.Reason
    )
    return OutboundMessage(
        text=_("Tôi đã ghi là anh/chị chưa hài lòng. Vì sao ạ?"),
        choices=reasons,
        asks=True,
        detail={"move": "smalltalk", "about": code},
    )


def reason_kept(code: str, reason: ReportRating.Reason) -> OutboundMessage:
    if reason == ReportRating.Reason.OTHER:
        return your_words(code)
    more = Choice(label=_("Viết thêm"), payload=choices.satisfied(code, "more"))
    text = _("Đã ghi lý do: %(reason)s. Cảm ơn anh/chị.") % {"reason": reason.label.lower()}
    return _said(text, more, to_reopen(code))


def your_words(code: str) -> OutboundMessage:
    enough = Choice(label=_("Không viết thêm"), payload=choices.satisfied(code, "enough"))
    return _said(_("Anh/chị viết giúp trong một tin; đơn vị xử lý sẽ đọc."), enough)


def commented() -> OutboundMessage:
    return _said(_("Cảm ơn anh/chị, tôi đã ghi lại."))


def refused() -> OutboundMessage:
    """Said before, or no answer of this citizen's (any more)."""
    return _said(_("Trả lời này đã được đánh giá rồi, hoặc phản ánh không còn chờ đánh giá."))


def _said(text: str, *buttons: Choice) -> OutboundMessage:
    return OutboundMessage(text=text, choices=buttons, detail={"move": "smalltalk"})
