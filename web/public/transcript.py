"""What a citizen sees of a conversation: each turn with its author, its source and its choices.

One value feeds the page, the JSON and the stream; `detail` and everything else of the office stays inside.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from casework import visibility
from conversations.messages import Author, MessageKind
from conversations.models import Conversation, Turn
from office.links import safe_url
from office.models import Staff
from web.public import words


@dataclass(frozen=True, kw_only=True)
class ShownChoice:
    """A button: it sends `payload`, or opens `url`; one of the two."""

    label: str
    payload: str
    url: str

    @property
    def is_call(self) -> bool:
        return self.url.startswith("tel:")


@dataclass(frozen=True, kw_only=True)
class ShownCitation:
    """The source of an answer on one line; url is "" when the address is not an allowed one."""

    code: str
    title: str
    decision: str
    updated: str
    url: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ShownTurn:
    """One turn as a citizen sees it.

    event_id: the browser's own id of what it sent, "" for what it received.
    label: "Trợ lý ảo", "Cán bộ – <đơn vị>" or "Anh/chị". heading: the first line of the text, if it is one.
    photos: addresses of pictures on this site.
    """

    id: int
    event_id: str
    author: str
    label: str
    heading: str
    text: str
    at: datetime
    clock: str
    choices: tuple[ShownChoice, ...]
    citation: ShownCitation | None
    photos: tuple[str, ...]

    @property
    def body(self) -> str:
        """The text below its heading."""
        return self.text.removeprefix(f"{self.heading}\n") if self.heading else self.text

    def as_json(self) -> dict[str, Any]:
        """Its fields for programs, and `html`, the same turn as the page shows it."""
        return {**asdict(self), "html": render_to_string("public/_turn.html", {"turn": self})}


def visible_turns(conversation: Conversation) -> QuerySet[Turn]:
    """What the citizen said and what was said to him, oldest first. A reply counts once its row is there."""
    failed = Q(direction=Turn.Direction.OUT, status=Turn.Status.FAILED)
    return Turn.objects.filter(conversation=conversation).exclude(failed).order_by("id")


def shown(turn: Turn) -> ShownTurn:
    return ShownTurn(
        id=turn.pk,
        event_id=(turn.event_id or "").rpartition(":")[2],
        author=turn.author,
        label=_label(turn),
        heading=turn.payload.get("heading", ""),
        text=_text(turn),
        at=turn.created_at,
        clock=_clock(turn.created_at),
        choices=_choices(turn),
        citation=_citation(turn),
        photos=_photos(turn),
    )


def staff_label(staff: Staff | None) -> str:
    """ "Cán bộ – <đơn vị>": a citizen learns the office, not the person's name."""
    unit = visibility.speaks_for(staff) if staff else None
    return _official(unit.name if unit else "")


def _official(unit: str) -> str:
    return f"{words.OFFICIAL} – {unit}" if unit else words.OFFICIAL


def _label(turn: Turn) -> str:
    if turn.author == Author.OFFICIAL:
        unit = turn.payload.get("detail", {}).get("unit", "")
        return _official(unit) if unit else staff_label(turn.staff)
    return words.ASSISTANT if turn.author == Author.ASSISTANT else words.CITIZEN


def _text(turn: Turn) -> str:
    if turn.kind == MessageKind.POSITION and not turn.text:
        return words.POSITION_SHARED
    return turn.text


def _clock(at: datetime) -> str:
    local = timezone.localtime(at)
    today = local.date() == timezone.localdate()
    return local.strftime("%H:%M" if today else "%H:%M, %d/%m/%Y")


def _choices(turn: Turn) -> tuple[ShownChoice, ...]:
    offered = (
        ShownChoice(label=c["label"], payload=c.get("payload", ""), url=safe_url(c.get("url", "")))
        for c in turn.payload.get("choices", ())
    )
    return tuple(choice for choice in offered if choice.payload or choice.url)


def _citation(turn: Turn) -> ShownCitation | None:
    source = turn.payload.get("citation")
    if not source:
        return None
    return ShownCitation(
        code=source["code"],
        title=source["title"],
        decision=source["decision"],
        updated=source["updated"],
        url=safe_url(source.get("page", "")) or safe_url(source["url"]),
        note=source.get("note", ""),
    )


def _photos(turn: Turn) -> tuple[str, ...]:
    media = turn.payload.get("media", ())
    return tuple(reverse("public:attachment", args=[medium["reference"]]) for medium in media)
