"""The statements that every message needs, made into SQL once: making one takes several times as long as
carrying it out.

The ORM makes them like any other; a `Given` stands where a value is given each time. Only the SQL is kept,
for each kind of database by itself (a process on PostgreSQL may open a throw-away SQLite file): every asking
reads the rows.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Sequence
from copy import copy
from typing import Any, Generic, TypeAlias, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Count,
    DateTimeField,
    F,
    Func,
    JSONField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")

#: A query with what makes rows of its answers, its SQL, and the parameters.
Made: TypeAlias = tuple[QuerySet[Any, Row], SQLCompiler, str, Sequence[Any]]


class Given(Value):
    """Stands where the value of this name does when the statement is carried out.

    None only for a new value: nothing is equal to NULL.
    """

    def __init__(self, name: str, output_field: Any) -> None:
        super().__init__(name, output_field=output_field)

    def as_sql(self, *_: Any) -> Any:
        """Itself as the parameter, to be found again when the values come."""
        return "%s", [self]

    def stored(self, given: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(given[self.value], connection=connection)


class GivenKeys(Given):
    """Stands where several keys do, whose number is not the same each time: in `among`."""

    def __init__(self, name: str) -> None:
        super().__init__(name, BigIntegerField())

    def stored(self, given: dict[str, Any]) -> Any:
        keys = sorted(given[self.value])
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


#: Keys of rows, or what stands for them.
Keys: TypeAlias = Collection[int] | GivenKeys


class _Among(Func):
    """Whether a column is one of the keys that are given: an array, or as SQLite has none, a list in JSON."""

    output_field = BooleanField()
    conditional = True

    template = "%(expressions)s)"
    arg_joiner = " = ANY("

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        template, between = "%(expressions)s))", " IN (SELECT value FROM json_each("
        return self.as_sql(compiler, connection, template=template, arg_joiner=between)


def among(field: str, keys: Keys) -> Q:
    """Rows whose column `field` is one of the keys."""
    if isinstance(keys, GivenKeys):
        # Said of what is missing, too: a condition on NULL is neither true nor false, nor is its opposite.
        return Q(_Among(F(field), keys), **{f"{field}__isnull": False})
    return Q(**{f"{field}__in": keys})


def number(name: str) -> Any:
    """Stands for a whole number, or the key of a row."""
    return Given(name, BigIntegerField())


def moment(name: str) -> Any:
    """Stands for an aware time."""
    return Given(name, DateTimeField())


def word(name: str) -> Any:
    """Stands for a short text."""
    return Given(name, CharField())


def json_value(name: str) -> Any:
    """Stands for what a JSON column holds."""
    return Given(name, JSONField())


def counted(rows: QuerySet[Any, Any], *, by: str = "pk", **which: Q) -> QuerySet[Any, Any]:
    """One row of numbers: of all, or of those under each condition, in that order.

    by: a column that is never missing; in an index with the rest, it spares a database the rows.
    """
    figures = {f"number_of_{name}": Count(by, filter=condition) for name, condition in which.items()}
    # All as one group: without a group Django would ask at once, and there were no query to keep.
    whole = rows.order_by().values(_all=Value(1)).annotate(**figures or {"number": Count("*")})
    row: QuerySet[Any, Any] = whole.values_list(*figures or ["number"])
    return row


def _values(parameters: Sequence[Any], given: dict[str, Any]) -> list[Any]:
    return [one.stored(given) if isinstance(one, Given) else one for one in parameters]


class Lookup(Generic[Row]):
    """A question asked with other values each time. Threads may share it.

    asked: makes the query, at the first asking; what it yields (rows, values) is what the answers hold.
    """

    def __init__(self, asked: Callable[[], QuerySet[Any, Row]]) -> None:
        self._asked = asked
        self._making = threading.Lock()
        self._made: dict[str, Made[Row]] = {}

    def all(self, **given: Any) -> list[Row]:
        """One query. given: the values, by their names."""
        try:
            queryset, compiler, sql, parameters = self._made.get(connection.vendor) or self._make()
        except EmptyResultSet:  # nothing can be such
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, _values(parameters, given))
            rows = cursor.fetchall()
        return list(_read(queryset, copy(compiler), rows)) if rows else []

    def first(self, **given: Any) -> Row | None:
        """One query. None when there is none."""
        return next(iter(self.all(**given)), None)

    def _make(self) -> Made[Row]:
        with self._making:
            if connection.vendor not in self._made:
                queryset = self._asked()
                compiler = queryset.query.get_compiler(connection=connection)
                sql, parameters = compiler.as_sql()
                self._made[connection.vendor] = (queryset, compiler, sql, parameters)
            return self._made[connection.vendor]


def _read(queryset: QuerySet[Any, Row], compiler: SQLCompiler, rows: Sequence[Any]) -> QuerySet[Any, Row]:
    """The query with these rows as its result, for Django to make of them what it yields. compiler: ours."""
    asking = queryset.all()
    compiler.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
    compiler.execute_sql = lambda *_, **__: [rows]  # type: ignore[assignment]
    asking.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
    return asking


class Change:
    """An UPDATE made with other values each time. Threads may share it.

    rows: makes the query of those that change, at the first time; to: their new values.
    """

    def __init__(self, rows: Callable[[], QuerySet[Any, Any]], **to: Any) -> None:
        self._rows = rows
        self._to = to
        self._made: dict[str, tuple[str, Sequence[Any]]] = {}

    def make(self, **given: Any) -> int:
        """One statement. given: the values, by their names. How many rows changed."""
        vendor = connection.vendor
        sql, parameters = self._made[vendor] = self._made.get(vendor) or self._compiled()
        with connection.cursor() as cursor:
            cursor.execute(sql, _values(parameters, given))
            return int(cursor.rowcount)

    def _compiled(self) -> tuple[str, Sequence[Any]]:
        query = cast(UpdateQuery, self._rows().query.chain(UpdateQuery))
        query.add_update_values(self._to)
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        return sql, parameters
