"""A small real release, made once; an active release for each test that asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

import starter
from bot.responder import Responder
from knowledge_base import releases
from knowledge_base.holdings import Live
from knowledge_base.importing import read_sources
from knowledge_base.manifest import Manifest
from knowledge_base.models import ActiveRelease, Release
from knowledge_base.release import build
from nlu.intents import IntentClassifier
from nlu.report_classifier import ReportClassifier
from tests.bot.office import CODES, RecordingChannel, Talk
from tests.emulated import running_telegram, running_zalo, telegram, zalo

__all__ = ["running_telegram", "running_zalo", "telegram", "zalo"]


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """Four procedures of the starter, an example question each, encoded by the bundled encoder."""
    root = tmp_path_factory.mktemp("releases")
    records = [next(iter(read_sources(starter.PROCEDURES / f"{code}.yaml"))) for code in CODES]
    lines = map(json.loads, starter.EXAMPLES.read_text(encoding="utf-8").splitlines())
    examples = {line["code"]: line["questions"][:1] for line in lines if line["code"] in CODES}
    manifest = build(
        Live.of([record.content for record in records], examples),  # type: ignore[union-attr]  # fails here
        encoder=releases.encoder(),
        folder=root / "small",
        previous=None,
    )
    return root, manifest


@pytest.fixture
def channel() -> RecordingChannel:
    return RecordingChannel()


@pytest.fixture
def responder(  # noqa: PLR0917 -- fixtures
    small_release: tuple[Path, Manifest],
    classifier: IntentClassifier,
    report_classifier: ReportClassifier,
    channel: RecordingChannel,
    transactional_db: None,
    settings: Any,
) -> Responder:
    """The responder with the small release in force."""
    root, manifest = small_release
    settings.RELEASES_ROOT = root
    (folder,) = root.iterdir()  # its name is its own: a process keeps open releases by name
    release = Release.objects.create(name=folder.name, manifest=manifest.as_json(), built_at=timezone.now())
    ActiveRelease.objects.create(pk=1, release=release)
    return Responder(classifier=classifier, reports=report_classifier, channels={channel.name: channel})


@pytest.fixture
def talk(responder: Responder) -> Talk:
    return Talk(responder=responder)
