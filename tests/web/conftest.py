"""A small release in force, for the pages that read one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from knowledge_base import releases
from knowledge_base.content import ProcedureContent
from knowledge_base.models import ActiveRelease, Release
from tests.knowledge_base.search_base import ENCODER, build_here

PutOut = Callable[[Sequence[ProcedureContent]], None]


@pytest.fixture
def put_out(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> PutOut:
    """Puts contents into force as a release."""
    settings.RELEASES_ROOT = tmp_path
    monkeypatch.setattr(releases, "encoder", lambda: ENCODER)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())

    def put(contents: Sequence[ProcedureContent]) -> None:
        name = f"release-{len(list(tmp_path.iterdir()))}"
        manifest = build_here(tmp_path, name, contents=contents)
        release = Release.objects.create(name=name, manifest={}, built_at=manifest.built_at)
        ActiveRelease.objects.update_or_create(pk=1, defaults={"release": release})

    return put
