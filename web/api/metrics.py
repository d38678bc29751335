"""What waits on each channel, as text for a monitoring system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bot.channels import overview
from bot.channels.accounts import Standing
from bot.channels.overview import AccountOverview

#: https://prometheus.io/docs/instrumenting/exposition_formats/
TEXT = "text/plain; version=0.0.4; charset=utf-8"
Measure = Callable[[AccountOverview], float]


@require_safe
@never_cache
def show(_request: HttpRequest) -> HttpResponse:
    """Counts and ages only: nothing of what is said, and of nobody."""
    return HttpResponse("\n".join(_lines(timezone.now())) + "\n", content_type=TEXT)


def _lines(now: datetime) -> Iterator[str]:
    accounts = [(shown.channel, one) for shown in overview.channels() for one in shown.accounts]
    for name, told, measure in _measures(now):
        yield f"# HELP {name} {told}"
        yield f"# TYPE {name} gauge"
        for channel, account in accounts:
            yield f'{name}{{channel="{channel}",account="{account.account}"}} {measure(account):g}'


def _measures(now: datetime) -> tuple[tuple[str, str, Measure], ...]:
    def age(at: datetime | None) -> float:
        return (now - at).total_seconds() if at else 0.0

    return (
        ("motcua_replies_waiting", "Replies to be sent.", lambda one: one.waiting.count),
        ("motcua_replies_held", "Replies held until the citizen writes.", lambda one: one.held.count),
        ("motcua_replies_failed", "Replies to be looked at on the desk.", lambda one: one.failed.count),
        ("motcua_oldest_waiting_seconds", "Age of the oldest waiting.", lambda one: age(one.waiting.oldest)),
        ("motcua_oldest_failed_seconds", "Age of the oldest failed.", lambda one: age(one.failed.oldest)),
        ("motcua_channel_off", "1 while it is switched off.", lambda one: one.standing is Standing.OFF),
        (
            "motcua_channel_paused",
            "1 while its service is not to be reached or asked us to wait.",
            lambda one: one.standing in {Standing.PAUSED, Standing.PROBE},
        ),
    )
