"""GeoReport v2, field by field: https://wiki.open311.org/GeoReport_v2 and its Service Discovery."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from casework.categories import CATEGORY_NAMES
from casework.models import Publication, Report
from conversations.photos import keep_photo
from tests.casework.people import citizen, ward
from tests.web.browsers import photograph
from tests.web.open311.conftest import LAMP, System, as_json, as_xml, filed, get, published

pytestmark = pytest.mark.django_db

OF_A_REQUEST = [
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "service_notice", "requested_datetime", "updated_datetime"),
    *("expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url"),
]
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def codes(**arguments: Any) -> list[str]:
    return [one["service_request_id"] for one in as_json(get("requests.json", **arguments))]


def aged(report: Report, **age: float) -> Report:
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(**age))
    return report


def errors(response: Any) -> list[dict[str, Any]]:
    told = as_json(response)
    assert told
    assert all(set(one) == {"code", "description"} and one["description"] for one in told)
    assert {one["code"] for one in told} == {response.status_code}
    return list(told)


# Discovery: every field is required, in both formats


def test_discovery_names_the_endpoint_its_formats_and_whom_to_ask() -> None:
    told = as_json(get("discovery.json"))
    assert set(told) == {"changeset", "contact", "key_service", "endpoints"}
    assert all(told.values())
    [endpoint] = told["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["type"] in {"production", "test"}
    assert set(endpoint["formats"]) == {"text/xml", "application/json"}


def test_discovery_in_xml_has_the_same_nesting() -> None:
    root = as_xml(get("discovery.xml"))
    assert root.tag == "discovery"
    formats = [one.text for one in root.findall("endpoints/endpoint/formats/format")]
    assert formats == as_json(get("discovery.json"))["endpoints"][0]["formats"]


# GET services


def test_every_category_is_a_service_with_the_fields_of_the_specification() -> None:
    told = as_json(get("services.json"))
    assert [one["service_code"] for one in told] == list(CATEGORY_NAMES)
    for one in told:
        assert list(one) == [
            *("service_code", "service_name", "description", "metadata", "type", "keywords", "group")
        ]
        assert one["type"] == "realtime"
        assert one["service_name"]
        assert one["description"]
        assert one["group"]


def test_services_in_xml_are_elements_of_services() -> None:
    root = as_xml(get("services.xml"))
    assert (root.tag, {one.tag for one in root}) == ("services", {"service"})
    first = root[0]
    assert first.findtext("service_code") == next(iter(CATEGORY_NAMES))
    assert first.findtext("metadata") == "false"


def test_a_service_has_metadata_where_its_definition_has_attributes_and_only_there() -> None:
    for one in as_json(get("services.json")):
        definition = as_json(get(f"services/{one['service_code']}.json"))
        assert definition["service_code"] == one["service_code"]
        assert one["metadata"] == bool(definition["attributes"])


# GET a service definition


def test_a_definition_asks_in_order_with_the_fields_of_the_specification() -> None:
    lang = ward("Phường Láng")
    told = as_json(get("services/thai_do_phuc_vu.json"))["attributes"]
    fields = ["variable", "code", "datatype", "required", "datatype_description", "order", "description"]
    assert [list(one) for one in told] == [[*fields, "values"]] * 2
    assert [one["order"] for one in told] == [1, 2]
    whom, when = told
    assert (whom["variable"], whom["datatype"], whom["required"]) == (True, "singlevaluelist", True)
    assert {"key": lang.code, "name": "Phường Láng"} in whom["values"]
    assert (when["datatype"], when["required"], when["values"]) == ("datetime", False, [])


def test_a_definition_in_xml_is_one_element() -> None:
    ward()
    root = as_xml(get("services/thai_do_phuc_vu.xml"))
    assert root.tag == "service_definition"
    assert root.findtext("attributes/attribute/required") == "true"
    assert root.findtext("attributes/attribute/values/value/key")


@pytest.mark.parametrize("path", ["services/khong_co.json", "requests/PA-2026-999999.json", "tokens/1.json"])
def test_what_does_not_exist_is_404_with_its_reason(path: str) -> None:
    assert errors(get(path))[0]["code"] == 404


# jurisdiction_id


def test_the_jurisdiction_may_be_left_out_left_empty_or_named(settings: LazySettings) -> None:
    settings.JURISDICTION = "hanoi.gov.vn"
    for named in ({}, {"jurisdiction_id": ""}, {"jurisdiction_id": "hanoi.gov.vn"}):
        assert get("services.json", **named).status_code == 200


@pytest.mark.parametrize("path", ["services", "services/khac", "requests", "requests/PA-2026-000001"])
def test_another_jurisdiction_is_404_in_the_format_asked_for(path: str) -> None:
    assert "jurisdiction_id" in errors(get(f"{path}.json", jurisdiction_id="sfgov.org"))[0]["description"]
    root = as_xml(get(f"{path}.xml", jurisdiction_id="sfgov.org"))
    assert (root.tag, root.findtext("error/code")) == ("errors", "404")


def test_a_request_sent_to_another_jurisdiction_is_404(system: System) -> None:
    assert errors(system.post({**LAMP, "jurisdiction_id": "sfgov.org"}))[0]["code"] == 404


# GET requests: the response


def test_a_request_has_every_field_in_both_formats() -> None:
    lang = ward("Phường Láng")
    report = published(filed(unit=lang)).report
    [told] = as_json(get("requests.json"))
    assert list(told) == OF_A_REQUEST
    assert told["service_request_id"] == report.code
    assert (told["status"], told["service_code"], told["service_name"]) == ("open", "chieu_sang", "Đèn đường")
    assert (told["agency_responsible"], told["address_id"]) == ("Phường Láng", lang.code)
    assert (told["lat"], told["long"], told["address"]) == (21.012, 105.851, "phố Huế")
    for name in ("requested_datetime", "updated_datetime"):
        assert W3C.fullmatch(told[name])
    root = as_xml(get("requests.xml"))
    assert (root.tag, root[0].tag, [field.tag for field in root[0]]) == (
        *("service_requests", "request"),
        OF_A_REQUEST,
    )
    assert root.findtext("request/lat") == "21.012"
    assert root.findtext("request/zipcode") == ""


def test_one_request_is_a_list_of_one() -> None:
    report = published(filed()).report
    assert as_json(get(f"requests/{report.code}.json")) == as_json(get("requests.json"))
    assert len(as_xml(get(f"requests/{report.code}.xml"))) == 1


def test_only_what_was_approved_is_told() -> None:
    published(filed("Nhà bà Hoa, 0912345678"), text="Nhà bà […]", place="", latitude=None, longitude=None)
    [told] = as_json(get("requests.json"))
    assert (told["description"], told["address"], told["lat"], told["long"]) == (
        "Nhà bà […]",
        None,
        None,
        None,
    )


def test_what_is_not_published_does_not_exist() -> None:
    withdrawn, hidden = published(filed()), filed()
    Publication.objects.update(withdrawn_at=timezone.now(), withdrawn_because="nhầm")
    assert codes() == []
    assert codes(service_request_id=f"{withdrawn.report.code},{hidden.code}") == []
    answers = [
        get(f"requests/{code}.json") for code in (withdrawn.report.code, hidden.code, "PA-2026-999999")
    ]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize(
    ("state", "outcome", "status", "notes"),
    [
        ("in_progress", "", "open", "Đang xử lý"),
        ("answered", "not_fixed", "closed", "Đã trả lời: Chưa khắc phục được"),
        ("answered", "", "closed", "Đã trả lời"),
        ("refused", "", "closed", "Không tiếp nhận"),
    ],
)
def test_the_finer_state_is_in_the_notes(state: str, outcome: str, status: str, notes: str) -> None:
    report = published(filed()).report
    Report.objects.filter(pk=report.pk).update(state=state, outcome=outcome)
    [told] = as_json(get("requests.json"))
    assert (told["status"], told["status_notes"]) == (status, notes)


def test_the_answer_in_force_is_told_once_it_is_approved() -> None:
    report = published(filed()).report
    answered = timezone.now()
    Report.objects.filter(pk=report.pk).update(state="answered", outcome="fixed", answered_at=answered)
    Publication.objects.update(answer="Đã thay bóng.", answer_of=answered - timedelta(days=9))
    assert as_json(get("requests.json"))[0]["status_notes"] == "Đã trả lời: Đã khắc phục"
    Publication.objects.update(answer_of=answered)
    assert as_json(get("requests.json"))[0]["status_notes"] == "Đã trả lời: Đã khắc phục\nĐã thay bóng."


def test_what_is_overdue_is_told_as_overdue() -> None:
    report = published(filed()).report
    Report.objects.filter(pk=report.pk).update(
        state="in_progress", due_at=timezone.now() - timedelta(hours=1)
    )
    assert as_json(get("requests.json"))[0]["status_notes"] == "Đang xử lý, quá hạn"


def test_the_first_approved_photo_is_the_media() -> None:
    shown = published(filed())
    shown.photos.add(keep_photo(citizen(), photograph()))
    [told] = as_json(get("requests.json"))
    assert told["media_url"] == f"http://testserver/phan-anh/{shown.report.code}/anh/1"
    assert Client().get(f"/phan-anh/{shown.report.code}/anh/1").status_code == 200


def test_the_due_time_is_the_expected_one() -> None:
    report = published(filed()).report
    Report.objects.filter(pk=report.pk).update(due_at=datetime(2026, 12, 1, 10, tzinfo=UTC))
    [told] = as_json(get("requests.json"))
    assert told["expected_datetime"] == "2026-12-01T17:00:00+07:00"


# GET requests: the arguments


def test_by_default_the_last_ninety_days_the_newest_first() -> None:
    reports = [published(aged(filed(), days=days)).report for days in (91, 89, 1)]
    assert codes() == [reports[2].code, reports[1].code]


def test_a_range_includes_both_its_ends() -> None:
    report = published(filed()).report
    at = datetime(2026, 3, 1, 5, tzinfo=UTC)
    Report.objects.filter(pk=report.pk).update(created_at=at)
    assert codes(start_date="2026-03-01T05:00:00Z", end_date="2026-03-01T05:00:00Z") == [report.code]
    assert codes(start_date="2026-03-01T12:00:00+07:00") == [report.code]
    assert codes(end_date="2026-03-01T11:59:59+07:00") == []
    assert codes(start_date="2025-01-01T00:00:00Z") == []  # ninety days from there


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-01T00:00:01Z"},
        {"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00"},
        {"start_date": "2026-01-01"},
        {"end_date": "hôm qua"},
        {"end_date": "2026-02-30T00:00:00Z"},
        {"start_date": "0001-01-01T00:00:00+14:00"},
        {"status": "fixed"},
        {"page": "0"},
        {"page": "²"},
        {"page_size": "1001"},
        {"page": "9" * 30},
    ],
)
def test_an_argument_that_is_wrong_is_400_and_named(wrong: dict[str, str]) -> None:
    told = errors(get("requests.json", **wrong))
    assert told[0]["code"] == 400
    assert any(name in told[0]["description"] for name in wrong)


def test_ninety_days_exactly_are_allowed() -> None:
    span = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-01T00:00:00Z"}
    assert get("requests.json", **span).status_code == 200


def test_a_plus_sign_that_nobody_encoded_is_understood() -> None:
    assert get("requests.json", start_date="2026-11-01T00:00:00 07:00").status_code == 200


def test_services_and_statuses_are_chosen_by_commas_or_repeated() -> None:
    lamp, tree, noise = (
        published(filed(category=category)).report for category in ("chieu_sang", "cay_xanh", "tieng_on")
    )
    Report.objects.filter(pk=tree.pk).update(state="answered")
    assert set(codes(service_code="chieu_sang,cay_xanh")) == {lamp.code, tree.code}
    assert set(codes(service_code=["chieu_sang", "tieng_on"])) == {lamp.code, noise.code}
    assert codes(status="closed") == [tree.code]
    assert set(codes(status="open")) == {lamp.code, noise.code}
    assert len(codes(status="open,closed")) == 3
    assert errors(get("requests.json", service_code="khong_co"))[0]["code"] == 404


def test_named_requests_override_every_other_argument() -> None:
    old, new = published(aged(filed(), days=400)).report, published(filed()).report
    named = f"{old.code}, {new.code.lower()},PA-2026-999999,\x00"
    assert codes(service_request_id=named, status="x", start_date="y", page="z") == [new.code, old.code]


def test_empty_arguments_are_as_none() -> None:
    report = published(filed()).report
    empty = dict.fromkeys(
        ("service_request_id", "service_code", "start_date", "end_date", "status", "page"), ""
    )
    assert codes(**empty) == [report.code]


def test_no_more_than_a_thousand_come_at_once_and_pages_lead_on(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [published(aged(filed(), hours=hours)).report for hours in (1, 2, 3)]
    first = get("requests.json", page_size=2)
    assert [one["service_request_id"] for one in as_json(first)] == [reports[0].code, reports[1].code]
    following = re.fullmatch(r'<http://testserver/open311/v2/(.*)\?(.*)>; rel="next"', first["Link"])
    assert following
    assert following[2] == "page_size=2&page=2"
    last = get("requests.json", page_size=2, page=2)
    assert [one["service_request_id"] for one in as_json(last)] == [reports[2].code]
    assert "Link" not in last


# Formats, methods, other sites


def test_what_is_open_may_be_read_by_pages_of_other_sites() -> None:
    for path in ("services.json", "requests.xml", "openapi.json", "services/x.json"):
        assert get(path)["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["requests.yaml", "requests", "", "services/khac.csv", "x.json"])
def test_an_address_or_format_we_have_not_is_404_as_a_list_of_errors(path: str) -> None:
    assert errors(get(path))[0]["code"] == 404


def test_characters_that_xml_cannot_hold_are_left_out_of_it() -> None:
    published(filed(), text="a\x0bb\ufffe<&>\U0001f333")
    assert as_xml(get("requests.xml")).findtext("request/description") == "ab<&>\U0001f333"


def test_another_method_is_refused_in_the_format_asked_for(system: System) -> None:
    response = system.client.post("/open311/v2/services.json")
    assert errors(response)[0]["code"] == 405
    assert response["Allow"] == "GET"
    assert as_xml(system.client.delete("/open311/v2/requests.xml")).findtext("error/code") == "405"


# servicerequestupdates (mySociety's extension)


def test_the_steps_of_published_reports_and_of_no_others_are_told() -> None:
    report, hidden = published(filed()).report, filed()
    told = as_json(get("servicerequestupdates.json"))
    assert [one["service_request_id"] for one in told] == [report.code]
    assert hidden.code not in str(told)
    fields = ["update_id", "service_request_id", "status", "updated_datetime", "description", "media_url"]
    assert list(told[0]) == fields
    assert told[0]["status"] == "OPEN"
    root = as_xml(get("servicerequestupdates.xml"))
    assert (root.tag, root[0].tag) == ("service_request_updates", "request_update")


def test_updates_are_bounded_as_requests_are() -> None:
    far = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}
    assert errors(get("servicerequestupdates.json", **far))[0]["code"] == 400
