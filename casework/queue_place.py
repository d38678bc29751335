"""Which place a case has among those that wait in its unit."""

from __future__ import annotations

from casework import practice
from casework.models import Case


def position_in_queue(case: Case) -> int:
    """1 for the next to be claimed, counted within the case's unit; 0 when it does not wait."""
    if case.state != Case.State.QUEUED:
        return 0
    before = Case.objects.filter(unit=case.unit_id, state=Case.State.QUEUED, id__lte=case.pk)
    return practice.of_citizens(before).count()
