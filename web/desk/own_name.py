"""A person corrects the own name."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from office import accounts
from office.errors import AccountMovedOn
from web.desk.doors import DeskRequest, own_page
from web.desk.password_forms import EMPTY


class OwnNameForm(forms.Form):
    """As an invited person says it."""

    last_name = forms.CharField(max_length=150, error_messages=EMPTY)
    first_name = forms.CharField(max_length=150, error_messages=EMPTY)


@own_page("GET", "POST")
def change(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: the name from now on; another's change meanwhile is shown first."""
    if request.method == "GET":
        named = {"last_name": request.user.last_name, "first_name": request.user.first_name}
        return _page(request, OwnNameForm(initial=named))
    form = OwnNameForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        accounts.rename(request.user, **form.cleaned_data, seen=request.POST.get("seen", ""))
    except AccountMovedOn as problem:
        return _page(request, form, status=409, problem=str(problem))
    messages.success(request, "Đã sửa họ tên.")
    return redirect("desk:account")


def _page(request: DeskRequest, form: OwnNameForm, *, status: int = 200, problem: str = "") -> HttpResponse:
    context = {"room": "account", "form": form, "problem": problem, "seen": accounts.state_of(request.user)}
    return render(request, "desk/own_name.html", context, status=status)
