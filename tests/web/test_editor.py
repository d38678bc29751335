"""The editor's pages: found, corrected, previewed, published, brought back; nobody is overwritten."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from knowledge_base import publishing
from knowledge_base.importing import import_contents
from knowledge_base.models import ActiveRelease, Revision
from knowledge_base.releases import pinned_library
from knowledge_base.sources.records import Record
from office.models import Staff
from tests.knowledge_base.contents import known_only
from tests.web.editors import (
    BIRTH,
    SOURCE,
    as_opened,
    editor,
    live,
    live_content,
    put_in_use,
    signed_in,
)
from web.editor.catalogue import Entry, Wanted, found
from web.editor.sections import Section

pytestmark = pytest.mark.django_db
PAGE = f"/editor/procedures/{BIRTH}"


@pytest.fixture
def birth(settings: Any, tmp_path: Any) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"
    put_in_use(BIRTH)


def fee_corrected(amount: str = "15.000", **more: str) -> dict[str, str]:
    """The fee of the first way of handing in corrected, as the form would send it."""
    sent = as_opened(live_content(), Section.METHODS)
    return {**sent, **SOURCE, "base": str(live().number), "methods-0-fees-0-amount": amount,
            "methods-0-fees-0-text": "", "methods-0-fees-0-note": "", **more}  # fmt: skip


def draft_made(client: Client, **more: str) -> Revision:
    response = client.post(f"{PAGE}/edit/methods", fee_corrected(**more))
    assert response.status_code == 302, response.content.decode()
    return Revision.objects.get(procedure__code=BIRTH, status=Revision.Status.DRAFT)


def no_release() -> None:
    """Live, without the seconds a release takes."""


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# Who may enter


def test_a_stranger_is_asked_to_sign_in(birth: None, client: Client) -> None:
    for path in ("/editor/", PAGE, f"{PAGE}/edit/methods", f"{PAGE}/revisions/1"):
        response = client.get(path)
        assert response.status_code == 302
        assert response.url.startswith("/desk/sign-in")


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.SUPERVISOR])
def test_who_does_not_edit_content_is_refused_and_changes_nothing(birth: None, role: str) -> None:
    client = signed_in(editor(role=role))
    assert client.get("/editor/").status_code == 403
    assert client.post(f"{PAGE}/edit/methods", fee_corrected()).status_code == 403
    assert client.post(f"{PAGE}/revisions/1/bring-back").status_code == 403
    assert Revision.objects.count() == 1


def test_a_post_from_another_site_is_refused(birth: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor())
    assert client.post(f"{PAGE}/edit/methods", fee_corrected()).status_code == 403
    assert Revision.objects.count() == 1


def test_a_page_that_changes_things_does_not_answer_to_a_link(birth: None) -> None:
    client = signed_in(editor())
    assert client.get(f"{PAGE}/revisions/1/publish").status_code == 405
    assert client.get(f"{PAGE}/revisions/1/bring-back").status_code == 405


# Finding


@pytest.mark.parametrize(
    "words", ["khai sinh", "dang ky khai sinh", "ĐĂNG KÝ KHAI SINH", "1.001193", "ho tich sinh"]
)
def test_a_procedure_is_found_with_and_without_marks(birth: None, words: str) -> None:
    page = signed_in(editor()).get("/editor/", {"q": words})
    assert BIRTH in page.content.decode()


def test_nothing_found_says_what_to_try(birth: None) -> None:
    assert "Anh/chị thử ít chữ hơn" in text_of(signed_in(editor()).get("/editor/", {"q": "phi thuyền"}))


def test_what_must_be_looked_at_can_be_listed_alone(birth: None) -> None:
    put_in_use("2.000635")
    flagged = text_of(signed_in(editor()).get("/editor/", {"show": "flagged", "flag": "time_without_unit"}))
    assert BIRTH in flagged
    assert "2.000635" not in flagged


def test_the_words_of_a_title_come_before_words_here_and_there() -> None:
    def entry(code: str, title: str) -> Entry:
        return Entry(
            code=code, title=title, field="Hộ tịch", flags=(), number=1, origin="import",
            published_at=None, draft_waits=False,
        )  # fmt: skip

    scattered, exact = (
        entry("1", "Khai nhận con sinh ra ở nước ngoài"),
        entry("2", "Thủ tục đăng ký khai sinh"),
    )
    assert found([scattered, exact], Wanted(words="khai sinh")) == [exact, scattered]


# Correcting


def test_every_section_opens(birth: None) -> None:
    client = signed_in(editor())
    for section in Section:
        assert client.get(f"{PAGE}/edit/{section}").status_code == 200
    assert client.get(f"{PAGE}/edit/everything").status_code == 404
    assert client.get("/editor/procedures/9.999999").status_code == 404


def test_a_correction_without_a_source_is_refused_and_keeps_what_was_typed(birth: None) -> None:
    response = signed_in(editor()).post(
        f"{PAGE}/edit/methods",
        {**fee_corrected("12.345"), "source-decision": "", "source-note": "theo hội nghị"},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Anh/chị ghi số quyết định hoặc số văn bản làm căn cứ" in page
    assert 'value="12.345"' in page
    assert "theo hội nghị" in page
    assert Revision.objects.count() == 1


def test_a_source_of_tomorrow_is_refused(birth: None) -> None:
    response = signed_in(editor()).post(
        f"{PAGE}/edit/methods", {**fee_corrected(), "source-date": "2999-01-01"}
    )
    assert "Ngày này chưa đến" in text_of(response)


def test_a_row_is_added_without_losing_what_was_typed_and_without_complaints(birth: None) -> None:
    sent = {**fee_corrected("12.345"), "source-decision": "", "add": "methods-0-fees"}
    page = signed_in(editor()).post(f"{PAGE}/edit/methods", sent).content.decode()
    assert 'name="methods-0-fees-1-amount"' in page
    assert 'value="12.345"' in page
    assert "làm căn cứ, ví dụ" not in page


def test_a_forged_row_count_is_refused_and_not_a_crash(birth: None) -> None:
    client = signed_in(editor())
    for forged in ("999999999", "-1", "x"):
        response = client.post(f"{PAGE}/edit/methods", {**fee_corrected(), "methods-TOTAL_FORMS": forged})
        assert response.status_code in {302, 422}
    assert client.post(f"{PAGE}/edit/methods", {**fee_corrected(), "add": "nonsense"}).status_code == 200
    assert live().number == 1


def test_nothing_changed_makes_no_draft(birth: None) -> None:
    sent = {**as_opened(live_content(), Section.STEPS), **SOURCE, "base": "1"}
    response = signed_in(editor()).post(f"{PAGE}/edit/steps", sent)
    assert "Chưa có gì khác so với bản đang dùng" in text_of(response)
    assert Revision.objects.count() == 1


def test_words_that_look_like_markup_are_shown_as_words(birth: None) -> None:
    client = signed_in(editor())
    sent = {"text": "<script>alert(1)</script> Nộp hồ sơ", **SOURCE, "base": "1"}
    preview = client.post(f"{PAGE}/edit/steps", sent, follow=True).content.decode()
    assert "<script>alert(1)" not in preview
    assert "&lt;script&gt;alert(1)" in preview


# Previewing and publishing


def test_the_preview_shows_the_answers_of_the_draft_while_the_live_one_stays(birth: None) -> None:
    client = signed_in(editor())
    draft = draft_made(client)
    preview = text_of(client.get(f"{PAGE}/revisions/{draft.number}"))
    assert "Trợ lý ảo sẽ trả lời" in preview
    assert "15.000 đồng" in preview
    assert "77/2025/NQ-HĐND" in preview
    assert live().number == 1
    assert not ActiveRelease.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_published_is_what_the_assistant_quotes_from_then_on(birth: None) -> None:
    staff = editor()
    client = signed_in(staff)
    draft = draft_made(client)
    response = client.post(f"{PAGE}/revisions/{draft.number}/publish", follow=True)
    assert "Câu trả lời mới có hiệu lực từ bây giờ" in text_of(response)
    with pinned_library() as library:
        content = library.content(BIRTH)
    assert content.methods[0].fees[0].amount == 15000
    assert content.provenance["fee"].decision == "77/2025/NQ-HĐND"
    assert live().author == staff
    assert Revision.objects.get(number=1).status == Revision.Status.SUPERSEDED


@pytest.mark.django_db(transaction=True)
def test_a_former_revision_is_brought_back_as_a_new_one(birth: None) -> None:
    client = signed_in(editor())
    before = live_content()
    client.post(f"{PAGE}/revisions/{draft_made(client).number}/publish")
    response = client.post(f"{PAGE}/revisions/1/bring-back", follow=True)
    assert "Đã dùng lại bản số 1" in text_of(response)
    assert live().number == 3
    assert live_content() == before
    with pinned_library() as library:
        assert library.content(BIRTH) == before


def test_a_draft_cannot_be_brought_back_and_a_former_one_cannot_be_published(birth: None) -> None:
    client = signed_in(editor())
    draft = draft_made(client)
    refused = client.post(f"{PAGE}/revisions/{draft.number}/bring-back", follow=True)
    assert "chưa từng được dùng" in text_of(refused)
    done = client.post(f"{PAGE}/revisions/1/publish", follow=True)
    assert "không còn là bản nháp" in text_of(done)
    assert live().number == 1


# Two editors at once


@pytest.fixture
def colleague_published(birth: None) -> Revision:
    """A colleague adds a step while the first editor's page is open."""
    colleague = Staff.objects.create_user("minh", first_name="Minh", last_name="Trần", role=Staff.Role.EDITOR)
    client = signed_in(colleague)
    steps = f"{live_content().steps}\nNhận kết quả qua bưu điện."
    client.post(f"{PAGE}/edit/steps", {"text": steps, **SOURCE, "base": "1"})
    draft = Revision.objects.get(number=2)
    publishing.publish(draft, colleague, then=no_release)
    return draft


