"""The page of the live settings: for administrators, in words, with the source beside each value."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.terms import INTAKE_HOURS
from office import live_settings
from office.models import Staff
from tests.casework.people import official
from tests.casework.test_level_recount import waiting

pytestmark = pytest.mark.django_db

PAGE = "/desk/settings/"
ONE = f"{PAGE}{INTAKE_HOURS.name}"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(official("minh", role=Staff.Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.EDITOR])
def test_only_an_administrator_sees_and_sets(client: Client, role: str) -> None:
    client.force_login(official("lan", role=role))
    assert client.get(PAGE).status_code == 403
    assert client.post(ONE, {"value": "6", "source": "QĐ 1", "seen": "8"}).status_code == 403
    assert INTAKE_HOURS.current() == 8


def test_the_page_tells_value_source_and_what_the_city_must_decide(desk: Client) -> None:
    shown = desk.get(PAGE).content.decode()
    assert "8 giờ làm việc" in shown
    assert "QĐ 1207/QĐ-UBND" in shown
    undecided = [stands for stands in live_settings.standings() if stands.is_undecided]
    assert shown.count("Cần quyết định") == len(undecided) >= 3


def test_a_value_is_set_with_its_source_and_shown_with_who_set_it(desk: Client) -> None:
    done = desk.post(ONE, {"value": "6", "source": "QĐ 1", "seen": "8"}, follow=True)
    assert INTAKE_HOURS.current() == 6
    assert "Đã lưu: Tiếp nhận – 6 giờ làm việc" in done.content.decode()
    assert "Nguồn: QĐ 1 · đặt" in done.content.decode()


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"value": "900", "source": "QĐ 1", "seen": "8"}, 422, "số nguyên từ 1 đến 80"),
        ({"value": "6", "source": "", "seen": "8"}, 422, "Ghi nguồn"),
        ({"value": "6", "source": "QĐ 1", "seen": "7"}, 409, "Người khác vừa đổi"),
    ],
)
def test_what_is_wrong_is_said_beside_the_setting(desk: Client, sent, status, said) -> None:
    response = desk.post(ONE, sent)
    assert response.status_code == status
    assert said in response.content.decode()
    assert f'value="{sent["value"]}"' in response.content.decode()
    assert INTAKE_HOURS.current() == 8


def test_a_setting_that_is_none_leads_back_to_the_page(desk: Client) -> None:
    response = desk.post(f"{PAGE}terms.nothing", {"value": "6", "source": "QĐ 1"}, follow=True)
    assert "Không có cài đặt terms.nothing" in response.content.decode()
    assert not live_settings.standing(INTAKE_HOURS).set_at


def test_what_moves_replies_that_are_due_is_shown_first_and_saved_when_confirmed(desk: Client) -> None:
    case = waiting()
    sent = {"value": "60", "source": "QĐ 1", "seen": "120"}
    tried = desk.post(f"{PAGE}levels.first_asked", sent)
    assert tried.status_code == 200
    assert "Xem trước khi lưu" in tried.content.decode()
    assert case.number in tried.content.decode()
    assert live_settings.named("levels.first_asked").current() == 120
    done = desk.post(f"{PAGE}levels.first_asked", {**sent, "saved": "yes"}, follow=True)
    assert "Hạn của 1 hồ sơ đã được tính lại" in done.content.decode()
    assert live_settings.named("levels.first_asked").current() == 60
