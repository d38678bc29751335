"""Answers quoted from the knowledge base, questions back, and what goes before a reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from textwrap import shorten
from types import MappingProxyType

from django.utils.translation import gettext as _

from bot import choices, moves, pages
from bot.buttons import to_staff
from bot.labels import short_labels
from bot.searched import is_question
from bot.understanding import Understanding
from conversations.messages import Choice, Citation, OutboundMessage
from knowledge_base.answering import PART_LABELS, answer, checklist, full_part
from knowledge_base.answers import UNREVIEWED, Answer, ArticleAnswer
from knowledge_base.content import OWN_KEY, PartName, ProcedureContent
from knowledge_base.forms import linked_forms
from knowledge_base.here import NOWHERE, Here
from knowledge_base.siblings import labels
from nlu.entities import is_without_documents

NO_NAMESAKES: Mapping[str, str] = MappingProxyType({})
PARTS_OFFERED = 5
FORMS_OFFERED = 3
#: Characters of a title that is one of four to choose from: five lines of a phone.
LONGEST_CHOICE = 160
#: Characters of a form's name on its button: two lines of a phone.
LONGEST_FORM_NAME = 80
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
        forms = linked_forms(content)[:FORMS_OFFERED]
        names = short_labels([form.name for form in forms], longest=LONGEST_FORM_NAME)
        yield from (Choice(label=name, url=form.url) for name, form in zip(names, forms, strict=True))


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


def which_one(
    move: moves.Clarify,
    titles: Mapping[str, str],
    *,
    apart: Mapping[str, str] = NO_NAMESAKES,
    reminder: str = "",
) -> OutboundMessage:
    """One question, at most four choices, a way out. apart: by code, what tells those of one title apart."""
    asked = PART_LABELS[move.part].lower() if move.part else ""
    if len(move.codes) == 1:
        text = _("Tôi chưa rõ anh/chị hỏi thủ tục nào. Có phải vẫn là thủ tục này không ạ?")
    elif asked:
        text = _("Anh/chị hỏi %(part)s của thủ tục nào dưới đây? (bấm nút hoặc gõ số)") % {"part": asked}
    else:
        text = _("Anh/chị hỏi thủ tục nào dưới đây? (bấm nút hoặc gõ số)")
    called = short_labels(labels([titles[code] for code in move.codes]), longest=LONGEST_CHOICE)
    return OutboundMessage(
        text="\n".join([*([reminder] if reminder else []), text]),
        choices=(
            *(
                _procedure_choice(title, code, move, about=apart.get(code, ""))
                for code, title in zip(move.codes, called, strict=True)
            ),
            Choice(label=_("Không phải các mục này"), payload=choices.NONE),
        ),
        asks=True,
        detail={"move": "clarify", "codes": list(move.codes)},
    )


def _procedure_choice(title: str, code: str, move: moves.Clarify, *, about: str) -> Choice:
    payload = choices.procedure(code)
    if move.part:
        payload = f"{payload}:{move.part.value}"
    return Choice(label=title, payload=payload, about=about)


def which_ward(move: moves.AskWard) -> OutboundMessage:
    """The former ward went to several units, or a position is near several: never chosen for the citizen."""
    split = _("%(former)s cũ nay thuộc nhiều phường, xã. Anh/chị đang ở nơi nào?") % {"former": move.former}
    near = _("Vị trí này có thể thuộc một trong các nơi dưới đây . Anh/chị đang ở nơi nào?")
    text = split if move.former else near
    return OutboundMessage(
        text=text,
        choices=tuple(
            Choice(label=name, payload=choices.ward(code))
            for code, name in zip(move.codes, move.names, strict=True)
        ),
        asks=True,
        detail={"move": "ask_ward", "codes": list(move.codes)},
    )


def notices(seen: Understanding) -> tuple[str, ...]:
    """What must be said before the reply: what of the message was not read, not kept, or read anew."""
    told = (
        (
            is_without_documents(seen.text),
            _("(Số giấy tờ, số tài khoản anh/chị gửi đã được che. Ở đây không bao giờ cần các số này.)"),
        ),
        (
            seen.position_elsewhere and seen.has_words,
            _("(Vị trí vừa chia sẻ nằm ngoài Hà Nội nên tôi không ghi.)"),
        ),
        (seen.is_cut, _("(Tin rất dài, tôi chỉ đọc phần đầu.)")),
        (bool(seen.replaces), _("(Theo tin anh/chị vừa sửa; câu này thay cho câu trả lời trước.)")),
        (
            seen.shows_paper and is_question(seen),
            _("(Ảnh giấy tờ tuỳ thân không được nhận và lưu.)"),
        ),
    )
    return tuple(notice for holds, notice in told if holds)


def noticed(message: OutboundMessage, before: tuple[str, ...]) -> OutboundMessage:
    """The reply with these lines above its words."""
    return replace(message, text="\n".join([*before, message.text]))


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
