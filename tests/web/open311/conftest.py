"""Reports, published and not, a key, and a client that speaks as another system does."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from casework import reports
from casework.models import Publication, Report
from office import api_keys
from office.models import Unit
from tests.casework.people import official
from web.open311 import filing
from web.webhooks.edge import Door

AT = "/open311/v2/"
FORM = "application/x-www-form-urlencoded"
LAMP = {"service_code": "chieu_sang", "address_string": "ngõ 20 phố Huế", "description": "Đèn tắt ba ngày"}


class System:
    """Another system. key: the words by which it is known."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.client = Client(enforce_csrf_checks=True)

    def post(self, form: dict[str, Any], *, as_format: str = "json") -> Any:
        body = urlencode({"api_key": self.key, **form}, doseq=True)
        return self.client.post(f"{AT}requests.{as_format}", body, content_type=FORM)


@pytest.fixture(autouse=True)
def _fresh_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "_door", Door(filing.PACE))


@pytest.fixture
def system(db: None) -> System:
    return System(api_keys.make(name="iHanoi", unit=None, by=None).words)


def filed(text: str = "Đèn tắt ba ngày", *, unit: Unit | None = None, **more: Any) -> Report:
    given: dict[str, Any] = {"kind": Report.Kind.FIELD, "category": "chieu_sang", **more}
    return reports.file_report(conversation=None, text=text, ward=unit, **given).report


def published(report: Report, **shown: Any) -> Publication:
    """Approved as it is, but for what is given otherwise."""
    as_it_is = {"category": report.category, "ward": report.ward, "text": report.text, "place": "phố Huế"}
    return Publication.objects.create(
        report=report,
        published_by=official(f"duyet{report.pk}"),
        published_at=timezone.now(),
        **{**as_it_is, "latitude": 21.012, "longitude": 105.851, **shown},
    )


def as_json(response: HttpResponse) -> Any:
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def as_xml(response: HttpResponse) -> ElementTree.Element:
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own


def get(path: str, **arguments: Any) -> Any:
    return Client().get(AT + path, arguments)
