"""The pages of procedures in a real browser: on a phone, by keyboard, on paper, with scripts switched off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from knowledge_base import releases
from knowledge_base.releases import build_release
from tests.knowledge_base.search_base import ENCODER
from tests.web.editors import BIRTH, put_in_use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]

#: Of every text that is seen: its colours' contrast as WCAG counts it, where it is below 4.5.
PALE_TEXTS = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(c) && c !== 'transparent') return c; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('main *, header *, footer *')].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.checkVisibility()
    && !e.matches('.aloud')).map(e => { const a = light(getComputedStyle(e).color), b = light(ground(e));
    return [e.textContent.trim().slice(0, 40), (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]; })
    .filter(([, ratio]) => ratio < 4.5); }"""


@pytest.fixture(autouse=True)
def _in_force(settings: Any, tmp_path: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"
    monkeypatch.setattr(releases, "encoder", lambda: ENCODER)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())
    put_in_use(BIRTH, "1.004222")
    build_release()


@pytest.mark.parametrize("path", ["", f"/{BIRTH}", f"/{BIRTH}/giay-to", "/9.99", "?q=khai+sinh"])
@pytest.mark.parametrize("width", [320, 360, 1440])
def test_every_page_fits_its_screen_and_can_be_read(new_page: NewPage, path: str, width: int) -> None:
    page = new_page(width=width, height=740, scripts=True)
    page.goto(f"/thu-tuc{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(PALE_TEXTS) == []
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)


def test_without_scripts_a_search_leads_to_the_papers_to_tick_off(new_page: NewPage) -> None:
    page = new_page(width=360, height=740, scripts=False)
    page.goto("/thu-tuc")
    page.get_by_label("Tìm thủ tục").fill("dang ky khai sinh")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh", exact=True).click()
    page.get_by_role("link", name="Danh sách giấy tờ để in").click()
    first = page.get_by_role("checkbox").first
    first.check()
    expect(first).to_be_checked()


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"/thu-tuc/{BIRTH}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate(
        "[document.activeElement.closest('main') !== null,"
        " getComputedStyle(document.activeElement).outlineStyle]"
    )
    assert focused == [True, "solid"]


def test_on_paper_there_is_no_navigation_and_the_source_has_its_address(new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"/thu-tuc/{BIRTH}")
    page.emulate_media(media="print")
    for hidden in (".top", ".toc", ".ways", ".foot"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shown = page.locator(".source a").first.evaluate("a => getComputedStyle(a, '::after').content")
    assert "dichvucong.gov.vn" in shown
    assert page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor") == "rgb(255, 255, 255)"
