"""An appointment as a calendar file, for who has its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from casework.calendar_file import calendar_file
from casework.models import Appointment


@require_safe
def file(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 -- the token is the right to read it
    """As it stands now: a moved one has its new time, a cancelled one says so."""
    appointment = get_object_or_404(Appointment.objects.select_related("counter"), token=token)
    name = f'attachment; filename="{appointment.number}.ics"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(
        calendar_file(appointment), content_type="text/calendar; charset=utf-8", headers=headers
    )