def test_a_page_opened_before_a_colleague_published_overwrites_nothing(birth: None, request: Any) -> None:
    sent = fee_corrected("12.345")
    request.getfixturevalue("colleague_published")
    response = signed_in(editor()).post(f"{PAGE}/edit/methods", sent)
    page = text_of(response)
    assert response.status_code == 409
    assert "Trần Minh đã công bố bản số 2" in page
    assert "Nhận kết quả qua bưu điện." in page
    assert "12.345" in page.partition("Anh/chị nhập, so với bản mới")[2]
    assert 'value="12.345"' in response.content.decode()
    assert Revision.objects.count() == 2


def test_sent_again_after_both_versions_were_shown_it_keeps_the_colleagues_words(
    birth: None, request: Any
) -> None:
    sent = fee_corrected("12.345")
    request.getfixturevalue("colleague_published")
    client = signed_in(editor())
    shown = client.post(f"{PAGE}/edit/methods", sent).content.decode()
    base = re.search(r'name="base" value="(\d+)"', shown)
    assert base
    assert base[1] == "2"
    client.post(f"{PAGE}/edit/methods", {**sent, "base": base[1]})
    draft = Revision.objects.get(status=Revision.Status.DRAFT)
    assert draft.content["steps"].endswith("Nhận kết quả qua bưu điện.")
    assert draft.content["methods"][0]["fees"][0]["amount"] == 12345


