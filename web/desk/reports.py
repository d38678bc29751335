"""One report on the desk: what was reported, its register, and what an official can do with it now."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from casework import follows, named_units, reopening, report_acts, visibility
from casework.categories import CATEGORY_NAMES
from casework.models import Report
from casework.refusals import REFUSALS
from casework.report_life import OPEN, acts_for
from office.models import Unit
from web.desk.doors import DeskRequest, desk_page
from web.desk.reach import prospect


@desk_page("GET")
def show(request: DeskRequest, code: str) -> HttpResponse:
    report = visible(request, code)
    return render(request, "desk/report.html", context_of(request, report))


def visible(request: DeskRequest, code: str) -> Report:
    reports = visibility.reports_for(request.user).select_related("named_unit", "merged_into")
    return get_object_or_404(reports, code=code)


def context_of(request: DeskRequest, report: Report, **more: Any) -> dict[str, Any]:
    """All that the page of a report shows."""
    now = timezone.now()
    return {
        "room": "reports",
        "report": report,
        "is_open": report.state in OPEN,
        "photos": report.photos.all(),
        "register": report.steps.select_related("actor", "unit"),
        "followers": sum(1 for _one in follows.followers(report)),
        "ratings": report.ratings.order_by("id"),
        "merged": report.merged_reports.order_by("id"),
        "merged_into": _if_visible(request, report.merged_into),
        "can_be_reopened": reopening.may_reopen(report),
        "prospect": prospect(report.conversation, now) if report.state in OPEN else None,
        **_choices(report),
        **more,
    }


def _choices(report: Report) -> dict[str, Any]:
    """What the forms offer; none where nothing can be done."""
    acts = acts_for(report.state)
    return {
        "acts": acts,
        "levels": Report.Level.choices,
        "categories": CATEGORY_NAMES.items(),
        "outcomes": Report.Outcome.choices,
        "refusals": REFUSALS,
        "units": report_acts.units_for(report) if acts else (),
        "units_to_name": named_units.units_to_name(report),
        "signposts": Unit.objects.filter(is_signpost_only=True) if acts else (),
    }


def _if_visible(request: DeskRequest, report: Report | None) -> Report | None:
    return visibility.reports_for(request.user).filter(pk=report.pk).first() if report else None


@desk_page("GET")
def photo(request: DeskRequest, code: str, public_id: str) -> FileResponse:
    """A photo, to whoever may see its report and to nobody else."""
    attachment = get_object_or_404(visible(request, code).photos, public_id=public_id)
    response = FileResponse(attachment.file.open("rb"), content_type=attachment.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
