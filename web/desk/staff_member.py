"""One member of the staff: what he does here, and what is done with the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casework import leaving
from office import accounts, audit, password_links, second_factor, sessions, sign_ins
from office.errors import AccountProblem, NotOneself
from office.models import AuditEntry, PasswordLink, Staff
from web.desk import audit_lines
from web.desk.doors import DeskRequest, overseers_page
from web.desk.staff import MemberForm, told

#: Lines of the register below the account.
ACTS_SHOWN = 20


@overseers_page("GET")
def show(request: DeskRequest, number: int) -> HttpResponse:
    return _page(request, _member(request, number))


@overseers_page("POST")
def change(request: DeskRequest, number: int) -> HttpResponse:
    member = _member(request, number)
    form = MemberForm(request.POST, by=request.user)
    if not form.is_valid():
        return _page(request, member, status=422, form=form)

    def do() -> str:
        seen = request.POST.get("seen", "")
        to = accounts.Particulars(**form.cleaned_data)
        given_back = leaving.change(member, to, seen=seen, by=request.user)
        return f"Đã lưu. Có hiệu lực ngay.{_waits_again(given_back)}"

    return _act(request, member, do, form=form)


@overseers_page("POST")
def switch_off(request: DeskRequest, number: int) -> HttpResponse:
    member, reason = _member(request, number), request.POST.get("reason", "")

    def do() -> str:
        given_back = leaving.switch_off(member, reason=reason, by=request.user)
        return f"Đã tắt tài khoản, mọi phiên đăng nhập đã kết thúc.{_waits_again(given_back)}"

    return _act(request, member, do, reason=reason)


def _waits_again(given_back: leaving.InHand) -> str:
    """ " 2 hồ sơ, 1 phản ánh trở lại “Chưa ai nhận”."; "" for nothing."""
    counted = ((given_back.cases, "hồ sơ"), (given_back.reports, "phản ánh"))
    named = ", ".join(f"{many} {what}" for many, what in counted if many)
    return f" {named} trở lại “Chưa ai nhận”." if named else ""


@overseers_page("POST")
def switch_on(request: DeskRequest, number: int) -> HttpResponse:
    member, reason = _member(request, number), request.POST.get("reason", "")

    def do() -> str:
        accounts.switch_on(member, reason=reason, by=request.user)
        return "Đã bật lại tài khoản."

    return _act(request, member, do, reason=reason)


@overseers_page("POST")
def make_link(request: DeskRequest, number: int) -> HttpResponse:
    """A new invitation for who has not come yet, else a link to a new password; shown this once."""
    member = _member(request, number)
    if member.pk == request.user.pk:
        return _page(request, member, status=409, problem=str(NotOneself()))
    kind = PasswordLink.Kind.RESET if member.has_usable_password() else PasswordLink.Kind.INVITATION
    made = password_links.make(member, kind=kind, by=request.user)
    return _page(request, member, made=told(request, made))


@overseers_page("POST")
def take_second_factor(request: DeskRequest, number: int) -> HttpResponse:
    member = _member(request, number)

    def do() -> str:
        _refuse_oneself(request, member)
        with transaction.atomic():
            gone = second_factor.take_away(member, by=request.user)
            sessions.end_all(member)
        return "Đã xoá xác thực hai bước; người này cài lại khi đăng nhập." if gone else "Chưa cài từ trước."

    return _act(request, member, do)


@overseers_page("POST")
def unlock(request: DeskRequest, number: int) -> HttpResponse:
    member = _member(request, number)

    def do() -> str:
        lifted = sign_ins.lift(member, by=request.user)
        return "Đã mở khoá: đăng nhập lại được ngay." if lifted else "Tài khoản không bị khoá đăng nhập."

    return _act(request, member, do)


@overseers_page("POST")
def end_sessions(request: DeskRequest, number: int) -> HttpResponse:
    member = _member(request, number)

    def do() -> str:
        _refuse_oneself(request, member)
        with transaction.atomic():
            ended = sessions.end_all(member)
            audit.note("account.sessions_ended", audit.subject_of(member), request.user, sessions=ended)
        return f"Đã kết thúc {ended} phiên đăng nhập."

    return _act(request, member, do)


def _member(request: DeskRequest, number: int) -> Staff:
    return get_object_or_404(accounts.people_for(request.user), pk=number)


def _refuse_oneself(request: DeskRequest, member: Staff) -> None:
    if member.pk == request.user.pk:
        raise NotOneself("Việc này với tài khoản của mình thì làm ở trang Tài khoản của tôi.")


def _act(request: DeskRequest, member: Staff, do: Callable[[], str], **typed: Any) -> HttpResponse:
    """Do it and say what came of it; refused, the page tells why and keeps what was typed."""
    try:
        done = do()
    except AccountProblem as problem:
        member.refresh_from_db()
        return _page(request, member, status=409, problem=str(problem), **typed)
    messages.success(request, done)
    return redirect("desk:staff-member", number=member.pk)


def _acts_on(member: Staff) -> list[audit_lines.Line]:
    """The newest first, without the sign-ins of every day, which the register has."""
    acts = AuditEntry.objects.filter(subject=audit.subject_of(member)).exclude(action="sign_in.done")
    return audit_lines.lines(acts.select_related("actor").order_by("-id")[:ACTS_SHOWN])


def _page(request: DeskRequest, member: Staff, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "room": "staff",
        "member": member,
        "is_oneself": member.pk == request.user.pk,
        "form": MemberForm(initial=vars(accounts.particulars_of(member)), by=request.user),
        "seen": accounts.state_of(member),
        "is_set_up": second_factor.is_set_up(member),
        "locks": sign_ins.locks_of(member.get_username()),
        "sessions": sessions.of(member),
        "held": leaving.held_by(member),
        "open_link": member.password_links.filter(ended_at=None).first(),
        "acts": _acts_on(member),
        "subject": audit.subject_of(member),
        **more,
    }
    return render(request, "desk/staff_member.html", context, status=status)
