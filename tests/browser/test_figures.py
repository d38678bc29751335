"""The figures page in a browser: accessible, whole on a phone, drawn, and followed by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from benchmarks.report_rows import fill
from office.models import Staff
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import official_with_password, sign_in
from tests.casework.people import city, ward

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1440])
def test_figures_are_accessible_and_fit_the_screen(new_page: Callable[..., Page], width: int) -> None:
    city()
    ward(parent=city())
    list(fill(60, years=0.1, seed=5))
    official_with_password("ha", role=Staff.Role.ADMINISTRATOR)
    page = new_page(width=width, height=800)
    sign_in(page, "ha")
    page.goto("/desk/figures/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 736:
        for chart in page.locator(".chart:not(.wide) .chart-roll").all():
            assert chart.evaluate("drawn => drawn.scrollWidth <= drawn.clientWidth")
    assert page.locator(".chart rect.part").count() > 4
    number = page.locator(".card a").first
    counted = number.inner_text().split()[-1]
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(f": {counted} phản ánh")
    assert_accessible(page)
