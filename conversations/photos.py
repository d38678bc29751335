"""Pictures that citizens send: looked at by content, freed of EXIF, kept under a random name."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageOps

from conversations.errors import PhotoRefused, TooManyPhotos
from conversations.models import Attachment, Conversation, new_public_id

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2_000
FORMATS = ("JPEG", "PNG", "WEBP")
#: Of a JPEG, the first that is small enough; at 85 nobody sees the difference.
QUALITIES = (85, 70, 50)
#: Of one conversation. A report takes few; who sends more fills the disk.
PHOTOS_A_DAY = 40


def check_may_send_more(conversation: Conversation) -> None:
    """Raises TooManyPhotos when the conversation has sent as many pictures in 24 hours as it may."""
    since = timezone.now() - timedelta(days=1)
    lately = Attachment.objects.filter(conversation=conversation, name="", created_at__gt=since)
    if lately.count() >= PHOTOS_A_DAY:
        raise TooManyPhotos


def keep_photo(conversation: Conversation, data: bytes, *, at_most: int = MAX_BYTES) -> Attachment:
    """Store a picture as a JPEG without metadata. Raises PhotoRefused for anything else or too large.

    at_most: bytes of what is stored, where a coarser JPEG can be that small.
    """
    if not 0 < len(data) <= MAX_BYTES:
        raise PhotoRefused
    clean = _re_encoded(data, at_most=at_most)
    attachment = Attachment(conversation=conversation, media_type="image/jpeg", size=len(clean))
    attachment.file.save(f"{new_public_id()}.jpg", ContentFile(clean), save=False)
    attachment.save()
    return attachment


def _re_encoded(data: bytes, *, at_most: int = MAX_BYTES) -> bytes:
    """Decoders meet broken files with errors of every kind; each of them means that this is no picture."""
    try:
        return _drawn_anew(data, at_most=at_most)
    except Exception as problem:
        raise PhotoRefused from problem


def _drawn_anew(data: bytes, *, at_most: int) -> bytes:
    """Small enough, and nothing but its points: no metadata, no second file behind it."""
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise PhotoRefused
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is never held whole
        picture.load()
        upright = _upright(picture).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.info.clear()  # a JPEG's comment would be written again
    for quality in QUALITIES:
        jpeg = _jpeg(upright, quality)
        if len(jpeg) <= at_most:
            break
    return jpeg


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    target = BytesIO()
    picture.save(target, format="JPEG", quality=quality)
    return target.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """As it was held; as it is when its EXIF is broken."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture
