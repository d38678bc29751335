"""The description for programs: what it names is served, and what is served is as it says."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from django.urls import resolve

from casework.models import Report
from tests.casework.people import ward
from tests.web.open311.conftest import LAMP, System, as_json, filed, get, published

pytestmark = pytest.mark.django_db

PATHS = {
    "/discovery.json": "discovery.json",
    "/services.json": "services.json",
    "/services/{code}.json": "services/thai_do_phuc_vu.json",
    "/requests.json": "requests.json",
    "/requests/{code}.json": "requests/{code}.json",
    "/servicerequestupdates.json": "servicerequestupdates.json",
}


def described() -> Any:
    return as_json_of_any(get("openapi.json"))


def as_json_of_any(response: Any) -> Any:
    assert response["Content-Type"] == "application/json"
    return response.json()


def assert_described(answer: Any, path: str, method: str, status: str) -> None:
    document = described()
    media = document["paths"][path][method]["responses"][status]["content"]["application/json"]
    whole = {**media["schema"], "components": document["components"]}
    jsonschema_rs.validate(whole, answer, validate_formats=True)


def test_every_address_that_is_described_is_served_in_both_formats() -> None:
    paths = described()["paths"]
    assert {path.rpartition(".")[2] for path in paths} == {"json", "xml"}
    for path in paths:
        served = resolve(f"/open311/v2{path.replace('{code}', 'x').replace('{token}', 'x')}")
        assert served.url_name, path


@pytest.mark.parametrize("path", PATHS)
def test_what_is_answered_is_as_described(path: str) -> None:
    report = published(filed(unit=ward()), place="", latitude=None).report
    Report.objects.update(state="answered", outcome="fixed")
    assert_described(as_json(get(PATHS[path].format(code=report.code))), path, "get", "200")


def test_what_is_sent_and_what_is_refused_are_answered_as_described(system: System) -> None:
    assert_described(as_json(system.post(LAMP)), "/requests.json", "post", "200")
    assert_described(as_json(system.post({**LAMP, "lat": "x"})), "/requests.json", "post", "400")
    assert_described(as_json(System("").post(LAMP)), "/requests.json", "post", "403")
    assert_described(as_json(get("services/x.json")), "/services/{code}.json", "get", "404")


def test_what_is_no_answer_is_not_taken_for_one() -> None:
    with pytest.raises(jsonschema_rs.ValidationError):
        assert_described([{"service_code": 1}], "/services.json", "get", "200")
