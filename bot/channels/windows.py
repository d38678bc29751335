"""Reply windows: whether, until when and for what price a channel lets us write to a citizen. Pure.

Zalo counts from the citizen's last interaction (follow, message, accepted call, click on a menu, an icon or
an oa.query button): 48 hours free, then billed up to 7 days, then refused (-230, -232) but for templates.
The numbers are the platform's own, as docs/operators/zalo.md names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Reach(StrEnum):
    """How a reply reaches the citizen now.

    ALWAYS: the channel has no window. ON_RETURN: it is read when the page is open or opened again.
    FREE, BILLED: inside the window. CLOSED: refused until the citizen does something there.
    """

    ALWAYS = "always"
    ON_RETURN = "on_return"
    FREE = "free"
    BILLED = "billed"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Windows:
    """How long after the citizen's last interaction a channel takes our messages: free, then at all."""

    free: timedelta
    billed: timedelta


@dataclass(frozen=True, kw_only=True)
class ReplyWindow:
    """One conversation's window at a moment. free_until, open_until: aware; None where there is no end."""

    reach: Reach
    free_until: datetime | None = None
    open_until: datetime | None = None

    @property
    def has_end(self) -> bool:
        """Whether the channel may refuse to let us write first."""
        return self.reach not in {Reach.ALWAYS, Reach.ON_RETURN}


ZALO = Windows(free=timedelta(hours=48), billed=timedelta(days=7))

_WINDOWS = {"zalo": ZALO}
_ON_RETURN = frozenset({"webchat"})


def windows_of(channel: str) -> Windows | None:
    """None for a channel on which one may always write first."""
    return _WINDOWS.get(channel)


def reply_window(channel: str, *, last_interaction: datetime | None, now: datetime) -> ReplyWindow:
    """The window of a conversation on this channel. last_interaction: None when there never was one."""
    windows = windows_of(channel)
    if windows is None:
        return ReplyWindow(reach=Reach.ON_RETURN if channel in _ON_RETURN else Reach.ALWAYS)
    if last_interaction is None:
        return ReplyWindow(reach=Reach.CLOSED)
    free_until, open_until = last_interaction + windows.free, last_interaction + windows.billed
    reach = Reach.FREE if now <= free_until else Reach.BILLED if now <= open_until else Reach.CLOSED
    return ReplyWindow(reach=reach, free_until=free_until, open_until=open_until)
