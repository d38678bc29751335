"""The database's part of the environment: which one, and how many connections a process may have to it."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.environment_values import EnvironmentProblem, number

#: Two workers, a delivery loop and some calls for each messenger, and the pages, each for milliseconds.
CONNECTIONS = 10


def database_url(values: Mapping[str, str]) -> str:
    """As given, "" for SQLite. The address itself is not repeated: it may hold a password."""
    given = values.get("MOTCUA_DATABASE_URL", "")
    if given and not given.startswith(("postgres://", "postgresql://")):
        raise EnvironmentProblem(
            "MOTCUA_DATABASE_URL does not name a PostgreSQL database. Set it to "
            "postgres://USER:PASSWORD@HOST:5432/NAME, or leave it out for a SQLite file in MOTCUA_HOME."
        )
    return given


def database_pool(values: Mapping[str, str]) -> int:
    """The most connections of a process. Raises EnvironmentProblem when it is set for SQLite."""
    if values.get("MOTCUA_DATABASE_POOL") and not values.get("MOTCUA_DATABASE_URL"):
        raise EnvironmentProblem(
            "MOTCUA_DATABASE_POOL is set, but the database is a SQLite file, which has no pool. "
            "Unset it, or set MOTCUA_DATABASE_URL to a PostgreSQL database."
        )
    return number(values, "MOTCUA_DATABASE_POOL", default=CONNECTIONS)
