"""What is due comes about by itself while the service runs, and by a command that may be repeated."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from knowledge_base import releases
from knowledge_base.models import ActiveRelease, Revision
from knowledge_base.publishing import live_contents, publish, save_draft
from motcua.commands.kb import kb
from motcua.dates import apply_dates_until
from tests.knowledge_base.contents import procedure
from tests.knowledge_base.search_base import ENCODER
from tests.serving import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _due(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision whose day came yesterday, while nothing ran."""
    settings.RELEASES_ROOT = tmp_path / "releases"
    monkeypatch.setattr(releases, "encoder", lambda: ENCODER)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())
    publish(save_draft("1.004222", procedure(), None, ""), None, then=lambda: None)
    draft = save_draft("1.004222", procedure(steps="bản mới"), None, "")
    yesterday = timezone.localdate() - timedelta(days=1)
    Revision.objects.filter(pk=draft.pk).update(status="scheduled", effective_from=yesterday)


def test_the_running_service_brings_about_what_is_due() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=apply_dates_until, args=(stop,))
    thread.start()
    try:
        until(ActiveRelease.objects.exists)
    finally:
        stop.set()
        thread.join(10)
    assert [content.steps for content in live_contents()] == ["bản mới"]


def test_the_command_says_what_it_did_and_does_nothing_the_second_time() -> None:
    first = CliRunner().invoke(kb, ["apply-dates"])
    assert first.exit_code == 0, first.output
    assert "1.004222\tcó hiệu lực" in first.output
    assert "Không có gì đến ngày." in CliRunner().invoke(kb, ["apply-dates"]).output
