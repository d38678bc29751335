"""What passes between a channel and the assistant, as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

#: Bytes of a button's payload: Telegram's limit for callback data, the narrowest.
LONGEST_PAYLOAD = 64


class MessageKind(StrEnum):
    """What a citizen sent; OTHER is anything the channel knows and we do not."""

    TEXT = "text"
    CHOICE = "choice"
    PHOTO = "photo"
    POSITION = "position"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    CONTACT = "contact"
    EDITED = "edited"
    DELETED = "deleted"
    OTHER = "other"


class Author(StrEnum):
    """Who speaks in a turn. Every outgoing turn is labelled with it."""

    CITIZEN = "citizen"
    ASSISTANT = "assistant"
    OFFICIAL = "official"


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a conversation is reached: a channel, our account on it, and the citizen's chat there."""

    channel: str
    account: str
    chat: str


@dataclass(frozen=True, kw_only=True)
class Position:
    """A shared position, WGS 84 degrees. accuracy: radius in metres, None when the phone does not say."""

    latitude: float
    longitude: float
    accuracy: float | None = None


@dataclass(frozen=True, kw_only=True)
class MediaReference:
    """A picture or file that still lies with the channel; fetched only when a form's photo step asks for it.

    reference: the channel's own key (a Telegram file_id, an Attachment's public id for the web chat).
    """

    reference: str
    media_type: str = ""
    name: str = ""
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class InboundMessage:
    """One thing a citizen sent.

    event_id: unique within the channel account; the same id twice is one message.
    text: what was typed, a caption, or the label of the tapped choice.
    choice: the payload of a tapped button, see bot/choices.py.
    sent_at: aware.
    message_id: the channel's own id of the message, "" if it gives none. An edited or deleted message has
    the id of the one it was; a deleted one says nothing else.
    group: what the pictures of one album have in common. forwarded: somebody else's words, passed on.
    """

    address: Address
    event_id: str
    kind: MessageKind
    sent_at: datetime
    text: str = ""
    choice: str = ""
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()
    sender_name: str = ""
    message_id: str = ""
    group: str = ""
    forwarded: bool = False

    def __post_init__(self) -> None:
        if self.sent_at.tzinfo is None:
            raise ValueError("sent_at must be aware: give it a time zone")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button: what the citizen reads, and what comes back when it is tapped (at most 64 bytes).

    label: in full; a channel shortens it where it must. about: a few words that explain it, shown beside it.
    main: what most want next; set off where a channel can.
    url: opened instead; a path ("/thu-tuc/1.001193") is a page of ours, made whole by channels elsewhere.
    """

    label: str
    payload: str = ""
    url: str = ""
    about: str = ""
    main: bool = False

    def __post_init__(self) -> None:
        if len(self.payload.encode()) > LONGEST_PAYLOAD:
            raise ValueError(f"payload {self.payload!r} is over {LONGEST_PAYLOAD} bytes: shorten it")
        if bool(self.payload) == bool(self.url):
            raise ValueError("a choice has a payload or a url, one of the two")


@dataclass(frozen=True, kw_only=True)
class Citation:
    """The source of what was quoted, shown on one line below the answer.

    url: the source itself. page: our own page about it, a path of this site; it leads on to the source.
    """

    code: str
    title: str
    decision: str
    url: str
    updated: str
    note: str = ""
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file that goes out after the words of a reply.

    reference: public id of the Attachment that holds it. name: as the citizen sees it. size: bytes.
    """

    reference: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, kw_only=True)
class QuotedPart:
    """One part of a procedure or article, word for word, that goes out below an official's own words.

    release: name of the one it stands in; code, part: where it stands there (part: a value of PartName or the
    key of a section). text: what is sent; spans: the kinds of its spans, in their order.
    """

    release: str
    code: str
    part: str
    heading: str
    text: str
    citation: Citation
    spans: tuple[str, ...] = ()

    @property
    def below(self) -> str:
        """As it stands below the words."""
        return f"{self.heading}\n{self.text}"


@dataclass(frozen=True, kw_only=True)
class OutboundMessage:
    """One reply. Each channel renders it within its own limits; none of them changes its words.

    heading: a first line above the text ("Đăng ký tạm trú – Phí, lệ phí"), set off where a channel can.
    asks: the text asks to choose: each choice is shown with the number that chooses it.
    asks_number: the text asks for a telephone number; a channel that has a card for it shows it, too.
    detail: machine-readable trace (spans, move, probability), kept with the turn, never sent.
    template: purpose of the paid template it is sent as; "" for these very words. Such a notice may overtake
    replies that are held. quoted: the last lines of the text when an official quotes; citation is of it.
    """

    text: str
    heading: str = ""
    choices: tuple[Choice, ...] = ()
    asks: bool = False
    citation: Citation | None = None
    author: Author = Author.ASSISTANT
    files: tuple[SentFile, ...] = ()
    asks_number: bool = False
    detail: dict[str, Any] = field(default_factory=dict)
    template: str = ""
    quoted: QuotedPart | None = None

    @property
    def own_words(self) -> str:
        """The text without what it quotes."""
        return self.text.removesuffix(self.quoted.below).rstrip() if self.quoted else self.text
