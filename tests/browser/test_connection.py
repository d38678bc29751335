"""Bad lines: messages that wait for a network, streams that die, servers that restart, phones that sleep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from conversations.models import Turn
from tests.browser.test_chat import replied, said
from tests.journeys.processes import free_port
from tests.serving import served, until
from tests.web.browsers import photograph
from web.live import open_streams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def write(page: Page, *texts: str) -> None:
    for text in texts:
        page.get_by_label("Nội dung tin nhắn").fill(text)
        page.get_by_label("Nội dung tin nhắn").press("Enter")


def in_rows() -> list[str]:
    return list(Turn.objects.filter(direction=Turn.Direction.IN).values_list("text", flat=True))


def state(page: Page) -> Locator:
    return page.locator("#connection")


def test_what_is_written_without_network_is_sent_in_order_each_once(new_page: OpenPage) -> None:
    page = new_page(width=320, height=640)
    page.goto("/")
    page.context.set_offline(True)
    write(page, "một", "hai", "ba")
    expect(state(page)).to_contain_text("Đang mất mạng")
    expect(page.locator(".turn .state")).to_have_text(["Chưa gửi được", "Chờ gửi", "Chờ gửi"])
    dock = page.locator("#cuoi").bounding_box()
    last = page.locator(".turn.citizen").last.bounding_box()
    assert dock is not None
    assert last is not None
    assert last["y"] + last["height"] <= dock["y"] + 1
    page.context.set_offline(False)
    until(lambda: in_rows() == ["một", "hai", "ba"])
    expect(state(page)).to_be_empty()
    expect(page.locator(".turn.citizen .text")).to_have_text(["một", "hai", "ba"])


def test_what_waits_is_still_there_after_a_reload_and_is_sent_then(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.route("**/chat/messages", lambda route: route.abort())
    write(page, "một", "hai")
    expect(page.locator(".turn.unsent")).to_have_count(1)
    page.unroute("**/chat/messages")
    page.reload()
    until(lambda: in_rows() == ["một", "hai"])
    expect(page.locator(".turn.citizen .text")).to_have_text(["một", "hai"])
    page.reload()
    expect(page.locator(".turn.citizen .text")).to_have_text(["một", "hai"])
    assert in_rows() == ["một", "hai"]


def test_what_arrived_without_its_receipt_is_not_sent_again_after_a_reload(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.route("**/chat/messages", _lose_every_receipt)
    write(page, "một")
    expect(page.locator(".turn.unsent")).to_have_count(1)
    assert in_rows() == ["một"]
    page.unroute("**/chat/messages")
    page.reload()
    expect(page.locator(".turn.citizen")).to_have_count(1)
    expect(page.locator(".turn.unsent")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def _lose_every_receipt(route: Route) -> None:
    route.fetch()
    route.abort()


def _leave_waiting(_route: Route) -> None:
    """Neither answered nor refused: a line that is dead."""


def test_a_server_that_is_down_is_tried_again_without_a_tap(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.route("**/chat/messages", lambda route: route.fulfill(status=502, body="Bad Gateway"), times=1)
    write(page, "một")
    expect(state(page)).to_contain_text("tự gửi lại")
    until(lambda: in_rows() == ["một"])
    expect(page.locator(".turn.citizen .state")).to_have_text("Đã gửi")


def test_a_waiting_message_can_be_dropped_and_the_next_one_goes(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.context.set_offline(True)
    write(page, "nhầm", "đúng")
    page.locator(".turn", has_text="nhầm").get_by_role("button", name="Bỏ tin").click()
    expect(page.get_by_label("Nội dung tin nhắn")).to_be_focused()
    page.context.set_offline(False)
    until(lambda: in_rows() == ["đúng"])
    expect(page.get_by_text("nhầm")).to_have_count(0)


def test_what_the_chat_refuses_stays_in_sight_and_holds_nothing_up(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    refusal = {"error": {"code": "channel_off", "message": "Trò chuyện ở đây đang tạm ngừng."}}
    page.route("**/chat/messages", lambda route: route.fulfill(status=503, json=refusal), times=1)
    write(page, "một")
    expect(page.get_by_role("alert")).to_contain_text("đang tạm ngừng")
    write(page, "hai")
    until(lambda: in_rows() == ["hai"])
    expect(page.locator(".turn.unsent .text")).to_have_text(["một"])


def test_on_a_shared_machine_nothing_that_waits_is_kept(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/?shared=1")
    page.context.set_offline(True)
    write(page, "chuyện riêng")
    expect(state(page)).to_contain_text("đóng trang thì tin chờ bị bỏ")
    assert page.evaluate("localStorage.length") == 0
    page.context.set_offline(False)
    until(lambda: in_rows() == ["chuyện riêng"])


def test_a_photo_without_network_is_said_to_wait_for_the_open_page_only(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    page.context.set_offline(True)
    page.locator("#photo-file").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    expect(state(page)).to_contain_text("Ảnh chỉ giữ được khi trang còn mở")
    page.context.set_offline(False)
    until(lambda: Turn.objects.filter(kind="photo").count() == 1)
    expect(page.locator(".turn[data-id] .photo img")).to_be_visible()


def test_a_photo_that_takes_long_can_be_cancelled(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    page.route("**/chat/photos", _leave_waiting)
    page.locator("#photo-file").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.get_by_role("button", name="Huỷ gửi").click()
    expect(page.locator(".turn.citizen")).to_have_count(0)
    write(page, "thôi không gửi ảnh")
    until(lambda: in_rows() == ["thôi không gửi ảnh"])


def test_a_photo_is_made_smaller_before_it_is_sent(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    noise = photograph(size=(1750, 1600), kind="PNG", compress_level=0)
    assert len(noise) > 8_000_000
    file = {"name": "a.png", "mimeType": "image/png", "buffer": noise}
    page.locator("#photo-file").set_input_files(file, timeout=40_000)  # type: ignore[arg-type]
    until(lambda: Turn.objects.filter(kind="photo").exists())
    image = page.locator(".turn[data-id] .photo img")
    until(lambda: image.evaluate("image => image.naturalWidth") == 1600)


def test_after_a_restart_of_the_server_the_page_listens_again(
    new_page: OpenPage, transactional_db: None
) -> None:
    port = free_port()
    page = new_page()
    with served(port=port) as address:
        page.goto(address)
        conversation = said(page, "chào")
        replied(conversation, "Vâng, tôi nghe.")
        expect(page.get_by_text("Vâng, tôi nghe.")).to_be_visible()
    replied(conversation, "Trong lúc máy chủ nghỉ.")
    with served(port=port):
        expect(page.get_by_text("Trong lúc máy chủ nghỉ.")).to_be_visible(timeout=15_000)
        replied(conversation, "Sau đó.")
        expect(page.get_by_text("Sau đó.")).to_be_visible()
        expect(page.get_by_text("Vâng, tôi nghe.")).to_have_count(1)


def test_a_page_that_slept_shows_what_it_missed_as_soon_as_it_wakes(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    conversation = said(page, "chào")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    replied(conversation, "Trong lúc máy ngủ.")
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    expect(page.get_by_text("Trong lúc máy ngủ.")).to_be_visible()


def test_a_line_that_died_without_a_word_is_given_up_within_a_minute(new_page: OpenPage) -> None:
    page = new_page()
    page.clock.install()
    page.goto("/")
    page.route("**/chat/stream?*", _leave_waiting, times=1)
    conversation = said(page, "chào")
    replied(conversation, "Qua đường dây mới.")
    page.wait_for_timeout(500)
    expect(page.get_by_text("Qua đường dây mới.")).to_have_count(0)
    page.clock.run_for(60_000)
    expect(page.get_by_text("Qua đường dây mới.")).to_be_visible()


def test_where_no_stream_passes_the_page_asks_now_and_then(new_page: OpenPage) -> None:
    page = new_page()
    page.route("**/chat/stream?*", lambda route: route.abort())
    page.goto("/")
    replied(said(page, "chào"), "Vâng, tôi nghe.")
    expect(page.get_by_text("Vâng, tôi nghe.")).to_be_visible(timeout=30_000)


def test_many_tabs_of_a_browser_share_one_stream(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    conversation = said(page, "chào")
    tabs = [page.context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.goto("/")
    until(lambda: open_streams() == 1)
    replied(conversation, "Vâng, tôi nghe.")
    for tab in (page, *tabs):
        expect(tab.get_by_text("Vâng, tôi nghe.")).to_have_count(1)
    assert open_streams() == 1
    tabs[-1].close()
    replied(conversation, "Vẫn nghe.")
    expect(page.get_by_text("Vẫn nghe.")).to_have_count(1)
