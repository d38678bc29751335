"""The letter that brings a password link to the person it is for, where the operator named a mail server."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from office.models import PasswordLink
from office.password_links import MadeLink

log = structlog.get_logger(__name__)

SUBJECTS = {
    PasswordLink.Kind.INVITATION: "Một Cửa: lời mời vào bàn làm việc",
    PasswordLink.Kind.RESET: "Một Cửa: đặt lại mật khẩu",
}


def send(made: MadeLink, address: str) -> str:
    """Write to the person, at once. Returns where to; "" when it was not sent: hand the link over yourself.

    address: the whole of the link. Not inside a transaction: a mail server may take its time.
    """
    to = made.link.staff.email
    if not (settings.EMAIL_HOST and to):
        return ""
    letter = EmailMessage(SUBJECTS[PasswordLink.Kind(made.link.kind)], _text(made, address), to=[to])
    try:
        letter.send()
    except (OSError, SMTPException) as problem:
        log.warning("password_link_not_sent", problem=str(problem))
        return ""
    return to


def _text(made: MadeLink, address: str) -> str:
    until = timezone.localtime(made.link.expires_at)
    return (
        f"Chào {made.link.staff.display_name},\n\n"
        f"Anh/chị mở liên kết này để đặt mật khẩu, trước {until:%H:%M ngày %d/%m/%Y}:\n{address}\n\n"
        f"Tên đăng nhập: {made.link.staff.username}. Liên kết chỉ dùng một lần.\n"
        "Một Cửa không bao giờ hỏi mật khẩu hay mã xác thực. Không chờ thư này thì xin báo quản trị viên.\n"
    )
