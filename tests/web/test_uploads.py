"""An editor uploads a file: shown first, taken in on confirmation, nothing lost and nothing run."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from knowledge_base import uploads
from knowledge_base.models import Procedure, Revision, Upload, UploadedRecord
from office.models import AuditEntry, Staff
from starter import ARTICLES
from tests.web.editors import BIRTH, editor, live_content, put_in_use, signed_in

pytestmark = pytest.mark.django_db

PAGE = "/editor/uploads"
RECORD = {"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Cấp phép thử", "trinh_tu_thuc_hien": "Nộp hồ sơ."}


@pytest.fixture
def client() -> Client:
    return signed_in(editor())


@pytest.fixture(autouse=True)
def no_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release takes seconds; the browser test builds one."""
    monkeypatch.setattr("web.editor.uploads.rebuild", lambda: None)


def sent(client: Client, *records: Any, name: str = "portal-2026-08.jsonl") -> Any:
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    return sent_bytes(client, "\n".join(lines).encode(), name=name)


def sent_bytes(client: Client, content: bytes, *, name: str) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)}, follow=True)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_file_is_shown_record_by_record_and_nothing_is_in_use_before_it_is_confirmed(client):
    put_in_use(BIRTH)
    changed = {"ma_thu_tuc": BIRTH, "ten_thu_tuc": "Đăng ký khai sinh (mới)", "linh_vuc": "Hộ tịch"}
    page = sent(client, RECORD, changed, "{oops")
    assert page.redirect_chain[-1][0].startswith("/editor/uploads/")
    assert "Cấp phép thử" in words(page)
    key = Upload.objects.get().pk
    refused = words(client.get(f"{PAGE}/{key}", {"show": "refused"}))
    assert "dòng không phải JSON" in refused
    assert "portal-2026-08.jsonl, dòng 3" in refused
    assert Procedure.objects.count() == 1
    difference = words(client.get(f"{PAGE}/{key}/records/2"))
    assert "[bỏ:" in difference
    assert "Trình tự thực hiện" in difference
    assert "(mới)" in difference


def test_confirming_takes_in_what_was_shown_without_the_file_and_registers_who_did_it(client):
    sent(client, RECORD)
    upload = Upload.objects.get()
    done = client.post(f"{PAGE}/{upload.pk}/confirm", follow=True)
    assert "Đã nhập 1 thủ tục mới, đổi 0, để 0 ở bản nháp." in words(done)
    assert live_content("1.000001").steps == "Nộp hồ sơ."
    assert Revision.objects.get().author == Staff.objects.get()
    assert not UploadedRecord.objects.exists()
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", "actor__username"))
    assert actions == [
        ("upload.examined", "bientap"),
        ("content.imported", "bientap"),
        ("upload.confirmed", "bientap"),
    ]
    again = client.post(f"{PAGE}/{upload.pk}/confirm", follow=True)
    assert "đã được nhập hoặc đã bỏ" in words(again)
    assert Revision.objects.count() == 1


def test_what_a_colleague_edited_between_looking_and_confirming_is_not_overwritten(client):
    put_in_use(BIRTH)
    sent(client, {"ma_thu_tuc": BIRTH, "ten_thu_tuc": "Khai sinh", "trinh_tu_thuc_hien": "khác"})
    Revision.objects.update(origin="editor")
    before = live_content()
    done = client.post(f"{PAGE}/{Upload.objects.get().pk}/confirm", follow=True)
    assert "đổi 0, để 1 ở bản nháp" in words(done)
    assert live_content() == before


def test_a_discarded_file_leaves_nothing(client):
    sent(client, RECORD)
    page = client.post(f"{PAGE}/{Upload.objects.get().pk}/discard", follow=True)
    assert "nội dung đang dùng không đổi" in words(page)
    assert not UploadedRecord.objects.exists()
    assert not Procedure.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("thu-tuc.docx", b"PK", "Chỉ nhận tệp .xlsx"),
        ("thu-tuc", b"{}", "Chỉ nhận tệp .xlsx"),
        ("bang.xlsx", "không phải bảng tính".encode(), "không mở được như một bảng tính"),
        ("trong.jsonl", b"\n\n", "không có bản ghi nào"),
        ("sau.yaml", b"[" * 100_000, "không có bản ghi nào"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_what_to_do(client, name, content, says):
    page = sent_bytes(client, content, name=name)
    assert page.status_code == 422
    assert says in words(page)
    assert not Upload.objects.exists()


def test_a_file_too_large_is_refused_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 100)
    page = sent(client, RECORD | {"ket_qua_xu_ly": "x" * 200})
    assert "Tệp lớn quá" in words(page)
    assert not Upload.objects.exists()


def test_a_spreadsheet_that_unpacks_to_more_than_memory_is_refused(client, monkeypatch):
    monkeypatch.setattr(uploads, "_LARGEST_UNPACKED", 1000)
    packed = BytesIO()
    Workbook().save(packed)
    assert "Tệp lớn quá" in words(sent_bytes(client, packed.getvalue(), name="bom.xlsx"))


def test_no_file_at_all_asks_for_one(client):
    assert "Anh/chị chọn một tệp" in words(client.post(PAGE))


def test_what_looks_like_markup_or_a_path_is_only_words(client):
    script = "<script>alert(1)</script>"
    sent(client, RECORD | {"ten_thu_tuc": script, "trinh_tu_thuc_hien": script}, name="../../a<b>.jsonl")
    key = Upload.objects.get().pk
    for path in (PAGE, f"{PAGE}/{key}", f"{PAGE}/{key}/records/1"):
        assert "<script>alert" not in client.get(path).content.decode()
    assert "Có thẻ HTML" in words(client.get(f"{PAGE}/{key}/records/1"))
    assert "/" not in Upload.objects.get().name


def test_only_who_edits_content_may_upload_and_only_by_a_form_of_ours():
    agent = signed_in(editor(role=Staff.Role.AGENT))
    assert agent.get(PAGE).status_code == 403
    assert sent(agent, RECORD).status_code == 403
    stranger = Client().post(PAGE, {"file": SimpleUploadedFile("a.jsonl", b"{}")})
    assert stranger.url.startswith("/desk/sign-in")
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(editor("minh"))
    assert forged.post(PAGE, {"file": SimpleUploadedFile("a.jsonl", b"{}")}).status_code == 403
    assert not Upload.objects.exists()


def test_an_article_is_shown_section_by_section_too(client):
    article = (ARTICLES / "iparking.yaml").read_bytes()
    page = sent_bytes(client, article, name="iparking.yaml")
    assert page.status_code == 200
    shown = client.get(f"{PAGE}/{Upload.objects.get().pk}/records/1")
    assert shown.status_code == 200
    assert "[thêm:" in words(shown)


def test_a_link_confirms_nothing(client):
    sent(client, RECORD)
    key = Upload.objects.get().pk
    assert client.get(f"{PAGE}/{key}/confirm").status_code == 405
    assert client.get(f"{PAGE}/{key}/discard").status_code == 405
    assert client.get(f"{PAGE}/999").status_code == 404
