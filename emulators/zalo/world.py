"""What the emulated Zalo knows: one Official Account, its people, messages, uploads, keys and clock."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from emulators.faults import Faults, WrongOrder
from emulators.zalo.oauth import Keys
from emulators.zalo.people import Account, Person, Template
from emulators.zalo.refusals import UPLOAD_DAYS, Refusal, invalid
from emulators.zalo.sender import Sender

Json = dict[str, Any]
#: Approved from the start, so that there is something to try.
TEMPLATES = (
    Template(id="350001", parameters={"code": 30, "state": 90, "link": 200}),
    Template(id="350002", parameters={"code": 30, "otp": 6}, goes_by_user_id=False),
    Template(id="350003", parameters={"code": 30}, is_enabled=False),
)


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What the console of the app shows: app, account, and two secrets, which are not the same."""

    app_id: str = "1044000000000000001"
    oa_id: str = "2740000000000000001"
    app_secret: str = "emulated-app-secret"  # noqa: S105 -- opens nothing but the emulator
    oa_secret_key: str = "emulated-oa-secret-key"  # noqa: S105 -- as above


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A picture or file the program uploaded, to be named in messages for seven days."""

    kind: str
    content: bytes
    until: datetime


@dataclass(kw_only=True)
class World:
    """Everything of one emulated account; lives in the event loop of the server, so it needs no lock."""

    credentials: Credentials = field(default_factory=Credentials)
    name: str = "Một Cửa (giả lập)"
    people: dict[str, Person] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    templates: dict[str, Template] = field(default_factory=lambda: {each.id: each for each in TEMPLATES})
    uploads: dict[str, Upload] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    calls: list[Json] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    ahead: timedelta = timedelta()
    keys: Keys = field(init=False)
    sender: Sender = field(init=False)
    _numbers: itertools.count[int] = field(init=False)
    _minute: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        known = self.credentials
        self.keys = Keys(app_id=known.app_id, app_secret=known.app_secret)
        self.keys.give(self.now())
        self.sender = Sender(app_id=known.app_id, oa_secret_key=known.oa_secret_key, faults=self.faults)
        # From the time on, so that a new world never repeats the ids of an earlier one.
        self._numbers = itertools.count(time.time_ns())

    def now(self) -> datetime:
        """The emulated time, which orders can move ahead."""
        return datetime.now(UTC) + self.ahead

    def timestamp(self) -> str:
        """The emulated time as Zalo writes it: milliseconds, in a text."""
        return str(int(self.now().timestamp() * 1000))

    def new_id(self) -> str:
        return f"{next(self._numbers):020x}"

    def person(self, user_id: Any) -> Person:
        """The person the program names. Refuses a number where a text belongs, and somebody unknown."""
        if not isinstance(user_id, str) or user_id not in self.people:
            raise invalid("user_id")
        return self.people[user_id]

    def meet(self, user_id: str, name: str) -> Person:
        """The person who acts, who becomes known to the account by that."""
        if not user_id.isdecimal():
            raise WrongOrder("a user id is a text of digits")
        return self.people.setdefault(user_id, Person(id=user_id, name=name))

    def count_request(self) -> int:
        """How many requests are left in this minute of the wall clock. Refuses when none is."""
        minute = int(time.time() // 60)
        used = self._minute[1] if self._minute[0] == minute else 0
        left = self.account.requests_a_minute - used - 1
        if left < 0:
            raise Refusal(-32)
        self._minute = (minute, used + 1)
        return left

    def keep_upload(self, kind: str, content: bytes) -> str:
        """The id under which messages may name it."""
        if len(self.uploads) >= self.account.uploads_a_month:
            raise Refusal(-211)
        upload_id = f"{kind.upper()}-{self.new_id()}"
        until = self.now() + timedelta(days=UPLOAD_DAYS)
        self.uploads[upload_id] = Upload(kind=kind, content=content, until=until)
        return upload_id

    def upload(self, upload_id: Any, kind: str, name: str) -> Upload:
        found = self.uploads.get(upload_id) if isinstance(upload_id, str) else None
        if found is None or found.kind != kind:
            raise invalid(name)
        if self.now() >= found.until:
            raise Refusal(-100)
        return found

    def keep_media(self, name: str, content: bytes) -> str:
        """The path under which what a citizen sent can be fetched."""
        path = f"{self.new_id()}/{name}"
        self.media[path] = content
        return path

    def stop(self) -> None:
        self.sender.stop()
