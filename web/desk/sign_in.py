"""The door of the office: sign in, sign out, and what who guessed too often reads."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from office import duties, second_factor, sign_ins
from office.models import Staff
from web import unsent
from web.desk.devices import device_words
from web.doors import network_address

WRONG = (
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Anh/chị kiểm tra lại (có phân biệt chữ hoa, chữ thường). "
    "Nếu quên mật khẩu, xin liên hệ quản trị viên của đơn vị."
)


class SignInForm(AuthenticationForm):
    """Name and password. A wrong pair and a closed account get the same sentence; django-axes counts."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}  # noqa: RUF012 -- Django declares it so


class DeskSignIn(LoginView):
    template_name = "office/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Who has a second factor is in the register once the code was given (web.desk.second_factor)."""
        response = super().form_valid(form)
        staff = form.get_user()
        if not second_factor.is_set_up(staff):
            sign_ins.note_done(staff, whence(self.request))
        unsent.signed_in(self.request, response)
        return response

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(**more, has_unsent=unsent.waits(self.request))

    def get_default_redirect_url(self) -> str:
        user = self.request.user
        return room_of(user) if isinstance(user, Staff) else reverse("desk:queue")


class DeskSignOut(LogoutView):
    """Who leaves is not on duty any more."""

    next_page = "desk:sign-in"

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if isinstance(request.user, Staff):
            duties.go_off(request.user, by=request.user)
        return super().post(request, *args, **kwargs)


def room_of(staff: Staff) -> str:
    """Where the person's work is: editors without desk work go to their own room."""
    return reverse("desk:queue") if staff.may_work_at_desk else "/editor/"


def whence(request: HttpRequest) -> sign_ins.Whence:
    """From where somebody asks, as the register says it."""
    device = device_words(request.headers.get("User-Agent", ""))
    return sign_ins.Whence(address=network_address(request), device=device)


def locked_out(request: HttpRequest, *_handed_over: object) -> HttpResponse:
    """Instead of the form, once a name was guessed at too often from this address (AXES_LOCKOUT_CALLABLE)."""
    return render(
        request,
        "office/locked_out.html",
        {"until": sign_ins.locked_until(request)},
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
