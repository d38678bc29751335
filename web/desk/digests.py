"""The digest on the desk: whether one wants it, what was sent, and for administrators what did not go."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from casework import digests
from casework.digest_times import TIMES
from casework.models import DigestSent
from office import audit
from office.models import Staff
from web.desk.doors import DeskRequest, desk_page

#: So many of one's own are listed, and the failures of so many days.
OWN_SHOWN, DAYS_SHOWN = 10, timedelta(days=7)


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    failed = DigestSent.objects.filter(slot__gte=timezone.now() - DAYS_SHOWN, sent_at=None)
    context = {
        "room": "digests" if request.user.may_administer else "account",
        "is_on": digests.is_on(),
        "times": TIMES.kind.words(TIMES.current()),
        "own": DigestSent.objects.filter(staff=request.user)[:OWN_SHOWN],
        "failed": failed.select_related("staff") if request.user.may_administer else None,
    }
    return render(request, "desk/digests.html", context)


@desk_page("POST")
def choose(request: DeskRequest) -> HttpResponse:
    """Want it, or not any more."""
    wanted = request.POST.get("wanted") == "yes"
    if Staff.objects.filter(pk=request.user.pk, wants_digest=not wanted).update(wants_digest=wanted):
        audit.note("digest.wanted" if wanted else "digest.refused", request.user.username, request.user)
    said = "Anh/chị sẽ nhận thư tóm tắt." if wanted else "Anh/chị sẽ không nhận thư tóm tắt nữa."
    messages.success(request, said)
    return redirect("desk:digests")
