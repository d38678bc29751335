"""Published reports for everyone: the list, one report, its photos. They need no script and no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from casework import public_reports
from casework.categories import CATEGORY_NAMES
from casework.public_reports import Wanted
from office.entrances import WARDS
from office.models import Unit
from web.public.asked import number_asked
from web.public.procedures import POLICY
from web.public.report_words import STANDINGS, shown

View = Callable[..., HttpResponse]
#: Seconds for which a photo may be shown again after it was withdrawn.
PHOTO_KEPT = 300


def reports_page(view: View) -> View:
    """Safe methods only, compressed, nothing loaded from elsewhere unless the view allows it."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return require_safe(gzip_page(page))


@reports_page
def index(request: HttpRequest) -> HttpResponse:
    """The newest first; `?q=` words, `?loai=` category, `?phuong=` ward, `?tinh-trang=` how it stands."""
    wanted, now = wanted_by(request), timezone.now()
    before = number_asked(request, "truoc")
    found = public_reports.listed(wanted, now, before=before)
    context = {
        "entries": [shown(publication, now) for publication in found.publications],
        "is_first": not before,
        "next_page": address_of(wanted, truoc=found.next_page) if found.next_page else "",
        "map_address": f"{reverse('public:report-map')}{address_of(wanted)}",
        **filters(wanted),
    }
    return render(request, "public/reports.html", context)


@reports_page
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One published report. For one that is not published the page is that of one that does not exist."""
    publication = public_reports.opened(code)
    if publication is None:
        return render(request, "public/no_report.html", status=404)
    path = reverse("public:report", args=[publication.report.code])
    context = {
        "entry": shown(publication, timezone.now()),
        "steps": list(public_reports.steps_of(publication)),
        "followers": public_reports.followers(publication),
        "merged_into": public_reports.merged_into(publication),
        "photos": range(1, publication.photos.count() + 1),
        "canonical": f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else "",
    }
    return render(request, "public/report.html", context)


@require_safe
def photo(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A photo of a published report, as it was approved."""
    publication = public_reports.opened(code)
    photos = list(publication.photos.order_by("id")) if publication else []
    if not 0 < number <= len(photos):
        raise Http404
    try:
        with photos[number - 1].file.open("rb") as file:
            response = HttpResponse(file.read(), content_type=photos[number - 1].media_type)
    except FileNotFoundError as problem:
        raise Http404 from problem
    response["Cache-Control"] = f"public, max-age={PHOTO_KEPT}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def wanted_by(request: HttpRequest) -> Wanted:
    """What the address asks for; what it names and does not exist is left out."""
    category, standing = request.GET.get("loai", ""), request.GET.get("tinh-trang", "")
    return Wanted(
        words=request.GET.get("q", "").strip()[: public_reports.LONGEST_SEARCH],
        category=category if category in CATEGORY_NAMES else "",
        ward=request.GET.get("phuong", "")[:64],
        standing=STANDINGS[standing][1] if standing in STANDINGS else "",
    )


def address_of(wanted: Wanted, **more: object) -> str:
    """The same search in an address, "?q=…"; "" for every report."""
    standing = next((key for key, (_name, value) in STANDINGS.items() if value == wanted.standing), "")
    asked = {
        "q": wanted.words,
        "loai": wanted.category,
        "phuong": wanted.ward,
        "tinh-trang": standing,
        **more,
    }
    given = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else ""


def filters(wanted: Wanted) -> dict[str, Any]:
    """What the form over the list and the map shows."""
    return {
        "wanted": wanted,
        "is_narrowed": wanted != Wanted(),
        "categories": CATEGORY_NAMES.items(),
        "wards": Unit.objects.filter(kind__in=WARDS).values_list("code", "name"),
        "standings": [(key, name, value) for key, (name, value) in STANDINGS.items()],
    }
