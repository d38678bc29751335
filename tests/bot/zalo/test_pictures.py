"""A citizen's picture is fetched from Zalo's hosts, and from nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels import DeliveryProblem
from bot.channels.zalo import ZaloAccount, ZaloChannel
from bot.channels.zalo.pictures import is_of_zalo
from conversations.photos import MAX_BYTES
from emulators.zalo.client import Emulator

LIVE = ZaloAccount(
    app_id="1", oa_id="2", app_secret="a", oa_secret_key="b", media_hosts=("zdn.vn", "zalo.me")
)
PICTURE = b"\xff\xd8\xff a picture"


def address_of(zalo: Emulator, content: bytes) -> str:
    """What Zalo says in the event of a picture."""
    citizen = zalo.citizen("1001")
    citizen.sends_image(content)
    return str(citizen.chat()[-1]["attachments"][0]["payload"]["url"])


@pytest.mark.parametrize(
    "url",
    [
        "https://photo-stal-1.zdn.vn/a.jpg",
        "https://zdn.vn/a",
        "https://f20.zdn.vn:443/a?b=c",
        "https://a.zalo.me",
    ],
)
def test_an_address_of_zalos_is_fetched(url: str) -> None:
    assert is_of_zalo(LIVE, url)


@pytest.mark.parametrize(
    "url",
    [
        *("http://photo.zdn.vn/a.jpg", "https://evilzdn.vn/a", "https://zdn.vn.evil.com/a", "ftp://zdn.vn/a"),
        *("https://zdn.vn@127.0.0.1/a", "https://a:b@zdn.vn/", "https://zdn.vn:8443/a", "https://zdn.vn:x/"),
        *(
            "https://127.0.0.1/a",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
            "",
            "https://[",
            "zdn.vn/a",
        ),
    ],
)
def test_any_other_is_not(url: str) -> None:
    assert not is_of_zalo(LIVE, url)
    assert not is_of_zalo(replace(LIVE, base_url="http://127.0.0.1:9"), url)


def test_a_picture_is_fetched(channel: ZaloChannel, zalo: Emulator) -> None:
    assert channel.fetch(address_of(zalo, PICTURE)) == PICTURE


def test_a_picture_of_elsewhere_is_refused_for_good(channel: ZaloChannel) -> None:
    with pytest.raises(DeliveryProblem, match=r"evil\.example") as caught:
        channel.fetch("https://evil.example/a.jpg")
    assert caught.value.permanent


def test_a_picture_that_is_gone_is_refused_for_good(channel: ZaloChannel, zalo: Emulator) -> None:
    with pytest.raises(DeliveryProblem, match="404") as caught:
        channel.fetch(f"{zalo.url}/media/gone.jpg")
    assert caught.value.permanent


def test_no_redirect_is_followed(channel: ZaloChannel, zalo: Emulator) -> None:
    away = f"{zalo.url}/v4/oa/permission?app_id={zalo.credentials.app_id}&redirect_uri=https://evil.example"
    with pytest.raises(DeliveryProblem, match=r"30[27]"):
        channel.fetch(away)


def test_more_bytes_than_a_photo_may_have_are_not_read(channel: ZaloChannel, zalo: Emulator) -> None:
    url = address_of(zalo, b"\xff\xd8" + bytes(MAX_BYTES))
    with pytest.raises(DeliveryProblem, match="8 MB"):
        channel.fetch(url)


def test_trouble_on_the_way_is_temporary(channel: ZaloChannel, zalo: Emulator) -> None:
    url = address_of(zalo, PICTURE)
    zalo.fault("media", "drop")
    with pytest.raises(DeliveryProblem) as caught:
        channel.fetch(url)
    assert not caught.value.permanent
    assert channel.fetch(url) == PICTURE
