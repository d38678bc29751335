"""Word of a change at the desk, through a real server: of everything, or of one case."""

from __future__ import annotations

import asyncio
import html
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from casework import cases
from casework.models import Case
from conversations import changes
from office import accounts, sessions
from office.models import Staff
from tests.casework.people import citizen, official, ward
from tests.serving import browser_of, served, words
from web.live import Event, Listener, event_stream

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    with served() as address:
        yield address


def waiting_case() -> Case:
    return cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")


def test_the_page_of_a_case_hears_of_its_own_case(address: str) -> None:
    ha, case = official("ha"), waiting_case()
    path = f"/desk/live?case={case.number}"
    with browser_of(ha, address) as browser, browser.stream("GET", path) as response:
        heard = words(response)
        assert next(heard) == "event: change"  # at once: the page may be older than the stream
        cases.claim(case, ha)
        assert next(heard) == "event: change"


def test_the_page_of_a_case_does_not_hear_of_another(address: str) -> None:
    ha, case, another = official("ha"), waiting_case(), waiting_case()
    path = f"/desk/live?case={case.number}"
    with browser_of(ha, address, patience=3) as browser, browser.stream("GET", path) as response:
        heard = words(response)
        next(heard)
        cases.claim(another, ha)
        with pytest.raises(httpx.ReadTimeout):
            next(heard)


def test_the_queue_hears_of_every_case(address: str) -> None:
    with browser_of(official("ha"), address) as browser, browser.stream("GET", "/desk/live") as response:
        heard = words(response)
        next(heard)
        waiting_case()
        assert next(heard) == "event: change"


def test_a_page_that_shows_all_there_is_is_not_sent_to_look_until_something_changes(address: str) -> None:
    case = waiting_case()
    with browser_of(official("ha"), address, patience=3) as browser:
        live = stream_of(browser.get("/desk/").text)
        with browser.stream("GET", live) as response, pytest.raises(httpx.ReadTimeout):
            next(words(response))
        cases.claim(case, Staff.objects.get())
        with browser.stream("GET", live) as response:
            assert next(words(response)) == "event: change"


def stream_of(page: str) -> str:
    found = re.search(r'data-live="([^"]+)"', page)
    assert found
    return html.unescape(found.group(1))


def test_nobody_listens_to_a_case_that_does_not_exist_for_him(address: str) -> None:
    case = waiting_case()
    Case.objects.update(unit=ward("Phường Tây Hồ"))
    with browser_of(official("phuong", ward()), address) as browser:
        assert browser.get(f"/desk/live?case={case.number}").status_code == 404


# A stream ends with the session it was opened by


def sign_out(staff: Staff) -> None:
    sessions.end_all(staff)


def become_an_editor(staff: Staff) -> None:
    anh = official("anh", role=Staff.Role.ADMINISTRATOR)
    to = replace(accounts.particulars_of(staff), role=Staff.Role.EDITOR, units=())
    accounts.change(staff, to, seen=accounts.state_of(staff), by=anh)


def move_to_another_unit(staff: Staff) -> None:
    anh, other = official("anh", role=Staff.Role.ADMINISTRATOR), ward("Phường Láng")
    to = replace(accounts.particulars_of(staff), units=[other])
    accounts.change(staff, to, seen=accounts.state_of(staff), by=anh)


def be_switched_off(staff: Staff) -> None:
    accounts.switch_off(staff, reason="Nghỉ việc", by=official("anh", role=Staff.Role.ADMINISTRATOR))


ENDINGS = [sign_out, become_an_editor, move_to_another_unit, be_switched_off]


@pytest.mark.parametrize("ends", ENDINGS)
def test_a_stream_ends_at_once_with_what_opened_it(address: str, ends: Callable[[Staff], None]) -> None:
    ha = official("ha")
    with browser_of(ha, address) as browser, browser.stream("GET", "/desk/live") as response:
        heard = words(response)
        next(heard)
        began = time.monotonic()
        ends(ha)
        assert list(heard) == []  # the end, not one word more
        assert time.monotonic() - began < 2


def signed_out(key: str) -> bool:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client.post("/desk/sign-out").status_code == 302


def test_signing_out_in_the_browser_ends_its_stream_and_no_other(address: str) -> None:
    ha = official("ha")
    with (
        browser_of(ha, address) as here,
        browser_of(ha, address) as there,
        here.stream("GET", "/desk/live") as ending,
        there.stream("GET", "/desk/live") as staying,
    ):
        heard_here, heard_there = words(ending), words(staying)
        next(heard_here), next(heard_there)
        assert signed_out(here.cookies[settings.SESSION_COOKIE_NAME])
        assert list(heard_here) == []
        waiting_case()
        assert next(heard_there) == "event: change"


@pytest.mark.parametrize("ends", ENDINGS)
def test_what_another_process_ended_is_noticed_at_the_next_heartbeat(
    ends: Callable[[Staff], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ha = official("ha")
    client = Client()
    client.force_login(ha)
    client.get("/desk/account/")
    at_first = sessions.standing(ha, client.session.session_key or "")
    assert at_first
    monkeypatch.setattr(sessions.access_changed, "receivers", [])  # which hear this process only
    ends(ha)
    assert sessions.standing(ha, client.session.session_key or "") != at_first


@contextmanager
def busy(topic: str) -> Iterator[None]:
    """Something of the topic changes a hundred times a second."""
    over = threading.Event()

    def change() -> None:
        while not over.wait(0.01):
            changes.publish(topic)
        connection.close()

    thread = threading.Thread(target=change)
    thread.start()
    yield
    over.set()
    thread.join()


def test_who_listens_is_asked_once_a_heartbeat_however_much_changes() -> None:
    asked = []

    def may_stay() -> bool:
        asked.append(time.monotonic())
        return len(asked) < 3

    response = event_stream(
        "busy", read=list, listener=Listener(staff_id=1, may_stay=may_stay), heartbeat=0.2, lifetime=30
    )

    async def collect() -> int:
        return len([part async for part in response.streaming_content])

    began = time.monotonic()
    with busy("busy"):
        assert asyncio.run(collect()) > 10
    assert len(asked) == 3
    assert 0.5 < time.monotonic() - began < 5


@pytest.mark.parametrize("steps", range(6))
def test_a_stream_whose_browser_leaves_as_something_changes_ends(steps: int) -> None:
    """steps: of the loop between change and leaving; before Python 3.12 wait_for went on after some."""

    def read() -> list[Event]:
        time.sleep(0.2)  # longer than the steps
        return [Event(name="change", data={})]

    response = event_stream("leaving", read=read, heartbeat=30)

    async def leave() -> bool:
        parts = aiter(response.streaming_content)
        await anext(parts)  # retry
        await anext(parts)
        waiting = asyncio.ensure_future(anext(parts))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(changes.publish, "leaving")
        for _ in range(steps):
            await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting], timeout=5)
        return waiting.cancelled()

    assert asyncio.run(leave())
