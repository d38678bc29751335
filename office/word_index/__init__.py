"""The words of some columns, found without marks or case and in any order: kept by the database itself.

Triggers keep them in a table beside the rows. Whatever adds, changes or removes a row, a bulk update and a
cascade included, takes its words along in the same transaction. FTS5 on SQLite, tsvector on PostgreSQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.apps import AppConfig
from django.db import connection, connections
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_migrate

from office.word_index import postgresql, sqlite
from office.word_index.columns import Columns
from office.word_index.keys import EVERY_KEY, Keys
from office.word_index.words import Words

__all__ = ["EVERY_KEY", "Columns", "Keys", "WordIndex", "Words", "keep_words"]


@dataclass(frozen=True, kw_only=True)
class WordIndex:
    """The words of these columns of a table, all as one text. The key of the table is "id"."""

    table: str
    columns: Columns

    def having(self, words: Words, keys: Keys = EVERY_KEY) -> RawSQL:
        """For .filter() of a query on this table: the rows in which these words stand; none for no words.

        keys: among these rows only.
        """
        sql, parameters = _kept_by(connection.vendor).having(self.table, words, keys)
        return RawSQL(sql, parameters, output_field=BooleanField())  # noqa: S611 -- names of ours

    def install(self, *, using: str = "default") -> None:
        """Make what is lacking, and read all rows then; nothing where all is as it should be.

        Django makes a table of SQLite anew to alter it, and its triggers are gone: call it after migrations.
        """
        database = connections[using]
        with database.cursor() as cursor:
            tables = database.introspection.table_names(cursor)
            if self.table not in tables or not self._has_columns(database.introspection, cursor):
                return
        _kept_by(database.vendor).install(database, self.table, self.columns)

    def _has_columns(self, introspection: object, cursor: object) -> bool:
        found = introspection.get_table_description(cursor, self.table)  # type: ignore[attr-defined]
        return set(self.columns.names) <= {column.name for column in found}


def keep_words(app: AppConfig, *indexes: WordIndex) -> None:
    """Have these installed after each migration of the app whose tables they are about."""

    def install(*, using: str, **_more: Any) -> None:
        for index in indexes:
            index.install(using=using)

    post_migrate.connect(install, sender=app, weak=False, dispatch_uid=f"words of {app.name}")


def _kept_by(vendor: str) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor]
