"""On a report's page: where else it was entered, and under which number."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from casework import external_entries, visibility
from casework.errors import EntryIncomplete, EntryInTheFuture, NumberOfAnother
from casework.external_entries import LONGEST
from web.desk.doors import DeskRequest, desk_page

SAID = {
    EntryIncomplete: "Anh/chị ghi đủ tên hệ thống, số ở hệ thống ấy và lúc nhập.",
    EntryInTheFuture: "Lúc nhập không thể ở sau hiện tại. Anh/chị xem lại giờ, ngày.",
    NumberOfAnother: "Số này ở hệ thống ấy đã ghi cho một phản ánh khác. Anh/chị kiểm tra lại số.",
}


class EntryForm(forms.Form):
    """What is typed; what is missing is told by the entry itself."""

    system = forms.CharField(required=False, max_length=LONGEST)
    number = forms.CharField(required=False, max_length=LONGEST)
    entered_at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@desk_page("POST")
def enter(request: DeskRequest, code: str) -> HttpResponse:
    report = get_object_or_404(visibility.reports_for(request.user), code=code)
    form = EntryForm(request.POST)
    form.is_valid()
    given = {name: form.cleaned_data.get(name) or "" for name in ("system", "number")}
    try:
        entry = external_entries.checked(
            **given, entered_at=form.cleaned_data.get("entered_at"), now=timezone.now()
        )
        changed = external_entries.enter(report, entry, request.user)
    except (EntryIncomplete, EntryInTheFuture, NumberOfAnother) as problem:
        messages.error(request, SAID[type(problem)])
    else:
        told = "Đã ghi" if changed else "Đã có sẵn"
        messages.success(request, f"{told}: {entry.system}, số {entry.number}.")
    return redirect("desk:report", code=code)
