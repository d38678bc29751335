"""The editor's pages of articles: edited as a whole, previewed, published, brought back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import starter
from knowledge_base import publishing
from knowledge_base.article import ArticleContent
from knowledge_base.content import Origin
from knowledge_base.content_json import from_json
from knowledge_base.importing import import_contents, read_sources
from knowledge_base.models import Revision, UploadedRecord
from office.models import Staff
from tests.web.editors import editor, signed_in
from web.editor.article_forms import ArticleForm

pytestmark = pytest.mark.django_db
PAGE = "/editor/articles/iparking"
CODE = "art-iparking"


@pytest.fixture(autouse=True)
def iparking(monkeypatch: pytest.MonkeyPatch) -> None:
    import_contents(read_sources(starter.ARTICLES / "iparking.yaml"))
    monkeypatch.setattr("knowledge_base.releases.build_release", lambda **_: None)


@pytest.fixture
def client() -> Client:
    return signed_in(editor())


def live(code: str = CODE) -> Revision:
    return Revision.objects.get(procedure__code=code, status=Revision.Status.LIVE)


def content_of(revision: Revision) -> ArticleContent:
    content = from_json(revision.content)
    assert isinstance(content, ArticleContent)
    return content


def as_opened(content: ArticleContent) -> dict[str, str]:
    """What a browser would send when the page is opened and nothing is typed."""
    form = ArticleForm(content)
    fields = [field for part in (form.head, form.rows.management_form, *form.rows.forms) for field in part]
    values = {field.html_name: field.value() for field in fields}
    return {name: str(value) for name, value in values.items() if value not in (None, False)}


def sent(**more: str) -> dict[str, str]:
    return {**as_opened(content_of(live())), "base": str(live().number), **more}


def draft_made(client: Client, **more: str) -> Revision:
    response = client.post(f"{PAGE}/edit", sent(**more))
    assert response.status_code == 302, response.content.decode()
    return Revision.objects.get(procedure__code=CODE, status=Revision.Status.DRAFT)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_stranger_signs_in_and_who_does_not_edit_is_refused() -> None:
    for path in ("/editor/articles", PAGE, f"{PAGE}/edit", f"{PAGE}/revisions/1", "/editor/articles/new"):
        assert Client().get(path).status_code == 302
        assert signed_in_agent().get(path).status_code == 403


def signed_in_agent() -> Client:
    found = Staff.objects.filter(username="truc").first()
    return signed_in(found or editor("truc", role=Staff.Role.AGENT))


def test_articles_are_listed_apart_from_procedures(client: Client) -> None:
    assert "iParking" in text_of(client.get("/editor/articles"))
    assert "iParking" not in text_of(client.get("/editor/"))
    assert client.get(f"/editor/procedures/{CODE}").status_code == 404


def test_the_page_shows_each_section_with_its_source_and_whether_it_was_reviewed(client: Client) -> None:
    page = text_of(client.get(PAGE))
    assert "Cổng Thông tin điện tử Hà Nội" in page
    assert page.count("chưa duyệt") == 3


def test_nothing_typed_makes_no_draft(client: Client) -> None:
    response = client.post(f"{PAGE}/edit", sent())
    assert response.status_code == 422
    assert "Chưa có gì khác" in text_of(response)
    assert Revision.objects.count() == 1


def test_a_corrected_section_is_previewed_published_and_brought_back(client: Client) -> None:
    draft = draft_made(client, **{"sections-0-text": "Câu mới của mục này.", "sections-0-reviewed": "on"})
    preview = text_of(client.get(f"{PAGE}/revisions/{draft.number}"))
    assert "Câu mới của mục này." in preview
    assert content_of(live()).sections[0].text != "Câu mới của mục này."
    assert client.post(f"{PAGE}/revisions/{draft.number}/publish").status_code == 302
    content = content_of(live())
    source = content.provenance["la-gi"]
    assert content.sections[0].text == "Câu mới của mục này."
    assert (source.origin, source.reviewed) == (Origin.EDITOR, True)
    assert content.provenance["cach-dung"].origin is Origin.STARTER
    client.post(f"{PAGE}/revisions/1/bring-back")
    assert content_of(live()).sections[0].text.startswith("Theo Cổng Thông tin")
    assert live().number == 3


def test_a_review_alone_is_a_change_and_keeps_who_wrote_it(client: Client) -> None:
    draft = draft_made(client, **{"sections-1-reviewed": "on"})
    source = content_of(draft).provenance["cach-dung"]
    assert (source.origin, source.reviewed) == (Origin.STARTER, True)


def test_a_section_can_be_added_and_struck_out(client: Client) -> None:
    longer = client.post(f"{PAGE}/edit", sent(add="sections"))
    assert "Mục 4" in text_of(longer)
    added = {
        "sections-TOTAL_FORMS": "4", "sections-3-heading": "Gửi xe máy", "sections-3-text": "Chưa có nguồn.",
        "sections-3-decision": "Tổng đài", "sections-3-date": "2026-11", "sections-0-DELETE": "on",
    }  # fmt: skip
    draft = draft_made(client, **added)
    assert [section.key for section in content_of(draft).sections] == ["cach-dung", "hoi-o-dau", "gui-xe-may"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"sections-0-decision": ""}, "ghi nguồn"),
        ({"sections-0-date": "2999-01"}, "không ở tương lai"),
        ({"sections-0-date": "2026-13"}, "không ở tương lai"),
        ({"lead": "Chỉ 5.000 đồng."}, "không có con số"),
        ({"related": "khai sinh"}, "không phải mã thủ tục"),
        ({"valid_from": "2027-01-01", "valid_to": "2026-01-01"}, "không thể trước ngày đầu"),
        ({"title": ""}, "ghi tên bài"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    client: Client, wrong: dict[str, str], says: str
) -> None:
    response = client.post(f"{PAGE}/edit", sent(**{"sections-1-text": "Đã gõ dở.", **wrong}))
    assert response.status_code == 422
    assert says in text_of(response)
    assert "Đã gõ dở." in response.content.decode()
    assert Revision.objects.count() == 1


def test_nobody_is_overwritten(client: Client) -> None:
    mine = sent(**{"sections-0-text": "Của tôi."})
    theirs = draft_made(client, title="Tên khác")
    publishing.publish(theirs, None, then=lambda: None)
    response = client.post(f"{PAGE}/edit", mine)
    assert response.status_code == 409
    assert "Tên khác" in text_of(response)
    assert content_of(live()).title == "Tên khác"


def test_a_new_article_is_drafted_published_and_its_address_taken_once(client: Client) -> None:
    new = {
        "slug": "gui-xe", "title": "Gửi xe", "sections-TOTAL_FORMS": "1", "sections-INITIAL_FORMS": "1",
        "sections-0-heading": "Ở đâu", "sections-0-text": "Ở bãi xe.", "sections-0-decision": "Tổng đài",
        "sections-0-date": "2026-11-01",
    }  # fmt: skip
    assert client.get("/editor/articles/new").status_code == 200
    assert client.post("/editor/articles/new", {**new, "slug": "Gửi xe"}).status_code == 422
    response = client.post("/editor/articles/new", new)
    assert response.url == "/editor/articles/gui-xe/revisions/1"
    assert "chưa công bố" in text_of(client.get("/editor/articles"))
    assert "chưa công bố" in text_of(client.get("/editor/articles/gui-xe"))
    client.post("/editor/articles/gui-xe/revisions/1/publish")
    assert content_of(live("art-gui-xe")).sections[0].key == "o-dau"
    assert "Địa chỉ này đã có bài" in text_of(client.post("/editor/articles/new", new))


def test_an_uploaded_article_is_shown_section_by_section_before_it_is_taken_in(client: Client) -> None:
    text = (starter.ARTICLES / "iparking.yaml").read_text(encoding="utf-8")
    changed = text.replace("Hỏi thêm ở đâu", "Hỏi ai")
    file = SimpleUploadedFile("iparking.yaml", changed.encode())
    client.post("/editor/uploads", {"file": file})
    row = UploadedRecord.objects.get()
    page = client.get(f"/editor/uploads/{row.upload_id}/records/{row.position}")
    assert "Hỏi ai" in text_of(page)
    assert PAGE in page.content.decode()
    new = SimpleUploadedFile("b.yaml", text.replace("article: iparking", "article: gui-xe").encode())
    client.post("/editor/uploads", {"file": new})
    row = UploadedRecord.objects.order_by("upload_id").last()
    assert row is not None
    page = client.get(f"/editor/uploads/{row.upload_id}/records/{row.position}")
    assert "Cách dùng" in text_of(page)
