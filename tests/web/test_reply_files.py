"""A file with an official's reply: from the desk into the citizen's chat, and to nobody else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import cases
from casework.models import Case
from conversations.models import Attachment, Turn
from office.models import Staff
from tests.casework.people import official
from tests.conversations import documents
from tests.web.browsers import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def attachments(settings: LazySettings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def desk_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def hoa() -> Staff:
    return official("hoa")


@pytest.fixture
def case(browser: Browser, hoa: Staff) -> Case:
    """The conversation of this browser, claimed by this official."""
    opened = cases.open_case(browser.say("cho tôi mẫu đơn"), reason=Case.Reason.ASKED, summary="")
    assert cases.claim(opened, hoa)
    return opened


def reply(
    client: Client, case: Case, data: bytes, *, name: str = "Mẫu TK1.pdf", text: str = "Gửi chị."
) -> Any:
    form = {"text": text, "file": SimpleUploadedFile(name, data), "last_sent": uuid4().hex}
    return client.post(f"/desk/cases/{case.number}/reply", form)


def test_the_citizen_finds_the_file_under_the_words_and_can_save_it(
    browser: Browser, hoa: Staff, case: Case
) -> None:
    assert reply(desk_of(hoa), case, documents.PDF).status_code == 302
    turn = browser.turns()[-1]
    assert (turn["text"], [file["name"] for file in turn["files"]]) == ("Gửi chị.", ["Mẫu TK1.pdf"])
    assert "Tải tệp: Mẫu TK1.pdf" in turn["html"]
    response = browser.client.get(turn["files"][0]["url"])
    assert response.content == documents.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Mẫu TK1.pdf" in desk_of(hoa).get(f"/desk/cases/{case.number}").content.decode()


def test_nobody_else_gets_it(browser: Browser, hoa: Staff, case: Case) -> None:
    reply(desk_of(hoa), case, documents.PDF)
    url = browser.turns()[-1]["files"][0]["url"]
    for stranger in (Client(), Browser().client, desk_of(official("an", role=Staff.Role.EDITOR))):
        assert stranger.get(url).status_code == 404


@pytest.mark.parametrize(
    "data", [b"MZ a program", b"", documents.PDF + b"/JavaScript", b"%PDF-" + b"0" * 5_000_001]
)
def test_a_file_that_cannot_be_sent_keeps_the_words_and_sends_nothing(
    hoa: Staff, case: Case, data: bytes
) -> None:
    before = Turn.objects.count()
    response = reply(desk_of(hoa), case, data, text="Gửi chị mẫu đơn nhé.")
    if data:
        assert response.status_code == 400
        assert "chỉ PDF, Word (.docx)" in response.content.decode()
        assert "Gửi chị mẫu đơn nhé." in response.content.decode()
        assert Turn.objects.count() == before
    assert not Attachment.objects.exists()


def test_a_file_without_words_is_not_sent(hoa: Staff, case: Case) -> None:
    assert reply(desk_of(hoa), case, documents.PDF, text="  ").status_code == 400
    assert not Attachment.objects.exists()


def test_who_has_the_case_no_more_sends_nothing(hoa: Staff, case: Case) -> None:
    cases.release_case(case, hoa)
    assert reply(desk_of(hoa), case, documents.PDF).status_code == 409
    assert not Attachment.objects.exists()
