"""Who may do what, cell by cell: tests/web/permissions.csv against the real pages of desk and editor.

Words of the cells: `door` leads to the sign-in, `no` is 403, `none` 404 (it does not exist for this person),
`in` everything else: the page, or the form's own answer to an empty form.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from tests.web.permission_world import World, world_in
from web.desk.urls import urlpatterns as desk_addresses
from web.editor.urls import urlpatterns as editor_addresses

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permissions.csv")
COLUMNS = (
    *("anonymous", "agent", "agent_elsewhere", "agent_of_team", "supervisor", "supervisor_elsewhere"),
    *("supervisor_of_team", "editor", "reviewer", "administrator", "administrator_of_unit"),
)
METHODS = ("GET", "POST")
HEAD = ("address", "method", "thing", *COLUMNS)


@dataclass(frozen=True, kw_only=True)
class Row:
    """An address by its name, asked for by a method, of a thing of the world ("" where it needs none)."""

    address: str
    method: str
    thing: str
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.address} {self.thing}".strip()

    @property
    def line(self) -> str:
        return ",".join((self.address, self.method, self.thing, *self.cells))


def table() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [
            Row(
                address=line["address"],
                method=line["method"],
                thing=line["thing"],
                cells=tuple(line[column] for column in COLUMNS),
            )
            for line in csv.DictReader(lines)
        ]


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once; every cell is rolled back. A release would take seconds, and has tests of its own."""
    folder = tmp_path_factory.mktemp("permissions")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("knowledge_base.releases.build_release", lambda **_: None)
        with world_in(folder) as made:
            yield made
        transaction.set_rollback(True)


def measured(world: World, row: Row) -> tuple[str, ...]:
    """The cells of a row as the pages answer them."""
    path = reverse(row.address, kwargs=dict(world.things[row.thing]) if row.thing else None)
    return tuple(_cell(world.clients[column], row.method, path) for column in COLUMNS)


def _cell(client: Client, method: str, path: str) -> str:
    session = client.cookies.get("sessionid")
    kept = session.value if session else None
    with transaction.atomic():
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if kept:
        client.cookies["sessionid"] = kept
    return _word(response)


def _word(response: HttpResponse) -> str:
    if response.status_code == 302 and response["Location"].startswith("/desk/sign-in?"):
        return "door"
    assert response.status_code < 500, response.status_code
    return {403: "no", 404: "none"}.get(response.status_code, "in")


@pytest.mark.parametrize("row", table(), ids=str)
def test_each_person_gets_what_the_table_says(world: World, row: Row) -> None:
    found = measured(world, row)
    wrong = {
        column: f"{is_said} in the table, {is_so} on the page"
        for column, is_said, is_so in zip(COLUMNS, row.cells, found, strict=True)
        if is_said != is_so
    }
    assert not wrong


def _named(room: str, addresses: list[Any]) -> list[str]:
    return [f"{room}:{one.name}" for one in addresses if isinstance(one, URLPattern)]


ADDRESSES = (*_named("desk", desk_addresses), *_named("editor", editor_addresses))


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_has_a_row_for_each_of_its_methods(world: World, address: str) -> None:
    """A new address fails here: add its rows to permissions.csv, and its thing to permission_world.py."""
    rows = [row for row in table() if row.address == address]
    assert rows, f"{address} has no row in tests/web/permissions.csv: add one for each method it answers"
    path = reverse(address, kwargs=dict(world.things[rows[0].thing]) if rows[0].thing else None)
    answers = {method for method in METHODS if Client().generic(method, path).status_code != 405}
    assert {row.method for row in rows} == answers


def test_the_table_names_no_address_that_is_gone() -> None:
    assert {row.address for row in table()} <= set(ADDRESSES)


def test_nobody_of_a_unit_reaches_a_report_about_it_whatever_the_role() -> None:
    about = [row for row in table() if "about the unit" in row.thing or "complained" in row.thing]
    assert about
    of_the_unit = [COLUMNS.index(name) for name in ("agent", "supervisor", "administrator_of_unit")]
    assert {row.cells[column] for row in about for column in of_the_unit} <= {"none", "no"}
