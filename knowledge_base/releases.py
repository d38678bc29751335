"""Releases: built from what is live, made active by one row, open until their last reader is done."""

from __future__ import annotations

import fcntl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.utils import timezone

from knowledge_base import pruning
from knowledge_base.effective_dates import dated_contents, dated_digests
from knowledge_base.encoding import Progress
from knowledge_base.errors import ReleaseProblem
from knowledge_base.holdings import Live
from knowledge_base.library import Library
from knowledge_base.local_overrides import local_values
from knowledge_base.models import ActiveRelease, ExampleQuestion, Release
from knowledge_base.tuned import read_tuned
from nlu.encoders import Encoder, open_encoder
from nlu.training_data import NLU_YML, read
from office.lookups import Lookup


@cache
def encoder() -> Encoder:
    """The encoder that MOTCUA_ENCODER names, loaded once a process. Raises EncoderUnavailable."""
    return open_encoder(settings.ENCODER, converted=Path(settings.ENCODER_FOLDER), tell=_tell)


def _tell(line: str) -> None:
    """To whoever waits for the command; its output stays clean."""
    sys.stderr.write(f"{line}\n")


def build_release(*, activate: bool = True, anew: bool = False, progress: Progress | None = None) -> Release:
    """Build a release of all live revisions and, unless told otherwise, make it the one in force.

    What has not changed since the last release is taken over from it; anew: only its vectors, and what it
    learned if no probe has changed. progress is called with the numbers of probes encoded and of all probes.
    Builds wait for one another, in this process and in others. Raises ReleaseProblem when nothing is live.
    """
    from knowledge_base.release import build  # noqa: PLC0415 -- sqlite-utils is needed only to build

    with _one_build_at_a_time():
        begun = timezone.now()  # what is published from here on belongs to the next release
        folder = Path(settings.RELEASES_ROOT) / f"{timezone.localtime(begun):%Y%m%d-%H%M%S}-{token_hex(2)}"
        manifest = build(
            _live(),
            encoder=encoder(),
            folder=folder,
            previous=_latest_folder(),
            anew=anew,
            tuned=read_tuned(settings.ENCODER_FOLDER, encoder()),
            progress=progress,
        )
        # Opened before it comes into force: what cannot be read never does, and no citizen waits for it.
        library = Library.open(folder, encoder()) if activate else None
        release = Release.objects.create(name=folder.name, manifest=manifest.as_json(), built_at=begun)
        if library:
            make_active(release)
            _shelf.put(library)
        pruning.prune()
    return release


def prune(*, dry_run: bool = False) -> tuple[Release, ...]:
    """Remove the releases that need not stay (knowledge_base.pruning says which); waits for builds."""
    with _one_build_at_a_time():
        return pruning.prune(dry_run=dry_run)


def make_active(release: Release) -> None:
    """From the next turn on, everyone reads this release. Raises ReleaseProblem for one that was pruned."""
    if release.pruned_at:
        raise ReleaseProblem(f"{release.name} was pruned. Build a new release: `motcua kb build`.")
    Release.objects.filter(activerelease__pk=1).exclude(pk=release.pk).update(in_force_until=timezone.now())
    ActiveRelease.objects.update_or_create(pk=1, defaults={"release": release})


def folder_of(release: Release) -> Path:
    """Where a release lies on disk."""
    return Path(settings.RELEASES_ROOT) / release.name


@contextmanager
def pinned_library() -> Iterator[Library]:
    """The library of the release in force, which stays open and the same until the block ends.

    A release made active meanwhile is read by the next block; the former is closed after its last one.
    Raises ReleaseProblem when none is in force, or when it was built by another encoder or is damaged.
    """
    library = _shelf.take(_active_name())
    try:
        yield library
    finally:
        _shelf.give_back(library.name)


@contextmanager
def kept_library(release: Release) -> Iterator[Library]:
    """The library of a release that may not be in force, open until the block ends.

    Raises ReleaseProblem when it was pruned, or cannot be read by this program or with this encoder.
    """
    if release.pruned_at:
        raise ReleaseProblem(
            f"{release.name} was pruned: of old releases MOTCUA_RELEASES_KEPT stay on disk. "
            "Its manifest is in the database."
        )
    library = Library.open(folder_of(release), encoder())
    try:
        yield library
    finally:
        library.close()


@dataclass(kw_only=True)
class _Shelf:
    """The open libraries of this process, with their readers. The newest taken stays open when idle."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    libraries: dict[str, Library] = field(default_factory=dict)
    readers: dict[str, int] = field(default_factory=dict)
    newest: str = ""

    def put(self, library: Library) -> None:
        """An open library of the release now in force."""
        with self.lock:
            if library.name in self.libraries:  # a reader was faster
                library.close()
            else:
                self.libraries[library.name] = library
                self.readers[library.name] = 0
            self.newest = library.name
            self._close_unread()

    def take(self, name: str) -> Library:
        with self.lock:
            if name not in self.libraries:
                self.libraries[name] = Library.open(Path(settings.RELEASES_ROOT) / name, encoder())
            self.newest = name
            self.readers[name] = self.readers.get(name, 0) + 1
            self._close_unread()
            return self.libraries[name]

    def give_back(self, name: str) -> None:
        with self.lock:
            self.readers[name] -= 1
            self._close_unread()

    def _close_unread(self) -> None:
        for name in [name for name in self.libraries if name != self.newest and not self.readers[name]]:
            self.libraries.pop(name).close()
            del self.readers[name]


_shelf = _Shelf()
_building = threading.Lock()


def _active_name() -> str:
    name = _IN_FORCE.first()
    if name is None:
        raise ReleaseProblem("No release is in force. Build one: `motcua kb build`.")
    return name


_IN_FORCE = Lookup(lambda: ActiveRelease.objects.values_list("release__name", flat=True))


def _live() -> Live:
    return Live(
        digests=dated_digests(),
        read=dated_contents,
        examples=_examples(),
        outside=_about_something_else(),
        local=local_values(),
    )


def _examples() -> dict[str, list[str]]:
    examples: dict[str, list[str]] = {}
    pairs = ExampleQuestion.objects.order_by("pk").values_list("procedure__code", "text")
    for code, text in pairs:
        examples.setdefault(code, []).append(text)
    return examples


@cache
def _about_something_else() -> tuple[str, ...]:
    """Messages of other intents, from the classifier's examples: none may be answered with a procedure.

    Each third of them: a build searches for every one.
    """
    others = [example.text for example in read(NLU_YML) if example.intent != "ask_procedure"]
    return tuple(others[::3])


def _latest_folder() -> Path | None:
    release = Release.objects.filter(pruned_at=None).order_by("-pk").first()
    return folder_of(release) if release else None


@contextmanager
def _one_build_at_a_time() -> Iterator[None]:
    root = Path(settings.RELEASES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with _building, (root / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
