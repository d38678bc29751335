"""What a citizen sees of a conversation: each turn with its author, its source and its choices.

One value feeds the page, the JSON and the stream; `detail` and everything else of the office stays inside.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bot.channels.rendering import options
from casework import visibility
from conversations import outbox
from conversations.messages import Author, Citation, MessageKind, OutboundMessage
from conversations.models import Turn
from office.links import safe_url
from office.models import Staff
from web.public import words

#: How an entry of a list begins in what we write.
MARK = re.compile(r"(?:[-•☐+]|\d{1,2}\.) ")
#: Characters of a label that may stand beside another on a wide screen.
BESIDE_EACH_OTHER = 40


@dataclass(frozen=True, kw_only=True)
class ShownChoice:
    """A button: it sends `payload`, or opens `url`; one of the two.

    number: typed, it chooses this one; shown where the text asks to choose, 0 elsewhere.
    about: a few words that explain it. main: what most want next.
    """

    label: str
    payload: str
    url: str
    number: int
    about: str
    main: bool

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
class ShownFile:
    """A file an official sent, to be fetched at `url` on this site. size: bytes."""

    name: str
    url: str
    size: int


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line of a reply. mark: the dot or number from which an entry of a list hangs, "" for none.

    is_apart: it comes after an empty line.
    """

    mark: str
    text: str
    is_apart: bool


@dataclass(frozen=True, kw_only=True)
class ShownTurn:
    """One turn as a citizen sees it.

    event_id: the browser's own id of what it sent, "" for what it received.
    label: "Trợ lý ảo", "Cán bộ – <đơn vị>" or "Anh/chị". heading: the first line of the text, if it is one.
    asks: the text asks to choose, by a tap or a number. photos: addresses of pictures on this site.
    files: what an official sent with it.
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
    asks: bool
    citation: ShownCitation | None
    photos: tuple[str, ...]
    files: tuple[ShownFile, ...]

    @property
    def lists(self) -> bool:
        """Whether its choices need a line each."""
        return any(choice.about or len(choice.label) > BESIDE_EACH_OTHER for choice in self.choices)

    @property
    def body(self) -> str:
        """The text below its heading."""
        return self.text.removeprefix(f"{self.heading}\n") if self.heading else self.text

    @property
    def lines(self) -> tuple[ShownLine, ...]:
        """The body line by line; an empty line only sets the next one apart."""
        said = self.body.split("\n")
        return tuple(
            _line(line, is_apart=place > 0 and not said[place - 1]) for place, line in enumerate(said) if line
        )

    def as_json(self) -> dict[str, Any]:
        """Its fields for programs, and `html`, the same turn as the page shows it."""
        return {**asdict(self), "html": render_to_string("public/_turn.html", {"turn": self})}


def _line(line: str, *, is_apart: bool) -> ShownLine:
    marked = MARK.match(line)
    mark = marked[0] if marked else ""
    return ShownLine(mark=mark, text=line.removeprefix(mark), is_apart=is_apart)


def shown(turn: Turn) -> ShownTurn:
    said = outbox.message_of(turn)
    return ShownTurn(
        id=turn.pk,
        event_id=(turn.event_id or "").rpartition(":")[2],
        author=turn.author,
        label=_label(turn),
        heading=said.heading,
        text=_text(turn),
        at=turn.created_at,
        clock=_clock(turn.created_at),
        choices=_choices(said),
        asks=said.asks,
        citation=_citation(said.citation),
        photos=_photos(turn),
        files=_files(said),
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


def _choices(said: OutboundMessage) -> tuple[ShownChoice, ...]:
    offered = (
        ShownChoice(
            label=option.choice.label,
            payload=option.choice.payload,
            url=safe_url(option.choice.url),
            number=option.number if said.asks else 0,
            about=option.choice.about,
            main=option.choice.main,
        )
        for option in options(said.choices)
    )
    return tuple(choice for choice in offered if choice.payload or choice.url)


def _citation(source: Citation | None) -> ShownCitation | None:
    if source is None:
        return None
    return ShownCitation(
        code=source.code,
        title=source.title,
        decision=source.decision,
        updated=source.updated,
        url=safe_url(source.page) or safe_url(source.url),
        note=source.note,
    )


def _files(said: OutboundMessage) -> tuple[ShownFile, ...]:
    return tuple(
        ShownFile(name=file.name, url=reverse("public:attachment", args=[file.reference]), size=file.size)
        for file in said.files
    )


def _photos(turn: Turn) -> tuple[str, ...]:
    media = turn.payload.get("media", ())
    return tuple(reverse("public:attachment", args=[medium["reference"]]) for medium in media)
