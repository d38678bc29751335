"""Pictures: judged by content, freed of metadata, kept under a random name."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from conversations import photos
from conversations.errors import PhotoRefused, TooManyPhotos
from conversations.models import Attachment, Conversation
from conversations.photos import LONGEST_SIDE, MAX_BYTES, check_may_send_more, keep_photo

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


SECRET = b"<script>alert('xin chao')</script>"


def hidden_in(kind: str) -> bytes:
    """A picture that is something else besides, or tells more than its points."""
    match kind:
        case "a file behind it":
            return picture() + b"PK\x03\x04" + SECRET
        case "a comment":
            return picture(comment=SECRET)
        case "XMP":
            return picture(xmp=SECRET)
        case "a colour profile":
            return picture(icc_profile=SECRET)
        case "a text in a PNG":
            info = PngInfo()
            info.add_text("Comment", SECRET.decode(), zip=False)
            return picture(format="PNG", pnginfo=info)
    return picture(format="WEBP", exif=b"Exif\x00\x00" + SECRET)


@pytest.mark.parametrize(
    "kind", ["a file behind it", "a comment", "XMP", "a colour profile", "a text in a PNG", "EXIF in a WebP"]
)
def test_nothing_but_the_points_of_a_picture_is_kept(conversation: Conversation, kind: str) -> None:
    hidden = hidden_in(kind)
    assert SECRET in hidden
    kept = keep_photo(conversation, hidden)
    with kept.file.open("rb") as file:
        assert SECRET not in file.read()


def test_a_small_file_that_would_unfold_into_a_huge_picture_is_refused(conversation: Conversation) -> None:
    bomb = BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, format="PNG")
    assert len(bomb.getvalue()) < 1_000_000
    with pytest.raises(PhotoRefused):
        keep_photo(conversation, bomb.getvalue())


def test_a_large_photo_is_kept_small_and_upright(conversation: Conversation) -> None:
    target, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    Image.new("RGB", (5000, 3000), "red").save(target, format="JPEG", exif=exif)
    with Image.open(keep_photo(conversation, target.getvalue()).file) as kept:
        assert max(kept.size) == LONGEST_SIDE
        assert kept.height > kept.width


@given(at=st.integers(0, 600), bytes_=st.binary(min_size=1, max_size=40))
@settings(max_examples=150)
def test_a_broken_picture_is_kept_or_refused_and_nothing_else(at: int, bytes_: bytes) -> None:
    whole = picture(exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01")
    broken = whole[:at] + bytes_ + whole[at + len(bytes_) :]
    with contextlib.suppress(PhotoRefused):
        assert photos._re_encoded(broken).startswith(b"\xff\xd8")


def test_a_conversation_sends_so_many_pictures_a_day_and_no_more(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "PHOTOS_A_DAY", 2)
    for _ in range(2):
        check_may_send_more(conversation)
        keep_photo(conversation, picture())
    with pytest.raises(TooManyPhotos):
        check_may_send_more(conversation)
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    check_may_send_more(conversation)
