"""Single values of the environment, checked; what is wrong with one is said with what to set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


class EnvironmentProblem(Exception):
    """A setting in the environment is missing or wrong; the text says which and what to set."""


def web_address(name: str, given: str, *, advice: str) -> SplitResult:
    """An http or https address with a host and no query. advice: what to set instead."""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise EnvironmentProblem(f"{name} is {given!r}; set it to {advice}.")
    return parts


def refuse_in_the_open(name: str, address: SplitResult) -> None:
    """By http to another machine everyone between can read; secrets and citizens' words are not to go so."""
    if address.scheme == "http" and not is_loopback(address):
        raise EnvironmentProblem(
            f"{name} leads to another machine ({address.hostname}) by http, where everyone between can read. "
            "Set it to an https address, or to one of this machine."
        )


def refuse_without(token: str, name: str, *, advice: str) -> None:
    if not token:
        raise EnvironmentProblem(f"{name} is not set. Set it to {advice}.")


def is_loopback(address: SplitResult) -> bool:
    host = address.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def number(values: Mapping[str, str], name: str, *, default: int) -> int:
    given = values.get(name, str(default))
    if not given.isdecimal() or int(given) < 1:
        raise EnvironmentProblem(f"{name} is {given!r}. Set it to a number from 1 on.")
    return int(given)


def telegram_name(given: str) -> str:
    """The bot's public name, without the @ (https://core.telegram.org/bots/features#creating-a-new-bot)."""
    name = given.removeprefix("@")
    if name and not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{4,31}", name):
        raise EnvironmentProblem(
            f"MOTCUA_TELEGRAM_NAME is {given!r}. Set it to the bot's name at BotFather, such as "
            "motcua_hanoi_bot."
        )
    return name
