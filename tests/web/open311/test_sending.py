"""POST /requests: what another system sends, what becomes of it, and what is refused."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework import reports, sending
from casework.models import Report, SentReport
from casework.sending import ReportToSend
from office import api_keys
from office.models import ApiKey
from office.places import load_places
from tests.casework.people import city, ward
from tests.web.open311.conftest import AT, FORM, LAMP, System, as_json, as_xml
from web.open311 import filing
from web.webhooks.edge import Door

pytestmark = pytest.mark.django_db


def refused(response: Any, status: int = 400) -> str:
    assert response.status_code == status
    told = as_json(response)
    assert {one["code"] for one in told} == {status}
    assert not Report.objects.exists()
    return " | ".join(one["description"] for one in told)


def test_a_request_becomes_a_report_of_that_system(system: System) -> None:
    lang = ward("Phường Láng")
    form = {
        **LAMP,
        "lat": "21.02",
        "long": "105.84",
        "address_id": lang.code,
        "first_name": "Mai",
        "last_name": "Lê",
        "phone": "0912 345 678",
        "email": "mai@example.vn",
        "account_id": "tk-7",
    }
    [told] = as_json(system.post(form))
    report = Report.objects.get()
    assert list(told) == ["service_request_id", "service_notice", "account_id"]
    assert (told["service_request_id"], told["account_id"]) == (report.code, "tk-7")
    assert (report.source, report.conversation, report.kind) == (Report.Source.API, None, Report.Kind.FIELD)
    assert (report.text, report.place) == ("Đèn tắt ba ngày", "ngõ 20 phố Huế")
    assert (report.latitude, report.longitude, report.ward) == (21.02, 105.84, lang)
    assert (report.contact_name, report.contact_phone) == ("Lê Mai", "0912 345 678")
    assert report.contact_email == "mai@example.vn"
    assert "iHanoi" in report.steps.latest("id").note


def test_the_answer_in_xml_is_as_specified(system: System) -> None:
    root = as_xml(system.post(LAMP, as_format="xml"))
    assert (root.tag, [field.tag for field in root[0]]) == (
        "service_requests",
        ["service_request_id", "service_notice", "account_id"],
    )
    assert root.findtext("request/service_request_id") == Report.objects.get().code


def test_the_secret_that_is_told_opens_the_report(system: System) -> None:
    [told] = as_json(system.post(LAMP))
    secret = told["service_notice"].split("mã bí mật ")[1].split(".")[0]
    assert reports.status_for_author(told["service_request_id"], conversation=None, secret=secret)


@pytest.mark.parametrize("where", [{"lat": "21", "long": "105.8"}, {"address_string": "phố Huế"}])
def test_either_way_to_name_the_place_will_do(system: System, where: dict[str, str]) -> None:
    assert system.post({"service_code": "chieu_sang", "description": "Đèn tắt", **where}).status_code == 200


def test_a_ward_is_known_by_its_name_and_a_split_one_is_left_to_an_official(system: System) -> None:
    load_places()
    system.post({**LAMP, "address_string": "ngõ 5, phường Láng"})
    system.post({**LAMP, "address_string": "phường Đại Kim cũ"})
    named, split = Report.objects.order_by("id")
    assert named.ward
    assert named.ward.name == "Phường Láng"
    assert split.ward is None


def test_a_request_without_a_description_is_taken_and_says_so(system: System) -> None:
    system.post({"service_code": "chieu_sang", "address_string": "phố Huế"})
    assert Report.objects.get().text == filing.NOT_DESCRIBED


def test_what_is_urgent_is_seen_first(system: System) -> None:
    system.post({**LAMP, "description": "Hố ga mất nắp giữa đường, đã có người ngã"})
    assert Report.objects.get().is_urgent


def test_numbers_of_identity_papers_are_not_kept(system: System) -> None:
    system.post({**LAMP, "description": "Đèn tắt. CCCD của tôi 001088123456"})
    assert "001088123456" not in Report.objects.get().text


def test_the_address_of_a_picture_stands_with_the_report_for_the_official(system: System) -> None:
    system.post({**LAMP, "media_url": "https://anh.example.vn/1.jpg"})
    report = Report.objects.get()
    assert "https://anh.example.vn/1.jpg" in report.steps.latest("id").note
    assert "anh.example.vn" not in report.text


# Attributes


def test_a_report_on_service_goes_to_who_oversees_the_unit_and_never_to_it(system: System) -> None:
    named = ward("Phường Láng", parent=city())
    form = {
        "service_code": "thai_do_phuc_vu",
        "address_string": "bộ phận một cửa phường",
        "description": "Cán bộ trực quầy cáu gắt, bắt chờ hai giờ",
        "attribute[don_vi]": named.code,
        "attribute[thoi_gian]": "2026-11-20T09:30:00+07:00",
    }
    assert system.post(form).status_code == 200
    report = Report.objects.get()
    assert (report.kind, report.named_unit, report.unit) == (Report.Kind.SERVICE, named, city())
    assert "2026-11-20T09:30:00+07:00" in report.text


def test_a_report_on_a_rule_says_which(system: System) -> None:
    form = {**LAMP, "service_code": "thu_tuc_quy_dinh", "attribute[quy_dinh]": "1.001193"}
    assert system.post(form).status_code == 200
    report = Report.objects.get()
    assert report.kind == Report.Kind.REGULATION
    assert "1.001193" in report.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_code": "thai_do_phuc_vu"},
        {"service_code": "thai_do_phuc_vu", "attribute[don_vi]": "khong-co"},
        {"service_code": "thu_tuc_quy_dinh", "attribute[quy_dinh]": "x" * 301},
        {"service_code": "chieu_sang", "attribute[mau]": "xanh"},
    ],
)
def test_an_attribute_that_is_missing_wrong_or_not_asked_for_is_named(
    system: System, wrong: dict[str, str]
) -> None:
    assert "attribute[" in refused(system.post({**LAMP, **wrong}))


# What is refused


@pytest.mark.parametrize("key", ["", "motcua_khong-co", "x" * 5000, "\x00"])
def test_without_a_key_that_is_in_use_nothing_is_taken(db: None, key: str) -> None:
    assert "api_key" in refused(System(key).post(LAMP), 403)


def test_a_revoked_key_is_none(system: System) -> None:
    api_keys.revoke(ApiKey.objects.get().pk, by=None)
    refused(system.post(LAMP), 403)


def test_a_signed_in_official_is_no_key(client: Client) -> None:
    refused(client.post(f"{AT}requests.json", LAMP, content_type=FORM), 403)


def test_a_service_is_named_and_exists(system: System) -> None:
    assert "service_code" in refused(system.post({**LAMP, "service_code": ""}), 400)
    assert "service_code" in refused(system.post({**LAMP, "service_code": "001"}), 404)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"address_string": ""}, "address_string"),
        ({"lat": "21"}, "long"),
        ({"lat": "91", "long": "105"}, "lat"),
        ({"lat": "nan", "long": "105"}, "lat"),
        ({"lat": "21", "long": "1e999"}, "long"),
        ({"address_id": "khong-co"}, "address_id"),
        ({"email": "khong phai"}, "email"),
        ({"description": "x" * 4001}, "description"),
        ({"description": "xem <a href='http://x'>đây</a>"}, "description"),
        ({"media_url": "javascript:alert(1)"}, "media_url"),
        ({"first_name": "\x00"}, "first_name"),
    ],
)
def test_a_wrong_argument_is_named(system: System, wrong: dict[str, str], named: str) -> None:
    assert named in refused(system.post({**LAMP, **wrong}))


def test_everything_that_is_wrong_is_told_at_once(system: System) -> None:
    told = as_json(system.post({**LAMP, "email": "x", "lat": "91", "attribute[a]": "1"}))
    assert len(told) == 3


def test_four_thousand_characters_and_a_lesser_sign_are_taken(system: System) -> None:
    assert system.post({**LAMP, "description": "Đèn < 5 m, a<b " + "x" * 3985}).status_code == 200


def test_json_and_files_are_no_form(system: System) -> None:
    where = f"{AT}requests.json"
    refused(system.client.post(where, "{}", content_type="application/json"))
    refused(system.client.post(where, {"api_key": system.key, **LAMP}))


def test_what_is_too_large_is_refused(system: System) -> None:
    refused(system.post({**LAMP, "description": "x" * 1_100_000}))
    refused(system.post({**LAMP, **{f"x{number}": "1" for number in range(1100)}}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Cháy nhà rồi, có người mắc kẹt, cứu với", "114"),
        ("Tôi tố cáo ông Nguyễn Văn A, chủ tịch phường, nhận hối lộ 50 triệu", "tố cáo"),
        ("Gửi kèm văn bản đóng dấu Mật số 12 của Bộ", "bí mật nhà nước"),
    ],
)
@pytest.mark.parametrize("field", ["description", "address_string"])
def test_what_is_no_report_is_told_where_to_turn_and_not_kept(
    system: System, text: str, says: str, field: str
) -> None:
    assert says in refused(system.post({**LAMP, field: text}))
    assert not SentReport.objects.exists()


def test_who_is_in_danger_is_not_told_of_a_missing_address_first(system: System) -> None:
    assert "114" in refused(system.post({"description": "Cháy nhà rồi, có người mắc kẹt, cứu với"}))


# Sent twice, and sent too fast


def test_the_same_sent_again_within_minutes_is_one_report(system: System) -> None:
    first, second = (as_json(system.post({**LAMP, "device_id": "m-1"}))[0] for _ in range(2))
    assert first["service_request_id"] == second["service_request_id"]
    assert "mã bí mật" not in second["service_notice"]
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"device_id": "m-2"}, {"address_string": "phố Vọng"}, {"description": "Đèn tắt bốn ngày"}]
)
def test_what_differs_is_another_report(system: System, other: dict[str, str]) -> None:
    system.post({**LAMP, "device_id": "m-1"})
    system.post({**LAMP, "device_id": "m-1", **other})
    assert Report.objects.count() == 2


def test_another_system_that_sends_the_same_means_another_report(system: System) -> None:
    other = System(api_keys.make(name="1022", unit=None, by=None).words)
    for one in (system, other):
        one.post(LAMP)
    assert Report.objects.count() == 2


def test_a_key_that_sends_too_fast_is_asked_to_wait(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "_door", Door(type(filing.PACE)(every=filing.PACE.every, burst=2)))
    answers = [system.post({**LAMP, "device_id": str(number)}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"]
    assert as_json(answers[-1])[0]["code"] == 429


@pytest.mark.django_db(transaction=True)
def test_the_same_sent_twice_at_the_same_moment_is_one_report() -> None:
    key = api_keys.make(name="iHanoi", unit=None, by=None).key
    sent = ReportToSend(category="khac", text="Đèn tắt", place="phố Huế")
    both = threading.Barrier(2)

    def send() -> str:
        try:
            both.wait()
            return sending.file_sent(sent, key=key, now=timezone.now()).report.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        codes = {future.result() for future in [threads.submit(send) for _ in range(2)]}
    assert codes == {Report.objects.get().code}


class WhateverIsSent(TestCase):
    @settings(max_examples=25)  # each makes a key and a secret, slow on purpose
    @given(
        st.dictionaries(
            st.sampled_from(["lat", "long", "address_string", "description", "email", "attribute[x]"]),
            st.text(max_size=60),
        )
    )
    def test_it_is_taken_or_refused_with_a_reason(self, form: dict[str, str]) -> None:
        system = System(api_keys.make(name="x", unit=None, by=None).words)
        sendable = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
        response = system.post({"service_code": "khac", **sendable})
        assert response.status_code in {200, 400, 429}
        assert as_json(response)
