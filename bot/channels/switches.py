"""The off-switch of each channel, with an audited reason, and the decision that allows a service abroad.

Off: nothing goes out, replies wait; nothing is asked for. What a messenger sends to us is committed all the
same. Every process that works on the channel sees it within seconds.
"""

from __future__ import annotations

import threading
import time

from django.db import transaction
from django.utils import timezone

from bot.errors import NoReason, NoSuchChannel
from bot.models import ChannelSwitch
from conversations.changes import DESK, outbox_topic, publish
from office.audit import note
from office.connections import give_back_to_pool
from office.lookups import Lookup, word
from office.models import Staff

#: The channels of the product and what people call them, in the order in which citizens are led to them.
CHANNELS = {"webchat": "Web", "zalo": "Zalo", "telegram": "Telegram"}
LONGEST_REASON = 300
#: Seconds between two looks of a thread that waits at the far end.
LOOK_EVERY = 2.0


def name_of(channel: str) -> str:
    return CHANNELS.get(channel, channel)


def subject_of(channel: str) -> str:
    """What the register calls it."""
    return f"channel:{channel}"


def is_off(channel: str) -> bool:
    """One query."""
    return bool(_OFF.all(channel=channel))


_OFF = Lookup(lambda: ChannelSwitch.objects.filter(channel=word("channel"), is_off=True))


def turn_off(channel: str, *, reason: str, by: Staff | None, operator: str = "") -> bool:
    """Let nothing go out of this channel from now on; False when it was off already.

    by: the member of staff; None with `operator`, who acts on the machine. Raises SwitchProblem.
    """
    if not reason.strip():
        raise NoReason
    return _turn(channel, is_off=True, reason=reason.strip()[:LONGEST_REASON], by=by, operator=operator)


def turn_on(channel: str, *, by: Staff | None, reason: str = "", operator: str = "") -> bool:
    """Let go what waits; False when it was on already. Raises SwitchProblem."""
    return _turn(channel, is_off=False, reason=reason.strip()[:LONGEST_REASON], by=by, operator=operator)


def note_decision(channel: str, number: str) -> None:
    """Keep the number of the decision that allows this service abroad, with a line whenever it changes."""
    with transaction.atomic():
        switch, _ = ChannelSwitch.objects.get_or_create(channel=channel)
        others = ChannelSwitch.objects.filter(pk=switch.pk).exclude(decision=number)
        if others.update(decision=number):
            note("channel.allowed", subject_of(channel), None, decision=number, before=switch.decision)


def _turn(channel: str, *, is_off: bool, reason: str, by: Staff | None, operator: str) -> bool:
    if channel not in CHANNELS:
        raise NoSuchChannel
    with transaction.atomic():
        switch, _ = ChannelSwitch.objects.get_or_create(channel=channel)
        turned = ChannelSwitch.objects.filter(pk=switch.pk, is_off=not is_off).update(
            is_off=is_off, reason=reason if is_off else "", changed_at=timezone.now()
        )
        if turned:
            detail = {"reason": reason, "operator": operator}
            given = {name: word for name, word in detail.items() if word}
            note("channel.off" if is_off else "channel.on", subject_of(channel), by, **given)
            topics = (outbox_topic(channel, row.account) for row in switch.accounts.all())
            publish(DESK, *topics)
    return bool(turned)


class Halt:
    """For a thread that waits at the far end: set when the program ends, and while its channel is off."""

    def __init__(self, stop: threading.Event, channel: str) -> None:
        self._stop = stop
        self._channel = channel
        self._looked_at = float("-inf")
        self._is_off = False

    def is_set(self) -> bool:
        """Looks at the row every other second."""
        if time.monotonic() - self._looked_at >= LOOK_EVERY:
            self._is_off = is_off(self._channel)
            self._looked_at = time.monotonic()
            give_back_to_pool()  # the wait that follows needs none
        return self._is_off or self._stop.is_set()
