"""What is said about a report laid aside: whether to go on with it, and that it is dropped."""

from __future__ import annotations

from textwrap import shorten

from django.utils import timezone
from django.utils.translation import gettext as _

from bot import choices, moves
from bot.buttons import to_restore, to_resume
from bot.report_form import ReportForm
from casework.categories import CATEGORY_NAMES
from conversations.messages import Choice, OutboundMessage

#: Characters of a report's words by which its author knows it again.
LONGEST_SUBJECT = 60


def told(move: moves.OfferDraft | moves.TellDropped) -> OutboundMessage:
    """The question, or the notice."""
    return offered(move) if isinstance(move, moves.OfferDraft) else dropped(move.form)


def offered(move: moves.OfferDraft) -> OutboundMessage:
    """Go on or drop it? Or, where another report is wanted, begin that one."""
    since = timezone.localtime(move.draft.since)
    lines = [
        _("Anh/chị đang soạn dở phản ánh về %(subject)s (lúc %(time)s): tiếp tục hay bỏ?")
        % {"subject": _subject(move.draft.form), "time": f"{since:%H:%M %d/%m}"}
    ]
    if move.last:
        lines.append(_("Bản này để đã lâu; nếu anh/chị không tiếp tục bây giờ, tôi sẽ bỏ."))
    anew = Choice(label=_("Phản ánh việc khác"), payload=choices.report("new", "yes"))
    return OutboundMessage(
        text="\n".join(lines),
        choices=(
            to_resume(),
            Choice(label=_("Bỏ"), payload=choices.report("drop", "yes")),
            *([anew] if move.anew else []),
        ),
        detail={"move": "offer_draft"},
    )


def dropped(form: ReportForm) -> OutboundMessage:
    """A notice, and the way to have it back."""
    text = _("Bản phản ánh soạn dở về %(subject)s đã được bỏ, chưa có gì được gửi đi.") % {
        "subject": _subject(form)
    }
    return OutboundMessage(text=text, choices=(to_restore(),), detail={"move": "draft_dropped"})


def _subject(form: ReportForm) -> str:
    """Its first words, or what kind of thing it is about."""
    words = shorten(form.text, LONGEST_SUBJECT, placeholder="…")
    return f"“{words}”" if words else CATEGORY_NAMES.get(form.category, _("việc chưa kể"))
