"""API keys on the desk: given to another system and shown once, listed, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from office import api_keys
from office.models import ApiKey, Unit
from web.desk.doors import DeskRequest, administrators_page
from web.site import address_of_site

A_PAGE = 50


class KeyForm(forms.Form):
    """To whom a key is given."""

    name = forms.CharField(max_length=120)
    unit = forms.ModelChoiceField(queryset=Unit.objects.all(), required=False, empty_label="– Không ghi –")


@administrators_page("GET", "POST")
def show(request: DeskRequest) -> HttpResponse:
    """GET: the form and the keys. POST: make one, and show it this once."""
    form = KeyForm(request.POST) if request.method == "POST" else KeyForm()
    if form.is_bound and form.is_valid():
        made = api_keys.make(**form.cleaned_data, by=request.user)
        return _listed(request, KeyForm(), made=made)
    return _listed(request, form)


@administrators_page("POST")
def revoke(request: DeskRequest, number: int) -> HttpResponse:
    if api_keys.revoke(number, by=request.user):
        messages.success(request, "Đã thu hồi khoá. Hệ thống dùng khoá này từ nay không gửi phản ánh được.")
    else:
        messages.warning(request, "Khoá này đã được thu hồi từ trước.")
    return redirect("desk:keys")


def _listed(request: DeskRequest, form: KeyForm, **more: Any) -> HttpResponse:
    found = ApiKey.objects.select_related("unit", "created_by")
    context = {
        "room": "keys",
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "endpoint": f"{address_of_site(request)}/open311/v2",
        **more,
    }
    return render(request, "desk/keys.html", context, status=422 if form.errors else 200)
