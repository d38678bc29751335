"""What OpenAPI allows and what it forbids is answered as it says: by schemathesis, over the application."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from bot.channels.pace import Pace
from office import api_keys
from tests.web.open311.conftest import filed, published
from web.open311 import filing
from web.webhooks.edge import Door

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]

# Loading it asks nothing of the database.
schema = schemathesis.openapi.from_wsgi("/open311/v2/openapi.json", get_wsgi_application())
#: What one argument forbids by another (a span of dates, a place or none, the attributes of a service) and by
#: what the words say is no matter of a schema: test_conformance.py and test_sending.py hold these.
NOT_IN_A_SCHEMA = [CHECKS.get_one("positive_data_acceptance")]


KNOWN: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _a_report_and_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report to be read, and a key by which others are sent as fast as a test sends."""
    published(filed())
    KNOWN["key"] = api_keys.make(name="schemathesis", unit=None, by=None).words
    monkeypatch.setattr(filing, "_door", Door(Pace(every=timedelta(seconds=1), burst=100_000)))


@schema.parametrize()
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any) -> None:
    if isinstance(case.body, dict):
        case.body = {**_without_what_few_may_send(case.body), "api_key": KNOWN["key"]}
    if isinstance(case.query, dict):
        case.query.pop("service_request_id", None)  # it overrides what else is wrong
    case.call_and_validate(excluded_checks=NOT_IN_A_SCHEMA)


def _without_what_few_may_send(body: dict[str, Any]) -> dict[str, Any]:
    """Most of what is sent at random for one service is refused by another, and no ward is guessed."""
    return {name: said for name, said in body.items() if not name.startswith(("attribute[", "address_id"))}
