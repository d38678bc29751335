"""A conversation as an official reads it: who said what, what was quoted from where, what was left out, and
what colleagues noted in between."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bot.choices import Tapped, parse
from casework.models import Case, CaseNote
from conversations import outbox
from conversations.held import held_turns
from conversations.messages import Author, MessageKind, QuotedPart
from conversations.models import Attachment, Conversation, Turn
from office.entrances import entered_by
from office.lookups import Lookup, number

#: Turns shown at once; earlier ones are asked for.
SHOWN = 100

KINDS = {
    "photo": "[Người dân gửi ảnh]",
    "position": "[Người dân chia sẻ vị trí]",
    "voice": "[Tin nhắn thoại]",
    "video": "[Video]",
    "file": "[Tệp]",
    "sticker": "[Nhãn dán]",
    "contact": "[Danh thiếp]",
    "deleted": "[Người dân đã xoá một tin]",
    "other": "[Nội dung không đọc được]",
}

REDACTED = {
    "accusation": "Chi tiết tố cáo, khiếu nại không được lưu",
    "state_secret": "Nội dung bí mật nhà nước không được lưu",
    "self_harm": "Người nhắn có dấu hiệu rất tuyệt vọng; lời nhắn không được lưu",
    "scam": "Báo lừa đảo có nêu tên người; lời nhắn không được lưu",
    "deleted": "Người dân đã xoá tin này",
}

DELIVERY = {
    Turn.Status.QUEUED: "Đang gửi",
    Turn.Status.SENDING: "Đang gửi",
    Turn.Status.SENT: "Đã gửi",
    Turn.Status.FAILED: "Gửi lỗi",
    Turn.Status.GIVEN_UP: "Gửi lỗi, đã thôi gửi",
    Turn.Status.HELD: "Chờ người dân nhắn lại",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One turn, or a note between turns. who: the label read aloud; side: "citizen", "assistant", "official"
    or "note". turn_id: 0 for a note. position: latitude and longitude that the citizen shared. photos: public
    ids of pictures that are kept. was_searched: it answers what was searched for, so it can be explained.
    quoted: what an official quotes below the words. waits: it is held until the citizen writes again.
    goes_at: until then an official's reply can be taken back.
    """

    turn_id: int
    at: datetime
    side: str
    who: str
    text: str
    choices: tuple[str, ...]
    citation: dict[str, Any] | None
    quoted: QuotedPart | None
    files: tuple[dict[str, Any], ...]
    remark: str
    delivery: str
    failed: bool
    waits: bool
    position: tuple[float, float] | None = None
    photos: tuple[str, ...] = ()
    was_searched: bool = False
    goes_at: datetime | None = None

    @property
    def day(self) -> date:
        """In Hà Nội."""
        return timezone.localtime(self.at).date()

    @property
    def clock(self) -> str:
        """The hour in Hà Nội, "08:05"."""
        return f"{timezone.localtime(self.at):%H:%M}"

    @property
    def map_link(self) -> str:
        """Opens the position in the map of whatever device the official uses (RFC 5870)."""
        return "geo:{:.5f},{:.5f}".format(*self.position) if self.position else ""


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """lines: oldest first. first: the first turn shown, 0 without any; has_earlier: others were before it."""

    lines: tuple[Line, ...]
    first: int
    has_earlier: bool


def transcript(case: Case, *, first: int = 0, before: int = 0) -> Transcript:
    """The last SHOWN turns with the notes made since the first of them.

    first: show from this turn on, so that a page that is open loses none as others come. before: the SHOWN
    turns before this one instead.
    """
    conversation = case.conversation_id
    if first:
        read = _FROM.all(conversation=conversation, first=first)
    else:
        read = _LAST.all(conversation=conversation, before=before or _NO_TURN)[::-1]
    begin = read[0] if read else None
    may_have = begin is not None and (first or len(read) == SHOWN)
    has_earlier = bool(may_have and begin and _LAST_BEFORE.first(conversation=conversation, before=begin.pk))
    notes = _notes(case, begin if has_earlier else None, before)
    return Transcript(
        lines=tuple(sorted((*_lines(case, read), *notes), key=lambda line: line.at)),
        first=begin.pk if begin else 0,
        has_earlier=has_earlier,
    )


def first_new(lines: Sequence[Line], *, since: int) -> int:
    """The first turn after the one last seen that no official wrote; 0 without one, or without a look."""
    new = (line.turn_id for line in lines if line.turn_id > since and line.side != "official")
    return next(new, 0) if since else 0


def _turns() -> QuerySet[Turn]:
    """Of the question that a reply answers only whether it was searched for: a trace is long."""
    searched = Turn.objects.filter(pk=OuterRef("in_reply_to")).exclude(search={})
    turns = Turn.objects.filter(conversation=number("conversation")).select_related("staff").defer("search")
    return turns.annotate(was_searched=Exists(searched))


def _before() -> QuerySet[Turn]:
    return _turns().filter(id__lt=number("before")).order_by("-id")


