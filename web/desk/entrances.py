"""QR codes on the desk: made for a ward or a procedure, listed, printed, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe

from bot.entrance_ways import ways_to
from knowledge_base.errors import ReleaseProblem
from knowledge_base.releases import pinned_library
from nlu.text import clean
from office import entrances
from office.models import Entrance, Unit
from web.desk.doors import DeskRequest, overseers_page
from web.site import address_of_site

A_PAGE = 50
ONE_OF_TWO = "Anh/chị chọn phường, xã, hoặc ghi mã thủ tục: một trong hai."
NO_SUCH_PROCEDURE = "Không có thủ tục nào mang mã này trong kho đang dùng. Mã có dạng 1.001193."


class EntranceForm(forms.Form):
    """Where a code leads."""

    ward = forms.ModelChoiceField(
        queryset=Unit.objects.filter(kind__in=entrances.WARDS), required=False, empty_label="– Chọn –"
    )
    procedure = forms.CharField(required=False, max_length=32)
    note = forms.CharField(required=False, max_length=200)

    def clean_procedure(self) -> str:
        code = clean(self.cleaned_data["procedure"])
        if code and code not in _titles():
            raise forms.ValidationError(NO_SUCH_PROCEDURE)
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and bool(given.get("ward")) == bool(given.get("procedure")):
            self.add_error("ward", ONE_OF_TWO)
        return given


@overseers_page("GET", "POST")
def show(request: DeskRequest) -> HttpResponse:
    """GET: the form and the codes. POST: make one, and show it for printing."""
    form = EntranceForm(request.POST) if request.method == "POST" else EntranceForm()
    if form.is_bound and form.is_valid():
        made = entrances.make(**form.cleaned_data, by=request.user)
        return redirect("desk:entrance", key=made.key)
    return _listed(request, form)


def _listed(request: DeskRequest, form: EntranceForm) -> HttpResponse:
    found = Entrance.objects.select_related("ward", "created_by")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    titles = _titles()
    context = {
        "room": "entrances",
        "form": form,
        "page": page,
        "rows": [(entrance, _leads_to(entrance, titles)) for entrance in page],
        "telegram": settings.TELEGRAM_NAME,
    }
    return render(request, "desk/entrances.html", context, status=422 if form.errors else 200)


@overseers_page("GET")
def poster(request: DeskRequest, key: str) -> HttpResponse:
    """One code on a sheet of A4, as it hangs at a counter."""
    entrance = get_object_or_404(Entrance.objects.select_related("ward"), key=key)
    context = {
        "room": "entrances",
        "entrance": entrance,
        "leads_to": _leads_to(entrance, _titles()),
        # Made of our own address by the library: nothing in it is anybody's words.
        "ways": [(way, mark_safe(way.svg())) for way in ways_to(entrance, site=address_of_site(request))],  # noqa: S308
        "is_local": not settings.PUBLIC_URL,
    }
    return render(request, "desk/entrance.html", context)


@overseers_page("POST")
def revoke(request: DeskRequest, key: str) -> HttpResponse:
    if entrances.revoke(key, by=request.user):
        messages.success(request, "Đã thu hồi mã. Ai quét mã này từ nay chỉ được chào như bình thường.")
    else:
        messages.warning(request, "Mã này đã được thu hồi từ trước.")
    return redirect("desk:entrances")


def _leads_to(entrance: Entrance, titles: dict[str, str]) -> str:
    if entrance.ward:
        return entrance.ward.name
    return titles.get(entrance.procedure, "Thủ tục không còn trong kho đang dùng")


def _titles() -> dict[str, str]:
    """Of what can be asked about, by code; {} while no release can be read."""
    try:
        with pinned_library() as library:
            return dict(library.titles())
    except ReleaseProblem:
        return {}
