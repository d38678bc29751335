"""The labels an office uses: named, renamed, retired by supervisors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casework import labels
from casework.errors import LabelProblem
from casework.models import Label
from web.desk.doors import DeskRequest, overseers_page


@overseers_page("GET", "POST")
def show(request: DeskRequest) -> HttpResponse:
    """GET: the labels. POST: a new one."""
    if request.method != "POST":
        return _page(request)
    try:
        label = labels.make(request.POST.get("name", ""), request.user)
    except LabelProblem as problem:
        return _page(request, problem=str(problem), name=request.POST.get("name", ""), status=422)
    messages.success(request, f"Đã thêm nhãn {label.name}.")
    return redirect("desk:labels")


@overseers_page("POST")
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """do: "rename", "retire" or "offer"."""
    label, do = get_object_or_404(Label, pk=pk), request.POST.get("do", "")
    try:
        if do == "rename":
            labels.rename(label, request.POST.get("name", ""), request.user)
        elif do in ("retire", "offer"):
            labels.retire(label, request.user, retired=do == "retire")
    except LabelProblem as problem:
        return _page(request, problem=str(problem), problem_with=pk, status=422)
    messages.success(request, "Đã lưu nhãn.")
    return redirect("desk:labels")


def _page(request: DeskRequest, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"room": "labels", "labels": labels.with_uses(), "longest": labels.LONGEST, **more}
    return render(request, "desk/labels.html", context, status=status)
