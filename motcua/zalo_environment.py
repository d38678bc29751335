"""Zalo's part of the environment: all of what an Official Account needs, or none of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.environment_values import EnvironmentProblem, refuse_in_the_open, web_address

#: Without these the channel cannot work, and one alone is a mistake.
_NEEDED = {
    "MOTCUA_ZALO_APP_ID": "the id of the app at developers.zalo.me",
    "MOTCUA_ZALO_APP_SECRET": "the secret of the app (Khoá bí mật của ứng dụng)",
    "MOTCUA_ZALO_OA_ID": "the id of the Official Account",
    "MOTCUA_ZALO_OA_SECRET_KEY": "the OA Secret Key on the app's webhook page, not the secret of the app",
}
#: Where Zalo keeps what citizens send, as far as its addresses are known; all below them counts, too.
MEDIA_HOSTS = "zalo.me,zdn.vn,zadn.vn,zaloapp.com"


@dataclass(frozen=True, kw_only=True)
class ZaloEnvironment:
    """See docs/operators/zalo.md. refresh_token: the first one, "" when it was entered by the command.

    base_url: of an emulator, without a slash at its end; "" for Zalo itself.
    """

    app_id: str
    oa_id: str
    app_secret: str = field(repr=False)
    oa_secret_key: str = field(repr=False)
    refresh_token: str = field(repr=False)
    base_url: str
    media_hosts: tuple[str, ...]


def read_zalo(values: Mapping[str, str]) -> ZaloEnvironment | None:
    """None when Zalo is off. Raises EnvironmentProblem when only a part of it is set."""
    if not any(value for name, value in values.items() if name.startswith("MOTCUA_ZALO_")):
        return None
    if missing := [name for name in _NEEDED if not values.get(name)]:
        advice = "; ".join(f"{name} is not set: set it to {_NEEDED[name]}" for name in missing)
        raise EnvironmentProblem(f"Zalo is switched on in part. {advice}; or unset all of MOTCUA_ZALO_*.")
    return ZaloEnvironment(
        app_id=values.get("MOTCUA_ZALO_APP_ID", ""),
        oa_id=values.get("MOTCUA_ZALO_OA_ID", ""),
        app_secret=values.get("MOTCUA_ZALO_APP_SECRET", ""),
        oa_secret_key=values.get("MOTCUA_ZALO_OA_SECRET_KEY", ""),
        refresh_token=values.get("MOTCUA_ZALO_REFRESH_TOKEN", ""),
        base_url=_base_url(values.get("MOTCUA_ZALO_BASE_URL", "")),
        media_hosts=_media_hosts(values.get("MOTCUA_ZALO_MEDIA_HOSTS") or MEDIA_HOSTS),
    )


def _base_url(given: str) -> str:
    if given:
        advice = "the address of the emulator, such as http://127.0.0.1:8082, or leave it out for Zalo itself"
        parts = web_address("MOTCUA_ZALO_BASE_URL", given, advice=advice)
        refuse_in_the_open("MOTCUA_ZALO_BASE_URL", parts)
    return given.rstrip("/")


def _media_hosts(given: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in given.split(",") if host.strip())
    if wrong := [host for host in hosts if "." not in host or "/" in host or ":" in host]:
        raise EnvironmentProblem(
            f"MOTCUA_ZALO_MEDIA_HOSTS names {wrong[0]!r}. Set it to host names, such as {MEDIA_HOSTS}."
        )
    return hosts
