"""The edge: what a request to a webhook must be before anything of it is read.

Its body is bounded before Django sees it (motcua/asgi.py). Answers are constant: whoever has no business here
learns nothing from them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bot.channels.pace import Pace

log = structlog.get_logger(__name__)

View = Callable[[HttpRequest], HttpResponse]

#: Bytes of a body: an update of Telegram or an event of Zalo has a few thousand.
LARGEST_BODY = 1_000_000
#: What one address may send to one webhook. A messenger that makes up for an outage sends much at once and
#: repeats what was refused; a stranger can spend only what is his.
PACE = Pace(every=timedelta(seconds=1) / 100, burst=500)
ADDRESSES_KEPT = 10_000


class Door:
    """How much each address sent lately, within this process; the addresses seen last are kept."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._free_at: OrderedDict[str, datetime] = OrderedDict()
        self._lock = threading.Lock()

    def lets_in(self, address: str, *, now: datetime) -> bool:
        """Whether one more may come from there; what is refused costs nothing."""
        with self._lock:
            slot = self._pace.slot(self._free_at.get(address), now=now)
            if slot.at > now:
                return False
            self._free_at[address] = slot.free_at
            self._free_at.move_to_end(address)
            if len(self._free_at) > ADDRESSES_KEPT:
                self._free_at.popitem(last=False)
        return True


def webhook(view: View) -> View:
    """Only POST, only JSON, and no more than one address may send: else 405, 415 or 429 with no words."""
    door = Door(PACE)

    @wraps(view)
    def at_the_edge(request: HttpRequest) -> HttpResponse:
        if request.content_type != "application/json":
            return HttpResponse(status=415)
        if not door.lets_in(request.META.get("REMOTE_ADDR", ""), now=timezone.now()):
            log.warning("webhook_too_fast", path=request.path)
            return HttpResponse(status=429, headers={"Retry-After": "1"})
        return view(request)

    return csrf_exempt(require_POST(at_the_edge))
