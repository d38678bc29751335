"""Service points: found by ward, name or kind; added and changed, with who says so and when checked."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nlu.text import fold
from office import service_points
from office.links import safe_url
from office.models import ServicePoint, Unit
from web.editor.doors import EditorRequest, editor_page
from web.editor.fields import CleanText, Lines
from web.editor.local_value_forms import Day, PastDay

A_PAGE = 50
SAVED = "Đã lưu. Người hỏi “nộp ở đâu” được trả lời theo đó từ bây giờ."
PROBLEMS = "Có chỗ chưa đúng, được ghi ngay tại ô. Những gì anh/chị đã nhập vẫn còn nguyên."
_TEXTS = ("name", "address", "hours", "phone", "booking", "booking_url", "source")
_DAYS = ("valid_from", "valid_to", "checked_on")


class ServicePointForm(forms.Form):
    """A counter. What nobody knows stays empty."""

    kind = forms.ChoiceField(choices=ServicePoint.Kind.choices)
    name = CleanText(max_length=200, missing="Anh/chị ghi tên điểm tiếp nhận.")
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.all(), required=False, empty_label="Không thuộc riêng phường, xã nào"
    )
    address = CleanText(required=False, max_length=300)
    hours = CleanText(required=False, max_length=200)
    phone = CleanText(required=False, max_length=60)
    fields_served = Lines(required=False)
    booking = CleanText(required=False, max_length=200)
    booking_url = forms.URLField(
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Đường dẫn chưa đúng. Ví dụ: https://…gov.vn/…"},
    )
    valid_from = Day(required=False)
    valid_to = Day(required=False)
    source = CleanText(max_length=300, missing="Anh/chị ghi ai hoặc văn bản nào cho biết điều này.")
    checked_on = PastDay()

    def clean_booking_url(self) -> str:
        url: str = self.cleaned_data["booking_url"]
        if url and not safe_url(url):
            raise forms.ValidationError(service_points.OUTSIDE)
        return url

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begin, end = given.get("valid_from"), given.get("valid_to")
        if begin and end and end < begin:
            self.add_error("valid_to", "Ngày thôi hoạt động không thể trước ngày bắt đầu.")
        return given


@editor_page("GET")
def show(request: EditorRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("kind", "")
    points = ServicePoint.objects.select_related("unit")
    if kind in ServicePoint.Kind.values:
        points = points.filter(kind=kind)
    wanted = fold(words).split()
    found = [point for point in points if all(word in _folded(point) for word in wanted)]
    context = {
        "room": "editor",
        "place": "points",
        "words": words,
        "kind": kind,
        "kinds": ServicePoint.Kind.choices,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "editor/service_points.html", context)


def _folded(point: ServicePoint) -> str:
    return fold(f"{point.name} {point.address} {point.unit or ''}")


@editor_page("GET", "POST")
def add(request: EditorRequest) -> HttpResponse:
    return _edited(request, ServicePoint())


@editor_page("GET", "POST")
def edit(request: EditorRequest, code: str) -> HttpResponse:
    return _edited(request, get_object_or_404(ServicePoint, code=code))


def _edited(request: EditorRequest, point: ServicePoint) -> HttpResponse:
    form = ServicePointForm(request.POST) if request.method == "POST" else _opened(point)
    if form.is_bound and form.is_valid():
        _save(point, form.cleaned_data, request)
        messages.success(request, SAVED)
        return redirect("editor:service-points")
    problem = PROBLEMS if form.is_bound else ""
    context = {"room": "editor", "place": "points", "point": point, "form": form, "problem": problem}
    return render(request, "editor/service_point.html", context, status=422 if problem else 200)


def _opened(point: ServicePoint) -> ServicePointForm:
    initial = {name: getattr(point, name) for name in (*_TEXTS, *_DAYS)}
    kind = point.kind or ServicePoint.Kind.WARD
    return ServicePointForm(
        initial={**initial, "kind": kind, "unit": point.unit_id, "fields_served": "\n".join(point.fields)}
    )


def _save(point: ServicePoint, given: dict[str, Any], request: EditorRequest) -> None:
    values = {name: given[name] for name in (*_TEXTS, *_DAYS, "kind", "unit")}
    values["fields"] = list(given["fields_served"])
    changed = [name for name, value in values.items() if getattr(point, name) != value]
    for name in changed:
        setattr(point, name, values[name])
    is_new = point.pk is None
    point.code = point.code or f"{point.kind.replace('_', '-')}-{token_hex(4)}"
    service_points.save(point, request.user, "new" if is_new else "changed", changed=", ".join(changed))
