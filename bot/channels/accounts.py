"""How our accounts stand: on or off, paused, at what pace. The rows are shared by all processes that send.

Every change is an UPDATE on the condition that the row still is as it was read: of two who read the same,
one changes it, and the other reads again.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from enum import Enum

from django.db.models import QuerySet

from bot.channels import DeliveryProblem
from bot.channels.pace import Pace
from bot.models import ChannelAccount, ChannelSwitch
from office.lookups import Lookup, word

#: One lost connection is that reply's own; a second before anything got through is an outage.
OUTAGE_FROM = 2
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=1)
#: How long whoever tries first after a pause may take before another does.
PROBE = timedelta(seconds=60)


class Standing(Enum):
    """OPEN: send. PROBE: the pause is over, and one reply shows whether the service is back."""

    OPEN = "open"
    PROBE = "probe"
    PAUSED = "paused"
    OFF = "off"


def account_at(channel: str, account: str) -> ChannelAccount:
    """The row of this account, with its switch; made when there is none."""
    return _AT.first(channel=channel, account=account) or _made(channel, account)


def _at() -> QuerySet[ChannelAccount]:
    rows = ChannelAccount.objects.select_related("switch")
    return rows.filter(switch__channel=word("channel"), account=word("account"))


_AT = Lookup(_at)


def _made(channel: str, account: str) -> ChannelAccount:
    switch, _ = ChannelSwitch.objects.get_or_create(channel=channel)
    return ChannelAccount.objects.get_or_create(switch=switch, account=account)[0]


def standing(row: ChannelAccount, *, now: datetime) -> Standing:
    """Pure."""
    if row.switch.is_off:
        return Standing.OFF
    if row.paused_until is None:
        return Standing.OPEN
    return Standing.PAUSED if row.paused_until > now else Standing.PROBE


def admit(row: ChannelAccount, *, pace: Pace | None, now: datetime) -> datetime | None:
    """Take this account's next slot: when a message may go out; None when nothing may go out now.

    `row` holds the new state afterwards. After a pause only one is admitted until a message got through.
    """
    while (stands := standing(row, now=now)) in {Standing.OPEN, Standing.PROBE}:
        changes: dict[str, datetime] = {}
        at = now
        if pace:
            slot = pace.slot(row.free_at, now=now)
            at, changes["free_at"] = slot.at, slot.free_at
        if stands is Standing.PROBE:
            changes["paused_until"] = now + PROBE
        if not changes or _change(row, **changes):
            return at
        row.refresh_from_db()
    return None


def charge(row: ChannelAccount, *, messages: int, pace: Pace | None) -> None:
    """Take further slots for a reply that went out in several messages."""
    while pace and messages and not _change(row, free_at=_later(row, pace, messages)):
        row.refresh_from_db()


def _later(row: ChannelAccount, pace: Pace, messages: int) -> datetime | None:
    return row.free_at + pace.every * messages if row.free_at else None


def answered(row: ChannelAccount) -> None:
    """The service took a message, or refused that one: an outage, if there was one, is over.

    `row`: as it was when admitted.
    """
    if row.failures or row.paused_until:
        same = ChannelAccount.objects.filter(pk=row.pk, paused_until=row.paused_until)
        same.update(failures=0, paused_until=None, problem="")


def pause(row: ChannelAccount, problem: DeliveryProblem, *, now: datetime) -> datetime:
    """Let the whole account wait, for as long as the service asks, or longer with each failure; until when.

    Calls that failed side by side count as one failure: they saw the same row.
    """
    if problem.retry_after is not None:
        until = now + timedelta(seconds=problem.retry_after)
        ChannelAccount.objects.filter(pk=row.pk).update(paused_until=until, problem=str(problem)[:300])
        return until
    failures = row.failures + 1
    until = now + _back_off(failures)
    paused = {"paused_until": until} if row.paused_until or failures >= OUTAGE_FROM else {}
    seen = ChannelAccount.objects.filter(pk=row.pk, failures=row.failures)
    seen.update(failures=failures, problem=str(problem)[:300], **paused)
    return until


def _back_off(failures: int) -> timedelta:
    """1, 2, 4 … 60 seconds, and of each a random part above the half: processes do not come all at once."""
    longest: timedelta = min(FIRST_PAUSE * 2 ** min(max(failures - OUTAGE_FROM, 0), 10), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1)  # noqa: S311 -- nothing is kept secret by it


def is_flood_of_all(row: ChannelAccount, *, chat: str, until: datetime, now: datetime) -> bool:
    """Whether a second chat is told to wait while a first one is: then it is our account that is meant.

    Telegram's "retry after" does not say whom it concerns.
    """
    same = ChannelAccount.objects.filter(pk=row.pk)
    if same.filter(flooded_until__gt=now).exclude(flooded_chat=chat).exists():
        return True
    same.update(flooded_chat=chat, flooded_until=until)
    return False


def _change(row: ChannelAccount, **changes: datetime | None) -> bool:
    """Write these, if the row is as it was read."""
    seen = ChannelAccount.objects.filter(pk=row.pk, free_at=row.free_at, paused_until=row.paused_until)
    if not seen.update(**changes):
        return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True
