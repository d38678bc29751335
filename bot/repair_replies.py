"""What is said when a message was not understood: other words asked for, then other ways offered."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

from django.utils.translation import gettext as _

from bot import moves
from bot.buttons import to_report, to_staff
from conversations.messages import Choice, OutboundMessage
from knowledge_base.probes import short_title
from knowledge_base.siblings import in_words
from office.hotlines import city_hotline

#: Characters of a title that stands as an example of what to ask.
LONGEST_EXAMPLE = 80


def ask_again(move: moves.AskAgain, titles: Mapping[str, str]) -> OutboundMessage:
    """An honest "not known", and what to say instead, with examples near what was said where there are any.

    titles: of the release, by code. Examples are words to ask with, never an answer.
    """
    opening, wordings = _purpose() if move.denied else _unknown()
    alike = tuple(_example(titles[code]) for code in move.alike if code in titles)
    text = _("%(opening)s Ví dụ: %(examples)s.") % {
        "opening": opening,
        "examples": ", ".join(alike or wordings),
    }
    did = "ask_purpose" if move.denied else "refuse"
    return OutboundMessage(text=text, choices=(to_report(), to_staff()), detail={"move": did, "stage": 1})


def _unknown() -> tuple[str, tuple[str, ...]]:
    """The sentence, and wordings that show how to ask."""
    return _("Tôi chưa tìm thấy thủ tục khớp với câu hỏi này. Anh/chị nói rõ hơn việc cần làm nhé."), (
        _("“đăng ký tạm trú cần giấy tờ gì”"),
        _("“mất sổ đỏ thì làm lại thế nào”"),
    )


def _purpose() -> tuple[str, tuple[str, ...]]:
    """The same for whoever was offered something that is not meant: what is it for?"""
    return _("Vậy là tôi hiểu chưa đúng. Anh/chị cần giấy tờ hay kết quả gì, để làm việc gì?"), (
        _("“cần giấy chứng minh độc thân để vay ngân hàng”"),
        _("“trường của con đòi giấy xác nhận nơi ở”"),
    )


def _example(title: str) -> str:
    return f"“{shorten(in_words(short_title(title)), LONGEST_EXAMPLE, placeholder='…')}”"


def offer_help(move: moves.OfferHelp) -> OutboundMessage:
    """Not understood again: a person, the city's number, a report; the citizen chooses, nobody is queued."""
    line = city_hotline()
    opening = (
        _("Xin lỗi, tôi vẫn chưa hiểu ý anh/chị.")
        if move.failures == moves.FAILURES_BEFORE_HELP
        else _("Việc này tôi chưa giúp được qua tin nhắn.")
    )
    text = _(
        "%(opening)s Anh/chị chọn giúp: gặp cán bộ, gọi %(name)s (%(number)s), hoặc gửi phản ánh. "
        "Anh/chị cũng có thể hỏi lại bằng vài chữ, ví dụ “khai sinh”, “tạm trú”."
    ) % {"opening": opening, "name": line.name, "number": line.number}
    return OutboundMessage(
        text=text,
        choices=(
            to_staff(),
            Choice(label=_("Gọi %(number)s") % {"number": line.number}, url=line.url),
            to_report(),
        ),
        detail={"move": "refuse", "stage": 2},
    )
