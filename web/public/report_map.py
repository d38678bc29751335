"""The map of published reports. Leaflet is served from here; tiles from where the operator says, or none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casework import report_map
from casework.models import Publication
from casework.report_map import Bounds, Point
from web.public.asked import number_asked
from web.public.report_pages import address_of, filters, reports_page, wanted_by
from web.public.report_words import shown

#: Around Hà Nội since 2008; what the map shows before it is moved. From the city's outermost communes.
CITY = Bounds(west=105.28, south=20.56, east=106.02, north=21.39)


def policy(tiles_origin: str) -> str:
    """What the map's page may load: everything here, and pictures from the tiles' origin if there is one."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        f"img-src 'self' data:{' ' if tiles_origin else ''}{tiles_origin}; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


@reports_page
def show(request: HttpRequest) -> HttpResponse:
    """The map; without scripts the wards with their numbers, which lead to the list."""
    wanted = wanted_by(request)
    tiles = settings.TILES
    context = {
        "tiles": tiles,
        "city": ",".join(map(str, (CITY.west, CITY.south, CITY.east, CITY.north))),
        "points": f"{reverse('public:report-points')}{address_of(wanted)}",
        "list_address": f"{reverse('public:reports')}{address_of(wanted)}",
        "wards_found": [
            (f"{reverse('public:reports')}{address_of(wanted, phuong=code)}", name, number)
            for code, name, number in report_map.by_ward(wanted, timezone.now())
        ],
        **filters(wanted),
    }
    response = render(request, "public/report_map.html", context)
    response["Content-Security-Policy"] = policy(tiles.origin)
    return response


@reports_page
def points(request: HttpRequest) -> HttpResponse:
    """What lies in `?khung=west,south,east,north` at level `?muc=`, gathered; the newest told beside.

    `?vua=1`: also where all of it lies, for the first look.
    """
    bounds = report_map.bounds_in(request.GET.get("khung", "")) or CITY
    level = number_asked(request, "muc")
    level = min(max(level, report_map.LEVELS.start), report_map.LEVELS.stop - 1)
    now = timezone.now()
    found = report_map.within(wanted_by(request), now, bounds)
    gathered = report_map.gathered(found, bounds, level)
    return JsonResponse(
        {
            "points": _points(gathered),
            "wards": _wards(bounds) if level >= report_map.WARDS_NAMED_FROM else [],
            "extent": _corners(report_map.extent(found)) if "vua" in request.GET else None,
            "number": sum(point.number for point in gathered),
            "reports": [_told(publication) for publication in report_map.newest(found)],
        }
    )


def _corners(bounds: Bounds | None) -> list[list[float]] | None:
    """South-west and north-east, as Leaflet takes them."""
    return [[bounds.south, bounds.west], [bounds.north, bounds.east]] if bounds else None


def _points(gathered: list[Point]) -> list[dict[str, Any]]:
    """A point that is one report leads to its page."""
    single = [point.newest for point in gathered if point.number == 1]
    alone = Publication.objects.select_related("report__unit", "ward").in_bulk(single)
    return [
        {
            "at": [round(point.latitude, 5), round(point.longitude, 5)],
            "number": point.number,
            "report": _told(alone[point.newest]) if point.newest in alone else None,
        }
        for point in gathered
    ]


def _told(publication: Publication) -> dict[str, str]:
    entry = shown(publication, timezone.now())
    return {
        "code": entry.code,
        "title": entry.title,
        "place": publication.place,
        "state": entry.state,
        "kind": publication.report.state,
        "late": entry.late,
        "address": reverse("public:report", args=[entry.code]),
    }


def _wards(bounds: Bounds) -> list[dict[str, Any]]:
    return [
        {"name": ward.name, "at": [round(ward.latitude, 5), round(ward.longitude, 5)]}
        for ward in report_map.wards_named(bounds)
    ]
