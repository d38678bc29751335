"""Secrets that a log line, a library's message or a trace may repeat, replaced before anything is written."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

MASK = "[bí mật]"
#: Shorter values (a demonstration's) would be found inside of words.
SHORTEST = 8

# BotFather's tokens, wherever they stand: in an address, in the library's own words.
_BOT_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
# A value behind the name of a secret: in a query, a form, JSON, a header, or Python's repr of one.
_NAMED = re.compile(
    r"(?i)(\b[\w-]{0,40}(?:token|secret|secret_key|password|passwd|api_key|apikey|authorization|cookie"
    r"|code_verifier|sessionid|signature|zevent-signature)\b[\"']?\s*(?:[=:]|%3D)\s*[\"']?)"
    r"((?:bearer |basic |mac ?= ?)?[^\s\"'&,;}\])]+)"
)
# The password in an address, and the links by which a citizen fetches a copy of the data and an official
# sets a password.
_IN_ADDRESS = re.compile(r"(?<=://)([^\s/@:]+):[^\s/@]+@")
_IN_PATH = re.compile(r"(/ban-sao/|/set-password/)[^\s/?#\"']+")


def mask_secrets(text: str) -> str:
    """The text without our own secrets, by value, and without what looks like anybody's."""
    for secret in _own():
        text = text.replace(secret, MASK)
    text = _BOT_TOKEN.sub(MASK, text)
    text = _NAMED.sub(rf"\1{MASK}", text)
    text = _IN_ADDRESS.sub(rf"\1:{MASK}@", text)
    return _IN_PATH.sub(rf"\1{MASK}", text)


@cache
def _own() -> tuple[str, ...]:
    """The values of the settings that open something, longest first."""
    zalo = settings.ZALO
    values = {
        settings.SECRET_KEY,
        settings.TELEGRAM_TOKEN,
        settings.TELEGRAM_SECRET,
        settings.RASA_TOKEN,
        settings.DOSSIER_TOKEN,
        settings.DATABASES["default"].get("PASSWORD", ""),
        *((zalo.app_secret, zalo.oa_secret_key, zalo.refresh_token) if zalo else ()),
    }
    return tuple(sorted((value for value in values if len(value) >= SHORTEST), key=len, reverse=True))
