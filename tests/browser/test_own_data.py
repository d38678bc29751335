"""A citizen fetches a copy, ends and erases, and leaves a shared machine, in a real browser."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot import own_data_acts
from bot.moves import OwnDataAct
from casework import reports
from casework.models import DataRequest, Report
from conversations import changes, outbox
from conversations.models import Conversation, Turn
from tests.browser.test_chat import replied, said
from tests.kept import everything_in_the_rows, files_on_disk
from tests.serving import until
from tests.web.browsers import answer, photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def a_report(conversation: Conversation) -> reports.Filed:
    """Filed and told, as the assistant does it."""
    filed = reports.file_report(
        conversation=conversation, kind="field", category="khac", text="Đèn đường hỏng"
    )
    told = answer(conversation, f"Đã gửi phản ánh {filed.report.code}. Mã bí mật: {filed.secret}.")
    told.payload["detail"] = {"move": "report_filed", "code": filed.report.code, "secret": filed.secret}
    told.save()
    return filed


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_end_asks_once_shows_the_secret_and_leaves_a_clean_page(
    new_page: OpenPage, tmp_path: Path
) -> None:
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(photograph())
    page = new_page(width=360, height=740)
    page.goto("/")
    conversation = said(page, "chuyện riêng của Vũ Thị Kín")
    page.locator("#photo-file").set_input_files(picture)
    until(lambda: len(files_on_disk()) == 1)
    filed = a_report(conversation)
    page.get_by_label("Nội dung tin nhắn").fill("bản nháp riêng")

    page.get_by_role("link", name="Kết thúc và xoá").click()
    expect(page.get_by_role("heading", name="Kết thúc và xoá?")).to_be_visible()
    expect(page.get_by_text(f"{filed.report.code} – {filed.secret}")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Kết thúc và xoá").click()

    expect(page.get_by_role("status").filter(has_text="Đã kết thúc và xoá")).to_be_visible()
    expect(page.locator("#starters")).to_be_visible()
    expect(page.get_by_label("Nội dung tin nhắn")).to_have_value("")
    assert page.evaluate("sessionStorage.length + localStorage.length") in {0, 1}
    assert page.evaluate("sessionStorage.getItem('draft-chat-page')") in {None, ""}
    page.go_back()
    expect(page.get_by_text("chuyện riêng")).to_have_count(0)
    until(lambda: not files_on_disk())
    kept = everything_in_the_rows()
    assert "Vũ Thị Kín" not in kept
    assert filed.secret not in kept
    assert Report.objects.get().text == "Đèn đường hỏng"


def test_the_end_is_reached_and_confirmed_by_the_keyboard_alone(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    said(page, "chuyện riêng")
    page.get_by_role("link", name="Kết thúc và xoá").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Kết thúc và xoá").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#starters")).to_be_visible()
    assert not Turn.objects.exists()


def test_going_back_from_the_question_changes_nothing(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/?shared=1")
    said(page, "chuyện riêng")
    page.get_by_role("link", name="Kết thúc và xoá").click()
    page.get_by_role("button", name="Quay lại trò chuyện").click()
    expect(page.get_by_text("chuyện riêng")).to_be_visible()


def test_a_copy_is_asked_for_in_the_chat_and_fetched_once(new_page: OpenPage, tmp_path: Path) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    conversation = said(page, "gửi dữ liệu của tôi")
    for message in own_data_acts.carry_out(OwnDataAct.COPY, conversation):
        outbox.queue(conversation, message)
    Turn.objects.filter(direction=Turn.Direction.IN).update(status=Turn.Status.ANSWERED)
    changes.publish(changes.conversation_topic(conversation.public_id))
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Mở trang tải dữ liệu").click()
    copy = opened.value
    expect(copy.get_by_role("button", name="Tải tệp")).to_be_visible()  # a new page begins empty
    address = copy.url
    assert fits(copy)
    with copy.expect_download() as download:
        copy.get_by_role("button", name="Tải tệp").click()
    target = tmp_path / "copy.zip"
    download.value.save_as(target)
    assert "gửi dữ liệu của tôi" in zipfile.ZipFile(target).read("doc-truoc.html").decode()
    copy.goto(address)
    expect(copy.get_by_role("heading", name="Liên kết không còn dùng được")).to_be_visible()
    assert DataRequest.objects.get().fulfilled_at is not None


def test_the_file_of_the_copy_reads_well_in_a_browser(new_page: OpenPage, tmp_path: Path) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    replied(said(page, "khai <b>sinh</b>"), "Giấy chứng sinh.")
    page.goto("/du-lieu-cua-toi")
    assert fits(page)
    page.get_by_role("button", name="Tải dữ liệu của tôi").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp").click()
    download.value.save_as(tmp_path / "copy.zip")
    zipfile.ZipFile(tmp_path / "copy.zip").extractall(tmp_path / "copy")
    page.goto((tmp_path / "copy" / "doc-truoc.html").as_uri())
    expect(page.get_by_text("khai <b>sinh</b>")).to_be_visible()
    expect(page.get_by_text("Giấy chứng sinh.")).to_be_visible()
    assert fits(page)


def test_erasing_in_the_chat_clears_the_open_page_at_once(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    conversation = said(page, "chuyện riêng")
    replied(conversation, "Xoá thật không ạ?")
    expect(page.get_by_text("Xoá thật không ạ?")).to_be_visible()
    own_data_acts.carry_out(OwnDataAct.ERASE, conversation)
    expect(page.get_by_text("Đã xoá tin nhắn, ảnh, bản nháp")).to_be_visible()
    expect(page.get_by_text("chuyện riêng")).to_have_count(0)


def test_another_tab_of_the_same_browser_is_cleared_with_it(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    conversation = said(page, "chuyện riêng")
    replied(conversation, "Vâng.")
    other = page.context.new_page()
    other.goto("/")
    expect(other.get_by_text("chuyện riêng")).to_be_visible()
    page.goto("/chat/ket-thuc")
    page.get_by_role("button", name="Kết thúc và xoá").click()
    expect(other.get_by_text("chuyện riêng")).to_have_count(0)


def test_a_shared_machine_counts_down_in_sight_and_ends_by_itself(new_page: OpenPage, settings: Any) -> None:
    settings.SHARED_MINUTES = 1
    page = new_page(width=360, height=740)
    page.clock.install()
    page.goto("/?shared=1")
    expect(page.locator("#shared")).to_have_text("Máy dùng chung: không hiện lại tin cũ.")
    conversation = said(page, "chuyện riêng")
    replied(conversation, "Vâng.")
    expect(page.get_by_text("Vâng.")).to_be_visible()
    page.clock.run_for(2_000)
    expect(page.locator("#shared")).to_contain_text("tự kết thúc và xoá sau 0:5")
    page.clock.run_for(40_000)
    expect(page.locator("#ends-soon")).to_contain_text("Chạm màn hình")
    page.keyboard.press("Shift")
    page.clock.run_for(2_000)
    expect(page.locator("#ends-soon")).to_have_text("")
    page.clock.run_for(61_000)
    expect(page.get_by_text("Đã kết thúc và xoá")).to_be_visible()
    assert not Turn.objects.exists()


def test_a_shared_machine_shows_no_history_after_a_reload(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/?shared=1")
    said(page, "chuyện riêng")
    page.reload()
    expect(page.locator("#starters")).to_be_visible()
    expect(page.get_by_text("chuyện riêng")).to_have_count(0)


def test_without_scripts_the_end_and_a_shared_machine_work_as_forms(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740, scripts=False)
    page.goto("/?shared=1")
    said(page, "chuyện riêng")
    expect(page.get_by_text("chuyện riêng")).to_be_visible()
    page.get_by_role("link", name="Kết thúc và xoá").click()
    page.get_by_role("button", name="Kết thúc và xoá").click()
    expect(page.locator("#starters")).to_be_visible()
    assert not Turn.objects.exists()
