"""The server through which the office's own mail goes; no address: no mail is sent at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from motcua.environment_values import EnvironmentProblem, is_loopback, refuse_without

ADVICE = (
    "the mail server as smtps://USER:PASSWORD@HOST:465 or smtp://USER:PASSWORD@HOST:587 (STARTTLS), "
    "or leave it out"
)


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """host: "" for none. sender: who the mail comes from.

    is_sealed: TLS from the first byte on; turns_to_tls: by STARTTLS.
    """

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    is_sealed: bool = False
    turns_to_tls: bool = False
    sender: str = ""


def read_mail(values: Mapping[str, str]) -> MailServer:
    """Raises EnvironmentProblem for an address that is none, or mail that would come from nobody."""
    url = values.get("MOTCUA_SMTP_URL", "")
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise EnvironmentProblem(f"MOTCUA_SMTP_URL is not an address of a mail server; set it to {ADVICE}.")
    sender = values.get("MOTCUA_MAIL_FROM", "")
    refuse_without(sender, "MOTCUA_MAIL_FROM", advice="whom the mail comes from, such as motcua@hanoi.gov.vn")
    is_sealed = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if is_sealed else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_sealed=is_sealed,
        turns_to_tls=not is_sealed and not is_loopback(parts),
        sender=sender,
    )
