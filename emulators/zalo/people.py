"""The people on the other end: what they did last, what they allow, and what stands in their chats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from emulators.zalo.refusals import FREE_HOURS, OPEN_DAYS, Refusal

Json = dict[str, Any]


@dataclass(kw_only=True)
class Person:
    """One citizen as the Official Account sees them."""

    id: str
    name: str
    follows: bool = False
    has_left: bool = False
    is_inactive: bool = False
    restricts: bool = False
    allows_templates: bool = False
    phone: str = ""
    last_interaction: datetime | None = None
    chat: list[Json] = field(default_factory=list)

    @property
    def id_by_app(self) -> str:
        """The same person under the app's own numbering: a second space of ids."""
        return str(10**18 + int(self.id)) if self.id.isdecimal() else f"app-{self.id}"

    def interacts(self, now: datetime) -> None:
        self.last_interaction = now
        self.has_left = False

    def check_open(self, now: datetime) -> None:
        """Refuses a consulting message that may not be sent now."""
        if self.is_inactive:
            raise Refusal(-227)
        if self.has_left:
            raise Refusal(-213)
        if self.last_interaction is None:
            raise Refusal(-232)
        if now - self.last_interaction > timedelta(days=OPEN_DAYS):
            raise Refusal(-230)
        if self.restricts:
            raise Refusal(-244)

    def writes_for_free(self, now: datetime) -> bool:
        last = self.last_interaction
        return last is not None and now - last <= timedelta(hours=FREE_HOURS)


@dataclass(frozen=True, kw_only=True)
class Template:
    """A template message the service has approved, paid for each time. parameters: name → longest value."""

    id: str
    parameters: dict[str, int]
    price: int = 300
    goes_by_user_id: bool = True
    is_enabled: bool = True


@dataclass(kw_only=True)
class Account:
    """What the operator has bought and set, and what is left of it.

    quotas: consulting messages after 48 hours, used in this order; balance: đồng for templates.
    """

    quotas: dict[str, int] = field(
        default_factory=lambda: {"sub_quota": 500, "purchase_quota": 0, "reward_quota": 0}
    )
    balance: int = 100_000
    is_verified: bool = True
    has_package: bool = True
    app_is_active: bool = True
    is_disabled: bool = False
    has_cloud_account: bool = True
    requests_a_minute: int = 4_000
    uploads_a_month: int = 5_000

    def check(self) -> None:
        """Refuses every call of an account in a state that allows none."""
        if not self.app_is_active:
            raise Refusal(-209)
        if self.is_disabled:
            raise Refusal(-204)
        if not self.is_verified:
            raise Refusal(-221)
        if not self.has_package:
            raise Refusal(-224)

    def quota_for(self, person: Person, now: datetime) -> str:
        """Which quota a consulting message uses: `reply` is free, the others are counted down."""
        if person.writes_for_free(now):
            return "reply"
        name = next((name for name, left in self.quotas.items() if left > 0), None)
        if name is None:
            raise Refusal(-211)
        self.quotas[name] -= 1
        return name

    def pay(self, price: int) -> None:
        if not self.has_cloud_account:
            raise Refusal(-320)
        if self.balance < price:
            raise Refusal(-321)
        self.balance -= price
