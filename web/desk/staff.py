"""The staff: listed, and invited by a link that is shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nlu.text import fold
from office import accounts, link_letters, second_factor
from office.errors import AccountProblem, UnitMissing, WrongAddress, WrongName
from office.models import Staff, Unit
from office.password_links import MadeLink
from web.desk.doors import DeskRequest, overseers_page
from web.site import address_of_site

A_PAGE = 50


class WorkForm(forms.Form):
    """What a person does here, as far as `by` may give it, and where mail reaches the person."""

    email = forms.EmailField(required=False, error_messages={"invalid": str(WrongAddress())})
    role = forms.ChoiceField()
    units = forms.ModelMultipleChoiceField(queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [(role.value, role.label) for role in accounts.roles_for(by)]
        self.fields["role"] = forms.ChoiceField(choices=given)
        self.fields["units"] = forms.ModelMultipleChoiceField(
            queryset=accounts.units_for(by), required=False, widget=forms.CheckboxSelectMultiple
        )

    def clean_role(self) -> Staff.Role:
        return Staff.Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") in accounts.NEED_A_UNIT and not given.get("units"):
            self.add_error("units", str(UnitMissing()))
        return given


class MemberForm(WorkForm):
    """As WorkForm, with the person's name: what the person gave may be wrong, or change."""

    last_name = forms.CharField(required=False, max_length=150)
    first_name = forms.CharField(required=False, max_length=150)
    field_order = ("last_name", "first_name", "email", "role", "units")


class InvitationForm(WorkForm):
    """Who is invited. The person's own name is asked of the person."""

    username = forms.CharField(error_messages={"required": "Anh/chị ghi tên đăng nhập."})
    field_order = ("username", "email", "role", "units")

    def clean_username(self) -> str:
        try:
            return accounts.checked_name(self.cleaned_data["username"])
        except WrongName as problem:
            raise forms.ValidationError(str(problem)) from problem


@overseers_page("GET", "POST")
def show_all(request: DeskRequest) -> HttpResponse:
    """GET: the people and the form. POST: invite one, and show the link this once."""
    form = InvitationForm(request.POST if request.method == "POST" else None, by=request.user)
    if not (form.is_bound and form.is_valid()):
        return _listed(request, form)
    try:
        made = accounts.invite(**form.cleaned_data, by=request.user)
    except AccountProblem as problem:
        form.add_error("username", str(problem))
        return _listed(request, form)
    return _listed(request, InvitationForm(by=request.user), made=told(request, made))


def told(request: DeskRequest, made: MadeLink) -> dict[str, object]:
    """A link made just now, sent if there is a way, as its page shows it this once."""
    path = reverse("desk:set-password", args=[made.words])
    address = f"{address_of_site(request)}{path}"
    return {"link": made.link, "address": address, "mailed_to": link_letters.send(made, address)}


def _listed(request: DeskRequest, form: InvitationForm, **more: Any) -> HttpResponse:
    wanted = fold(request.GET.get("q", "")).strip()
    found = [one for one in _people(request.user) if wanted in _said(one)]
    context = {
        "room": "staff",
        "form": form,
        "wanted": request.GET.get("q", ""),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        **more,
    }
    return render(request, "desk/staff.html", context, status=422 if form.errors else 200)


def _people(by: Staff) -> QuerySet[Staff]:
    has_factor = Exists(second_factor.devices().filter(user=OuterRef("pk")))
    return accounts.people_for(by).annotate(has_factor=has_factor).prefetch_related("units")


def _said(staff: Staff) -> str:
    units = " ".join(unit.name for unit in staff.units.all())
    return fold(f"{staff.display_name} {staff.username} {staff.get_role_display()} {units}")
