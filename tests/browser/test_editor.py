"""An editor at work in a real browser: a fee corrected, previewed, published; on a phone, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from knowledge_base.releases import encoder, pinned_library
from tests.web.editors import BIRTH, editor, live, put_in_use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "bien-tap-2026-thu"
NewPage = Callable[..., Page]


@pytest.fixture
def releases(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"
    encoder()  # converted and loaded before a page waits for it


@pytest.fixture
def editor_at_work(releases: None, new_page: NewPage) -> Callable[..., Page]:
    """Opens the list of procedures as an editor who signed in."""
    put_in_use(BIRTH)
    staff = editor()
    staff.set_password(PASSWORD)
    staff.save()

    def open_list(**options: object) -> Page:
        page = new_page(**options)
        page.goto("/editor/")
        page.get_by_label("Tên đăng nhập").fill("bientap")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", name="Thủ tục đang dùng")).to_be_visible()
        return page

    return open_list


def open_fees(page: Page) -> None:
    page.get_by_label("Tìm theo tên, mã hoặc lĩnh vực").fill("dang ky khai sinh")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh", exact=True).click()
    page.get_by_role("link", name="Sửa Cách nộp, thời hạn, phí và lệ phí").click()


def correct_the_fee(page: Page, amount: str) -> None:
    first = page.locator("#methods-0")
    first.get_by_label("Số tiền (đồng)").fill(amount)
    first.get_by_label("Phí ghi bằng chữ").fill("")
    first.get_by_label("Ghi chú của khoản phí").fill("")


def give_the_source(page: Page) -> None:
    page.get_by_label("Số quyết định, văn bản").fill("77/2025/NQ-HĐND")
    page.get_by_label("Ngày ban hành, công bố").fill("2026-01-01")


def preview(page: Page) -> None:
    page.locator("#preview").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_editor_corrects_a_fee_previews_and_publishes_it(
    editor_at_work: Callable[..., Page], *, scripts: bool
) -> None:
    page = editor_at_work(scripts=scripts)
    open_fees(page)
    correct_the_fee(page, "15.000")
    give_the_source(page)
    preview(page)
    expect(page.get_by_role("heading", name="Trợ lý ảo sẽ trả lời")).to_be_visible()
    expect(page.locator(".bubbles")).to_contain_text("Trực tuyến: 15.000 đồng")
    expect(page.locator(".bubbles")).to_contain_text("77/2025/NQ-HĐND")
    assert live().number == 1
    page.get_by_role("button", name="Công bố").click(timeout=30_000)
    expect(page.get_by_role("status")).to_have_text("Câu trả lời mới có hiệu lực từ bây giờ.", timeout=30_000)
    with pinned_library() as library:
        fee = library.content(BIRTH).methods[0].fees[0]
    assert (fee.text, fee.amount) == ("15.000 đồng", 15000)


def test_a_mistake_is_explained_beside_its_field_and_nothing_typed_is_lost(
    editor_at_work: Callable[..., Page],
) -> None:
    page = editor_at_work()
    open_fees(page)
    correct_the_fee(page, "mười lăm nghìn")
    page.get_by_label("Ghi chú cho đồng nghiệp").fill("Theo công văn của Sở")
    preview(page)
    expect(page.get_by_role("alert")).to_contain_text("Những gì anh/chị đã nhập vẫn còn nguyên")
    expect(page.locator("#methods-0 .problem")).to_contain_text("ví dụ 20.000")
    expect(page.locator("#methods-0").get_by_label("Số tiền (đồng)")).to_have_value("mười lăm nghìn")
    expect(page.get_by_label("Ghi chú cho đồng nghiệp")).to_have_value("Theo công văn của Sở")


def test_enter_in_a_field_previews_and_does_not_add_a_row(editor_at_work: Callable[..., Page]) -> None:
    page = editor_at_work()
    open_fees(page)
    correct_the_fee(page, "15.000")
    give_the_source(page)
    page.locator("#methods-0").get_by_label("Số tiền (đồng)").press("Enter")
    expect(page).to_have_url(re.compile(r"/revisions/2$"))


def test_the_pages_fit_a_phone(editor_at_work: Callable[..., Page]) -> None:
    page = editor_at_work(width=360, height=740)
    open_fees(page)
    for path in (
        "",
        f"procedures/{BIRTH}",
        *(f"procedures/{BIRTH}/edit/{s}" for s in ("methods", "documents", "legal_basis")),
    ):
        page.goto(f"/editor/{path}")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path
