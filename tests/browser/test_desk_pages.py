"""Every page of the desk at once: WCAG as far as axe can tell, and nothing beyond a phone's width.

Which pages there are is read from the permission table, where each address of the desk has its rows
(tests/web/test_permissions.py fails for one that has none).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.test_accessibility import DESK, RULES
from tests.web.permission_world import World, world_in
from tests.web.test_permissions import table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]
AXE = Axe()
PHONE = {"width": 360, "height": 740}
#: Sees most pages, its own unit's cases among them.
WHO = "administrator_of_unit"


@pytest.fixture
def world(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A release would take seconds, and no page of the desk is less of a page without one."""
    monkeypatch.setattr("knowledge_base.releases.build_release", lambda **_: None)
    with world_in(tmp_path) as world:
        yield world


def pages_of(world: World) -> dict[str, str]:
    """The path of each whole page that a GET shows to this person, by the name of its address."""
    client = world.clients[WHO]
    found = {}
    for row in table():
        if row.method != "GET" or not row.address.startswith("desk:") or row.address == "desk:live":
            continue
        path = reverse(row.address, kwargs=dict(world.things[row.thing]) if row.thing else None)
        if row.address not in found and _is_page(client, path):
            found[row.address] = path
    return found


def _is_page(client: Client, path: str) -> bool:
    shown = client.get(path)
    return shown.status_code == 200 and not shown.streaming and b"</html>" in shown.content


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "wide"])
def test_every_page_of_the_desk_is_accessible(
    new_page: OpenPage, address: str, world: World, screen: dict[str, int]
) -> None:
    pages = pages_of(world)
    assert len(pages) >= 40
    page = new_page(**screen)
    session = world.clients[WHO].cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    assert {name: told for name, path in pages.items() if (told := _wrong_with(page, path, screen))} == {}


def _wrong_with(page: Page, path: str, screen: dict[str, int]) -> list[str]:
    """What axe finds, and whether the page is wider than its screen."""
    page.goto(path)
    found = AXE.run(page, options=RULES).response["violations"]
    wrong = [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]
    if page.evaluate("document.documentElement.scrollWidth") > screen["width"]:
        wrong.append("wider than the screen")
    return wrong
