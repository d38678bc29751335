"""Delivery: one loop a channel account over its outbox rows, so that a stalled channel delays no other."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.utils import timezone

from bot.channels import Channel, accounts
from bot.channels.limits import paces_of
from bot.models import ChannelAccount
from bot.rounds import go_rounds
from bot.sending import Claimed, claim_next, send
from conversations import outbox
from conversations.changes import outbox_topic, subscribe
from conversations.models import Turn
from office.connections import KeptConnections, give_back, give_back_to_pool

log = structlog.get_logger(__name__)

#: Seconds between two looks when no nudge comes: another process may have queued a reply.
LOOK_EVERY = 1.0


def deliver_until(stop: threading.Event, channel: Channel) -> None:
    """Deliver due replies of this channel account until told to stop; calls under way are waited for."""
    loop = _Loop(channel, stop)
    topic = outbox_topic(channel.name, channel.account)
    with loop.connections, loop.senders, subscribe(topic, listener=lambda _: loop.nudge()):
        go_rounds(stop, work=loop.start_next, wait=loop.wait)


def deliver_next(channel: Channel) -> bool:
    """Send the reply that is due next; False when there is none."""
    outbox.queue_again(channel=channel.name, account=channel.account, now=timezone.now())
    claimed = claim_next(channel, accounts.account_at(channel.name, channel.account))
    if claimed is None:
        return False
    send(channel, claimed)
    return True


class _Loop:
    """Claims replies, and has as many sent at once as the service takes."""

    def __init__(self, channel: Channel, stop: threading.Event) -> None:
        self._channel = channel
        self._stop = stop
        self._nudged = threading.Event()
        self._at_once = paces_of(channel.name).at_once
        self._under_way: dict[int, Turn] = {}
        self._account: ChannelAccount | None = None
        self._looked_at = 0.0
        self.connections = KeptConnections()
        self.senders = ThreadPoolExecutor(
            self._at_once, thread_name_prefix=f"send-{channel.name}", initializer=self.connections.keep
        )

    def nudge(self) -> None:
        self._nudged.set()

    def wait(self) -> None:
        self._nudged.wait(LOOK_EVERY)
        self._nudged.clear()

    def start_next(self) -> bool:
        """Claim the reply due next and have it sent. False when there is none, or all hands are full."""
        account = self._account_now()
        has_hands = len(self._under_way) < self._at_once
        claimed = claim_next(self._channel, account) if has_hands else None
        if claimed is None:
            return False
        if self._stop.wait((claimed.at - timezone.now()).total_seconds()):
            outbox.put_back(claimed.turn, due_at=timezone.now())
            return False
        self._start(claimed)
        return True

    def _start(self, claimed: Claimed) -> None:
        if self._at_once == 1:
            send(self._channel, claimed, stop=self._stop)
            return
        self._under_way[claimed.turn.pk] = claimed.turn
        self.senders.submit(self._send, claimed)

    def _send(self, claimed: Claimed) -> None:
        try:
            send(self._channel, claimed, stop=self._stop)
        except Exception:  # the row's lease ends, and it is claimed again
            log.exception("sending_failed", turn=claimed.turn.pk, channel=self._channel.name)
            give_back()
        finally:
            give_back_to_pool()
            del self._under_way[claimed.turn.pk]
            self.nudge()

    def _account_now(self) -> ChannelAccount:
        """The account's row, not older than a look; what changes meanwhile is noticed by `accounts.admit`."""
        name, account = self._channel.name, self._channel.account
        if self._account is None or time.monotonic() - self._looked_at >= LOOK_EVERY:
            self._account = accounts.account_at(name, account)
            self._looked_at = time.monotonic()
            outbox.queue_again(channel=name, account=account, now=timezone.now())
            self._hold_what_takes_long()
        return self._account

    def _hold_what_takes_long(self) -> None:
        """A call may take longer than a lease: as long as it runs here, nobody else is to send the reply."""
        now = timezone.now()
        for turn in list(self._under_way.values()):
            if turn.lease_until and turn.lease_until - now < outbox.LEASE / 2:
                outbox.hold(turn, now=now)
                turn.lease_until = now + outbox.LEASE
