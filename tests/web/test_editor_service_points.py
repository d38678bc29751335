"""Service points in the editor: found, added, changed, registered; what is unknown stays empty."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

import starter
from office.models import AuditEntry, ServicePoint
from office.places import load_places
from office.service_points import import_service_points
from tests.web.editors import editor, signed_in

pytestmark = pytest.mark.django_db

LIST, NEW = "/editor/service-points", "/editor/service-points/new"


@pytest.fixture
def client() -> Client:
    load_places()
    import_service_points(starter.SERVICE_POINTS)
    return signed_in(editor())


def page(client: Client, **query: str) -> str:
    return unescape(client.get(LIST, query).content.decode())


def test_a_ward_is_found_without_marks_and_says_what_is_not_known(client: Client) -> None:
    text = page(client, q="phuong lang")
    assert "Điểm phục vụ hành chính công phường Láng" in text
    assert "chưa có giờ" in text
    assert "chưa kiểm tra" in text
    assert "Ba Đình" not in text


def test_a_point_is_completed_and_the_register_names_what_changed(client: Client) -> None:
    point = ServicePoint.objects.get(unit__name="Phường Láng")
    address = f"{LIST}/{point.code}"
    given = client.get(address).context["form"].initial
    sent = {name: value for name, value in given.items() if value}
    sent |= {"address": "10 phố Láng", "fields_served": "Hộ tịch\nChứng thực", "checked_on": "2026-03-01"}
    assert client.post(address, sent).status_code == 302
    point.refresh_from_db()
    assert (point.address, point.fields, point.checked_on) == (
        "10 phố Láng",
        ["Hộ tịch", "Chứng thực"],
        date(2026, 3, 1),
    )
    entry = AuditEntry.objects.get(action="service_point.changed")
    assert entry.detail["changed"] == "address, checked_on, fields"


def test_a_police_counter_is_added(client: Client) -> None:
    sent = {"kind": "police", "name": "Công an phường Láng", "source": "Công an thành phố"}
    assert client.post(NEW, sent).status_code == 302
    assert ServicePoint.objects.get(kind="police").address == ""


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"source": ""}, "Anh/chị ghi ai hoặc văn bản nào"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "không thể trước ngày bắt đầu"),
        ({"booking_url": "https://dat-lich.example.com"}, "trang của cơ quan nhà nước"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(client: Client, fields: dict[str, str], says: str) -> None:
    sent = {"kind": "police", "name": "Công an phường Láng", "source": "x", **fields}
    response = client.post(NEW, sent)
    assert response.status_code == 422
    assert says in unescape(response.content.decode())
    assert not ServicePoint.objects.filter(kind="police").exists()
