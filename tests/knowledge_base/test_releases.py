from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from knowledge_base import releases
from knowledge_base.content_json import digest, to_json
from knowledge_base.errors import ReleaseProblem
from knowledge_base.models import ActiveRelease, ExampleQuestion, Procedure, Release, Revision
from knowledge_base.releases import build_release, folder_of, make_active, pinned_library
from tests.knowledge_base.search_base import BIRTH, CONTENTS, ENCODER, EXAMPLES, RESIDENCE, retitled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_releases(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"
    monkeypatch.setattr(releases, "encoder", lambda: ENCODER)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())


@pytest.fixture
def _live() -> None:
    for content in CONTENTS:
        procedure = Procedure.objects.create(code=content.code)
        Revision.objects.create(
            procedure=procedure,
            number=1,
            status=Revision.Status.LIVE,
            content=to_json(content),
            digest=digest(content),
            origin="import",
        )
        for text in EXAMPLES.get(content.code, ()):
            ExampleQuestion.objects.create(procedure=procedure, text=text, source="test")


def test_without_a_release_the_error_says_what_to_do() -> None:
    with pytest.raises(ReleaseProblem, match="motcua kb build"), pinned_library():
        pass


def test_without_live_revisions_nothing_is_built() -> None:
    with pytest.raises(ReleaseProblem, match="motcua kb import"):
        build_release()
    assert not ActiveRelease.objects.exists()


@pytest.mark.usefixtures("_live")
def test_what_is_built_is_in_force() -> None:
    release = build_release()
    with pinned_library() as library:
        assert library.name == release.name
        assert library.search("nhập khẩu về nhà chồng").hits[0].code == RESIDENCE.code
    assert release.manifest["counts"]["procedures"] == len(CONTENTS)


@pytest.mark.usefixtures("_live")
def test_what_is_published_while_a_release_is_built_is_newer_than_the_release() -> None:
    meanwhile = []
    release = build_release(progress=lambda *_: meanwhile.append(timezone.now()))
    assert release.built_at < meanwhile[0]


@pytest.mark.usefixtures("_live")
def test_a_release_can_be_built_without_coming_into_force() -> None:
    first = build_release()
    build_release(activate=False)
    with pinned_library() as library:
        assert library.name == first.name


@pytest.mark.usefixtures("_live")
def test_a_turn_keeps_its_release_while_the_next_turn_gets_the_new_one() -> None:
    build_release()
    with pinned_library() as before:
        changed = retitled(BIRTH, "Đăng ký khai sinh, bản mới")
        Revision.objects.filter(procedure__code=BIRTH.code).update(
            content=to_json(changed), digest=digest(changed)
        )
        build_release()
        with pinned_library() as after:
            assert after.content(BIRTH.code).title == "Đăng ký khai sinh, bản mới"
        assert before.content(BIRTH.code).title == BIRTH.title


@pytest.mark.usefixtures("_live")
def test_a_former_release_closes_after_its_last_reader() -> None:
    build_release()
    with pinned_library() as before:
        build_release()
        with pinned_library():
            pass
        assert list(releases._shelf.libraries) != [before.name]
        assert before.name in releases._shelf.libraries
    assert before.name not in releases._shelf.libraries


@pytest.mark.usefixtures("_live")
def test_a_former_release_can_be_brought_back() -> None:
    first = build_release()
    build_release()
    make_active(first)
    with pinned_library() as library:
        assert library.name == first.name


@pytest.mark.usefixtures("_live")
def test_two_builds_at_once_both_come_out_whole() -> None:
    def build() -> str:
        try:
            return build_release().name
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=2) as pool:
        names = [future.result() for future in [pool.submit(build) for _ in range(2)]]
    assert len(set(names)) == 2
    with pinned_library() as library:
        assert library.name in names
    connection.close()


def _change_title(title: str) -> None:
    changed = retitled(BIRTH, title)
    live = Revision.objects.filter(procedure__code=BIRTH.code, status=Revision.Status.LIVE)
    live.update(content=to_json(changed), digest=digest(changed))


