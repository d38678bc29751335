"""For tests: start the emulator and act as a citizen or an official, over real HTTP."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from emulators.client import Json, Running
from emulators.loopback import served, wait_until
from emulators.zalo.server import application
from emulators.zalo.world import Credentials, World


@dataclass(frozen=True, kw_only=True)
class Emulator(Running):
    """A running emulator, wherever it runs. `url` stands for all hosts of Zalo."""

    credentials: Credentials = field(default_factory=Credentials)

    def settings(self) -> dict[str, str]:
        """What an operator sets to reach it."""
        shown = self.credentials
        return {
            "MOTCUA_ZALO_APP_ID": shown.app_id,
            "MOTCUA_ZALO_APP_SECRET": shown.app_secret,
            "MOTCUA_ZALO_OA_ID": shown.oa_id,
            "MOTCUA_ZALO_OA_SECRET_KEY": shown.oa_secret_key,
            "MOTCUA_ZALO_REFRESH_TOKEN": str(self.tokens()["refresh_token"]),
            "MOTCUA_ZALO_BASE_URL": self.url,
        }

    def citizen(self, user_id: str, name: str = "Chị Lan") -> Citizen:
        return Citizen(emulator=self, user_id=user_id, name=name)

    def tokens(self) -> Json:
        """The pair that opens now: access_token, refresh_token, expires_in."""
        return dict(self.get("pair"))

    def sends_to(self, webhook: str, **settings: Any) -> None:
        """Send events to this address. settings: scale, deadline, only_hash (emulators.zalo.sender)."""
        self.post("webhook", {"url": webhook, **settings})

    def moves_clock(self, *, hours: float) -> None:
        """Let time pass for tokens, windows and uploads."""
        self.post("clock", {"hours": hours})

    def account(self, **settings: Any) -> None:
        """Set quotas, balance or state, see emulators.zalo.people.Account."""
        self.post("account", settings)

    def approves(self, template_id: str, **details: Any) -> None:
        """Have a template approved, see emulators.zalo.people.Template."""
        self.post("template", {"id": template_id, **details})

    def expires_token(self) -> None:
        self.post("keys", {"act": "expire"})

    def revokes_tokens(self) -> None:
        self.post("keys", {"act": "revoke"})

    def authorises(self, challenge: str = "") -> str:
        """A code for POST /v4/oa/access_token, as after the administrator's consent."""
        return str(self.post("keys", {"act": "authorise", "challenge": challenge})["code"])

    def chat(self, user_id: str | None = None) -> list[Json]:
        """What stands in the chat of one person, or of all, oldest first; `src` 0 is the account's."""
        return list(self.get("chat", **({} if user_id is None else {"user": user_id})))

    def deliveries(self) -> list[Json]:
        """What went to the webhook, oldest first: user_id, event, attempts (status or None), is_delivered.

        seconds: how long the answer to each attempt took, None where there was none.
        """
        return list(self.get("deliveries"))

    def settles(self, *, within: float = 20.0) -> list[Json]:
        """Wait until no event is under way, held back or to be retried; then tell what was delivered."""
        self.wait_until_idle(within=within)
        return self.deliveries()


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """One person in their chat with the account."""

    emulator: Emulator
    user_id: str
    name: str

    def does(self, act: str, **details: Any) -> list[str]:
        """One act of emulators/zalo/acts.py; returns the msg_ids it made."""
        order = {"act": act, "user": self.user_id, "name": self.name, **details}
        return [str(msg_id) for msg_id in self.emulator.post("updates", order)["msg_ids"]]

    def says(self, text: str) -> str:
        return self.does("text", text=text)[0]

    def taps(self, label: str) -> list[str]:
        """A button of the newest message that has it; [] when it leads out of the chat."""
        return self.does("tap", label=label)

    def sends_image(self, content: bytes | None = None, text: str = "") -> str:
        return self.does("image", text=text, **_content(content))[0]

    def sends_file(self, content: bytes | None = None, file_name: str = "don.pdf") -> str:
        return self.does("file", file_name=file_name, **_content(content))[0]

    def sends_location(self, latitude: float, longitude: float) -> str:
        return self.does("location", latitude=latitude, longitude=longitude)[0]

    def follows(self) -> None:
        self.does("follow")

    def unfollows(self) -> None:
        self.does("unfollow")

    def submits_info(self, **info: str) -> None:
        """full_name, phone, user_dob, gender, full_address."""
        self.does("submit_info", **info)

    def withdraws(self) -> None:
        self.does("withdraw")

    def allows_templates(self, *, phone: str = "") -> None:
        self.does("set_person", allows_templates=True, **({"phone": phone} if phone else {}))

    def falls_silent(self, *, hours: float) -> None:
        """The last interaction lies so many hours back."""
        self.does("fall_silent", hours=hours)

    def is_written_to(self, text: str, **details: Any) -> str:
        """An official writes to this person at oa.zalo.me."""
        return self.does("admin", text=text, **details)[0]

    def chat(self) -> list[Json]:
        return self.emulator.chat(self.user_id)

    def heard(self) -> list[Json]:
        """What the account has sent to this chat, oldest first."""
        return [message for message in self.chat() if message["src"] == 0]

    def hears(self, count: int, *, within: float = 20.0) -> list[Json]:
        """Wait until the account has sent at least `count` messages to this chat."""
        wait_until(lambda: len(self.heard()) >= count, within=within, what=f"{count} messages to {self.name}")
        return self.heard()


def _content(content: bytes | None) -> Json:
    return {} if content is None else {"content": base64.b64encode(content).decode()}


@contextmanager
def running() -> Iterator[Emulator]:
    """An emulator on a free loopback port, in a thread of this process."""
    world = World()
    with served(application(world), name="zalo") as url:
        emulator = Emulator(url=url, credentials=world.credentials)
        try:
            yield emulator
        finally:
            emulator.post("close")
