"""Files of officials: judged by content, harmless, under a name of their own."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from conversations import retention
from conversations.documents import DOCX, MAX_BYTES, PDF, PICTURE_BYTES, keep_document
from conversations.errors import FileRefused
from conversations.models import Attachment, Conversation
from conversations.photos import keep_photo
from tests.conversations import documents
from tests.web.browsers import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(settings, tmp_path) -> Conversation:
    settings.MEDIA_ROOT = tmp_path
    return Conversation.objects.create(channel="webchat", account="main", chat="citizen-1")


@pytest.mark.parametrize(
    ("data", "given_name", "media_type", "name"),
    [
        (documents.PDF, "Mẫu đơn TK1.pdf", PDF, "Mẫu đơn TK1.pdf"),
        (documents.docx(), "tờ khai.docx", DOCX, "tờ khai.docx"),
        (documents.PDF, "../../etc/passwd.exe", PDF, "passwd.pdf"),
        (documents.PDF, "C:\\Users\\Hoa\\giấy hẹn.doc", PDF, "giấy hẹn.pdf"),
        (documents.PDF, 'a"b\r\nX: y.pdf', PDF, "abX y.pdf"),
        (documents.PDF, "", PDF, "tep.pdf"),
        (photograph(), "ảnh quầy.png", "image/jpeg", "ảnh quầy.jpg"),
    ],
)
def test_what_it_is_decides_and_its_name_is_made_safe(
    conversation: Conversation, data: bytes, given_name: str, media_type: str, name: str
) -> None:
    kept = keep_document(conversation, data, name=given_name)
    assert (kept.media_type, kept.name) == (media_type, name)
    assert kept.public_id not in kept.file.name
    assert name not in kept.file.name


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script>",
        b"#!/bin/sh\nrm -rf /",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file, which may hold macros",
        b"PK\x03\x04 no archive",
        documents.PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>",
        documents.PDF + b"<< /S /Launch /F (cmd.exe) >>",
        documents.docx(word__vbaProject="macros"),
        documents.docx(word__embeddings__oleObject1="x"),
        b"%PDF-" + b"0" * MAX_BYTES,
    ],
)
def test_what_may_do_harm_or_is_something_else_is_refused_and_not_kept(
    conversation: Conversation, data: bytes
) -> None:
    with pytest.raises(FileRefused):
        keep_document(conversation, data, name="don.pdf")
    assert not Attachment.objects.exists()


def test_an_archive_that_is_no_document_is_refused(conversation: Conversation) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(FileRefused):
        keep_document(conversation, target.getvalue(), name="a.docx")


def test_a_document_that_unpacks_to_far_too_much_is_refused(conversation: Conversation) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", b"0" * 120_000_000)
    assert len(target.getvalue()) < MAX_BYTES
    with pytest.raises(FileRefused):
        keep_document(conversation, target.getvalue(), name="a.docx")


def test_a_picture_loses_its_metadata(conversation: Conversation) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy của tôi"
    kept = keep_document(conversation, photograph(exif=exif), name="ảnh.jpg")
    with Image.open(kept.file) as picture:
        assert not picture.getexif()


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60
)
@given(name=st.text(max_size=300))
def test_no_name_holds_a_path_a_quote_or_a_line(conversation: Conversation, name: str) -> None:
    kept = keep_document(conversation, documents.PDF, name=name)
    assert kept.name.endswith(".pdf")
    assert len(kept.name) <= 120
    assert not set('/\\"\r\n\x00<>:') & set(kept.name)


def test_an_officials_file_stays_as_long_as_the_conversation_a_loose_picture_does_not(
    conversation: Conversation,
) -> None:
    document = keep_document(conversation, documents.PDF, name="a.pdf")
    picture = keep_photo(conversation, photograph())
    later = timezone.now() + timedelta(days=30)
    keep = retention.KeepFor(
        transcripts=timedelta(days=90), photos=timedelta(days=7), redacted=timedelta(days=7)
    )
    due = retention.due(later, keep)
    assert due.photos == (picture.pk,)
    assert document.pk not in due.photos


def test_a_large_picture_is_made_as_small_as_every_channel_takes(conversation: Conversation) -> None:
    target = BytesIO()
    Image.effect_noise((2000, 1500), 25).convert("RGB").save(target, format="JPEG", quality=90)
    assert MAX_BYTES > len(target.getvalue()) > PICTURE_BYTES
    assert keep_document(conversation, target.getvalue(), name="ảnh.jpg").size <= PICTURE_BYTES
