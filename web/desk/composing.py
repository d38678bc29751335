"""What an official is writing: the words, the part of a regulation to go below them, a template put in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import state
from bot.quoted_parts import NothingToQuote, Quotable, digest, quotable, quoted_part
from casework import reply_templates
from casework.models import Case, Draft
from casework.template_variables import VARIABLES, fill_in
from conversations.messages import QuotedPart, SentFile
from knowledge_base.errors import ReleaseProblem
from office.models import Staff
from web.desk.doors import DeskRequest

NO_RELEASE = "Chưa có bản phát hành nội dung nào đang dùng nên chưa trích được."
NOTHING_FOUND = "Không tìm thấy thủ tục hay bài viết nào. Anh/chị thử từ khác, ngắn hơn."
NOT_QUOTABLE = "Phần này không còn trong nội dung đang dùng. Anh/chị chọn phần khác."
CHANGED = "Nội dung trích vừa được cập nhật. Anh/chị đọc lại bản mới ở dưới rồi gửi; chưa có gì được gửi."


@dataclass(frozen=True, kw_only=True)
class Composing:
    """What stands in the composer. sought: words looked for, found: what they may mean.

    quoted: the part chosen; problem: why something did not work, said beside the search. missing: what a
    template put in could not be told, in words. files: of a reply that was taken back, to go out with this.
    """

    text: str = ""
    sought: str = ""
    found: tuple[Quotable, ...] = ()
    quoted: QuotedPart | None = None
    problem: str = ""
    missing: tuple[str, ...] = ()
    files: tuple[SentFile, ...] = ()

    @property
    def quoted_as(self) -> str:
        """What the form carries of the part chosen, and of how it read."""
        quoted = self.quoted
        return f"{quoted.code}|{quoted.part}|{digest(quoted)}" if quoted else ""


class QuotedPartChanged(Exception):
    """What the official saw is not what the release says now; `composing` has it anew."""

    def __init__(self, composing: Composing) -> None:
        super().__init__(CHANGED)
        self.composing = composing


def quoted_in(request: DeskRequest) -> tuple[str, str, str]:
    """Code, part and digest, as `Composing.quoted_as` put them into the form; "" for what is not there."""
    code, part, seen = (*request.POST.get("quoted", "").split("|"), "", "", "")[:3]
    return code, part, seen


def composing_of(request: DeskRequest, case: Case) -> Composing:
    """What the form holds. A part that is gone or reads otherwise now is told as a problem."""
    composing = Composing(text=request.POST.get("text", ""), sought=request.POST.get("sought", "").strip())
    code, part, seen = quoted_in(request)
    if not code:
        return composing
    chosen = with_part(composing, case, code, part)
    is_changed = chosen.quoted is not None and digest(chosen.quoted) != seen
    return replace(chosen, problem=CHANGED) if is_changed else chosen


def composing_from(draft: Draft | None, case: Case) -> Composing:
    """What this person left here unsent. files: those of a reply that was taken back."""
    if draft is None:
        return Composing()
    composing = Composing(text=draft.text, files=tuple(SentFile(**file) for file in draft.files))
    quoted = draft.quoted
    return with_part(composing, case, quoted["code"], quoted["part"]) if quoted else composing


def changed(composing: Composing, case: Case, do: str) -> Composing:
    """After a button of the composer: "seek", "quote:<code>|<part>" or "drop"."""
    act, _colon, what = do.partition(":")
    match act:
        case "seek":
            return _sought(composing)
        case "quote":
            code, _bar, part = what.partition("|")
            return replace(with_part(composing, case, code, part), sought="")
        case "drop":
            return replace(composing, quoted=None, problem="")
    return composing


def with_template(composing: Composing, case: Case, staff: Staff, template: str) -> Composing:
    """The words of a template below what is written; as it is for one that is not offered."""
    offers = {str(one.pk): one for one in reply_templates.offered(case, staff)}
    if template not in offers:
        return composing
    filled = fill_in(offers[template].text, case, staff)
    text = "\n\n".join(filter(None, (composing.text.rstrip(), filled.text)))
    missing = tuple(VARIABLES[name].says for name in filled.missing)
    return replace(composing, text=text, missing=missing)


def with_part(composing: Composing, case: Case, code: str, part: str) -> Composing:
    try:
        chosen = quoted_part(code, part, ward=state.from_json(case.conversation.state).ward)
    except NothingToQuote:
        return replace(composing, quoted=None, problem=NOT_QUOTABLE)
    except ReleaseProblem:
        return replace(composing, quoted=None, problem=NO_RELEASE)
    return replace(composing, quoted=chosen, problem="")


def _sought(composing: Composing) -> Composing:
    if not composing.sought:
        return composing
    try:
        found = quotable(composing.sought)
    except ReleaseProblem:
        return replace(composing, problem=NO_RELEASE)
    return replace(composing, found=found, problem="" if found else NOTHING_FOUND)
