"""Which releases stay on disk. The row of a pruned one stays, with its manifest: a turn may name it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from knowledge_base.models import ActiveRelease, Release

#: A reader may still have it open, and an editor may want it back.
YOUNG = timedelta(hours=1)
_GOING = ".pruned"
_DRAFT = ".building"


def prune(*, dry_run: bool = False) -> tuple[Release, ...]:
    """Remove the folders of releases that need not stay, and what broken builds left. Returns the releases.

    Stay: the one in force, the last MOTCUA_RELEASES_KEPT, and those built or in force within the last hour.
    Only while no release is built.
    """
    releases = tuple(Release.objects.filter(pruned_at=None).order_by("-pk"))
    active = ActiveRelease.objects.values_list("release_id", flat=True).first()
    gone = superfluous(releases, active=active, kept=settings.RELEASES_KEPT, now=timezone.now())
    if not dry_run:
        for release in gone:
            _remove(release)
        _sweep(Path(settings.RELEASES_ROOT))
    return gone


def superfluous(
    releases: Iterable[Release], *, active: int | None, kept: int, now: datetime
) -> tuple[Release, ...]:
    """Of these releases, the newest first, those that need not stay."""
    return tuple(
        release
        for release in tuple(releases)[kept:]
        if release.pk != active and _last_needed(release) < now - YOUNG
    )


def _last_needed(release: Release) -> datetime:
    return max(release.built_at, release.in_force_until or release.built_at)


def _remove(release: Release) -> None:
    """The row first: what it says is gone may still be there, never the other way round."""
    release.pruned_at = timezone.now()
    release.save(update_fields=["pruned_at"])
    folder = Path(settings.RELEASES_ROOT) / release.name
    if folder.exists():
        folder.rename(folder.with_name(f".{folder.name}{_GOING}"))


def _sweep(root: Path) -> None:
    for folder in root.glob(".*"):
        if folder.name.endswith((_GOING, _DRAFT)):
            shutil.rmtree(folder, ignore_errors=True)
