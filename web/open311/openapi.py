"""What the interface is, for programs: OpenAPI 3.1, made from the shapes it answers with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from casework.categories import CATEGORY_NAMES
from web.open311 import schemas, shapes
from web.open311.arguments import LARGEST_PAGE, LAST_PAGE
from web.open311.discovery import CHANGESET
from web.open311.formats import MEDIA_TYPES, Format
from web.open311.request_form import LONGEST_DESCRIPTION, LONGEST_URL
from web.open311.services import HAPPENED_AT, RULE, UNIT
from web.open311.shapes import Kind
from web.site import address_of_site

Described = dict[str, Any]

_CODE = {"type": "string", "pattern": "^PA-[0-9]{4}-[0-9]{6,9}$"}
_WORDS = {"type": "string"}
_MOMENT = {"type": "string", "format": "date-time"}


@require_safe
def show(request: HttpRequest) -> JsonResponse:
    response = JsonResponse(description(f"{address_of_site(request)}/open311/v2"))
    response["Access-Control-Allow-Origin"] = "*"
    return response


def description(address: str) -> Described:
    """Of the interface served at this address."""
    paths: Described = {}
    for as_format in Format:
        paths |= {f"{path}.{as_format}": methods for path, methods in _paths(as_format).items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Một Cửa: Open311 GeoReport v2",
            "version": CHANGESET.partition(" ")[0],
            "description": "Reports of citizens to the city. Published ones are read without a key; sending "
            "takes an api_key.",
        },
        "servers": [{"url": address}],
        "paths": paths,
        "components": {"schemas": schemas.components()},
    }


def _paths(as_format: Format) -> dict[str, Described]:
    def get(kind: Kind, summary: str, *arguments: Described, errors: tuple[int, ...] = (404,)) -> Described:
        return {
            "get": {
                "summary": summary,
                "operationId": f"{summary.replace(' ', '_').lower()}_{as_format}",
                "parameters": [_jurisdiction(), *arguments],
                "responses": _responses(kind, as_format, errors),
            }
        }

    requests = get(shapes.REQUESTS, "Published requests", *_asked_for(), errors=(400, 404))
    code = _in_path("code", {"type": "string", "enum": list(CATEGORY_NAMES)})
    return {
        "/discovery": get(shapes.DISCOVERY, "Discovery"),
        "/services": get(shapes.SERVICES, "Services"),
        "/services/{code}": get(shapes.DEFINITION, "Definition of a service", code),
        "/requests": {**requests, "post": _post(as_format)},
        "/requests/{code}": get(shapes.REQUESTS, "One published request", _in_path("code", _CODE)),
        "/tokens/{token}": get(shapes.REQUESTS, "Token", _in_path("token", _WORDS)),
        "/servicerequestupdates": get(shapes.UPDATES, "Updates", *_dates(), errors=(400, 404)),
    }


def _post(as_format: Format) -> Described:
    return {
        "summary": "Send a request",
        "operationId": f"send_a_request_{as_format}",
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": _sent()}},
        },
        "responses": _responses(shapes.FILED, as_format, (400, 403, 404, 429)),
    }


def _sent() -> Described:
    required = {
        "api_key": {"type": "string", "description": "The key of the sending system."},
        "service_code": {"type": "string", "enum": list(CATEGORY_NAMES)},
    }
    optional: dict[str, Described] = {
        "jurisdiction_id": {"type": "string", "enum": [settings.JURISDICTION]},
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "long": {"type": "number", "minimum": -180, "maximum": 180},
        "address_string": {"type": "string", "maxLength": 300},
        "address_id": {"type": "string", "description": "The code of a ward or commune."},
        "email": {"type": "string", "format": "email", "maxLength": 120},
        "device_id": {"type": "string", "maxLength": 200},
        "account_id": {"type": "string", "maxLength": 200},
        "first_name": {"type": "string", "maxLength": 60},
        "last_name": {"type": "string", "maxLength": 60},
        "phone": {"type": "string", "maxLength": 40},
        "description": {"type": "string", "maxLength": LONGEST_DESCRIPTION},
        "media_url": {"type": "string", "format": "uri", "maxLength": LONGEST_URL},
        f"attribute[{UNIT}]": {"type": "string"},
        f"attribute[{HAPPENED_AT}]": _MOMENT,
        f"attribute[{RULE}]": {"type": "string", "maxLength": 300},
    }
    return {
        "type": "object",
        "properties": required | {name: _or_empty(schema) for name, schema in optional.items()},
        "required": list(required),
        "anyOf": [{"required": names} for names in (["lat", "long"], ["address_string"], ["address_id"])],
    }


def _or_empty(schema: Described) -> Described:
    """The specification: what is sent empty is the same as what is not sent."""
    return {"anyOf": [schema, {"type": "string", "maxLength": 0}]}


def _responses(kind: Kind, as_format: Format, errors: tuple[int, ...]) -> Described:
    refused = {str(status): _response("An error.", shapes.ERRORS, as_format) for status in errors}
    return {"200": _response("As asked for.", kind, as_format), **refused}


def _response(about: str, kind: Kind, as_format: Format) -> Described:
    """XML has the same fields in the same nesting; a schema of JSON does not describe it."""
    schema = schemas.document(kind) if as_format is Format.JSON else {"type": "string"}
    return {"description": about, "content": {MEDIA_TYPES[as_format]: {"schema": schema}}}


def _asked_for() -> tuple[Described, ...]:
    return (
        _several("service_request_id", _WORDS, "Codes; overrides everything else."),
        _several("service_code", {"type": "string", "enum": list(CATEGORY_NAMES)}, "Categories."),
        *_dates(),
        _several("status", {"type": "string", "enum": list(shapes.Status)}, "How they stand."),
        _in_query("page", _whole(LAST_PAGE), "1 is the newest; the header Link names the next."),
        _in_query("page_size", _whole(LARGEST_PAGE), "Requests on a page."),
    )


def _several(name: str, schema: Described, about: str) -> Described:
    """One or several, commas between them."""
    described = _in_query(name, {"type": "array", "items": schema}, about)
    return {**described, "style": "form", "explode": False}


def _dates() -> tuple[Described, ...]:
    return (
        _in_query("start_date", _MOMENT, "Together with end_date at most 90 days."),
        _in_query("end_date", _MOMENT, "Together with start_date at most 90 days."),
    )


def _whole(most: int) -> Described:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _jurisdiction() -> Described:
    only = {"type": "string", "enum": [settings.JURISDICTION]}
    return _in_query("jurisdiction_id", only, "One jurisdiction is served: may be left out.")


def _in_query(name: str, schema: Described, about: str) -> Described:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": about,
        "allowEmptyValue": True,
        "schema": schema,
    }


def _in_path(name: str, schema: Described) -> Described:
    return {"name": name, "in": "path", "required": True, "schema": schema}