@pytest.mark.usefixtures("_live")
def test_readers_never_see_two_releases_at_once_while_new_ones_come_into_force() -> None:
    """Each release numbers the title: name, title and content must agree in every turn."""
    _change_title("Khai sinh bản 0")
    titles = {build_release().name: "Khai sinh bản 0"}
    done = threading.Event()

    def read() -> set[tuple[str, str, str]]:
        seen = set()
        try:
            while not done.is_set():
                with pinned_library() as library:
                    hits = library.search("làm giấy khai sinh cho cháu").hits
                    title = next(hit.title for hit in hits if hit.code == BIRTH.code)
                    seen.add((library.name, title, library.content(BIRTH.code).title))
        finally:
            connections.close_all()
        return seen

    with ThreadPoolExecutor(max_workers=4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        for number in range(1, 7):
            _change_title(f"Khai sinh bản {number}")
            titles[build_release().name] = f"Khai sinh bản {number}"
        done.set()
        seen = set().union(*(reader.result(timeout=30) for reader in readers))
    assert {name for name, _, _ in seen} <= titles.keys()
    assert len(seen) > 1
    assert all(found == shown == titles[name] for name, found, shown in seen)
    with pinned_library() as library:
        assert list(releases._shelf.libraries) == [library.name]
    connection.close()


@pytest.mark.usefixtures("_live")
def test_a_release_that_does_not_open_never_comes_into_force(monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_release()

    def broken(*_: object) -> None:
        raise ReleaseProblem("the disk is broken")

    monkeypatch.setattr(releases.Library, "open", broken)
    with pytest.raises(ReleaseProblem, match="broken"):
        build_release()
    assert ActiveRelease.objects.get().release == first
    assert list(Release.objects.all()) == [first]


def _age(*aged: Release) -> None:
    Release.objects.filter(pk__in=[release.pk for release in aged]).update(
        built_at=timezone.now() - timedelta(days=3), in_force_until=timezone.now() - timedelta(hours=2)
    )


@pytest.mark.usefixtures("_live")
def test_the_last_ones_the_one_in_force_and_the_young_ones_stay(settings: Any) -> None:
    settings.RELEASES_KEPT = 2
    built = [build_release() for _ in range(5)]
    make_active(built[0])
    _age(built[0], built[1], built[3], built[4])
    assert [release.name for release in releases.prune(dry_run=True)] == [built[1].name]
    assert folder_of(built[1]).is_dir()
    assert [release.name for release in releases.prune()] == [built[1].name]
    assert [folder_of(release).is_dir() for release in built] == [True, False, True, True, True]
    assert releases.prune() == ()


@pytest.mark.usefixtures("_live")
def test_what_was_in_force_a_moment_ago_stays_however_old_it_is(settings: Any) -> None:
    settings.RELEASES_KEPT = 1
    first, second = build_release(), build_release()
    _age(first, second)
    make_active(first)
    make_active(second)
    assert releases.prune() == ()


@pytest.mark.usefixtures("_live")
def test_a_build_prunes_and_the_shared_files_of_what_stays_are_whole(settings: Any) -> None:
    settings.RELEASES_KEPT = 1
    first = build_release()
    _age(first)
    _change_title("Khai sinh bản 1")
    build_release()
    _age(first)
    _change_title("Khai sinh bản 2")
    build_release()
    assert not folder_of(first).exists()
    with pinned_library() as library:
        assert library.content(BIRTH.code).title == "Khai sinh bản 2"


@pytest.mark.usefixtures("_live")
def test_a_pruned_release_keeps_its_manifest_and_cannot_be_brought_back(settings: Any) -> None:
    settings.RELEASES_KEPT = 1
    first = build_release()
    build_release()
    _age(first)
    releases.prune()
    first.refresh_from_db()
    assert first.manifest["counts"]["procedures"] == len(CONTENTS)
    with pytest.raises(ReleaseProblem, match="pruned"):
        make_active(first)


@pytest.mark.usefixtures("_live")
def test_what_a_broken_build_left_is_swept_away(settings: Any) -> None:
    build_release()
    left = settings.RELEASES_ROOT / ".20260101-000000-abcd.building"
    left.mkdir()
    releases.prune()
    assert not left.exists()
