"""A throw-away database beside the operator's own: the same release in force, no row of anybody's.

Nothing that a command plays over it can reach the desk, the numbers of real cases, or the attachments.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connections
from django.db.utils import load_backend
from django.test import override_settings

import starter
from knowledge_base.errors import ReleaseProblem
from knowledge_base.models import ActiveRelease, Release
from motcua.settings import SQLITE_OPTIONS
from motcua.setup import migrate
from office.places import load_places
from office.service_points import import_service_points

SQLITE = "django.db.backends.sqlite3"


@contextmanager
def throw_away_database() -> Iterator[None]:
    """Within the block this thread's rows are of a fresh SQLite file, gone afterwards.

    It holds the places and service points of the starter content and names the operator's release in force.
    Raises ReleaseProblem when none is.
    """
    migrate()
    release = _release_in_force()
    with TemporaryDirectory(prefix="motcua-") as folder, _rows_and_files_in(Path(folder)):
        migrate()
        load_places()
        import_service_points(starter.SERVICE_POINTS)
        release.save()
        ActiveRelease.objects.create(pk=1, release=release)
        yield


@contextmanager
def throw_away_places() -> Iterator[None]:
    """The same with the places of the starter content alone: no release is asked for."""
    with TemporaryDirectory(prefix="motcua-") as folder, _rows_and_files_in(Path(folder)):
        migrate()
        load_places()
        yield


def _release_in_force() -> Release:
    """As a row yet to be saved. Its folder stays where it is: only its name is taken along."""
    active = ActiveRelease.objects.select_related("release").filter(pk=1).first()
    if active is None:
        raise ReleaseProblem("No release is in force: `motcua kb build` makes one.")
    held = active.release
    return Release(name=held.name, manifest=held.manifest, built_at=held.built_at)


@contextmanager
def _rows_and_files_in(folder: Path) -> Iterator[None]:
    """Django's own switch for the attachments; for the rows, another connection under the same name."""
    own = connections["default"]
    sqlite = {"ENGINE": SQLITE, "NAME": str(folder / "rows.sqlite3"), "OPTIONS": SQLITE_OPTIONS}
    connections["default"] = load_backend(SQLITE).DatabaseWrapper({**own.settings_dict, **sqlite}, "default")
    try:
        with override_settings(MEDIA_ROOT=folder / "attachments"):
            yield
    finally:
        connections["default"].close()
        connections["default"] = own
