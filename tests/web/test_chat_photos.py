"""Photos: looked at by content, freed of metadata, seen only by those who may."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from bot.channels import DeliveryProblem
from bot.channels.webchat import WebChat
from casework import cases
from casework.models import Case
from conversations import photos
from conversations.models import Attachment, Turn
from office.models import Staff
from tests.casework.people import official, ward
from tests.web.browsers import Browser, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def seen_by(client: Client, address: str) -> int:
    return client.get(address).status_code


def sent_photo(browser: Browser) -> str:
    """The address at which the page shows it."""
    turn = browser.send_photo(photograph()).json()["turn"]
    address: str = turn["photos"][0]
    return address


def test_a_photo_is_a_turn_and_is_shown_to_who_sent_it() -> None:
    browser = Browser()
    response = browser.client.get(sent_photo(browser))
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(response.content)).size == (64, 48)
    assert Turn.objects.get().kind == "photo"


def test_where_and_with_what_it_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy ảnh"
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 0.0)}
    browser = Browser()
    browser.send_photo(photograph(exif=exif.tobytes()))
    with Attachment.objects.get().file.open("rb") as file:
        assert not Image.open(file).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_usual_kinds_are_taken(kind: str) -> None:
    assert Browser().send_photo(photograph(kind=kind)).status_code == 200


@pytest.mark.parametrize(
    "data",
    [b"", b"xin chao", b"<svg onload=alert(1)>", photograph()[:200], photograph(kind="BMP"), b"%PDF-1.7"],
)
def test_what_is_no_photo_is_refused_with_what_to_send_instead(data: bytes) -> None:
    response = Browser().send_photo(data)
    assert response.status_code == 415
    assert "JPG, PNG hoặc WebP" in response.json()["error"]["message"]
    assert not Attachment.objects.exists()
    assert not Turn.objects.exists()


def test_a_form_without_a_photo_is_refused() -> None:
    response = Browser().client.post("/chat/photos", {"event_id": "0123456789abcdef"})
    assert response.status_code == 415
    assert "JPG, PNG hoặc WebP" in response.content.decode()


def test_a_photo_over_eight_megabytes_is_refused() -> None:
    response = Browser().send_photo(photograph() + b"\0" * 8_000_000)
    assert response.status_code == 413
    assert "8 MB" in response.json()["error"]["message"]


def test_a_photo_sent_again_is_kept_once() -> None:
    browser = Browser()
    first = browser.send_photo(photograph(), event_id="0123456789abcdef")
    again = browser.send_photo(photograph(), event_id="0123456789abcdef")
    assert first.json()["turn"]["id"] == again.json()["turn"]["id"]
    assert Attachment.objects.count() == 1


def test_photos_chosen_together_are_one_album_of_this_conversation() -> None:
    browser = Browser()
    for _ in range(2):
        browser.send_photo(photograph(), group="0123456789abcdef")
    browser.send_photo(photograph(), group="<script>")
    groups = [turn.payload["group"] for turn in Turn.objects.order_by("id")]
    assert groups == ["0123456789abcdef", "0123456789abcdef", ""]


def test_a_stranger_with_the_address_sees_no_photo() -> None:
    address = sent_photo(Browser())
    assert seen_by(Browser().client, address) == 404
    assert seen_by(Client(), address) == 404


def test_a_desk_that_has_the_case_sees_the_photo_and_another_does_not() -> None:
    browser = Browser()
    address = sent_photo(browser)
    conversation = Attachment.objects.get().conversation
    cases.open_case(conversation, reason=Case.Reason.ASKED, summary="")
    assert seen_by(_signed_in(official("ha")), address) == 200
    editor = official("lan", role=Staff.Role.EDITOR)
    assert seen_by(_signed_in(editor), address) == 404


def test_staff_of_an_office_without_the_case_see_no_photo() -> None:
    address = sent_photo(Browser())
    assert seen_by(_signed_in(official("minh", ward())), address) == 404


def _signed_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def test_the_channel_opens_what_was_sent_on_it() -> None:
    Browser().send_photo(photograph())
    assert Image.open(BytesIO(WebChat().fetch(Attachment.objects.get().public_id))).size == (64, 48)


def test_the_channel_says_when_a_photo_is_gone() -> None:
    Browser().send_photo(photograph())
    attachment = Attachment.objects.get()
    attachment.file.delete(save=False)
    Attachment.objects.update(file="2026/01/gone.jpg")
    for reference in (attachment.public_id, "never-was"):
        with pytest.raises(DeliveryProblem) as problem:
            WebChat().fetch(reference)
        assert problem.value.permanent


def test_after_the_pictures_of_a_day_the_citizen_is_told_what_else_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photos, "PHOTOS_A_DAY", 1)
    browser = Browser()
    assert browser.send_photo(photograph()).status_code == 200
    refused = browser.send_photo(photograph())
    assert refused.status_code == 429
    assert "Gặp cán bộ" in refused.json()["error"]["message"]
