"""Our Official Account on Zalo, as the settings name it: its ids, its secrets, where its services are."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings

OPENAPI = "https://openapi.zalo.me"
OAUTH = "https://oauth.zaloapp.com"


@dataclass(frozen=True, kw_only=True)
class ZaloAccount:
    """What it takes to speak for one Official Account (OA).

    app_secret: of the app, for tokens. oa_secret_key: of the webhook, for signatures; not the same.
    refresh_token: the first one, as the environment has it; "" when it was entered by the command.
    base_url: one address for all of Zalo's services, of the emulator; "" for Zalo's own.
    media_hosts: domains from which pictures may be fetched, with all below them.
    """

    app_id: str
    oa_id: str
    app_secret: str = field(repr=False)
    oa_secret_key: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    base_url: str = ""
    media_hosts: tuple[str, ...] = ()

    @property
    def openapi(self) -> str:
        return self.base_url or OPENAPI

    @property
    def oauth(self) -> str:
        return self.base_url or OAUTH


def zalo_account() -> ZaloAccount | None:
    """The account the settings name; None when Zalo is off. motcua/environment.py has checked them."""
    given = settings.ZALO
    if given is None:
        return None
    return ZaloAccount(
        app_id=given.app_id,
        oa_id=given.oa_id,
        app_secret=given.app_secret,
        oa_secret_key=given.oa_secret_key,
        refresh_token=given.refresh_token,
        base_url=given.base_url,
        media_hosts=given.media_hosts,
    )
