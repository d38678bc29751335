"""`motcua qr`: codes from the command line, with addresses that phones can open."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from motcua.commands.qr import qr
from office.models import Entrance
from office.places import load_places

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def addresses(settings: LazySettings) -> None:
    settings.PUBLIC_URL, settings.TELEGRAM_NAME = "https://motcua.example.vn", "motcua_hanoi_bot"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(qr, [*arguments])


def test_a_code_for_a_ward_is_told_with_its_addresses_and_drawn_into_files(tmp_path: Path) -> None:
    load_places()
    result = run("make", "--ward", "phường Láng", "--note", "quầy 3", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    made = Entrance.objects.select_related("ward").get()
    assert made.ward
    assert made.ward.name == "Phường Láng"
    assert f"https://motcua.example.vn/?q={made.key}" in result.output
    assert f"https://t.me/motcua_hanoi_bot?start={made.key}" in result.output
    drawings = sorted(tmp_path.iterdir())
    assert len(drawings) == 2
    for drawing in drawings:
        assert ElementTree.parse(drawing).getroot().tag.endswith("svg")  # noqa: S314 -- our own


def test_codes_are_listed_shown_again_and_revoked() -> None:
    load_places()
    run("make", "--ward", "phường Láng")
    key = Entrance.objects.get().key
    assert f"{key}  Phường Láng" in run("list").output
    assert f"?q={key}" in run("show", key).output
    assert run("revoke", key).exit_code == 0
    assert key not in run("list").output
    for again in (run("revoke", key), run("show", key)):
        assert again.exit_code == 1
        assert "motcua qr list" in again.output


@pytest.mark.parametrize(
    "wrong", [(), ("--ward", "phường Láng", "--procedure", "1.001193"), ("--ward", "Hải Phòng")]
)
def test_a_code_that_leads_nowhere_is_refused(wrong: tuple[str, ...]) -> None:
    load_places()
    result = run("make", *wrong)
    assert result.exit_code == 2
    assert not Entrance.objects.exists()


def test_without_an_address_that_phones_open_it_says_what_to_set(settings: LazySettings) -> None:
    settings.PUBLIC_URL = settings.TELEGRAM_NAME = ""
    result = run("make", "--procedure", "1.001193")
    assert result.exit_code == 2
    assert "MOTCUA_PUBLIC_URL" in result.output
