"""Answers quoted from the knowledge base, questions back, and the way to a person and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from textwrap import shorten

from django.utils.translation import gettext as _

from bot import choices, moves, pages
from bot.phrases import to_report, to_staff
from casework.models import Case
from conversations.messages import Choice, Citation, OutboundMessage
from knowledge_base.answering import PART_LABELS, answer, checklist, full_part
from knowledge_base.answers import UNREVIEWED, Answer, ArticleAnswer
from knowledge_base.content import OWN_KEY, PartName, ProcedureContent
from knowledge_base.forms import linked_forms
from knowledge_base.here import NOWHERE, Here
from knowledge_base.siblings import labels

PARTS_OFFERED = 5
FORMS_OFFERED = 3
#: Characters on a button, and those that every messenger shows on a phone: Telegram cuts at one line.
LONGEST_LABEL = 100
READ_ON_A_BUTTON = 40
#: Characters of a title above an answer.
LONGEST_TITLE = 250


def quotation(
    move: moves.Answer, content: ProcedureContent, *, here: Here = NOWHERE, reminder: str = ""
) -> OutboundMessage:
    """The asked part, quoted with its source, and buttons for the other parts."""
    said = (
        full_part(content, move.part, here)
        if move.in_full and move.part
        else answer(content, move.part, here)
    )
    return OutboundMessage(
        heading=_heading(said),
        text=f"{said.text}\n\n{reminder}" if reminder else said.text,
        choices=(
            *_forms(said, content),
            *_papers_to_tick(said),
            *_answer_choices(said, in_full=move.in_full),
        ),
        citation=cite(said),
        detail={
            "move": "signpost" if content.is_catalogue_entry else "answer",
            "code": said.code,
            "part": said.part.value if said.part else None,
            "probability": move.probability,
            "spans": [type(span).__name__ for span in said.spans],
        },
    )


def papers_list(content: ProcedureContent, *, here: Here = NOWHERE, reminder: str = "") -> OutboundMessage:
    """The papers to tick off, and the same list for printing."""
    said = checklist(content, here)
    return OutboundMessage(
        heading=f"{shorten(said.title, LONGEST_TITLE, placeholder='…')} – {_('Danh sách giấy tờ')}",
        text=f"{said.text}\n\n{reminder}" if reminder else said.text,
        choices=(*_printable(said), *_answer_choices(said, in_full=True)),
        citation=cite(said),
        detail={
            "move": "papers",
            "code": said.code,
            "part": PartName.DOCUMENTS.value,
            "spans": [type(span).__name__ for span in said.spans],
        },
    )


def _printable(said: Answer) -> Iterable[Choice]:
    if said.quotes:
        yield Choice(label=_("Bản để in"), url=pages.papers(said.code))


def _heading(said: Answer) -> str:
    """Which procedure and which part: a wrong one is seen at once. A title may have a thousand characters."""
    title = shorten(said.title, LONGEST_TITLE, placeholder="…")
    return f"{title} – {PART_LABELS[said.part]}" if said.part else title


def _papers_to_tick(said: Answer) -> Iterable[Choice]:
    if said.part is PartName.DOCUMENTS and said.quotes:
        yield Choice(label=_("Danh sách giấy tờ để đánh dấu"), payload=choices.papers(said.code))


def _forms(said: Answer, content: ProcedureContent) -> Iterable[Choice]:
    """Files of forms that may be opened; the others are named in the text, and the source has them."""
    if said.part is PartName.FORMS:
        for form in linked_forms(content)[:FORMS_OFFERED]:
            yield Choice(label=shorten(form.name, READ_ON_A_BUTTON, placeholder="…"), url=form.url)


def cite(said: Answer) -> Citation:
    return Citation(
        code="" if said.code.startswith(OWN_KEY) else said.code,
        title=said.title,
        decision=said.decision,
        url=said.url,
        page=pages.procedure(said.code),
        updated=as_people_write(said.updated),
        note=review_note(said),
    )


def review_note(said: Answer | ArticleAnswer) -> str:
    """That nobody has approved it; "" where somebody has, or where the answer says so itself."""
    is_told = said.reviewed or UNREVIEWED in said.text
    return "" if is_told else _("chưa được duyệt")


def as_people_write(date: str) -> str:
    """ISO to Vietnamese order, whatever is known of the date: 2026-07 → 07/2026."""
    return "/".join(reversed(date.split("-")))


def _answer_choices(said: Answer, *, in_full: bool) -> Iterable[Choice]:
    if said.quotes and said.part and not said.complete and not in_full:
        yield Choice(label=_("Xem đầy đủ"), payload=choices.full(said.code, said.part.value))
    if said.replaced_by:
        yield Choice(label=_("Xem thủ tục thay thế"), payload=choices.procedure(said.replaced_by))
    for part in said.other_parts[:PARTS_OFFERED]:
        yield Choice(label=PART_LABELS[part], payload=choices.part(said.code, part.value))
    if said.needs_person:
        yield to_staff()
    yield Choice(label=_("Không đúng ý tôi"), payload=choices.NONE)


def which_one(move: moves.Clarify, titles: dict[str, str], *, reminder: str = "") -> OutboundMessage:
    """One question, at most four buttons, and a way out."""
    if len(move.codes) == 1:
        text = _("Tôi chưa rõ anh/chị hỏi thủ tục nào. Có phải vẫn là thủ tục này không ạ?")
    else:
        text = _("Anh/chị hỏi thủ tục nào dưới đây? (bấm nút hoặc gõ số)")
    called = labels([titles[code] for code in move.codes])
    numbered = [
        (code, f"{n}. {label}") for n, (code, label) in enumerate(zip(move.codes, called, strict=True), 1)
    ]
    lines = [shorten(title, LONGEST_TITLE, placeholder="…") for _code, title in numbered]
    if all(len(title) <= READ_ON_A_BUTTON for title in lines):
        lines = []  # not said twice: on a phone the buttons would slide out of sight
    return OutboundMessage(
        text="\n".join([text, *lines, *([reminder] if reminder else [])]),
        choices=(
            *(_procedure_choice(title, code, move) for code, title in numbered),
            Choice(label=_("Không phải các mục này"), payload=choices.NONE),
        ),
        detail={"move": "clarify", "codes": list(move.codes)},
    )


def _procedure_choice(title: str, code: str, move: moves.Clarify) -> Choice:
    payload = choices.procedure(code)
    if move.part:
        payload = f"{payload}:{move.part.value}"
    return Choice(label=shorten(title, LONGEST_LABEL, placeholder="…"), payload=payload)


def ask_again() -> OutboundMessage:
    """An honest "not known", and what to do next; what came nearest is for the editors only."""
    return OutboundMessage(
        text=_(
            "Tôi chưa tìm thấy thủ tục khớp với câu hỏi này. Anh/chị nói rõ hơn việc cần làm giúp tôi nhé, "
            "ví dụ: “đăng ký tạm trú cần giấy tờ gì”."
        ),
        choices=(to_report(), to_staff()),
        detail={"move": "refuse"},
    )


def which_ward(move: moves.AskWard) -> OutboundMessage:
    """The former ward went to several units: never chosen for the citizen."""
    text = _("%(former)s cũ nay thuộc nhiều phường, xã. Anh/chị đang ở nơi nào?") % {"former": move.former}
    return OutboundMessage(
        text=text,
        choices=tuple(
            Choice(label=name, payload=choices.ward(code))
            for code, name in zip(move.codes, move.names, strict=True)
        ),
        detail={"move": "ask_ward", "codes": list(move.codes)},
    )


def only_beginning_read(message: OutboundMessage) -> OutboundMessage:
    """The reply to a message that was cut, and said so."""
    notice = _("(Tin rất dài, tôi chỉ đọc phần đầu.)")
    return replace(message, text=f"{notice}\n{message.text}")


def form_reminder() -> str:
    return _("(Phản ánh của anh/chị vẫn đang soạn dở; gõ tiếp để bổ sung.)")


def queue_reminder() -> str:
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
    back = Choice(label=_("Quay lại trợ lý ảo"), payload=choices.BACK)
    return OutboundMessage(
        text="\n".join(lines), choices=(back,), detail={"move": "handoff", "number": case.number}
    )


def forwarded() -> OutboundMessage:
    return OutboundMessage(
        text=_("Đã ghi lại để cán bộ đọc. Anh/chị vẫn trong hàng chờ."),
        choices=(Choice(label=_("Quay lại trợ lý ảo"), payload=choices.BACK),),
        detail={"move": "forward"},
    )


def queue_left() -> OutboundMessage:
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


def failed() -> OutboundMessage:
    """When a message could not be answered for a fault of ours."""
    return OutboundMessage(
        text=_(
            "Xin lỗi anh/chị, hệ thống gặp lỗi khi xử lý tin vừa rồi. Tin đã được giữ lại để cán bộ xem; "
            "anh/chị có thể hỏi lại hoặc gặp cán bộ."
        ),
        choices=(to_staff(),),
        detail={"move": "failed"},
    )
