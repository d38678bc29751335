"""The pages of routing rules and of units."""

from __future__ import annotations

import pytest
from django.test import Client

from casework import reports
from casework.models import Report, RoutingRule
from office.models import AuditEntry, Staff, Unit
from tests.casework.people import citizen, city, official, ward

pytestmark = pytest.mark.django_db


def desk(role: str = Staff.Role.SUPERVISOR) -> Client:
    client = Client()
    client.force_login(official("lan", role=role))
    return client


def lamp(here: Unit) -> Report:
    return reports.file_report(
        conversation=citizen(), kind="field", category="chieu_sang", text="đèn tắt", ward=here
    ).report


@pytest.fixture
def lights() -> Unit:
    return Unit.objects.create(code="lights", name="Công ty chiếu sáng", kind=Unit.Kind.DEPARTMENT)


@pytest.mark.parametrize("path", ["/desk/routing/", "/desk/units/", "/desk/units/lights"])
def test_only_who_oversees_enters(path: str, lights: Unit) -> None:
    assert desk(Staff.Role.AGENT).get(path).status_code == 403


def test_a_rule_is_tried_first_and_saved_only_then(lights: Unit) -> None:
    client, report = desk(), lamp(ward("Phường Láng"))
    values = {"category": "chieu_sang", "ward": "", "unit": "lights", "reason": "theo phân cấp"}
    tried = client.post("/desk/routing/", values).content.decode()
    assert "1</strong> phản ánh sẽ đi nơi khác" in tried
    assert report.code in tried
    assert "chưa có cán bộ" in tried
    assert not RoutingRule.objects.exists()
    assert client.post("/desk/routing/", {**values, "saved": "yes"})["Location"] == "/desk/routing/"
    rule = RoutingRule.objects.get()
    assert (rule.category, rule.ward, rule.unit, rule.reason) == ("chieu_sang", None, lights, "theo phân cấp")
    assert rule.set_by.username == "lan"


def test_a_rule_is_taken_away_after_a_trial_as_well(lights: Unit) -> None:
    client = desk()
    RoutingRule.objects.create(category="chieu_sang", unit=lights, reason="cũ")
    values = {"category": "chieu_sang", "remove": "on", "reason": "hết phân cấp"}
    assert "Bỏ quy tắc" in client.post("/desk/routing/", values).content.decode()
    assert RoutingRule.objects.exists()
    client.post("/desk/routing/", {**values, "saved": "yes"})
    assert not RoutingRule.objects.exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"unit": "lights", "reason": "x"}, "chọn loại việc, phường xã, hoặc cả hai"),
        ({"category": "chieu_sang", "reason": "x"}, "chọn đơn vị nhận"),
        ({"category": "chieu_sang", "unit": "lights"}, "ghi lý do"),
        ({"category": "chieu_sang", "unit": "evn", "reason": "x"}, "không tồn tại|không hợp lệ|Chọn|valid"),
    ],
)
def test_what_is_no_rule_is_told_so_and_what_was_typed_stays(
    values: dict[str, str], told: str, lights: Unit
) -> None:
    response = desk().post("/desk/routing/", {**values, "saved": "yes"})
    assert response.status_code == 422
    assert any(words in response.content.decode() for words in told.split("|"))
    assert not RoutingRule.objects.exists()


def test_a_unit_is_told_whom_it_answers_to_and_where_it_points(lights: Unit) -> None:
    client, above = desk(), city()
    values = {"parent": above.pk, "is_signpost_only": "on", "signpost": "gọi 19001288"}
    client.post("/desk/units/lights", values)
    lights.refresh_from_db()
    assert (lights.parent, lights.is_signpost_only, lights.signpost) == (above, True, "gọi 19001288")
    assert AuditEntry.objects.filter(action="unit.changed", subject="unit:lights").exists()
    assert "gọi 19001288" in client.get("/desk/units/").content.decode()


def test_a_unit_overseen_by_one_below_it_or_pointing_nowhere_is_refused(lights: Unit) -> None:
    below = ward(parent=lights)
    client = desk()
    circle = client.post("/desk/units/lights", {"parent": below.pk})
    assert "không thể là chính đơn vị này" in circle.content.decode()
    nowhere = client.post("/desk/units/lights", {"is_signpost_only": "on", "signpost": " "})
    assert "ghi nơi người dân liên hệ" in nowhere.content.decode()
    lights.refresh_from_db()
    assert (lights.parent, lights.is_signpost_only) == (None, False)


def test_where_a_unit_came_from_is_told_in_words(lights: Unit) -> None:
    Unit.objects.filter(pk=lights.pk).update(source="starter")
    told = desk().get("/desk/units/lights").content.decode()
    assert "nguồn: dữ liệu ban đầu của phần mềm" in told
    assert "starter" not in told


def test_units_are_found_without_diacritics(lights: Unit) -> None:
    page = desk().get("/desk/units/", {"q": "chieu sang"}).content.decode()
    assert "Công ty chiếu sáng" in page
    assert "Không có đơn vị nào" in desk_again().get("/desk/units/", {"q": "zzz"}).content.decode()


def desk_again() -> Client:
    client = Client()
    client.force_login(Staff.objects.get(username="lan"))
    return client


def test_what_is_set_up_now_and_then_lies_behind_one_door() -> None:
    client = desk(Staff.Role.ADMINISTRATOR)
    page = client.get("/desk/setup/").content.decode()
    for path in ("/desk/routing/", "/desk/units/", "/desk/entrances/", "/desk/settings/", "/desk/channels/"):
        assert f'href="{path}"' in page
        assert 'aria-current="page">Thiết lập' in client.get(path).content.decode()


def test_a_supervisor_sees_only_the_doors_that_open_for_him() -> None:
    client = desk()
    page = client.get("/desk/setup/").content.decode()
    assert "/desk/routing/" in page
    assert "/desk/settings/" not in page
    assert client.get("/desk/settings/").status_code == 403
