"""What the interface answers with: the fields of GeoReport v2, in its words and in its order.

One definition of each is written as JSON and as XML (formats.py) and described in OpenAPI (schemas.py).
In XML each entry of a list is called as the list, in the singular.
Source: the specification, https://wiki.open311.org/GeoReport_v2; updates as of mySociety's extension.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated


class Status(StrEnum):
    """All that GeoReport knows of how a request stands."""

    OPEN = "open"
    CLOSED = "closed"


class Datatype(StrEnum):
    """How an attribute is asked for."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLEVALUELIST = "singlevaluelist"
    MULTIVALUELIST = "multivaluelist"


class Timing(StrEnum):
    """When the number of a request is given."""

    REALTIME = "realtime"
    BATCH = "batch"
    BLACKBOX = "blackbox"


class ExtendedStatus(StrEnum):
    """The finer states of mySociety's extension that a step here leads to."""

    OPEN = "OPEN"
    INVESTIGATING = "INVESTIGATING"
    INTERNAL_REFERRAL = "INTERNAL_REFERRAL"
    IN_PROGRESS = "IN_PROGRESS"
    ACTION_SCHEDULED = "ACTION_SCHEDULED"
    FIXED = "FIXED"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION"
    DUPLICATE = "DUPLICATE"
    CLOSED = "CLOSED"
    REOPEN = "REOPEN"


@dataclass(frozen=True, kw_only=True)
class Service:
    """A kind of request that is taken here."""

    service_code: Annotated[str, "The category of the report."]
    service_name: Annotated[str, "Its name in Vietnamese."]
    description: Annotated[str, "What belongs to it."]
    metadata: Annotated[bool, "Whether the service definition has attributes to fill in."]
    type: Annotated[Timing, "Always realtime: the number is given at once."]
    keywords: Annotated[str, "Words by which people name it, comma separated."]
    group: Annotated[str, "The group of services it belongs to."]


@dataclass(frozen=True, kw_only=True)
class Value:
    """One choice of a list."""

    key: Annotated[str, "What is sent."]
    name: Annotated[str, "What people read."]


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One thing that is asked besides."""

    variable: Annotated[bool, "True: something is to be filled in."]
    code: Annotated[str, "Sent as attribute[code]."]
    datatype: Annotated[Datatype, "How it is asked for."]
    required: Annotated[bool, "Whether a request without it is refused."]
    datatype_description: Annotated[str | None, "How to write it."]
    order: Annotated[int, "1 is asked first."]
    description: Annotated[str, "The question."]
    values: Annotated[tuple[Value, ...], "The choices of a list, else empty."]


@dataclass(frozen=True, kw_only=True)
class ServiceDefinition:
    """What a service asks besides."""

    service_code: Annotated[str, "The service asked about."]
    attributes: Annotated[tuple[Attribute, ...], "In their order; empty for most."]


@dataclass(frozen=True, kw_only=True)
class ServiceRequest:
    """A published report."""

    service_request_id: Annotated[str, "The report's code, as PA-2026-000123."]
    status: Annotated[Status, "closed: answered, refused or merged; else open."]
    status_notes: Annotated[str | None, "The finer state, what became of it, and the answer."]
    service_name: Annotated[str, "The name of its category."]
    service_code: Annotated[str, "Its category."]
    description: Annotated[str, "The citizen's words as approved for the public."]
    agency_responsible: Annotated[str | None, "The unit in charge."]
    service_notice: Annotated[str | None, "Always empty here."]
    requested_datetime: Annotated[datetime, "When it was filed."]
    updated_datetime: Annotated[datetime, "When it last changed; of a closed one, when it was closed."]
    expected_datetime: Annotated[datetime | None, "When the answer is due."]
    address: Annotated[str | None, "The place as approved for the public."]
    address_id: Annotated[str | None, "The code of the ward or commune."]
    zipcode: Annotated[str | None, "Always empty: postal codes are not recorded."]
    lat: Annotated[float | None, "Degrees, WGS 84, as exact as was approved."]
    long: Annotated[float | None, "Degrees, WGS 84, as exact as was approved."]
    media_url: Annotated[str | None, "The first approved photo."]


@dataclass(frozen=True, kw_only=True)
class FiledRequest:
    """A report that was just taken in."""

    service_request_id: Annotated[str, "The report's code, as PA-2026-000123."]
    service_notice: Annotated[str | None, "For the author: the secret that opens the report, told this once."]
    account_id: Annotated[str | None, "The account that was named, if any."]


@dataclass(frozen=True, kw_only=True)
class RequestUpdate:
    """One step in the life of a published report (mySociety's extension)."""

    update_id: Annotated[str, "The number of the step."]
    service_request_id: Annotated[str, "The report's code."]
    status: Annotated[ExtendedStatus, "The state after the step."]
    updated_datetime: Annotated[datetime, "When it was taken."]
    description: Annotated[str, "What was done."]
    media_url: Annotated[str | None, "Always empty here."]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One address at which the interface is served."""

    specification: Annotated[str, "Which specification it follows."]
    url: Annotated[str, "Where it is."]
    changeset: Annotated[str, "When services or definitions last changed."]
    type: Annotated[str, "production or test."]
    formats: Annotated[tuple[str, ...], "Media types of the answers."]


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """Where everything is."""

    changeset: Annotated[str, "When this document last changed."]
    contact: Annotated[str, "Whom to ask."]
    key_service: Annotated[str, "How to get a key."]
    endpoints: Annotated[tuple[Endpoint, ...], "Where the interface is served."]


@dataclass(frozen=True, kw_only=True)
class Error:
    """Why a request was not met."""

    code: Annotated[int, "As the HTTP status."]
    description: Annotated[str, "What is wrong and what to do, in Vietnamese."]


Shape = Service | ServiceDefinition | ServiceRequest | FiledRequest | RequestUpdate | Discovery | Error


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How a document is built: `container` holds each entry under `entry`; "" for a document of one."""

    shape: type
    container: str
    entry: str = ""


SERVICES = Kind(shape=Service, container="services", entry="service")
DEFINITION = Kind(shape=ServiceDefinition, container="service_definition")
REQUESTS = Kind(shape=ServiceRequest, container="service_requests", entry="request")
FILED = Kind(shape=FiledRequest, container="service_requests", entry="request")
UPDATES = Kind(shape=RequestUpdate, container="service_request_updates", entry="request_update")
DISCOVERY = Kind(shape=Discovery, container="discovery")
ERRORS = Kind(shape=Error, container="errors", entry="error")


@dataclass(frozen=True, kw_only=True)
class Document:
    """What is answered. next_page: the address of what comes after, "" when this is all."""

    kind: Kind
    entries: tuple[Shape, ...]
    next_page: str = ""
