"""The audit register: a line stands as it was entered, whatever is asked of the database."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from office import audit
from office.errors import RegisterIsAppendOnly
from office.models import AuditEntry

pytestmark = pytest.mark.django_db

MIGRATION = import_module("office.migrations.0015_register_keeps_its_lines")


def test_a_line_is_neither_saved_again_nor_deleted() -> None:
    line = audit.note("case.claimed", "HT-2026-000001", None)
    for act in (line.save, line.delete):
        with pytest.raises(RegisterIsAppendOnly):
            act()


def test_the_database_refuses_to_change_a_line() -> None:
    audit.note("case.claimed", "HT-2026-000001", None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(subject="HT-2026-000002")
    assert AuditEntry.objects.get().subject == "HT-2026-000001"


def test_the_database_refuses_to_delete_a_line() -> None:
    audit.note("case.claimed", "HT-2026-000001", None)
    if connection.vendor == "sqlite":  # taken away for the tests (tests/conftest.py)
        with connection.cursor() as cursor:
            cursor.execute(MIGRATION.SQLITE["delete"])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all()._raw_delete("default")
    assert AuditEntry.objects.count() == 1
