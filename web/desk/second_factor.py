"""The second factor: asked for after the password, set up, taken away."""

from __future__ import annotations

from datetime import datetime

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe

from office import second_factor, sessions, sign_ins
from web.desk.doors import DeskRequest, own_page
from web.desk.sign_in import room_of, whence
from web.doors import half_signed_in_page

WRONG = "Mã chưa đúng. Anh/chị đợi mã mới rồi nhập lại; đồng hồ điện thoại phải chạy đúng giờ."
MUST_HAVE = "Vai trò của anh/chị phải có xác thực hai bước. Đổi điện thoại thì nhờ quản trị viên."


@half_signed_in_page("GET", "POST")
def ask(request: DeskRequest) -> HttpResponse:
    """GET: the question. POST: a code, and on to where the person wanted to go."""
    if second_factor.is_verified(request.user) or not second_factor.is_set_up(request.user):
        return redirect(_goal(request))
    problem = ""
    if request.method == "POST":
        checked = second_factor.check(request.user, request.POST.get("code", ""), whence(request))
        if checked.device is not None:
            second_factor.remember(request, checked.device)
            sign_ins.note_done(request.user, whence(request))
            return redirect(_goal(request))
        problem = _problem(checked.until)
    context = {"at_door": True, "problem": problem, "next": _wanted(request)}
    return render(request, "office/second_factor.html", context, status=422 if problem else 200)


@half_signed_in_page("GET", "POST")
def set_up(request: DeskRequest) -> HttpResponse:
    """GET: the code to scan. POST: the first code the telephone shows; then the backup codes, this once.

    Open to who has none and must have one; who has one already gives its code first.
    """
    if second_factor.is_set_up(request.user):
        return redirect("desk:account")
    problem = ""
    if request.method == "POST":
        checked = second_factor.confirm(request.user, _digits(request))
        if checked.device is not None:
            second_factor.remember(request, checked.device)
            sessions.end_all(request.user, but=request.session.session_key or "")
            return _backup_codes(request, "Đã bật xác thực hai bước. Các phiên đăng nhập khác đã kết thúc.")
        problem = _problem(checked.until)
    return _set_up_page(request, problem)


@own_page("POST")
def renew_codes(request: DeskRequest) -> HttpResponse:
    if not second_factor.is_set_up(request.user):
        return redirect("desk:account")
    return _backup_codes(request, "Đã tạo mã dự phòng mới. Mã cũ không dùng được nữa.")


@own_page("POST")
def take_away(request: DeskRequest) -> HttpResponse:
    """Only with a code, and not where the role must have one."""
    if second_factor.is_required(request.user):
        messages.error(request, MUST_HAVE)
        return redirect("desk:account")
    checked = second_factor.check(request.user, request.POST.get("code", ""), whence(request))
    if checked.device is None:
        messages.error(request, _problem(checked.until))
        return redirect("desk:account")
    second_factor.take_away(request.user, by=request.user)
    messages.success(request, "Đã tắt xác thực hai bước.")
    return redirect("desk:account")


def _set_up_page(request: DeskRequest, problem: str) -> HttpResponse:
    device = second_factor.to_confirm(request.user)
    picture = segno.make_qr(device.config_url, error="m").svg_inline(omitsize=True, border=4)
    context = {
        "at_door": second_factor.is_required(request.user),
        "room": "account",
        # segno draws paths only; nothing of the address is in it as text.
        "picture": mark_safe(picture),  # noqa: S308
        "key": second_factor.key_words(device),
        "problem": problem,
    }
    return render(request, "desk/second_factor_setup.html", context, status=422 if problem else 200)


def _backup_codes(request: DeskRequest, told: str) -> HttpResponse:
    codes = second_factor.new_backup_codes(request.user)
    return render(
        request, "desk/backup_codes.html", {"codes": codes, "told": told, "goal": room_of(request.user)}
    )


def _problem(until: datetime | None) -> str:
    if until is None:
        return WRONG
    seconds = max(1, int((until - timezone.now()).total_seconds()) + 1)
    wait = f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"
    return f"Nhập sai nên phải đợi {wait}. Mất điện thoại thì dùng mã dự phòng hoặc nhờ quản trị viên."


def _digits(request: DeskRequest) -> str:
    return "".join(request.POST.get("code", "").split())


def _wanted(request: DeskRequest) -> str:
    """Only a page of ours: an address from elsewhere is dropped."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def _goal(request: DeskRequest) -> str:
    return _wanted(request) or room_of(request.user)
