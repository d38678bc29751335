"""A conversation as an official reads it: who said what, what was quoted from where, what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.choices import Tapped, parse
from conversations import outbox
from conversations.held import held_turns
from conversations.messages import Author, QuotedPart
from conversations.models import Conversation, Turn
from office.entrances import entered_by

SHOWN = 300

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
    """One turn. who: the label read aloud; side: "citizen", "assistant" or "official".

    quoted: what an official quotes below the words. waits: it is held until the citizen writes again.
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


def lines(conversation: Conversation, *, shown: int = SHOWN) -> tuple[Line, ...]:
    """The last turns, oldest first."""
    turns = conversation.turns.select_related("staff", "conversation").order_by("-id")[:shown]
    waiting = frozenset(held_turns(conversation.turns.all()).values_list("pk", flat=True))
    return tuple(_line(turn, waits=turn.pk in waiting) for turn in reversed(turns))


def _line(turn: Turn, *, waits: bool) -> Line:
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
    )


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
    if turn.status == Turn.Status.SET_ASIDE:
        return "Trợ lý ảo không trả lời được lượt này"
    return REDACTED.get(turn.redacted, "")
