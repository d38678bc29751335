"""The mail server, as the operator names it."""

from __future__ import annotations

import pytest

from motcua.environment_values import EnvironmentProblem
from motcua.mail_environment import MailServer, read_mail

FROM = {"MOTCUA_MAIL_FROM": "motcua@hanoi.example"}


def test_without_an_address_there_is_no_mail() -> None:
    assert read_mail({}) == MailServer()


@pytest.mark.parametrize(
    ("url", "port", "is_sealed", "turns_to_tls"),
    [
        ("smtps://mail.example", 465, True, False),
        ("smtp://mail.example", 587, False, True),
        ("smtp://mail.example:2525", 2525, False, True),
        ("smtp://127.0.0.1:1025", 1025, False, False),
    ],
)
def test_mail_to_another_machine_is_always_encrypted(
    url: str, port: int, is_sealed: bool, turns_to_tls: bool
) -> None:
    server = read_mail({"MOTCUA_SMTP_URL": url, **FROM})
    assert (server.port, server.is_sealed, server.turns_to_tls) == (port, is_sealed, turns_to_tls)


def test_the_password_may_hold_any_character() -> None:
    server = read_mail({"MOTCUA_SMTP_URL": "smtps://motcua:a%40b%2Fc@mail.example", **FROM})
    assert (server.user, server.password) == ("motcua", "a@b/c")


@pytest.mark.parametrize("url", ["mail.example", "https://mail.example", "smtp://"])
def test_what_is_no_mail_server_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(EnvironmentProblem, match="MOTCUA_SMTP_URL"):
        read_mail({"MOTCUA_SMTP_URL": url, **FROM})


def test_mail_comes_from_somebody() -> None:
    with pytest.raises(EnvironmentProblem, match="MOTCUA_MAIL_FROM"):
        read_mail({"MOTCUA_SMTP_URL": "smtps://mail.example"})
