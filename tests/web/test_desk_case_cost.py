"""What the page of a case costs the database: a bounded number of questions, however long the case is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from casework import cases
from casework.models import Case
from tests.casework.people import official
from tests.web.test_desk import desk_of, waiting_case
from tests.web.test_desk_transcript import said

pytestmark = pytest.mark.django_db

REFRESH = {"HX-Request": "true"}


@pytest.fixture
def case() -> Case:
    return waiting_case()


@pytest.fixture
def desk(case: Case) -> Client:
    """Of who has the case and its page open."""
    ha = official("ha")
    cases.claim(case, ha)
    desk = desk_of(ha)
    desk.get(f"/desk/cases/{case.number}")
    desk.post(f"/desk/cases/{case.number}/presence")
    return desk


def test_the_page_of_a_case_asks_few_questions(
    desk: Client, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(50):
        desk.get(f"/desk/cases/{case.number}")


def test_a_refresh_asks_only_for_what_it_shows(
    desk: Client, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        desk.get(f"/desk/cases/{case.number}", headers=REFRESH)


def test_saying_that_somebody_is_there_asks_little(
    desk: Client, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(13):
        desk.post(f"/desk/cases/{case.number}/presence")


def test_a_draft_that_goes_on_asks_little(
    desk: Client, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk.post(f"/desk/cases/{case.number}/draft", {"text": "Chào chị"})
    with django_assert_max_num_queries(14):
        desk.post(f"/desk/cases/{case.number}/draft", {"text": "Chào chị, hồ sơ"})


def test_a_longer_transcript_asks_no_more(desk: Client, case: Case) -> None:
    said(case.conversation, "Câu đầu")
    with CaptureQueriesContext(connection) as short:
        desk.get(f"/desk/cases/{case.number}")
    for number in range(60):
        said(case.conversation, f"Câu {number}")
    with CaptureQueriesContext(connection) as longer:
        desk.get(f"/desk/cases/{case.number}")
    assert len(longer) == len(short)


def test_a_refresh_says_when_nothing_changed_and_when_a_turn_did(desk: Client, case: Case) -> None:
    turn = said(case.conversation, "Câu đầu")
    page = f"/desk/cases/{case.number}?first={turn.pk}"
    seen = desk.get(page, headers=REFRESH)["X-Seen"]
    assert desk.get(f"{page}&seen={seen}", headers=REFRESH).status_code == 204
    turn.redacted = "deleted"
    turn.save()
    changed = desk.get(f"{page}&seen={seen}", headers=REFRESH)
    assert "Người dân đã xoá tin này" in changed.content.decode()
