"""A real server in this process and Debian's Chromium in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.serving import served

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    f"--{flag}"
    for flag in (
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "disable-dev-shm-usage",
    )
]


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    """Where the product is served, over the test's own database file."""
    with served() as address:
        yield address


@pytest.fixture(scope="package")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One browser for these tests; gone before others run, whose event loops it would be in the way of."""
    if not CHROMIUM.exists():
        pytest.fail("needs Debian's chromium: run `make browser` once")
    # Playwright keeps an event loop in this thread; the tests still look into the rows between two clicks.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of a browser of its own (cookies apart), by default as wide as a desk's screen."""
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = 1440, height: int = 900, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=address,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
