"""The door of the office: sign in and sign out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from office import audit
from office.models import AuditEntry, Staff

WINDOW = timedelta(minutes=15)
TRIES = 10
REFUSED = "sign_in.refused"

WRONG = (
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Anh/chị kiểm tra lại (có phân biệt chữ hoa, chữ thường). "
    "Nếu quên mật khẩu, xin liên hệ quản trị viên của đơn vị."
)
TOO_OFTEN = "Đã thử sai quá nhiều lần. Anh/chị đợi 15 phút rồi thử lại, hoặc liên hệ quản trị viên."


class SignInForm(AuthenticationForm):
    """Name and password. A wrong pair and a closed account get the same sentence; guessing is limited."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}  # noqa: RUF012 -- Django declares it so

    def clean(self) -> dict[str, Any]:
        if _refusals(self._subject()) >= TRIES:
            raise ValidationError(TOO_OFTEN, code="too_often")
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        audit.note(REFUSED, self._subject(), None)
        return super().get_invalid_login_error()

    def _subject(self) -> str:
        """Who is guessed at and from where, so that nobody locks an official out from elsewhere."""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        return f"{self.cleaned_data.get('username', '')[:70]} @ {address}"


def _refusals(subject: str) -> int:
    recent = AuditEntry.objects.filter(action=REFUSED, at__gt=timezone.now() - WINDOW)
    return recent.filter(subject=subject).count()


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
