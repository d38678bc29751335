"""WCAG 2.2 AA as far as axe can tell, on every state of the chat; and what it cannot: zoom, colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from casework import cases
from casework.models import Case
from conversations import outbox
from conversations.messages import Choice, OutboundMessage
from conversations.models import Turn
from tests.browser.test_chat import FEE, asked_which_one, replied, said
from tests.browser.test_widget import button, opened
from tests.browser.websites import Website, website
from tests.casework.people import official
from tests.web.browsers import photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]
#: As the command of axe takes them: WCAG 2.0 to 2.2, levels A and AA, and what its makers advise besides.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1440, "height": 900}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(address: str, settings: Any) -> Iterator[Website]:
    with website(address) as ward_site:
        settings.WIDGET_ORIGINS = (ward_site.address,)
        yield ward_site


#: Until whatever moves has arrived; what never ends (a sign of waiting) is not waited for.
AT_REST = """() => Promise.allSettled(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished))"""


def assert_accessible(page: Page | Frame, *, within: str | None = None) -> None:
    """No violation on the page as it stands with its styles; each is told with its rule and the elements."""
    page.wait_for_load_state("load")
    page.evaluate(AT_REST)
    found = Axe().run(page, context=within, options=RULES).response["violations"]
    told = [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes']]}" for rule in found]
    assert told == []


def in_talk(page: Page) -> None:
    page.goto("/")
    asked_which_one(page)
    replied(said(page, "lệ phí"), "Lệ phí:\n• 8.000 đồng một bản.\n• Trực tuyến: không mất phí.", FEE)
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.locator("#photo-file").set_input_files(photo)  # type: ignore[arg-type]
    expect(page.locator(".turn[data-id] .photo img")).to_be_visible()


def in_queue(page: Page) -> None:
    page.goto("/")
    conversation = said(page, "gặp cán bộ")
    Turn.objects.update(status=Turn.Status.ANSWERED)
    cases.open_case(conversation, reason=Case.Reason.ASKED, summary="")
    page.reload()
    expect(page.locator("#standing")).to_be_visible()


def with_an_official(page: Page) -> None:
    in_queue(page)
    assert cases.claim(Case.objects.get(), official("ha"))
    page.reload()
    expect(page.locator("#standing")).to_contain_text("Đang trao đổi với")


def without_network(page: Page) -> None:
    page.goto("/")
    replied(said(page, "chào"), "Chào anh/chị.")
    page.context.set_offline(True)
    for text in ("câu một", "câu hai"):
        page.get_by_label("Nội dung tin nhắn").fill(text)
        page.get_by_label("Nội dung tin nhắn").press("Enter")
    expect(page.locator(".turn.unsent")).to_have_count(1)
    expect(page.get_by_text("Chờ gửi")).to_be_visible()


def with_a_problem(page: Page) -> None:
    page.goto("/")
    page.locator("#photo-file").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    expect(page.get_by_role("alert")).to_contain_text("JPG, PNG hoặc WebP")


def filling_a_form(page: Page) -> None:
    page.goto("/")
    conversation = said(page, "đường có ổ gà")
    Turn.objects.filter(direction=Turn.Direction.IN).update(status=Turn.Status.ANSWERED)
    fields = "Phản ánh của anh/chị:\n1. Nội dung: đường có ổ gà\n2. Nơi: ngõ 20 phố Huế"
    choices = (Choice(label="Gửi", payload="report:send", main=True), Choice(label="Sửa", payload="none"))
    outbox.queue(conversation, OutboundMessage(text=fields, choices=choices))
    page.reload()
    expect(page.get_by_role("button", name="Sửa")).to_be_in_viewport(ratio=1)


def shared_machine(page: Page) -> None:
    page.goto("/?shared=1")
    said(page, "chào")
    expect(page.locator("#shared")).to_contain_text("tự kết thúc")


def at_the_end(page: Page) -> None:
    page.goto("/")
    said(page, "chào")
    page.goto("/chat/ket-thuc")


STATES: dict[str, Callable[[Page], object]] = {
    "empty": lambda page: page.goto("/"),
    "talk": in_talk,
    "form": filling_a_form,
    "queue": in_queue,
    "official": with_an_official,
    "no network": without_network,
    "problem": with_a_problem,
    "shared": shared_machine,
    "end": at_the_end,
    "ended": lambda page: page.goto("/?da-xoa"),
    "line to copy": lambda page: page.goto("/nhung"),
    "own data": lambda page: page.goto("/du-lieu-cua-toi"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("screen", [NARROW, DESK], ids=["narrow", "wide"])
def test_every_state_of_the_page_is_accessible(
    new_page: OpenPage, state: str, screen: dict[str, int]
) -> None:
    page = new_page(**screen)
    STATES[state](page)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@pytest.mark.parametrize("screen", [NARROW, DESK], ids=["narrow", "wide"])
def test_the_widget_is_accessible_closed_open_and_at_its_end(
    new_page: OpenPage, site: Website, screen: dict[str, int]
) -> None:
    page = new_page(**screen)
    page.goto(site.address)
    expect(button(page)).to_be_visible()
    assert_accessible(page, within="#motcua-widget")
    chat = opened(page, site)
    assert_accessible(page, within="#motcua-widget")
    inside = page.frames[1]
    assert_accessible(inside)
    chat.get_by_role("button", name="Đăng ký kết hôn nộp ở đâu?").click()
    expect(chat.locator(".turn[data-id]")).to_be_visible()
    chat.get_by_role("button", name="Kết thúc và xoá").click()
    expect(chat.locator("#end-ask")).to_be_visible()
    assert_accessible(inside)
    assert inside.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("state", ["talk", "queue", "no network"])
def test_letters_twice_as_large_are_all_there(new_page: OpenPage, state: str) -> None:
    page = new_page(width=720, height=800)
    STATES[state](page)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.chat button, .chat a, .chat p')]
            .filter(e => e.offsetWidth && !e.closest('.aloud') && !e.matches('.aloud'))
            .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== 'visible')
            .map(e => e.textContent.trim().slice(0, 60))"""
    )
    assert cut == []


def test_in_forced_colours_what_is_a_button_still_looks_like_one(new_page: OpenPage) -> None:
    page = new_page(**PHONE)
    page.emulate_media(forced_colors="active")
    in_talk(page)
    bare = page.evaluate(
        """() => [...document.querySelectorAll('.chat button')].filter(e => e.offsetWidth)
            .filter(e => getComputedStyle(e).borderTopWidth === '0px' && !e.closest('.listed'))
            .map(e => e.textContent.trim())"""
    )
    assert bare == []


def test_where_motion_is_unwanted_nothing_moves(new_page: OpenPage) -> None:
    page = new_page(**PHONE)
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    said(page, "chào")
    expect(page.locator("#typing")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_focus_is_never_hidden_behind_the_composer(new_page: OpenPage) -> None:
    page = new_page(**PHONE)
    in_talk(page)
    page.evaluate("window.scrollTo(0, 0)")
    page.locator(".skip").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => { const e = document.activeElement;
                const dock = document.getElementById('cuoi');
                const top = element => element.getBoundingClientRect().top;
                return !dock.contains(e) && top(e) > top(dock) }"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")
