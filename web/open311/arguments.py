"""Which requests are asked for: the arguments of GET /requests, bounded as the specification says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from web.open311.errors import Invalid
from web.open311.services import known
from web.open311.shapes import Status

#: The specification: "may not span more than 90 days"; "first 1000 requests returned".
LONGEST_SPAN = timedelta(days=90)
LARGEST_PAGE = 1000
#: No page beyond: a database counts to it before it answers.
LAST_PAGE = 1000
#: In no other way is a report's code written; nothing else is looked for.
CODE = re.compile(r"PA-\d{4}-\d{6,9}", re.ASCII)
_HAS_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Span:
    """Both ends included."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """codes: these reports and nothing else counts. services, statuses: empty for every one."""

    codes: tuple[str, ...] | None
    services: tuple[str, ...]
    statuses: frozenset[Status]
    span: Span
    page: int
    page_size: int


def wanted(arguments: QueryDict, *, now: datetime) -> Wanted:
    """Raises Invalid with what is wrong, NotFound for a service that does not exist."""
    codes = tuple(_listed(arguments, "service_request_id"))
    if codes:
        arguments = QueryDict()
    return Wanted(
        codes=tuple(code.upper() for code in codes if CODE.fullmatch(code.upper())) if codes else None,
        services=tuple(known(code) for code in _listed(arguments, "service_code")),
        statuses=frozenset(_status(name) for name in _listed(arguments, "status")),
        span=span(arguments, now=now),
        page=_whole(arguments, "page", default=1, most=LAST_PAGE),
        page_size=_whole(arguments, "page_size", default=LARGEST_PAGE, most=LARGEST_PAGE),
    )


def span(arguments: QueryDict, *, now: datetime) -> Span:
    """The last 90 days, or 90 days from or up to the one date given. Raises Invalid."""
    start, end = _moment(arguments, "start_date"), _moment(arguments, "end_date")
    if start and end:
        if not timedelta(0) <= end - start <= LONGEST_SPAN:
            raise Invalid("Từ start_date đến end_date tối đa 90 ngày, và start_date không sau end_date.")
        return Span(start=start, end=end)
    if start:
        return Span(start=start, end=_later(start))
    end = end or now
    return Span(start=_earlier(end), end=end)


def moment(given: str) -> datetime | None:
    """A date and time with its zone, as W3C writes it; None for anything else.

    A plus sign that nobody encoded arrives as a space, and is read as one.
    """
    written = given.strip().replace(" ", "+")
    try:
        read = parse_datetime(written) if _HAS_TIME.fullmatch(written) else None
        return read.astimezone(UTC) if read and read.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _moment(arguments: QueryDict, name: str) -> datetime | None:
    given = arguments.get(name, "")
    if not given:
        return None
    read = moment(given)
    if read is None:
        raise Invalid(f"{name} viết theo W3C, có múi giờ: 2026-11-22T00:00:00+07:00 (dấu + mã hoá là %2B).")
    return read


def _later(moment: datetime) -> datetime:
    return min(moment, datetime.max.replace(tzinfo=UTC) - LONGEST_SPAN) + LONGEST_SPAN


def _earlier(moment: datetime) -> datetime:
    return max(moment, datetime.min.replace(tzinfo=UTC) + LONGEST_SPAN) - LONGEST_SPAN


def _listed(arguments: QueryDict, name: str) -> Iterator[str]:
    """Declared once or several times, each with one or several values and commas between them."""
    for given in arguments.getlist(name):
        yield from (value.strip() for value in given.split(",") if value.strip())


def _status(name: str) -> Status:
    if name not in set(Status):
        raise Invalid("status là open hoặc closed, nhiều giá trị thì cách nhau bằng dấu phẩy.")
    return Status(name)


def _whole(arguments: QueryDict, name: str, *, default: int, most: int) -> int:
    given = arguments.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= most):
        raise Invalid(f"{name} là số nguyên từ 1 đến {most}.")
    return int(given)
