"""How the channels stand, for the operator, the administrator and the machines that watch us."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.utils import timezone

from bot.channels.accounts import Standing, standing
from bot.channels.switches import CHANNELS
from bot.models import ChannelAccount, ChannelSwitch
from conversations.models import Turn

Status = Turn.Status
UNDELIVERED = (Status.QUEUED, Status.SENDING, Status.HELD, Status.FAILED)


@dataclass(frozen=True, kw_only=True)
class Depth:
    """Replies that did not arrive yet: how many, and when the oldest was written; None when there is none."""

    count: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AccountOverview:
    """One account. waiting: to be sent; held: until the citizen writes; failed: to be looked at on the desk.

    problem: what the service was last said to have, "" when messages get through.
    """

    account: str
    standing: Standing
    paused_until: datetime | None
    problem: str
    waiting: Depth
    held: Depth
    failed: Depth
    last_sent: datetime | None
    last_received: datetime | None


@dataclass(frozen=True, kw_only=True)
class ChannelOverview:
    """One channel with its accounts; none where nothing was ever sent through it."""

    channel: str
    name: str
    is_off: bool
    reason: str
    decision: str
    changed_at: datetime | None
    accounts: tuple[AccountOverview, ...]


def channels() -> tuple[ChannelOverview, ...]:
    """All of the product's channels, in their order."""
    switches = {switch.channel: switch for switch in ChannelSwitch.objects.prefetch_related("accounts")}
    depths = _depths()
    return tuple(
        _channel(switches.get(channel) or ChannelSwitch(channel=channel), depths) for channel in CHANNELS
    )


Depths = Mapping[tuple[str, str], Mapping[str, Depth]]


def _depths() -> Depths:
    """By channel and account, then by status."""
    rows = Turn.objects.filter(direction=Turn.Direction.OUT, status__in=UNDELIVERED).order_by()
    found: dict[tuple[str, str], dict[str, Depth]] = defaultdict(dict)
    for row in rows.values("channel", "account", "status").annotate(n=Count("id"), first=Min("created_at")):
        key = (row["channel"], row["account"])
        found[key][row["status"]] = Depth(count=row["n"], oldest=row["first"])
    return found


def _channel(switch: ChannelSwitch, depths: Depths) -> ChannelOverview:
    rows = switch.accounts.select_related("switch").order_by("account") if switch.pk else ()
    return ChannelOverview(
        channel=switch.channel,
        name=CHANNELS[switch.channel],
        is_off=switch.is_off,
        reason=switch.reason,
        decision=switch.decision,
        changed_at=switch.changed_at,
        accounts=tuple(_account(row, depths.get((switch.channel, row.account), {})) for row in rows),
    )


def _account(row: ChannelAccount, depths: Mapping[str, Depth]) -> AccountOverview:
    none = Depth()
    return AccountOverview(
        account=row.account,
        standing=standing(row, now=timezone.now()),
        paused_until=row.paused_until,
        problem=row.problem,
        waiting=_together(depths.get(Status.QUEUED, none), depths.get(Status.SENDING, none)),
        held=depths.get(Status.HELD, none),
        failed=depths.get(Status.FAILED, none),
        last_sent=_last(row, Turn.Direction.OUT),
        last_received=_last(row, Turn.Direction.IN),
    )


def _together(one: Depth, other: Depth) -> Depth:
    oldest = [moment for moment in (one.oldest, other.oldest) if moment]
    return Depth(count=one.count + other.count, oldest=min(oldest, default=None))


def _last(row: ChannelAccount, direction: Turn.Direction) -> datetime | None:
    turns = Turn.objects.filter(channel=row.switch.channel, account=row.account, direction=direction)
    if direction == Turn.Direction.OUT:
        return turns.filter(status=Status.SENT).order_by("-id").values_list("sent_at", flat=True).first()
    return turns.order_by("-id").values_list("created_at", flat=True).first()
