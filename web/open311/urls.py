"""The addresses of the Open311 interface. Each ends in the format of its answer."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from web.open311 import discovery, doors, filing, openapi, published, services, updates


class FormatConverter:
    """json or xml."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "format")

app_name = "open311"
urlpatterns = [
    path("discovery.<format:format_>", doors.endpoint(GET=discovery.shown), name="discovery"),
    path("services.<format:format_>", doors.endpoint(GET=services.listed), name="services"),
    path("services/<str:code>.<format:format_>", doors.endpoint(GET=services.defined), name="service"),
    path(
        "requests.<format:format_>", doors.endpoint(GET=published.listed, POST=filing.post), name="requests"
    ),
    path("requests/<str:code>.<format:format_>", doors.endpoint(GET=published.one), name="request"),
    path("tokens/<str:token>.<format:format_>", doors.endpoint(GET=discovery.token), name="token"),
    path("servicerequestupdates.<format:format_>", doors.endpoint(GET=updates.listed), name="updates"),
    path("openapi.json", openapi.show, name="openapi"),
    re_path("", doors.nowhere),
]
