"""What waits for a decision on publishing, and what was decided, as far as one member of staff decides it."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from casework import visibility
from casework.models import Publication, Report
from casework.publication_settings import OFFERED_KINDS
from casework.publications import SHOWN_FROM
from office.models import Staff

State = Report.State

_SHOWN = Q(withdrawn_at=None)


def undecided(staff: Staff) -> QuerySet[Report]:
    """Reports that the office has taken in and nobody has decided on, the oldest first."""
    decided = Publication.objects.filter(report=OuterRef("pk"))
    offered = visibility.reports_to_publish_for(staff).filter(
        state__in=SHOWN_FROM, kind__in=OFFERED_KINDS.current()
    )
    return offered.filter(~Exists(decided)).order_by("id")


def answered_since(staff: Staff) -> QuerySet[Report]:
    """Published reports with an answer that nobody has decided on, the oldest answer first."""
    newer = Q(publication__answer_of=None) | Q(publication__answer_of__lt=F("answered_at"))
    answered = visibility.reports_to_publish_for(staff).filter(newer, state=State.ANSWERED)
    answered = answered.filter(publication__isnull=False, publication__withdrawn_at=None)
    return answered.order_by("answered_at", "id")


def shown(staff: Staff) -> QuerySet[Report]:
    """What the public sees, the latest first."""
    return _decided(staff, Publication.objects.filter(_SHOWN))


def kept_back(staff: Staff) -> QuerySet[Report]:
    """What was decided not to show, or not any more, the latest first."""
    return _decided(staff, Publication.objects.filter(~_SHOWN))


#: As the desk names them; whichever stands first is worked through first.
LISTS: dict[str, Callable[[Staff], QuerySet[Report]]] = {
    "undecided": undecided,
    "answered": answered_since,
    "shown": shown,
    "kept-back": kept_back,
}


def next_to_decide(staff: Staff, *, after: str = "") -> Report | None:
    """The next report that waits for a decision, other than the one with this code."""
    for waiting in (undecided, answered_since):
        if found := waiting(staff).exclude(code=after).first():
            return found
    return None


def _decided(staff: Staff, publications: QuerySet[Publication]) -> QuerySet[Report]:
    reports = visibility.reports_to_publish_for(staff).filter(publication__in=publications)
    return reports.select_related("publication").order_by("-publication__id")
