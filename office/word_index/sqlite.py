"""Words in FTS5: a table without content beside the rows, fed by triggers.

Its tokenizer takes marks off letters and folds case; đ is a letter of its own to it, and is replaced before.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from office.word_index.columns import Columns
from office.word_index.keys import Keys
from office.word_index.words import Words, may_begin


def having(table: str, words: Words, keys: Keys) -> tuple[str, list[Any]]:
    """SQL that is true of a row with such a key in which the words stand, with its parameters."""
    if not words:
        return "0", []
    kept = f"{table}_words"
    limit, ends = keys.limit("rowid")
    found = f'SELECT rowid FROM "{kept}" WHERE "{kept}" MATCH %s{limit}'  # noqa: S608 -- names of ours
    return f'"{table}"."id" IN ({found})', [_query(words), *ends]


def _query(words: Words) -> str:
    """Each word in quotes: none of them is an operator."""
    ways = (
        " AND ".join([*(f'"{word}"' for word in rest), f'"{last}"*' if may_begin(last) else f'"{last}"'])
        for *rest, last in words.ways
    )
    return " OR ".join(f"({way})" for way in ways)


def install(database: BaseDatabaseWrapper, table: str, columns: Columns) -> None:
    """Make the table of words and its triggers as they should be, and read every row; nothing if they are."""
    wanted = {f"{table}_words": _table(table), **_triggers(table, columns)}
    if _present(database, table) == wanted:
        return
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        for name in _triggers(table, columns):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(f'DROP TABLE IF EXISTS "{table}_words"')
        for statement in wanted.values():
            cursor.execute(statement)
        said = _said("", columns)
        cursor.execute(f'INSERT INTO "{table}_words"(rowid, words) SELECT "id", {said} FROM "{table}"')  # noqa: S608


def _present(database: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """What there is of it, by name."""
    names = "name = %s OR (type = 'trigger' AND tbl_name = %s AND name LIKE %s)"
    with database.cursor() as cursor:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE {names}",  # noqa: S608
            [f"{table}_words", table, f"{table}_words_%"],
        )
        return dict(cursor.fetchall())


def _table(table: str) -> str:
    tokens = "tokenize='unicode61 remove_diacritics 2', prefix='2 3', detail=none, content=''"
    return f'CREATE VIRTUAL TABLE "{table}_words" USING fts5(words, {tokens})'


def _triggers(table: str, columns: Columns) -> dict[str, str]:
    """By name, as SQLite keeps them."""
    kept = f"{table}_words"
    add = f"""INSERT INTO "{kept}"(rowid, words) VALUES (new."id", {_said("new.", columns)});"""  # noqa: S608
    remove = f"""INSERT INTO "{kept}"("{kept}", rowid, words)
        VALUES ('delete', old."id", {_said("old.", columns)});"""  # noqa: S608 -- names of ours
    differs = " OR ".join(f'old."{column}" IS NOT new."{column}"' for column in columns.names)
    changed = f'AFTER UPDATE ON "{table}" WHEN {differs} BEGIN {remove} {add} END'
    return {
        f"{kept}_added": f'CREATE TRIGGER "{kept}_added" AFTER INSERT ON "{table}" BEGIN {add} END',
        f"{kept}_changed": f'CREATE TRIGGER "{kept}_changed" {changed}',
        f"{kept}_gone": f'CREATE TRIGGER "{kept}_gone" AFTER DELETE ON "{table}" BEGIN {remove} END',
    }


def _said(row: str, columns: Columns) -> str:
    """The columns as one text. row: "new." or "old." in a trigger."""
    joined = " || ' ' || ".join(
        f"coalesce({part}, '')" for part in columns.parts(row, digits=_digits, values=_values)
    )
    return f"replace(replace({joined}, 'đ', 'd'), 'Đ', 'D')"


def _digits(column: str) -> str:
    return f"replace(replace(replace({column}, ' ', ''), '.', ''), '-', '')"


def _values(column: str) -> str:
    """Django writes letters with marks as escapes: they are read out of the document."""
    return f"(SELECT group_concat(atom, ' ') FROM json_tree({column}))"  # noqa: S608
