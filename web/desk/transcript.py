"""A conversation as an official reads it: who said what, what was quoted from where, what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversations.messages import Author
from conversations.models import Conversation, Turn

SHOWN = 300

KINDS = {
    "photo": "[Người dân gửi ảnh]",
    "position": "[Người dân chia sẻ vị trí]",
    "voice": "[Tin nhắn thoại]",
    "video": "[Video]",
    "file": "[Tệp]",
    "sticker": "[Nhãn dán]",
    "contact": "[Danh thiếp]",
    "other": "[Nội dung không đọc được]",
}

REDACTED = {
    "accusation": "Chi tiết tố cáo, khiếu nại không được lưu",
    "state_secret": "Nội dung bí mật nhà nước không được lưu",
    "emergency": "Có dấu hiệu khẩn cấp",
}

DELIVERY = {
    Turn.Status.QUEUED: "Đang gửi",
    Turn.Status.SENDING: "Đang gửi",
    Turn.Status.SENT: "Đã gửi",
    Turn.Status.FAILED: "Gửi lỗi",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One turn. who: the label read aloud; side: "citizen", "assistant" or "official"."""

    turn_id: int
    at: datetime
    side: str
    who: str
    text: str
    choices: tuple[str, ...]
    citation: dict[str, Any] | None
    remark: str
    delivery: str
    failed: bool


def lines(conversation: Conversation, *, shown: int = SHOWN) -> tuple[Line, ...]:
    """The last turns, oldest first."""
    turns = conversation.turns.select_related("staff", "conversation").order_by("-id")[:shown]
    return tuple(_line(turn) for turn in reversed(turns))


def _line(turn: Turn) -> Line:
    outgoing = turn.direction == Turn.Direction.OUT
    return Line(
        turn_id=turn.pk,
        at=turn.created_at,
        side=turn.author,
        who=_who(turn),
        text=turn.text or KINDS.get(turn.kind, ""),
        choices=_labels(turn.payload.get("choices", ())),
        citation=turn.payload.get("citation"),
        remark=_remark(turn),
        delivery=DELIVERY.get(Turn.Status(turn.status), "") if outgoing else "",
        failed=turn.status == Turn.Status.FAILED,
    )


def _who(turn: Turn) -> str:
    if turn.author == Author.CITIZEN:
        return turn.conversation.citizen_name or "Người dân"
    if turn.author == Author.ASSISTANT:
        return "Trợ lý ảo"
    unit = turn.payload.get("detail", {}).get("unit", "")
    name = turn.staff.display_name if turn.staff else "Cán bộ"
    return f"{name} – {unit}" if unit else name


def _labels(choices: Sequence[dict[str, str]]) -> tuple[str, ...]:
    return tuple(choice["label"] for choice in choices)


def _remark(turn: Turn) -> str:
    if turn.status == Turn.Status.SET_ASIDE:
        return "Trợ lý ảo không trả lời được lượt này"
    return REDACTED.get(turn.redacted, "")
