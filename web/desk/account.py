"""A person's own account: the password, the second factor, and where one is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import password_validation, update_session_auth_hash
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from office import audit, second_factor, sessions
from office.models import SignedIn
from web.desk.doors import DeskRequest, own_page
from web.desk.password_forms import OwnPasswordForm


@own_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    staff = request.user
    context = {
        "room": "account",
        "units": staff.units.all(),
        "is_set_up": second_factor.is_set_up(staff),
        "is_required": second_factor.is_required(staff),
        "codes_left": second_factor.backup_codes_left(staff),
        "sessions": sessions.of(staff),
        "this_one": request.session.session_key,
        "limits": sessions.limits(),
    }
    return render(request, "desk/account.html", context)


@own_page("GET", "POST")
def password(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: set a new password; the person stays signed in here and nowhere else."""
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, staff=request.user)
    if form.is_bound and form.is_valid():
        _set(request, form.cleaned_data["password"])
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return redirect("desk:account")
    context = {
        "room": "account",
        "form": form,
        "rules": password_validation.password_validators_help_texts(),
    }
    return render(request, "desk/password.html", context, status=422 if form.errors else 200)


@own_page("POST")
def end_session(request: DeskRequest, number: int) -> HttpResponse:
    if SignedIn.objects.filter(pk=number).exclude(staff=request.user).exists():
        raise Http404
    if _end_noted(request, lambda: int(sessions.end(request.user, number))):
        messages.success(request, "Đã kết thúc phiên đăng nhập đó.")
    else:
        messages.warning(request, "Phiên đăng nhập đó đã kết thúc từ trước.")
    return redirect("desk:account")


@own_page("POST")
def end_others(request: DeskRequest) -> HttpResponse:
    here = request.session.session_key or ""
    ended = _end_noted(request, lambda: sessions.end_all(request.user, but=here))
    messages.success(request, f"Đã kết thúc {ended} phiên đăng nhập khác.")
    return redirect("desk:account")


@transaction.atomic
def _end_noted(request: DeskRequest, end: Callable[[], int]) -> int:
    """How many sessions ended; in the register, unless none did."""
    ended = end()
    if ended:
        audit.note("account.sessions_ended", audit.subject_of(request.user), request.user, sessions=ended)
    return ended


@transaction.atomic
def _set(request: DeskRequest, new: str) -> None:
    staff = request.user
    staff.set_password(new)
    staff.save(update_fields=["password"])
    sessions.end_all(staff, but=request.session.session_key or "")
    audit.note("account.password_set", audit.subject_of(staff), staff)
    update_session_auth_hash(request, staff)
