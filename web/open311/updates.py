"""The steps of published reports: mySociety's extension, read only."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone

from casework import public_reports
from casework.models import Report, ReportStep
from casework.public_reports import PUBLIC_ACTS
from web.open311.arguments import LARGEST_PAGE, span
from web.open311.shapes import UPDATES, Document, ExtendedStatus, RequestUpdate

Act = ReportStep.Act
_STATUS: dict[str, ExtendedStatus] = {
    Act.FILED: ExtendedStatus.OPEN,
    Act.TAKEN_IN: ExtendedStatus.INVESTIGATING,
    Act.CLASSIFIED: ExtendedStatus.INVESTIGATING,
    Act.FORWARDED: ExtendedStatus.INTERNAL_REFERRAL,
    Act.STARTED: ExtendedStatus.IN_PROGRESS,
    Act.MERGED: ExtendedStatus.DUPLICATE,
    Act.REOPENED: ExtendedStatus.REOPEN,
}
_STATUS_OF_OUTCOME: dict[str, ExtendedStatus] = {
    Report.Outcome.FIXED: ExtendedStatus.FIXED,
    Report.Outcome.PLANNED: ExtendedStatus.ACTION_SCHEDULED,
    Report.Outcome.NOT_FIXED: ExtendedStatus.NO_FURTHER_ACTION,
}


def listed(request: HttpRequest) -> Document:
    """At most 1,000 steps between start_date and end_date, the oldest first. Raises Invalid."""
    asked = span(request.GET, now=timezone.now())
    published = public_reports.published().filter(report=OuterRef("report"))
    answers = ReportStep.objects.filter(report=OuterRef("report"), act=Act.ANSWERED).order_by("-id")
    steps = ReportStep.objects.filter(Exists(published), act__in=PUBLIC_ACTS)
    steps = steps.filter(at__range=(asked.start, asked.end))
    steps = steps.annotate(answer=Subquery(answers.values("id")[:1]))
    found = steps.select_related("report", "unit").order_by("at", "id")[:LARGEST_PAGE]
    return Document(kind=UPDATES, entries=tuple(_told(step) for step in found))


def _told(step: ReportStep) -> RequestUpdate:
    to = f": {step.unit.name}" if step.act == Act.FORWARDED and step.unit else ""
    return RequestUpdate(
        update_id=str(step.pk),
        service_request_id=step.report.code,
        status=_status(step),
        updated_datetime=step.at,
        description=f"{step.get_act_display()}{to}",
        media_url=None,
    )


def _status(step: ReportStep) -> ExtendedStatus:
    """What an answer made of it is known of the one in force; of an earlier one only that it was closed."""
    if step.report.state == Report.State.ANSWERED and step.pk == getattr(step, "answer", None):
        return _STATUS_OF_OUTCOME.get(step.report.outcome, ExtendedStatus.CLOSED)
    return _STATUS.get(step.act, ExtendedStatus.CLOSED)
