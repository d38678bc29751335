"""Pictures: a citizen's, fetched from where Zalo keeps it and nowhere else; ours, made to fit."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

import httpx
from PIL import Image

from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.answers import TIMEOUT, unreachable
from bot.channels.zalo.errors import PictureRefused, ZaloUnreachable
from conversations.photos import MAX_BYTES

#: Bytes of a picture that Zalo takes from us, and the longest sides tried to get there.
MOST_UPLOADED = 1_000_000
SIDES = (2_000, 1_400, 1_000)


def fetch(account: ZaloAccount, url: str) -> bytes:
    """The bytes behind an address that an event named. Raises PictureRefused or ZaloUnreachable.

    A signed event names the address, but the citizen's own phone may have chosen it: no other host, no
    redirect to one, no more bytes than a photo may have.
    """
    if not is_of_zalo(account, url):
        raise PictureRefused(f"Ảnh không nằm trên máy chủ của Zalo ({_host(url) or 'địa chỉ lạ'}).")
    with unreachable(), httpx.stream("GET", url, timeout=TIMEOUT, follow_redirects=False) as response:
        if response.is_server_error:
            raise ZaloUnreachable(f"Zalo đang gặp sự cố (HTTP {response.status_code}).")
        if response.status_code != httpx.codes.OK:
            raise PictureRefused(f"Zalo không còn giữ ảnh này (HTTP {response.status_code}).")
        return _read(response)


def fitted(content: bytes) -> bytes:
    """A picture of ours as a JPEG that Zalo takes, smaller if it has to be. Raises PictureRefused."""
    if len(content) <= MOST_UPLOADED:
        return content
    with Image.open(BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    for side in SIDES:
        picture.thumbnail((side, side))
        target = BytesIO()
        picture.save(target, format="JPEG", quality=75)
        if target.tell() <= MOST_UPLOADED:
            return target.getvalue()
    raise PictureRefused("Ảnh không thu nhỏ được đến 1 MB mà Zalo nhận.")


def is_of_zalo(account: ZaloAccount, url: str) -> bool:
    """https to a host of Zalo's, or the emulator."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if account.base_url:
        return f"{parts.scheme}://{parts.netloc}" == account.base_url
    host = parts.hostname or ""
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc:
        return False
    return any(host == domain or host.endswith(f".{domain}") for domain in account.media_hosts)


def _read(response: httpx.Response) -> bytes:
    data = bytearray()
    for part in response.iter_bytes():
        data += part
        if len(data) > MAX_BYTES:
            raise PictureRefused("Ảnh lớn hơn 8 MB.")
    return bytes(data)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
