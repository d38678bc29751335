from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from knowledge_base import releases
from knowledge_base.content_json import digest, to_json
from knowledge_base.errors import ReleaseProblem
from knowledge_base.models import ActiveRelease, ExampleQuestion, Procedure, Revision
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
def test_releases_are_kept() -> None:
    assert all(folder_of(release).is_dir() for release in (build_release(), build_release()))


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
