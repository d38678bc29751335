"""One box for everything on the desk: cases, reports, transcripts, notes, citizens and colleagues."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from bot.channels.switches import CHANNELS
from casework import search
from casework.search import Search
from office.models import Staff, Unit
from office.word_index import Words
from web.desk import found_rows
from web.desk.asked import first_moment, key, last_moment, page_number, without
from web.desk.doors import DeskRequest, desk_page
from web.desk.found_rows import Found

A_PAGE = 20
#: After so many a list goes on below the key of its last row: a page costs the more the further it counts.
LAST_PAGE = 50
#: Of each kind, where all kinds are shown.
AT_FIRST = 5
LONGEST = 200  # characters

FILTERS = ("unit", "channel", "state", "since", "until", "staff")
STATES = {"open": "Chưa xong", "done": "Đã xong"}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What can be found. page: some of it, of what the reader may see; shown: one of them as a line.

    goes_on: the newest first, so that `page` goes on below a key.
    """

    name: str
    page: Callable[..., Sequence[Any]]
    shown: Callable[[Any, Search], Found]
    goes_on: bool = True


KINDS: Mapping[str, Kind] = {
    "cases": Kind(name="Hồ sơ", page=search.CASES.page, shown=found_rows.case),
    "reports": Kind(name="Phản ánh", page=search.REPORTS.page, shown=found_rows.report),
    "turns": Kind(name="Lời trong trò chuyện", page=search.TURNS.page, shown=found_rows.turn),
    "notes": Kind(name="Ghi chú nội bộ", page=search.NOTES.page, shown=found_rows.note),
    "report-notes": Kind(
        name="Sổ theo dõi phản ánh", page=search.REPORT_NOTES.page, shown=found_rows.report_note
    ),
    "citizens": Kind(name="Người dân", page=search.CITIZENS.page, shown=found_rows.citizen),
    "staff": Kind(name="Cán bộ", page=search.page_of_staff, shown=found_rows.colleague, goes_on=False),
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of one kind, on one page.

    has_more: there is another page. last: the key of the last line, below which the list goes on; else None.
    """

    key: str
    name: str
    lines: tuple[Found, ...]
    has_more: bool
    last: int | None


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    asked = request.GET
    chosen = asked.get("kind", "")
    page = min(page_number(asked), LAST_PAGE) if chosen in KINDS else 1
    below = key(asked, "below") if chosen in KINDS and KINDS[chosen].goes_on else None
    wanted = _search(request)
    groups = _groups(wanted, chosen, page, below) if wanted.words else ()
    context = {
        "room": "search",
        "typed": asked.get("q", "")[:LONGEST],
        "has_words": bool(wanted.words),
        "chosen": chosen if chosen in KINDS else "",
        "groups": groups,
        "page_number": page,
        "shown_most": A_PAGE * LAST_PAGE,
        "is_last_page": page == LAST_PAGE and any(group.has_more for group in groups),
        "is_of_older": below is not None,
        "query_of_newest": without(asked, "page", "below"),
        "asked": {name: asked.get(name, "") for name in FILTERS},
        "is_narrowed": any(asked.get(name) for name in FILTERS),
        "query": without(asked, "page"),
        "query_of_all": without(asked, "page", "below", "kind"),
        **_offered(request.user),
    }
    return render(request, "desk/search.html", context)


def _groups(wanted: Search, chosen: str, page: int, below: int | None) -> tuple[Group, ...]:
    if chosen in KINDS:
        return (_group(chosen, wanted, first=(page - 1) * A_PAGE, count=A_PAGE, below=below),)
    groups = (_group(key, wanted, first=0, count=AT_FIRST) for key in KINDS)
    return tuple(group for group in groups if group.lines)


def _group(key: str, wanted: Search, *, first: int, count: int, below: int | None = None) -> Group:
    """One row more is asked for than is shown: how many there are in all is not counted."""
    kind = KINDS[key]
    rows = kind.page(wanted, first=first, count=count + 1, below=below)
    shown = rows[:count]
    lines = tuple(kind.shown(row, wanted) for row in shown)
    last = shown[-1].pk if shown and kind.goes_on else None
    return Group(key=key, name=kind.name, lines=lines, has_more=len(rows) > count, last=last)


def _search(request: DeskRequest) -> Search:
    """What the address asks for; a choice that is not offered narrows nothing."""
    asked = request.GET
    channel = asked.get("channel", "")
    return Search(
        reader=request.user,
        words=Words.of(asked.get("q", "")[:LONGEST]),
        unit=Unit.objects.filter(code=asked.get("unit", "")).first(),
        channel=channel if channel in CHANNELS else "",
        is_open={"open": True, "done": False}.get(asked.get("state", "")),
        since=first_moment(asked, "since"),
        until=last_moment(asked, "until"),
        handled_by=_colleagues(request.user).filter(username=asked.get("staff", "")).first(),
    )


def _colleagues(reader: Staff) -> QuerySet[Staff]:
    """Of the reader's units, and everybody for an administrator."""
    people = Staff.objects.order_by("last_name", "first_name", "id")
    return people if reader.may_administer else people.filter(units__in=reader.units.all()).distinct()


def _offered(reader: Staff) -> dict[str, Any]:
    return {
        "kinds": [(key, kind.name) for key, kind in KINDS.items()],
        "units": Unit.objects.all(),
        "channels": CHANNELS.items(),
        "states": STATES.items(),
        "colleagues": _colleagues(reader),
    }