#: After every turn there is.
_NO_TURN = 2**63 - 1
_LAST = Lookup(lambda: _before()[:SHOWN])
_LAST_BEFORE = Lookup(lambda: _before()[:1])
_FROM = Lookup(lambda: _turns().filter(id__gte=number("first")).order_by("id"))


def _lines(case: Case, turns: Sequence[Turn]) -> Iterator[Line]:
    conversation = case.conversation
    waiting = _waiting(conversation) if conversation.has_held else frozenset()
    pictures = any(turn.payload.get("media") for turn in turns)
    kept = frozenset(_KEPT.all(conversation=conversation.pk)) if pictures else frozenset()
    for turn in turns:
        turn.conversation = conversation
        yield _line(turn, waits=turn.pk in waiting, kept=kept)


def _waiting(conversation: Conversation) -> frozenset[int]:
    return frozenset(held_turns(conversation.turns.all()).values_list("pk", flat=True))


def _kept() -> QuerySet[Attachment, str]:
    kept = Attachment.objects.filter(conversation=number("conversation"))
    return kept.values_list("public_id", flat=True)


_KEPT = Lookup(_kept)


def _notes(case: Case, begin: Turn | None, before: int) -> Iterator[Line]:
    """On every case of the conversation: who reads on knows what was known."""
    notes = _NOTES.all(conversation=case.conversation_id)
    end = case.conversation.turns.filter(pk=before).first() if before else None
    for note in notes:
        if (not begin or note.at >= begin.created_at) and (not end or note.at < end.created_at):
            yield _note(note)


_NOTES = Lookup(
    lambda: CaseNote.objects.filter(case__conversation=number("conversation")).select_related("staff")
)


def _note(note: CaseNote) -> Line:
    return Line(
        turn_id=0,
        at=note.at,
        side="note",
        who=note.staff.display_name,
        text=note.text,
        choices=(),
        citation=None,
        quoted=None,
        files=(),
        remark="",
        delivery="",
        failed=False,
        waits=False,
    )


def _line(turn: Turn, *, waits: bool, kept: Collection[str]) -> Line:
    status = Turn.Status.HELD if waits else Turn.Status(turn.status)
    outgoing = turn.direction == Turn.Direction.OUT
    return Line(
        turn_id=turn.pk,
        at=turn.created_at,
        side=turn.author,
        who=_who(turn),
        text=_text(turn),
        choices=_labels(turn.payload.get("choices", ())),
        citation=turn.payload.get("citation"),
        quoted=outbox.quoted_part(turn.payload.get("quoted")),
        files=tuple(turn.payload.get("files", ())),
        remark=_remark(turn),
        delivery=DELIVERY.get(status, "") if outgoing else "",
        failed=turn.status in outbox.UNSENT,
        waits=waits,
        position=_position(turn),
        photos=tuple(one["reference"] for one in turn.payload.get("media", ()) if one["reference"] in kept),
        goes_at=_goes_at(turn),
        was_searched=turn.was_searched,  # type: ignore[attr-defined]  # annotated
    )


def _goes_at(turn: Turn) -> datetime | None:
    """When an official's reply that is held back goes out; None for all else."""
    fresh = turn.staff_id and turn.status == Turn.Status.QUEUED and not turn.attempt
    return turn.due_at if fresh and turn.due_at and turn.due_at > timezone.now() else None


def _position(turn: Turn) -> tuple[float, float] | None:
    shared = turn.payload.get("position")
    return (shared["latitude"], shared["longitude"]) if shared else None


def _text(turn: Turn) -> str:
    """The words; for the key of a QR code, which says nothing to a reader, where it leads."""
    typed = turn.text.startswith("/")
    match parse(turn.payload.get("choice") or "") if typed else None:
        case Tapped(verb="start", arguments=(key,)):
            entered = entered_by(key)
            where = (entered.ward_name or entered.procedure) if entered else ""
            return f"[Vào bằng mã QR: {where}]" if where else "[Vào bằng một mã QR không còn dùng]"
    if turn.payload.get("quoted"):
        return outbox.message_of(turn).own_words
    return turn.text or KINDS.get(turn.kind, "")


def _who(turn: Turn) -> str:
    if turn.author == Author.CITIZEN:
        return turn.conversation.citizen_name or "Người dân"
    if turn.author == Author.ASSISTANT:
        return "Trợ lý ảo"
    if turn.staff is None:  # written in the messenger's own app, which does not say by whom
        return "Cán bộ – không qua bàn làm việc"
    unit = turn.payload.get("detail", {}).get("unit", "")
    return f"{turn.staff.display_name} – {unit}" if unit else turn.staff.display_name


def _labels(choices: Sequence[dict[str, str]]) -> tuple[str, ...]:
    return tuple(choice["label"] for choice in choices)


def _remark(turn: Turn) -> str:
    if turn.status == Turn.Status.PASSED_OVER:
        return "Không trả lời: đang tạm ngừng"
    if turn.kind == MessageKind.EDITED:
        return "Người dân đã sửa tin trước thành như trên"
    if turn.status == Turn.Status.SET_ASIDE:
        return "Trợ lý ảo không trả lời được lượt này"
    return REDACTED.get(turn.redacted, "")
