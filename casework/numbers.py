"""Numbers that are given once: "HT-2026-000045", "PA-2026-000123"."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casework.models import NumberSeries


def next_number(prefix: str) -> str:
    """The next number of this prefix and year, Hà Nội time, without gaps.

    The series' row stays locked until the caller's transaction ends, so two never get the same number and a
    rolled-back one is given again.
    """
    name = f"{prefix}-{timezone.localdate().year}"
    with transaction.atomic():
        NumberSeries.objects.get_or_create(name=name)
        NumberSeries.objects.filter(name=name).update(last=F("last") + 1)
        return f"{name}-{NumberSeries.objects.get(name=name).last:06}"
