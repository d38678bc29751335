"""Pictures that citizens send: looked at by content, freed of EXIF, kept under a random name."""

from __future__ import annotations

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from conversations.errors import PhotoRefused
from conversations.models import Attachment, Conversation, new_public_id

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2_000
FORMATS = ("JPEG", "PNG", "WEBP")


def keep_photo(conversation: Conversation, data: bytes) -> Attachment:
    """Store a picture as a JPEG without metadata. Raises PhotoRefused for anything else or too large."""
    if not 0 < len(data) <= MAX_BYTES:
        raise PhotoRefused
    clean = _re_encoded(data)
    attachment = Attachment(conversation=conversation, media_type="image/jpeg", size=len(clean))
    attachment.file.save(f"{new_public_id()}.jpg", ContentFile(clean), save=False)
    attachment.save()
    return attachment


def _re_encoded(data: bytes) -> bytes:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise PhotoRefused
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as problem:
        raise PhotoRefused from problem
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    target = BytesIO()
    upright.save(target, format="JPEG", quality=85)
    return target.getvalue()