def test_a_draft_begun_before_a_colleague_published_is_not_published(birth: None, request: Any) -> None:
    client = signed_in(editor())
    mine = draft_made(client, **{"methods-0-fees-0-amount": "12.345"})
    colleague = editor("minh")
    theirs = publishing.save_draft(BIRTH, live_content(), colleague, "")
    publishing.publish(theirs, colleague, then=no_release)
    page = text_of(client.post(f"{PAGE}/revisions/{mine.number}/publish", follow=True))
    assert "Chưa công bố được" in page
    assert "Không có gì bị ghi đè" in page
    assert "Sửa tiếp trên bản đang dùng" in page
    assert live() == theirs
    reopened = client.get(f"{PAGE}/edit/methods", {"draft": mine.number}).content.decode()
    assert "12.345" in reopened
    assert "77/2025/NQ-HĐND" in reopened


def test_an_entry_of_the_catalogue_is_marked_shows_its_signpost_and_has_nothing_to_edit(birth: None) -> None:
    entry = known_only()
    import_contents([Record(place="danh mục", content=entry)])
    client = signed_in(editor())
    page = client.get("/editor/", {"show": "known"}).content.decode()
    assert entry.title in page
    assert live_content().title not in page
    page = client.get(f"/editor/procedures/{entry.code}").content.decode()
    assert "kho chưa có nội dung" in page
    assert "/edit/" not in page
    assert client.get(f"/editor/procedures/{entry.code}/edit/steps").status_code == 404
