"""Every channel with its far end, alike for all: our channel, and what a citizen does and hears there.

The far ends are the emulators, and for the web chat a browser; between them and us is real HTTP.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from bot.channels import Channel
from bot.channels.telegram import TelegramChannel, Webhook, receive_updates
from bot.channels.webchat import WebChat
from bot.channels.zalo import ZaloAccount, ZaloChannel, tokens, zalo_account
from emulators.loopback import wait_until
from emulators.telegram import client as telegram
from emulators.zalo import client as zalo
from motcua.zalo_environment import read_zalo
from tests.serving import served
from tests.web.browsers import photograph

NAMES = ("telegram", "telegram-webhook", "zalo", "webchat")
#: Those whose far end may refuse a reply, ask to wait, or not answer.
SERVICES = NAMES[:3]
PUBLIC = "https://motcua.example.vn"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One message as a citizen sees it: all its words, and the labels of its buttons."""

    text: str
    buttons: tuple[str, ...]


class Person(Protocol):
    """A citizen at the far end. chat: as our rows name it."""

    @property
    def chat(self) -> str: ...
    def says(self, text: str) -> None: ...
    def says_as_one_event_twice(self, text: str) -> None: ...
    def taps(self, label: str) -> None: ...
    def sends_photos(self, count: int) -> None: ...
    def shares_position(self, latitude: float, longitude: float) -> None: ...
    def heard(self) -> list[Heard]: ...


class Wire(Protocol):
    """channel: ours. text, buttons: the limits of the far end."""

    channel: Channel
    text: int
    buttons: int

    def person(self, number: int) -> Person: ...

    def goes_wrong(self, kind: str, *, to: Person, **details: Any) -> None:
        """Order a fault of the replies to this person, see emulators.faults.Fault."""


@dataclass(frozen=True, kw_only=True)
class TelegramPerson:
    citizen: telegram.Citizen

    @property
    def chat(self) -> str:
        return str(self.citizen.chat)

    def says(self, text: str) -> None:
        self.citizen.says(text)

    def says_as_one_event_twice(self, text: str) -> None:
        self.citizen.emulator.fault("updates", "duplicate", seconds=0.1, chat=self.chat)
        self.citizen.says(text)

    def taps(self, label: str) -> None:
        self.citizen.taps(label)

    def sends_photos(self, count: int) -> None:
        if count == 1:
            self.citizen.sends_photo()
        else:
            self.citizen.does("album", count=count)

    def shares_position(self, latitude: float, longitude: float) -> None:
        self.citizen.does("location", latitude=latitude, longitude=longitude)

    def heard(self) -> list[Heard]:
        return [
            Heard(
                text=message["text"],
                buttons=tuple(button["text"] for row in _rows(message) for button in row),
            )
            for message in self.citizen.heard()
        ]


def _rows(message: Mapping[str, Any]) -> list[list[dict[str, str]]]:
    return list(message.get("reply_markup", {}).get("inline_keyboard", []))


@dataclass(frozen=True, kw_only=True)
class TelegramWire:
    emulator: telegram.Emulator
    channel: Channel
    text: int = 4096
    buttons: int = 100

    def person(self, number: int) -> TelegramPerson:
        return TelegramPerson(citizen=self.emulator.citizen(1000 + number))

    def goes_wrong(self, kind: str, *, to: Person, **details: Any) -> None:
        self.emulator.fault("sendMessage", kind, chat=to.chat, **details)


@dataclass(frozen=True, kw_only=True)
class ZaloPerson:
    citizen: zalo.Citizen

    @property
    def chat(self) -> str:
        return self.citizen.user_id

    def says(self, text: str) -> None:
        self.citizen.says(text)

    def says_as_one_event_twice(self, text: str) -> None:
        self.citizen.emulator.fault("updates", "duplicate", seconds=0.1, chat=self.chat)
        self.citizen.says(text)

    def taps(self, label: str) -> None:
        self.citizen.taps(label)

    def sends_photos(self, count: int) -> None:
        """Each is a message of its own: Zalo knows no albums."""
        for _ in range(count):
            self.citizen.sends_image()

    def shares_position(self, latitude: float, longitude: float) -> None:
        self.citizen.sends_location(latitude, longitude)

    def heard(self) -> list[Heard]:
        return [
            Heard(
                text=message["text"],
                buttons=tuple(button["title"] for button in message.get("buttons", ())),
            )
            for message in self.citizen.heard()
        ]


@dataclass(frozen=True, kw_only=True)
class ZaloWire:
    emulator: zalo.Emulator
    channel: Channel
    text: int = 2000
    buttons: int = 5

    def person(self, number: int) -> ZaloPerson:
        return ZaloPerson(citizen=self.emulator.citizen(f"24{number:017d}"))

    def goes_wrong(self, kind: str, *, to: Person, **details: Any) -> None:
        self.emulator.fault("message/cs", kind, chat=to.chat, **details)


