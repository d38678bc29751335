"""An editor imports a file in a real browser: looks at what changes, confirms, and it is answered so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from knowledge_base.releases import pinned_library
from tests.browser.test_editor import PASSWORD, NewPage
from tests.web.editors import BIRTH, editor, put_in_use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def upload_page(settings: pytest.FixtureRequest, tmp_path: Path, new_page: NewPage) -> Callable[..., Page]:
    settings.RELEASES_ROOT = tmp_path / "releases"
    put_in_use(BIRTH)
    staff = editor()
    staff.set_password(PASSWORD)
    staff.save()

    def open_uploads(**options: object) -> Page:
        page = new_page(**options)
        page.goto("/editor/uploads")
        page.get_by_label("Tên đăng nhập").fill("bientap")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", name="Nhập từ tệp")).to_be_visible()
        return page

    return open_uploads


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    birth = {
        "ma_thu_tuc": BIRTH,
        "ten_thu_tuc": "Thủ tục đăng ký khai sinh",
        "so_quyet_dinh": "200/QĐ-BTP",
        "trinh_tu_thuc_hien": "Bước 1: nộp hồ sơ ở phường.",
        "cach_thuc_thuc_hien": "Trực tiếp2 Ngày làm việc8,000 VNĐ(mỗi bản sao)Nộp tại quầy",
        "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai1 bản chính",
    }
    records = [birth, {"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Cấp phép thử", "ket_qua_xu_ly": "Giấy phép"}]
    path = tmp_path / "portal-2026-08.jsonl"
    path.write_text("\n".join(map(json.dumps, records)) + "\n{hỏng\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_editor_looks_at_a_file_confirms_it_and_it_is_answered(
    upload_page: Callable[..., Page], portal: Path, *, scripts: bool
) -> None:
    page = upload_page(scripts=scripts)
    page.get_by_label("Tệp thủ tục").set_input_files(portal)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Xem trước: portal-2026-08.jsonl")).to_be_visible()
    page.get_by_role("link", name="Bị từ chối 1").click()
    expect(page.get_by_role("cell", name="không phải JSON")).to_be_visible()
    page.get_by_role("link", name="Để ở bản nháp 1").click()
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh").click()
    expect(page.locator(".difference").first).to_be_visible()
    page.get_by_role("link", name="portal-2026-08.jsonl").click()
    page.get_by_role("button", name="Nhập 2 thủ tục").click()
    expect(page.get_by_text("Trợ lý ảo trả lời theo nội dung mới từ bây giờ")).to_be_visible(timeout=30_000)
    with pinned_library() as library:
        assert library.content("1.000001").result == "Giấy phép"
        assert library.content(BIRTH).documents[0].edited


def test_the_pages_of_an_upload_fit_a_phone(upload_page: Callable[..., Page], portal: Path) -> None:
    page = upload_page(width=360, height=740)
    page.get_by_label("Tệp thủ tục").set_input_files(portal)
    page.get_by_role("button", name="Xem trước").click()
    pages = [page.url, f"{page.url}/records/1", f"{page.url}/records/2", "/editor/uploads"]
    for address in pages:
        page.goto(address)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), address
