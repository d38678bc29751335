"""The round and the command that let go what is kept too long."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone

from conversations.models import Conversation, Turn
from motcua import retention
from motcua.commands.data import data
from tests.casework.people import citizen
from tests.casework.test_retention import spoke

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_command_counts_first_and_then_lets_go() -> None:
    spoke(citizen(), "cũ", days_ago=91)
    counted = CliRunner().invoke(data, ["prune", "--dry-run"])
    assert "Cuộc trò chuyện: 1" in counted.stdout
    assert "Chưa xoá gì." in counted.stdout
    assert Turn.objects.count() == 1
    assert "Đã xoá." in CliRunner().invoke(data, ["prune"]).stdout
    assert not Turn.objects.exists()


def test_the_round_lets_go_and_ends_shared_machines_until_told_to_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention, "LOOK_EVERY", 0.01)
    spoke(citizen(), "cũ", days_ago=91)
    shared = citizen()
    Conversation.objects.filter(pk=shared.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    stop = threading.Event()
    thread = threading.Thread(target=retention.let_go_until, args=(stop,))
    thread.start()
    done = threading.Event()
    for _ in range(500):
        shared.refresh_from_db()
        if shared.erased_at and not Turn.objects.exists():
            break
        done.wait(0.02)
    stop.set()
    thread.join(5)
    assert shared.erased_at
    assert not Turn.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL frees deleted rows at its next vacuum")
def test_nothing_erased_can_be_read_from_the_database_file() -> None:
    mark = "Vũ Thị Kín ở ngõ Tràng Tiền " * 200
    for number in range(20):
        spoke(citizen(), f"{number} {mark}", days_ago=91)
    path = Path(str(connection.settings_dict["NAME"]))
    written_ahead = path.with_name(f"{path.name}-wal")
    retention.empty_journal()
    assert b"Tr\xc3\xa0ng Ti" in path.read_bytes()
    CliRunner().invoke(data, ["prune"])
    assert b"Tr\xc3\xa0ng Ti" not in path.read_bytes()
    assert not written_ahead.exists() or b"Tr\xc3\xa0ng Ti" not in written_ahead.read_bytes()
