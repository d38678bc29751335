"""The door of the office: sign in, sign out, and who may enter which room."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import reverse

from office.models import Staff


class SignInForm(AuthenticationForm):
    """Name and password; a wrong pair and a closed account get the same sentence."""

    error_messages = {  # noqa: RUF012 -- Django declares it so
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Anh/chị kiểm tra lại (có phân biệt chữ hoa, "
        "chữ thường). Nếu quên mật khẩu, xin liên hệ quản trị viên của đơn vị.",
        "inactive": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
    }


class DeskSignIn(LoginView):
    template_name = "office/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Editors without desk work go to their own room."""
        user = self.request.user
        if isinstance(user, Staff) and not user.may_work_at_desk:
            return "/editor/"
        return reverse("desk:queue")


class DeskSignOut(LogoutView):
    next_page = "desk:sign-in"
