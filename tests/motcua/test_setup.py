"""The first start of an empty home, and every later one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import starter
from knowledge_base import releases
from knowledge_base.errors import ReleaseProblem
from knowledge_base.models import ActiveRelease, ExampleQuestion, Procedure, Release
from knowledge_base.releases import pinned_library
from motcua.commands.kb import kb
from motcua.setup import prepare
from office.models import Staff, Unit
from tests.knowledge_base.search_base import ENCODER

pytestmark = pytest.mark.django_db(transaction=True)

CODES = ("1.001193", "1.000894")
KNOWN = "cat-karaoke-01"
ARTICLE = "art-iparking"
CATALOGUE = f"""
source: Danh mục
date: "2026-11"
groups:
  - field: Văn hóa cơ sở
    where: Bộ Văn hóa
    entries: [{{code: {KNOWN}, title: Cấp giấy phép karaoke, reviewed: false}}]
"""


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without anything, and two procedures and an article to stock it with."""
    procedures = tmp_path / "procedures"
    procedures.mkdir()
    for code in CODES:
        shutil.copy(starter.PROCEDURES / f"{code}.yaml", procedures)
    articles = tmp_path / "articles"
    articles.mkdir()
    shutil.copy(starter.ARTICLES / "iparking.yaml", articles)
    examples = tmp_path / "examples.jsonl"
    examples.write_text(json.dumps({"code": CODES[0], "questions": ["làm giấy khai sinh ở đâu"]}))
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    settings.RELEASES_ROOT = tmp_path / "releases"
    monkeypatch.setattr(starter, "CATALOGUE", catalogue)
    monkeypatch.setattr(starter, "PROCEDURES", procedures)
    monkeypatch.setattr(starter, "ARTICLES", articles)
    monkeypatch.setattr(starter, "EXAMPLES", examples)
    monkeypatch.setattr(releases, "encoder", lambda: ENCODER)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())


def test_an_empty_home_gets_places_procedures_a_release_and_accounts() -> None:
    accounts = prepare()
    assert Unit.objects.filter(kind=Unit.Kind.WARD).exists()
    assert {procedure.code for procedure in Procedure.objects.all()} == {*CODES, KNOWN, ARTICLE}
    assert ExampleQuestion.objects.count() == 1
    with pinned_library() as library:
        assert library.content(CODES[0]).code == CODES[0]
        assert library.content(KNOWN).is_catalogue_entry
    assert {account.username for account in accounts} == set(Staff.objects.values_list("username", flat=True))


def test_a_second_start_makes_nothing_anew_and_prints_no_password_again() -> None:
    prepare()
    before = (Release.objects.count(), Unit.objects.count(), Staff.objects.count())
    assert prepare() == ()
    assert (Release.objects.count(), Unit.objects.count(), Staff.objects.count()) == before


def test_a_start_that_was_cut_short_is_made_good_by_the_next() -> None:
    prepare()
    ActiveRelease.objects.all().delete()
    ExampleQuestion.objects.all().delete()
    prepare()
    assert ActiveRelease.objects.exists()
    assert ExampleQuestion.objects.count() == 1


def test_production_gets_no_demonstration_accounts(settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert prepare() == ()
    assert not Staff.objects.exists()


def test_no_start_on_a_release_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    prepare()
    shutil.rmtree(settings.RELEASES_ROOT)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())
    with pytest.raises(ReleaseProblem, match="motcua kb build"):
        prepare()
    told = CliRunner().invoke(kb, ["search", "khai sinh"])
    assert told.exit_code == 2
    assert "Traceback" not in told.output


def test_a_release_of_an_older_program_is_built_again_at_the_start(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()
    old = ActiveRelease.objects.get().release.name
    manifest = settings.RELEASES_ROOT / old / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}))
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())
    prepare()
    with pinned_library() as library:
        assert library.name != old
