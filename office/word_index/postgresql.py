"""Words as a tsvector with a GIN index: in a table beside the rows, fed by a trigger.

Not in the row itself: rows are updated often, and every update would enter all words of the row again.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from office.word_index.columns import Columns
from office.word_index.keys import Keys
from office.word_index.words import Words, may_begin

#: Letters without marks and digits, of as much as a tsvector can hold.
_FOLDED = r"""
    CREATE OR REPLACE FUNCTION words_of(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT strip(to_tsvector('pg_catalog.simple', regexp_replace(lower(translate(
        regexp_replace(normalize(left(said, 100000), NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd'
    )), '[^a-z0-9]+', ' ', 'g'))) $$
"""


def having(table: str, words: Words, keys: Keys) -> tuple[str, list[Any]]:
    """SQL that is true of a row with such a key in which the words stand, with its parameters."""
    if not words:
        return "false", []
    limit, ends = keys.limit("id")
    found = f'SELECT id FROM "{table}_words" WHERE words @@ %s::tsquery{limit}'  # noqa: S608 -- names of ours
    outer, again = keys.limit(f'"{table}"."id"')
    return f'("{table}"."id" IN ({found}){outer})', [_query(words), *ends, *again]


def _query(words: Words) -> str:
    ways = (
        " & ".join([*(f"'{word}'" for word in rest), f"'{last}':*" if may_begin(last) else f"'{last}'"])
        for *rest, last in words.ways
    )
    return " | ".join(f"({way})" for way in ways)


def install(database: BaseDatabaseWrapper, table: str, columns: Columns) -> None:
    """Make the table of words and its trigger as they should be, and read every row; nothing if they are."""
    body = _body(table, columns)
    with database.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"{table}_words_kept"])
        if (body,) in cursor.fetchall():
            return
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        for statement in _statements(table, columns, body):
            cursor.execute(statement)


def _statements(table: str, columns: Columns, body: str) -> tuple[str, ...]:
    kept, function = f'"{table}_words"', f'"{table}_words_kept"'
    said = _said("", columns)
    each_row, each_statement = (
        f'ON "{table}" FOR EACH {what} EXECUTE FUNCTION {function}()' for what in ("ROW", "STATEMENT")
    )
    return (
        _FOLDED,
        f"DROP TABLE IF EXISTS {kept}",
        f"CREATE TABLE {kept} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        f'INSERT INTO {kept} SELECT "id", words_of({said}) FROM "{table}"',  # noqa: S608 -- names of ours
        f'CREATE INDEX "{table}_words_found" ON {kept} USING gin (words)',
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $kept${body}$kept$",
        f'DROP TRIGGER IF EXISTS "{table}_words_row" ON "{table}"',
        f'DROP TRIGGER IF EXISTS "{table}_words_all" ON "{table}"',
        f'CREATE TRIGGER "{table}_words_row" AFTER INSERT OR UPDATE OR DELETE {each_row}',
        f'CREATE TRIGGER "{table}_words_all" AFTER TRUNCATE {each_statement}',
        f"ANALYZE {kept}",
    )


def _body(table: str, columns: Columns) -> str:
    """What the trigger does; the columns are named here only, so that migrations may change their types."""
    kept = f'"{table}_words"'
    before, after = (", ".join(f'{row}."{column}"' for column in columns.names) for row in ("OLD", "NEW"))
    return f"""
BEGIN
    IF TG_OP = 'TRUNCATE' THEN TRUNCATE {kept}; RETURN NULL; END IF;
    IF TG_OP = 'DELETE' THEN DELETE FROM {kept} WHERE id = OLD.id; RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' AND ROW({before}) IS NOT DISTINCT FROM ROW({after}) THEN RETURN NULL; END IF;
    INSERT INTO {kept} VALUES (NEW.id, words_of({_said("NEW.", columns)}))
    ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words;
    RETURN NULL;
END """  # noqa: S608 -- names of ours


def _said(row: str, columns: Columns) -> str:
    return f"concat_ws(' ', {', '.join(columns.parts(row, digits=_digits, values=_values))})"


def _digits(column: str) -> str:
    return f"regexp_replace({column}, '[^0-9]', '', 'g')"


def _values(column: str) -> str:
    every = f"jsonb_path_query({column}, 'strict $.**') AS part"
    plain = "jsonb_typeof(part) NOT IN ('object', 'array')"
    return f"(SELECT string_agg(part #>> '{{}}', ' ') FROM {every} WHERE {plain})"  # noqa: S608
