"""The widget on a ward's website, in a real browser: two origins, no cookie between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from conversations.models import Turn
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.test_chat import replied
from tests.browser.websites import Website, website
from tests.serving import until
from tests.web.browsers import photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(address: str, settings: Any) -> Iterator[Website]:
    """A website that may show the widget."""
    with website(address) as ward_site:
        settings.WIDGET_ORIGINS = (ward_site.address,)
        yield ward_site


@pytest.fixture
def everyday_page(chromium: Browser) -> Iterator[Page]:
    """In a browser that lets a frame of another site keep something, apart for each site. Others do not."""
    lets_keep = "--disable-features=ThirdPartyCookieBlocking,TrackingProtection3pcd"
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, lets_keep])
    page = browser.new_page(locale="vi-VN", viewport={"width": 1440, "height": 900})
    page.set_default_timeout(10_000)
    yield page
    browser.close()


def button(page: Page) -> Any:
    return page.get_by_role("button", name="Hỏi Một Cửa")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[title*='Một Cửa']")


def opened(page: Page, site: Website) -> FrameLocator:
    page.goto(site.address)
    button(page).click()
    expect(frame(page).get_by_role("button", name="Đóng trò chuyện")).to_be_visible()
    return frame(page)


def say(chat: FrameLocator, text: str) -> Turn:
    chat.get_by_label("Nội dung tin nhắn").fill(text)
    chat.get_by_role("button", name="Gửi", exact=True).click()
    until(lambda: Turn.objects.filter(text=text).exists())
    return Turn.objects.get(text=text)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_one_line_puts_the_chat_on_another_website(
    new_page: OpenPage, site: Website, width: int, height: int
) -> None:
    page = new_page(width=width, height=height)
    chat = opened(page, site)
    turn = say(chat, "làm giấy khai sinh cần gì")
    replied(turn.conversation, "Giấy chứng sinh và tờ khai.")
    expect(chat.get_by_text("Giấy chứng sinh và tờ khai.")).to_be_visible()
    assert page.context.cookies() == []


def test_the_chat_is_there_again_on_the_next_page_of_the_site_and_after_a_reload(
    everyday_page: Page, site: Website
) -> None:
    page = everyday_page
    replied(say(opened(page, site), "khai sinh").conversation, "Giấy chứng sinh.")
    page.get_by_role("link", name="Trang khác").click()
    expect(frame(page).get_by_text("Giấy chứng sinh.")).to_be_visible()
    button(page).click()
    expect(page.locator("iframe")).to_be_hidden()
    page.reload()
    button(page).click()
    expect(frame(page).locator(".turn .text")).to_contain_text(["khai sinh", "Giấy chứng sinh."])
    expect(frame(page).get_by_text("không cho lưu")).to_be_hidden()


def test_where_the_browser_keeps_nothing_for_the_frame_the_citizen_is_told(
    new_page: OpenPage, site: Website
) -> None:
    page = new_page()
    chat = opened(page, site)
    expect(chat.get_by_text("không cho lưu")).to_be_visible()
    expect(chat.get_by_role("link", name="Mở trang Một Cửa")).to_have_attribute("href", "/")


def test_a_site_that_is_not_named_is_shown_no_chat_and_says_where_it_is(
    new_page: OpenPage, site: Website, settings: Any
) -> None:
    settings.WIDGET_ORIGINS = ("https://phuong.example.vn",)
    page = new_page()
    page.clock.install()
    page.goto(site.address)
    button(page).click()
    page.clock.run_for(11_000)
    expect(page.get_by_role("link", name="trang Một Cửa")).to_have_attribute("href", f"{site.widget}/")
    assert not Turn.objects.exists()


def test_all_sites_below_a_domain_may_be_named_at_once(
    new_page: OpenPage, site: Website, settings: Any
) -> None:
    port = site.address.rpartition(":")[2]
    settings.WIDGET_ORIGINS = (f"http://*.localhost:{port}",)
    page = new_page()
    page.goto(f"http://phuong-thu.localhost:{port}")
    button(page).click()
    expect(frame(page).get_by_role("button", name="Đóng trò chuyện")).to_be_visible()


def test_what_waits_on_the_page_is_not_sent_by_the_widget_of_the_same_site(
    new_page: OpenPage, address: str
) -> None:
    page = new_page()
    page.goto("/")
    page.route("**/chat/messages", lambda route: route.abort())
    page.get_by_label("Nội dung tin nhắn").fill("của trang")
    page.get_by_label("Nội dung tin nhắn").press("Enter")
    expect(page.locator(".turn.unsent")).to_have_count(1)
    page.goto("/nhung")
    page.unroute("**/chat/messages")
    button(page).click()
    say(frame(page), "của khung")
    assert not Turn.objects.filter(text="của trang").exists()


def test_it_opens_and_closes_by_the_keyboard_and_gives_the_focus_back(
    new_page: OpenPage, site: Website
) -> None:
    page = new_page()
    page.goto(site.address)
    button(page).focus()
    page.keyboard.press("Enter")
    expect(frame(page).get_by_label("Nội dung tin nhắn")).to_be_focused()
    expect(button(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_be_hidden()
    expect(button(page)).to_be_focused()
    expect(button(page)).to_have_attribute("aria-expanded", "false")


def test_on_a_wide_screen_the_tab_key_leads_out_of_the_frame(new_page: OpenPage, site: Website) -> None:
    page = new_page()
    opened(page, site)
    page.get_by_role("link", name="Trang khác").focus()
    page.keyboard.press("Tab")
    expect(button(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(frame(page).get_by_text("Đến ô soạn tin")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(button(page)).to_be_focused()


def test_on_a_phone_it_covers_the_screen_and_the_tab_key_stays_in_it(
    new_page: OpenPage, site: Website
) -> None:
    page = new_page(width=360, height=740)
    chat = opened(page, site)
    assert page.locator("iframe").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "motcua-widget"
    chat.get_by_role("button", name="Đóng trò chuyện").click()
    expect(button(page)).to_be_focused()


def test_what_comes_while_it_is_closed_is_counted_on_the_button(new_page: OpenPage, site: Website) -> None:
    page = new_page()
    chat = opened(page, site)
    turn = say(chat, "khai sinh")
    expect(chat.locator("#typing")).to_be_visible()
    chat.get_by_role("button", name="Đóng trò chuyện").click()
    replied(turn.conversation, "Giấy chứng sinh.")
    expect(page.get_by_role("button", name="Hỏi Một Cửa")).to_have_accessible_name(
        "Hỏi Một Cửa, trợ lý ảo của Hà Nội, 1 tin chưa xem"
    )
    button(page).click()
    expect(button(page)).to_have_accessible_name("Hỏi Một Cửa, trợ lý ảo của Hà Nội")


def test_a_photo_is_sent_and_seen_without_a_cookie(new_page: OpenPage, site: Website) -> None:
    page = new_page(width=360, height=740)
    chat = opened(page, site)
    data = photograph(size=(2400, 1600))
    chat.locator("#photo-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": data})
    image = chat.locator(".turn[data-id] .photo img")
    expect(image).to_be_visible()
    until(lambda: image.evaluate("image => image.naturalWidth") > 0)
    assert page.context.cookies() == []


def test_nothing_about_the_site_is_sent(new_page: OpenPage, site: Website) -> None:
    page = new_page()
    asked: list[dict[str, str]] = []
    page.on("request", lambda request: asked.append({**request.all_headers(), "url": request.url}))
    say(opened(page, site), "khai sinh")
    ours = [headers for headers in asked if headers["url"].startswith(site.widget)]
    assert len(ours) > 10
    told = [h for h in ours if site.address in (h.get("referer", "") + h.get("origin", "") + h["url"])]
    assert [headers["url"] for headers in told] == []


def test_ending_in_the_widget_erases_and_begins_anew(new_page: OpenPage, site: Website) -> None:
    page = new_page(width=360, height=740)
    chat = opened(page, site)
    say(chat, "chuyện riêng")
    chat.get_by_role("button", name="Kết thúc và xoá").click()
    expect(chat.get_by_text("không lấy lại được")).to_be_visible()
    chat.locator("#end-yes").click()
    expect(chat.get_by_text("Đã kết thúc và xoá")).to_be_visible()
    expect(chat.get_by_text("chuyện riêng")).to_have_count(0)
    assert not Turn.objects.exists()
    expect(chat.get_by_role("button", name="Đóng trò chuyện")).to_be_visible()


def test_a_copy_of_ones_data_is_fetched_in_the_widget(new_page: OpenPage, site: Website) -> None:
    page = new_page()
    chat = opened(page, site)
    say(chat, "khai sinh")
    with page.expect_download() as download:
        chat.get_by_role("button", name="Tải dữ liệu").click()
    assert download.value.suggested_filename == "du-lieu-cua-toi.zip"
    assert download.value.path().read_bytes()[:2] == b"PK"


def test_on_a_shared_machine_the_widget_keeps_nothing(
    new_page: OpenPage, address: str, settings: Any
) -> None:
    with website(address, attributes="data-shared") as site:
        settings.WIDGET_ORIGINS = (site.address,)
        page = new_page()
        chat = opened(page, site)
        conversation = say(chat, "chuyện riêng").conversation
        expect(chat.locator("#shared")).to_contain_text("tự kết thúc và xoá")
        conversation.refresh_from_db()
        assert conversation.ends_at is not None
        page.reload()
        button(page).click() if page.locator("iframe").is_hidden() else None
        expect(frame(page).locator("#starters")).to_be_visible()
        expect(frame(page).get_by_text("chuyện riêng")).to_have_count(0)


@pytest.mark.parametrize(("colour", "ink"), [("#f0c36a", "rgb(0, 0, 0)"), ("#093f3c", "rgb(255, 255, 255)")])
def test_the_site_chooses_colour_and_side_and_the_words_stay_legible(
    new_page: OpenPage, address: str, colour: str, ink: str
) -> None:
    with website(address, attributes=f'data-colour="{colour}" data-side="left"') as site:
        page = new_page()
        page.goto(site.address)
        box = button(page).bounding_box()
        assert box["x"] == 16
        assert box["height"] >= 44
        assert button(page).evaluate("button => getComputedStyle(button).color") == ink


def test_the_page_with_the_line_to_copy_shows_the_widget_itself(new_page: OpenPage, address: str) -> None:
    page = new_page()
    page.goto("/nhung")
    assert (
        page.locator("#line").input_value()
        == f'<script src="{address}/widget.js" async referrerpolicy="no-referrer"></script>'
    )
    button(page).click()
    expect(frame(page).get_by_role("button", name="Đóng trò chuyện")).to_be_visible()
