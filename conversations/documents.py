"""Files that officials send: judged by content whatever their name says, kept under a random name."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile

from conversations.errors import FileRefused, PhotoRefused
from conversations.messages import SentFile
from conversations.models import Attachment, Conversation, new_public_id
from conversations.photos import keep_photo

#: The least of what our channels take: a file of an Official Account on Zalo.
MAX_BYTES = 5_000_000
#: The least of what they take of a picture: Zalo, too.
PICTURE_BYTES = 1_000_000
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: ".pdf", DOCX: ".docx", "image/jpeg": ".jpg"}
#: What makes a PDF act by itself when it is opened (ISO 32000-1, 12.6.4): no form or letter needs it.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
#: Parts of a DOCX that run, or hold what does.
_PROGRAMS = re.compile(r"vbaProject|activeX|embeddings/|\.(?:bin|exe|dll|js|vbs)$", re.IGNORECASE)
#: Bytes that the parts of a DOCX may unpack to.
_UNPACKED = 100_000_000
_LONGEST_NAME = 100


def keep_document(conversation: Conversation, data: bytes, *, name: str) -> Attachment:
    """Store a PDF, a DOCX without macros, or a picture freed of metadata. Raises FileRefused."""
    if not 0 < len(data) <= MAX_BYTES:
        raise FileRefused
    media_type = _media_type(data)
    if media_type is None:
        return _picture(conversation, data, name)
    kept = Attachment(
        conversation=conversation, media_type=media_type, size=len(data), name=_named(name, media_type)
    )
    kept.file.save(f"{new_public_id()}{ENDINGS[media_type]}", ContentFile(data), save=False)
    kept.save()
    return kept


def sent(kept: Attachment) -> SentFile:
    """The file as a reply carries it."""
    return SentFile(reference=kept.public_id, name=kept.name, media_type=kept.media_type, size=kept.size)


def _picture(conversation: Conversation, data: bytes, name: str) -> Attachment:
    try:
        kept = keep_photo(conversation, data, at_most=PICTURE_BYTES)
    except PhotoRefused as problem:
        raise FileRefused from problem
    kept.name = _named(name, kept.media_type)
    kept.save(update_fields=["name"])
    return kept


def _media_type(data: bytes) -> str | None:
    """What it is by its content; None for what may be a picture. Raises FileRefused for what may do harm."""
    if data.startswith(b"%PDF-"):
        if _ACTIVE.search(data):
            raise FileRefused
        return PDF
    if data.startswith(b"PK\x03\x04"):
        _check_docx(data)
        return DOCX
    return None


def _check_docx(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise FileRefused from problem
    names = {part.filename for part in parts}
    is_document = {"[Content_Types].xml", "word/document.xml"} <= names
    too_large = sum(part.file_size for part in parts) > _UNPACKED
    if not is_document or too_large or any(_PROGRAMS.search(name) for name in names):
        raise FileRefused


def _named(given: str, media_type: str) -> str:
    """The given name without its path and what no file name holds, with the ending of what it is."""
    stem = re.sub(r"[^\w .()–-]", "", PurePath(given.replace("\\", "/")).stem).strip(" .")
    return f"{stem[:_LONGEST_NAME] or 'tep'}{ENDINGS[media_type]}"
