"""The database emptied after a test that commits: the tables that hold rows, and nothing else.

Django's own way empties every table and then signals a migration, which makes content types, permissions
and the indexes of words anew: twenty times the work, after each of some two thousand tests.
"""

from __future__ import annotations

from django.core.management.color import no_style
from django.db import connection
from django.test import TransactionTestCase

# What the signal of a migration makes; no test adds to them.
KEPT = {"django_content_type", "auth_permission"}


def empty_after_each_test() -> None:
    """From now on, for every test that commits."""
    TransactionTestCase._fixture_teardown = lambda _case: empty_database()  # type: ignore[method-assign]


def empty_database() -> None:
    """Remove every row but those of KEPT, in one transaction, whatever refers to what."""
    tables = _tables_with_rows()
    if not tables:
        return
    # PostgreSQL truncates no table that another, even an empty one, refers to, unless told to go on to it.
    statements = connection.ops.sql_flush(no_style(), tables, allow_cascade=connection.vendor == "postgresql")
    connection.ops.execute_sql_flush(statements)


def _tables_with_rows() -> list[str]:
    names = set(connection.introspection.django_table_names(include_views=False)) - KEPT
    questions = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in sorted(names))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions))
        return [name for (name,) in cursor.fetchall()]
