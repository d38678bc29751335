"""Published reports as GeoReport tells them. Nothing else of any report is ever read here."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from casework import public_reports
from casework.categories import CATEGORY_NAMES
from casework.models import Publication, Report, ReportStep
from casework.public_reports import PUBLIC_ACTS
from web.open311.arguments import CODE, Wanted, wanted
from web.open311.errors import NotFound
from web.open311.shapes import REQUESTS, Document, ServiceRequest, Status
from web.site import address_of_site

State = Report.State
CLOSED = (State.ANSWERED, State.REFUSED, State.MERGED)
_NOT_HERE = "Không có phản ánh đã công khai nào mang mã này."


def listed(request: HttpRequest) -> Document:
    """The published reports that are asked for, the newest first, a page of them."""
    now, site = timezone.now(), address_of_site(request)
    asked = wanted(request.GET, now=now)
    first = (asked.page - 1) * asked.page_size
    found = list(_wanted(asked)[first : first + asked.page_size + 1])
    more = len(found) > asked.page_size
    return Document(
        kind=REQUESTS,
        entries=tuple(_told(one, site=site, now=now) for one in found[: asked.page_size]),
        next_page=f"{site}{_address_of(request, page=asked.page + 1)}" if more else "",
    )


def one(request: HttpRequest, code: str) -> Document:
    """Raises NotFound alike for what does not exist and for what is not published."""
    named = code.upper()
    found = _published().filter(report__code=named).first() if CODE.fullmatch(named) else None
    if found is None:
        raise NotFound(_NOT_HERE)
    return Document(kind=REQUESTS, entries=(_told(found, site=address_of_site(request), now=timezone.now()),))


def _published() -> QuerySet[Publication]:
    steps = ReportStep.objects.filter(report=OuterRef("report"), act__in=PUBLIC_ACTS).order_by("-id")
    photos = Publication.photos.through.objects.filter(publication=OuterRef("pk"))
    return (
        public_reports.published()
        .select_related("report__unit", "report__merged_into", "ward")
        .annotate(moved_at=Subquery(steps.values("at")[:1]), has_photo=Exists(photos))
        .order_by("-report__created_at", "-report__id")
    )


def _wanted(asked: Wanted) -> QuerySet[Publication]:
    found = _published()
    if asked.codes is not None:
        return found.filter(report__code__in=asked.codes)
    found = found.filter(report__created_at__range=(asked.span.start, asked.span.end))
    if asked.services:
        found = found.filter(category__in=asked.services)
    return found.filter(_stands(asked.statuses))


def _stands(statuses: frozenset[Status]) -> Q:
    """One of the two; both or none named: every one."""
    if len(statuses) != 1:
        return Q()
    closed = Q(report__state__in=CLOSED)
    return closed if Status.CLOSED in statuses else ~closed


def _told(publication: Publication, *, site: str, now: datetime) -> ServiceRequest:
    report = publication.report
    has_photo: bool = getattr(publication, "has_photo", False)
    return ServiceRequest(
        service_request_id=report.code,
        status=Status.CLOSED if report.state in CLOSED else Status.OPEN,
        status_notes="\n".join(_notes(publication, now)),
        service_name=CATEGORY_NAMES.get(publication.category, publication.category),
        service_code=publication.category,
        description=publication.text,
        agency_responsible=report.unit.name,
        service_notice=None,
        requested_datetime=report.created_at,
        updated_datetime=_changed_at(publication),
        expected_datetime=report.due_at,
        address=publication.place or None,
        address_id=publication.ward.code if publication.ward else None,
        zipcode=None,
        lat=publication.latitude,
        long=publication.longitude,
        media_url=f"{site}{reverse('public:report-photo', args=[report.code, 1])}" if has_photo else None,
    )


def _notes(publication: Publication, now: datetime) -> list[str]:
    """The finer state and what became of it, then the answer in force, if the public may read it."""
    report = publication.report
    state = report.get_state_display()
    if report.state == State.MERGED and (other := public_reports.merged_into(publication)):
        return [f"{state}: {other}"]
    if report.state != State.ANSWERED:
        return [f"{state}, quá hạn" if public_reports.is_overdue(report, now) else state]
    said = publication.answer if publication.answer_of == report.answered_at else ""
    outcome = f"{state}: {report.get_outcome_display()}" if report.outcome else state
    return [outcome, said] if said else [outcome]


def _changed_at(publication: Publication) -> datetime:
    """Of a closed one, when it was closed; else of what changed last, the report or what is shown of it."""
    moved: datetime = getattr(publication, "moved_at", None) or publication.report.created_at
    return moved if publication.report.state in CLOSED else max(moved, publication.changed_at)


def _address_of(request: HttpRequest, *, page: int) -> str:
    arguments = request.GET.copy()
    arguments["page"] = str(page)
    return f"{request.path}?{arguments.urlencode()}"
