"""The public pages of articles in a real browser, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import starter
from knowledge_base import releases
from knowledge_base.importing import import_contents, read_sources
from knowledge_base.releases import build_release
from tests.browser.test_procedures import PALE_TEXTS
from tests.knowledge_base.search_base import ENCODER
from tests.web.editors import BIRTH, put_in_use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _in_force(settings: Any, tmp_path: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"
    monkeypatch.setattr(releases, "encoder", lambda: ENCODER)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())
    put_in_use(BIRTH)
    import_contents(read_sources(starter.ARTICLES))
    build_release()


@pytest.mark.parametrize("path", ["", "/iparking", "/nop-truc-tuyen", "/khong-co"])
@pytest.mark.parametrize("width", [320, 360, 1440])
def test_every_page_fits_its_screen_and_can_be_read(new_page: NewPage, path: str, width: int) -> None:
    page = new_page(width=width, height=740, scripts=False)
    page.goto(f"/bai-viet{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(PALE_TEXTS) == []
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_search_among_procedures_leads_to_the_article(new_page: NewPage) -> None:
    page = new_page(width=360, height=740, scripts=False)
    page.goto("/thu-tuc?q=iparking")
    page.get_by_role("link", name="Ứng dụng trông giữ xe thông minh iParking").click()
    expect(page.get_by_text("chưa được duyệt").first).to_be_visible()
    expect(page.get_by_role("link", name="xem nguồn của mục iParking là gì")).to_have_attribute(
        "href", "https://hanoi.gov.vn/hi/tintuc_sukien/-/hn/ZVOm7e3VDMRM/7320/2815567/4/"
        "ung-dung-trong-giu-xe-thong-minh-iparking-hieu-qua-va-minh-bach.html"
    )  # fmt: skip
