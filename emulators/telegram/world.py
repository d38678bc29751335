"""What the emulated Telegram knows: one bot, its citizens, waiting updates, messages, files and faults."""

from __future__ import annotations

import asyncio
import itertools
import time
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from emulators.faults import Disturbance, Faults
from emulators.telegram.limits import Limits
from emulators.telegram.refusals import Refusal, bad_request
from emulators.telegram.sender import Sender, Webhook, chat_of

Json = dict[str, Any]
# The real server never delivers these unless they are asked for by name.
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(kw_only=True)
class Chat:
    """A chat the bot may write to: it exists from the first act of its citizen on."""

    id: int
    kind: str
    name: str
    blocked: bool = False

    def as_json(self) -> Json:
        title = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, title: self.name}


@dataclass(kw_only=True)
class World:
    """Everything one emulated bot sees; lives in the event loop of the server, so it needs no lock."""

    token: str
    username: str = "motcua_emulated_bot"
    chats: dict[int, Chat] = field(default_factory=dict)
    pending: list[Json] = field(default_factory=list)
    history: dict[int, Json] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    sent: list[tuple[str, Json]] = field(default_factory=list)
    calls: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    callbacks: dict[str, Json] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    profile: dict[str, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    allowed: frozenset[str] | None = None
    is_closing: bool = False
    sender: Sender = field(init=False)
    _disturbance: Disturbance = field(init=False)
    _poll: asyncio.Future[None] | None = None
    _update_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(730_000_001))
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.sender = Sender(taken=self._taken)
        self._disturbance = Disturbance(faults=self.faults, send=self._queue)

    @property
    def bot(self) -> Json:
        number = int(self.token.split(":")[0])
        return {"id": number, "is_bot": True, "first_name": "Một Cửa (giả lập)", "username": self.username}

    def next_id(self) -> int:
        return next(self._ids)

    def chat(self, chat_id: int) -> Chat:
        """The chat the bot wants to write to. Refuses a stranger and one who blocked the bot."""
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        chat = self.chats[chat_id]
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def keep_file(self, content: bytes) -> str:
        file_id = f"FILE{self.next_id():06d}"
        self.files[file_id] = content
        return file_id

    def arrive(self, kind: str, content: Json) -> int | None:
        """Queue an update and tell its number.

        None when the bot did not ask for this kind, or while a fault holds it back from a bot that polls.
        """
        wanted = kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST
        if not wanted:
            return None
        update: Json = {kind: deepcopy(content)}
        if self.sender.webhook:
            self._number(update)
        self._disturbance.pass_on(update, chat_of(update))
        return update.get("update_id")

    def _number(self, update: Json) -> None:
        update["update_id"] = next(self._update_ids)
        self.history[update["update_id"]] = update

    def _queue(self, update: Json) -> None:
        """Let it wait for the program. By polling, one that was held back has its number only now: the real
        server gives them in order."""
        if "update_id" not in update:
            self._number(update)
        self.pending.append(update)
        self._wake()
        if self.sender.webhook:
            self.sender.send(update)

    def _taken(self, update: Json) -> None:
        """The webhook took it. It may wait a second time, as a duplicate."""
        place = next((place for place, each in enumerate(self.pending) if each is update), None)
        if place is not None:
            del self.pending[place]

    def receive_by(self, webhook: Webhook | None) -> None:
        """Send updates to this webhook from now on, with those that wait; to None: let them be asked for."""
        self.sender.set(webhook)
        for update in self.pending if webhook else ():
            self.sender.send(update)

    @property
    def is_idle(self) -> bool:
        """Whether no update is under way, held back by a fault or to be sent again."""
        return self.sender.courier.is_idle and self._disturbance.is_clear

    def repeat(self, update_id: int) -> None:
        """Deliver an update once more, as the real server may after a lost confirmation."""
        self._queue(self.history[update_id])
        self.pending.sort(key=lambda update: int(update["update_id"]))

    def skip_to(self, update_id: int) -> None:
        """Count on from another number: the real server chooses one at random after an idle week."""
        self._update_ids = itertools.count(update_id)

    def confirm(self, offset: int) -> None:
        """Forget what the bot has confirmed. A negative offset keeps only that many from the end."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    async def updates(self, limit: int, timeout: float) -> list[Json]:
        """The oldest unconfirmed updates, or a wait for one. A newer request ends an older one."""
        self._interrupt(
            Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        )
        if not self.pending and timeout and not self.is_closing:
            await self._wait(timeout)
        return self.pending[:limit]

    def close(self) -> None:
        """End the poll that waits and hold no other open, so that the server can stop."""
        self.is_closing = True
        self.sender.stop()
        self._wake()

    async def _wait(self, timeout: float) -> None:
        self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(self._poll, timeout)
        except TimeoutError:
            return

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _interrupt(self, refusal: Refusal) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(refusal)

    def record_sent(self, method: str, message: Json) -> Json:
        self.messages[message["chat"]["id"], message["message_id"]] = message
        self.sent.append((method, message))
        return message

    def new_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        head = {"message_id": self.next_id(), "date": int(time.time()), "from": sender}
        return {**head, "chat": chat.as_json(), **content}
