"""Pictures: judged by content, freed of metadata, kept under a random name."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from conversations.errors import PhotoRefused
from conversations.models import Conversation
from conversations.photos import MAX_BYTES, keep_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(settings, tmp_path) -> Conversation:
    settings.MEDIA_ROOT = tmp_path
    return Conversation.objects.create(channel="webchat", account="main", chat="citizen-1")


def picture(**save: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", (60, 40), "red").save(target, **{"format": "JPEG", **save})
    return target.getvalue()


def test_a_kept_picture_has_no_metadata_and_a_name_of_its_own(conversation: Conversation) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy của tôi"
    attachment = keep_photo(conversation, picture(exif=exif))
    with Image.open(attachment.file) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()
    assert "Máy" not in attachment.file.name
    assert attachment.public_id not in attachment.file.name


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", b"GIF89a" + b"0" * 20])
def test_what_is_no_picture_is_refused_with_what_to_do(conversation: Conversation, data: bytes) -> None:
    with pytest.raises(PhotoRefused, match="JPEG, PNG or WebP"):
        keep_photo(conversation, data)


def test_a_picture_that_is_too_large_is_refused(conversation: Conversation) -> None:
    with pytest.raises(PhotoRefused):
        keep_photo(conversation, picture() + b"0" * MAX_BYTES)
