"""Units on the desk: who oversees whom, who takes reports, who only points elsewhere."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nlu.text import fold
from office.errors import GoesInACircle, NoSignpost
from office.models import Unit
from office.units import set_unit
from web.desk.doors import DeskRequest, city_page

#: What the list of units names as its source, in the words of the desk; another source stands as it is.
SOURCES = {
    "starter": "dữ liệu ban đầu của phần mềm",
    "vietnamese-provinces-database": "danh mục phường, xã từ 01/7/2025 (vietnamese-provinces-database)",
}


class UnitForm(forms.Form):
    """What an office says of one of its units."""

    parent = forms.ModelChoiceField(
        queryset=Unit.objects.all(), required=False, empty_label="Không có", label="Đơn vị cấp trên"
    )
    takes_reports = forms.BooleanField(required=False, label="Nhận thẳng phản ánh ở nơi mình")
    is_signpost_only = forms.BooleanField(
        required=False, label="Không nhận phản ánh ở đây, chỉ chỉ nơi liên hệ"
    )
    signpost = forms.CharField(max_length=300, required=False, label="Nơi liên hệ, người dân đọc được")


@city_page("GET")
def show_all(request: DeskRequest) -> HttpResponse:
    wanted = fold(request.GET.get("q", "")).strip()
    people = Count("staff", filter=Q(staff__is_active=True))
    units = Unit.objects.select_related("parent").annotate(people=people)
    context = {
        "room": "units",
        "wanted": request.GET.get("q", ""),
        "units": [unit for unit in units if wanted in fold(unit.name)],
    }
    return render(request, "desk/units.html", context)


@city_page("GET", "POST")
def show(request: DeskRequest, code: str) -> HttpResponse:
    unit = get_object_or_404(Unit, code=code)
    as_it_is = {name: getattr(unit, name) for name in UnitForm.base_fields}
    form = UnitForm(request.POST or None, initial=as_it_is)
    if form.is_valid():
        try:
            set_unit(unit, **form.cleaned_data, by=request.user)
        except GoesInACircle:
            form.add_error("parent", "Cấp trên không thể là chính đơn vị này hay đơn vị dưới nó.")
        except NoSignpost:
            form.add_error(
                "signpost", "Anh/chị ghi nơi người dân liên hệ: điện thoại, địa chỉ hoặc trang web."
            )
        else:
            messages.success(request, f"Đã lưu {unit.name}.")
            return redirect("desk:units")
    source = SOURCES.get(unit.source, unit.source)
    context = {"room": "units", "unit": unit, "source": source, "form": form}
    return render(request, "desk/unit.html", context, status=422 if form.errors else 200)