@dataclass(kw_only=True)
class Browser:
    """A citizen's browser on the web chat; `chat` is known after the first message."""

    site: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=10, trust_env=False))

    def __post_init__(self) -> None:
        self.client.get(f"{self.site}/")

    @property
    def chat(self) -> str:
        from web.public.visitor import Visitor  # noqa: PLC0415

        token = next(value for name, value in self.client.cookies.items() if name.endswith("chat"))
        return Visitor(token=token).address.chat

    def says(self, text: str) -> None:
        self._post(text=text)

    def says_as_one_event_twice(self, text: str) -> None:
        event_id = secrets.token_hex(16)
        self._post(text=text, event_id=event_id)
        self._post(text=text, event_id=event_id)

    def taps(self, label: str) -> None:
        choices = (choice for turn in reversed(self._turns()) for choice in turn["choices"])
        self._post(choice=next(choice["payload"] for choice in choices if choice["label"] == label))

    def sends_photos(self, count: int) -> None:
        group = secrets.token_hex(8)
        for _ in range(count):
            self.client.post(
                f"{self.site}/chat/photos",
                data={"event_id": secrets.token_hex(16), "group": group},
                files={"photo": ("anh.jpg", photograph(), "image/jpeg")},
                headers=self._headers(),
            ).raise_for_status()

    def shares_position(self, latitude: float, longitude: float) -> None:
        self._post(position={"latitude": latitude, "longitude": longitude})

    def heard(self) -> list[Heard]:
        return [
            Heard(text=_as_shown(turn), buttons=tuple(choice["label"] for choice in turn["choices"]))
            for turn in self._turns()
            if turn["author"] != "citizen"
        ]

    def _turns(self) -> list[dict[str, Any]]:
        return list(self.client.get(f"{self.site}/chat/turns?after=0").raise_for_status().json()["turns"])

    def _post(self, **fields: Any) -> None:
        fields = {"event_id": secrets.token_hex(16), **fields}
        answer = self.client.post(f"{self.site}/chat/messages", json=fields, headers=self._headers())
        answer.raise_for_status()

    def _headers(self) -> dict[str, str]:
        token = self.client.cookies.get("csrftoken", "")
        return {"X-CSRFToken": token, "Accept": "application/json", "Referer": f"{self.site}/"}


def _as_shown(turn: Mapping[str, Any]) -> str:
    source = turn["citation"]
    named = f"\n\nNguồn: {source['title']} ({source['code']}) {source['url']}" if source else ""
    return f"{turn['label']}\n{turn['text']}{named}"


@dataclass(frozen=True, kw_only=True)
class WebChatWire:
    site: str
    channel: Channel = field(default_factory=WebChat)
    text: int = 1_000_000
    buttons: int = 1_000
    _people: dict[int, Browser] = field(default_factory=dict)

    def person(self, number: int) -> Browser:
        return self._people.setdefault(number, Browser(site=self.site))


@contextmanager
def wired(name: str, settings: Any, bot: telegram.Emulator, account: zalo.Emulator) -> Iterator[Wire]:
    """One of NAMES, receiving for the length of the block."""
    with ExitStack() as open_:
        if name == "zalo":
            yield _zalo(open_, settings, account)
        elif name == "webchat":
            yield WebChatWire(site=open_.enter_context(served()))
        else:
            yield _telegram(open_, settings, bot, by_webhook=name == "telegram-webhook")


def switched_on(emulator: zalo.Emulator, settings: Any) -> ZaloAccount:
    """Our account at this Zalo, with the first refresh token in its row."""
    settings.ZALO = read_zalo(emulator.settings())
    account = zalo_account()
    assert account is not None
    tokens.adopt(account)
    return account


def _zalo(open_: ExitStack, settings: Any, emulator: zalo.Emulator) -> ZaloWire:
    channel = open_.enter_context(closing(ZaloChannel(switched_on(emulator, settings))))
    emulator.sends_to(f"{open_.enter_context(served())}/webhooks/zalo", scale=0.01)
    return ZaloWire(emulator=emulator, channel=channel)


def _telegram(
    open_: ExitStack, settings: Any, emulator: telegram.Emulator, *, by_webhook: bool
) -> TelegramWire:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_DECISION = emulator.token, "12/QĐ-UBND"
    settings.TELEGRAM_WEBHOOK = f"{PUBLIC}/webhooks/telegram" if by_webhook else ""
    settings.TELEGRAM_SECRET = "s" * 48
    webhook = None
    if by_webhook:
        webhook = Webhook(url=settings.TELEGRAM_WEBHOOK, secret=settings.TELEGRAM_SECRET)
        emulator.leads(PUBLIC, to=open_.enter_context(served()))
        emulator.calls_webhooks(scale=0.1)
    channel = open_.enter_context(closing(TelegramChannel(token=emulator.token, base_url=emulator.url)))
    stop = threading.Event()
    receiving = threading.Thread(target=receive_updates, args=(channel, stop), kwargs={"webhook": webhook})
    receiving.start()
    open_.callback(receiving.join, 10)
    open_.callback(stop.set)
    if by_webhook:
        wait_until(lambda: bool(emulator.state()["webhook"]), what="the webhook")
    return TelegramWire(emulator=emulator, channel=channel)
