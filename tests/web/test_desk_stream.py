"""Word of a change at the desk, through a real server: of everything, or of one case."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from django.conf import settings
from django.test import Client

from casework import cases
from casework.models import Case
from office.models import Staff
from tests.casework.people import citizen, official, ward
from tests.serving import served

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    with served() as address:
        yield address


def waiting_case() -> Case:
    return cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")


def browser_of(staff: Staff, address: str) -> httpx.Client:
    client = Client()
    client.force_login(staff)
    session = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    return httpx.Client(base_url=address, cookies=session, timeout=3)


def words(response: httpx.Response) -> Iterator[str]:
    return (line for line in response.iter_lines() if line.startswith("event: "))


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
    with browser_of(ha, address) as browser, browser.stream("GET", path) as response:
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


def test_nobody_listens_to_a_case_that_does_not_exist_for_him(address: str) -> None:
    case = waiting_case()
    Case.objects.update(unit=ward("Phường Tây Hồ"))
    with browser_of(official("phuong", ward()), address) as browser:
        assert browser.get(f"/desk/live?case={case.number}").status_code == 404
