"""What billed messages cost: a cap a month, kept to across processes, and the books of what was spent.

A month is a calendar month in Hà Nội. Money is whole đồng.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from bot.models import Budget, PaidMessage
from conversations import held
from conversations.models import Turn
from office import audit

log = structlog.get_logger(__name__)

Kind = PaidMessage.Kind


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What one kind of message cost in a month."""

    kind: Kind
    messages: int
    dong: int


@dataclass(frozen=True, kw_only=True)
class Month:
    """The books of a month. begins, ends: aware, the end not in it; cap: 0 when none was decided."""

    begins: datetime
    ends: datetime
    cap: int
    spent: tuple[Spent, ...]

    @property
    def total(self) -> int:
        return sum(one.dong for one in self.spent)

    @property
    def left(self) -> int:
        return max(self.cap - self.total, 0)


def month_at(moment: datetime) -> tuple[datetime, datetime]:
    """When the month of this moment begins, and when the next one does."""
    local = timezone.localtime(moment)
    begins = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    next_one = begins.replace(year=begins.year + begins.month // 12, month=begins.month % 12 + 1)
    return begins, next_one


def books(channel: str, *, at: datetime) -> Month:
    """The month's cap and what was spent of it."""
    begins, ends = month_at(at)
    rows = _paid(channel, at).values("kind").annotate(messages=Count("pk"), total=Sum("dong"))
    return Month(
        begins=begins,
        ends=ends,
        cap=budget_of(channel).dong_a_month,
        spent=tuple(
            Spent(kind=Kind(row["kind"]), messages=row["messages"], dong=row["total"])
            for row in rows.order_by("kind")
        ),
    )


def budget_of(channel: str) -> Budget:
    """As decided; one of nothing when nobody decided."""
    return Budget.objects.filter(channel=channel).first() or Budget(channel=channel)


def has_room(channel: str, dong: int, *, at: datetime) -> bool:
    """Whether the month's cap has room for this much now; only `pay` makes sure of it."""
    return dong <= books(channel, at=at).left


def pay(turn: Turn, kind: Kind, dong: int, *, at: datetime) -> bool:
    """Enter what a message costs before it is sent; False when the month's cap has no room for it.

    Entered once, however often the message is tried. The write that changes nothing locks the cap, so that
    processes which pay at the same time count one after the other.
    """
    with transaction.atomic():
        if not Budget.objects.filter(channel=turn.channel).update(channel=turn.channel):
            return False
        if PaidMessage.objects.filter(turn=turn).exists():
            return True
        if not has_room(turn.channel, dong, at=at):
            log.warning("budget_used_up", channel=turn.channel, needed=dong)
            return False
        PaidMessage.objects.create(channel=turn.channel, turn=turn, kind=kind, dong=dong, at=at)
    return True


def take_back(turn: Turn) -> None:
    """It was surely not sent, so it costs nothing."""
    PaidMessage.objects.filter(turn=turn).delete()


@transaction.atomic
def decide(channel: str, *, dong_a_month: int, dong_a_reply: int, because: str) -> None:
    """Set what a month may cost, and what a reply does; replies that waited for money are looked at again.

    because: the decision behind it, kept in the register.
    """
    values = {"dong_a_month": dong_a_month, "dong_a_reply": dong_a_reply}
    Budget.objects.update_or_create(channel=channel, defaults=values)
    audit.note("budget.decided", f"budget {channel}", None, **values, because=because)
    held.let_go_on(channel)


def _paid(channel: str, at: datetime) -> QuerySet[PaidMessage]:
    begins, ends = month_at(at)
    return PaidMessage.objects.filter(channel=channel, at__gte=begins, at__lt=ends)
