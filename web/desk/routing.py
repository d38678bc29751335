"""Routing rules on the desk: listed, tried on past reports, then saved or removed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from casework import routing_rules
from casework.categories import CATEGORY_NAMES
from casework.errors import NamesNothing, PointsNowhere, RuleProblem, RuleWithoutReason
from casework.models import RoutingRule
from casework.routing_rules import Change
from office.models import Unit
from web.desk.doors import DeskRequest, city_page

#: Of the reports that would have gone elsewhere, so many are shown; all of them are counted.
SHOWN = 20
WARDS = Unit.objects.filter(kind__in=(Unit.Kind.WARD, Unit.Kind.COMMUNE))
TOLD: dict[type[RuleProblem], tuple[str, str]] = {
    NamesNothing: ("category", "Anh/chị chọn loại việc, phường xã, hoặc cả hai."),
    PointsNowhere: (
        "unit",
        "Đơn vị này không nhận phản ánh và chưa ghi nơi liên hệ. Ghi ở trang Đơn vị trước.",
    ),
    RuleWithoutReason: ("reason", "Anh/chị ghi lý do trong một dòng, để người sau hiểu."),
}


class RuleForm(forms.Form):
    """A rule as it is to be; `remove` takes the one for the same matter away."""

    category = forms.ChoiceField(
        required=False, choices=[("", "Mọi loại việc"), *CATEGORY_NAMES.items()], label="Loại việc"
    )
    ward = forms.ModelChoiceField(
        queryset=WARDS, required=False, empty_label="Mọi nơi", label="Phường, xã", to_field_name="code"
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.all(),
        required=False,
        empty_label="– Chọn –",
        label="Đơn vị nhận",
        to_field_name="code",
    )
    reason = forms.CharField(max_length=300, required=False, label="Lý do")
    remove = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given["remove"] and not given["unit"]:
            self.add_error("unit", "Anh/chị chọn đơn vị nhận.")
        if not self.errors:
            try:
                routing_rules.check(self.change, reason=given["reason"])
            except RuleProblem as problem:
                self.add_error(*TOLD[type(problem)])
        return given

    @property
    def change(self) -> Change:
        given = self.cleaned_data
        return Change(
            category=given["category"], ward=given["ward"], unit=None if given["remove"] else given["unit"]
        )


@city_page("GET", "POST")
def show(request: DeskRequest) -> HttpResponse:
    """GET: the rules and the form. POST: the change tried on past reports; with `saved`, saved as well."""
    if request.method != "POST":
        return _page(request, RuleForm(initial=request.GET.dict()))
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("saved"):
        routing_rules.apply(form.change, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Đã lưu quy tắc. Phản ánh gửi từ bây giờ đi theo quy tắc mới.")
        return redirect("desk:routing")
    return _page(request, form, tried=routing_rules.trial([form.change]))


def _page(request: DeskRequest, form: RuleForm, *, status: int = 200, tried: Any = None) -> HttpResponse:
    context = {
        "room": "routing",
        "form": form,
        "rules": RoutingRule.objects.select_related("ward", "unit", "set_by"),
        "tried": tried,
        "shown": tried.moved[:SHOWN] if tried else (),
        "change": form.change if tried else None,
        "cautions": routing_rules.cautions(form.change) if tried else (),
    }
    return render(request, "desk/routing.html", context, status=status)
