"""What was written freely about a case: it may name the citizen, so it stands on the case and goes with what
the citizen wrote. The register of acts, which nothing leaves, says only that somebody wrote it."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q, QuerySet, Value, When

from casework.cases.closing import BLOCKED, ERASED, OUTCOMES, WITHDRAWN
from casework.models import Assignment, Case

#: What remains of an outcome that was not of the list.
OTHER: Final = "Kết quả khác"

_NOT_OURS = ~Q(outcome__in=("", *OUTCOMES, WITHDRAWN, BLOCKED, ERASED, OTHER)) & Q(merged_into=None)
_HAS_WORDS = ~Q(summary="", transfer_reason="", priority_reason="") | _NOT_OURS
_KIND_OF_OUTCOME = models.Case(
    *(When(_NOT_OURS, outcome__startswith=one, then=Value(one)) for one in OUTCOMES),
    When(_NOT_OURS, then=Value(OTHER)),
    default=F("outcome"),
)


def forget(cases: QuerySet[Case]) -> None:
    """Of these cases number, times and kind of outcome stay; who was there goes with the conversation."""
    Assignment.objects.filter(case__in=cases.values("pk")).exclude(reason="").update(reason="")
    written = cases.filter(_HAS_WORDS)
    written.update(summary="", transfer_reason="", priority_reason="", outcome=_KIND_OF_OUTCOME)
