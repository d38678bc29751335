"""Articles: taken in, kept in revisions, found and released like procedures, and never one of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given

import starter
from knowledge_base.answering import answer
from knowledge_base.article import ArticleContent
from knowledge_base.catalogue import coverage
from knowledge_base.content import Origin, PartName
from knowledge_base.content_json import digest, from_json, procedure_from_json, to_json
from knowledge_base.errors import ContentProblem
from knowledge_base.importing import Outcome, import_contents, import_path, read_sources
from knowledge_base.library import Library
from knowledge_base.models import Revision
from knowledge_base.passages import passages
from knowledge_base.probes import ProbeKind, probes
from knowledge_base.publishing import bring_back, live_contents, live_revision, publish, save_draft
from knowledge_base.sources.records import BrokenRecord, Record
from office.links import safe_url
from tests.knowledge_base.contents import STARTER, article, articles, procedure
from tests.knowledge_base.search_base import BIRTH, CONTENTS, ENCODER, build_here

PLAIN = {
    "article": "gui-xe",
    "title": "Gửi xe",
    "field": "Hướng dẫn chung",
    "sections": [
        {"key": "gia", "heading": "Giá", "text": "5.000 đồng", "source": {"decision": "A", "date": "2026-07"}}
    ],
}


def ours() -> list[ArticleContent]:
    found = list(read_sources(starter.ARTICLES))
    assert not [record for record in found if isinstance(record, BrokenRecord)]
    contents = [record.content for record in found if isinstance(record, Record)]
    return [content for content in contents if isinstance(content, ArticleContent)]


def take_in(content: ArticleContent, *, place: str = "a.yaml") -> Outcome:
    return import_contents([Record(place=place, content=content)]).lines[0].outcome


@given(articles())
def test_an_article_comes_back_from_json_as_it_was(content: ArticleContent):
    assert from_json(to_json(content)) == content
    assert digest(content) == digest(from_json(to_json(content)))


def test_an_article_is_never_read_as_a_procedure():
    with pytest.raises(ContentProblem, match="is an article"):
        procedure_from_json(to_json(article()))
    with pytest.raises(ContentProblem, match="art-iparking"):
        from_json({**to_json(article()), "sections": [{"key": "x"}]})


def test_each_section_is_a_passage_and_every_way_to_ask_is_a_probe():
    assert [passage.id for passage in passages(article())] == [
        "art-iparking#la-gi", "art-iparking#gia", "art-iparking#hoi-o-dau"
    ]  # fmt: skip
    kinds = [probe.kind for probe in probes(article(), ["iparking là gì vậy"])]
    assert kinds == [ProbeKind.TITLE, ProbeKind.ALIAS, ProbeKind.LEAD, ProbeKind.EXAMPLE]


def test_an_article_is_no_procedure_of_the_coverage_table():
    assert [row.held for row in coverage([procedure(), article()])] == [1]


def test_an_article_is_found_beside_procedures_and_counts_as_held(tmp_path: Path):
    build_here(tmp_path, contents=(*CONTENTS, article()))
    library = Library.open(tmp_path / "first", ENCODER)
    first = library.search("đỗ xe thông minh").hits[0]
    assert (first.code, first.is_held) == ("art-iparking", True)
    assert library.search("đăng ký khai sinh").hits[0].code == BIRTH.code
    assert library.content("art-iparking") == article()
    assert [passage.part for passage in library.passages_with("lũy tiến")] == ["gia"]
    library.close()


@pytest.mark.django_db
def test_an_article_goes_in_once_and_a_change_names_its_fields():
    assert take_in(article()) is Outcome.NEW
    assert take_in(article()) is Outcome.UNCHANGED
    changed = replace(article(), title="iParking", valid_to="2027-01-01")
    report = import_contents([Record(place="a.yaml", content=changed)])
    assert report.lines[0].fields == ("title", "valid_to")
    assert live_contents() == [changed]


@pytest.mark.django_db
def test_what_an_editor_wrote_is_not_replaced_by_the_file():
    take_in(article())
    draft = save_draft("art-iparking", replace(article(), title="Gửi xe qua điện thoại"), None, "rõ hơn")
    publish(draft, None, then=lambda: None)
    changed = article(replace(STARTER, record="c" * 64), aliases=("app gửi xe",))
    assert take_in(changed) is Outcome.HELD_AS_DRAFT
    live = live_revision("art-iparking")
    assert live
    assert live.content["title"] == "Gửi xe qua điện thoại"
    first = Revision.objects.get(procedure__code="art-iparking", number=1)
    assert bring_back(first, None, then=lambda: None).content["title"] == article().title


@pytest.mark.django_db
def test_a_code_stays_of_its_kind():
    take_in(article())
    report = import_contents([Record(place="b.yaml", content=procedure(code="art-iparking"))])
    assert (report.lines[0].outcome, "loại nội dung khác" in report.lines[0].reason) == (
        Outcome.REFUSED, True
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"article": "Gửi xe"}, "article"),
        ({"sections": []}, "sections"),
        ({"sections": [{**PLAIN["sections"][0], "source": None}]}, "source"),  # type: ignore[dict-item]
        ({"sections": [{**PLAIN["sections"][0], "about": "price"}]}, "about"),  # type: ignore[dict-item]
        ({"sections": [PLAIN["sections"][0]] * 2}, "sections"),
        ({"links": [{"label": "x", "url": "https://example.org"}]}, "url"),
        ({"lead": "Chỉ 5.000 đồng."}, "lead"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "valid_to"),
        ({"valid_from": "đầu năm"}, "valid_from"),
        ({"steps": "…"}, "steps"),
    ],
)
def test_a_file_that_is_not_right_is_refused_by_the_name_of_its_field(
    change: dict[str, object], names: str, tmp_path: Path
):
    file = tmp_path / "gui-xe.yaml"
    file.write_text(yaml.safe_dump({**PLAIN, **change}, allow_unicode=True, sort_keys=False))
    (record,) = read_sources(file)
    assert isinstance(record, BrokenRecord)
    assert f"{names}”" in record.reason


@pytest.mark.django_db
def test_a_folder_may_hold_articles_beside_procedures(tmp_path: Path):
    for source in (starter.ARTICLES / "iparking.yaml", starter.PROCEDURES / "1.001193.yaml"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    report = import_path(tmp_path)
    assert {line.code for line in report.lines} == {"art-iparking", "1.001193"}  # type: ignore[union-attr]


def test_our_articles_name_the_source_of_each_section_and_are_not_reviewed():
    for content in ours():
        assert set(content.provenance) == {section.key for section in content.sections}, content.code
        for source in content.provenance.values():
            assert source.origin is Origin.STARTER
            assert not source.reviewed
            assert source.decision, content.code
            assert source.date, content.code


def test_our_articles_link_to_state_bodies_only_and_to_procedures_that_are_held():
    held = {file.stem for file in starter.PROCEDURES.glob("*.yaml")}
    for content in ours():
        assert all(safe_url(link.url) for link in content.links), content.code
        assert set(content.related) <= held, content.code


def test_our_articles_have_no_broken_lines():
    """A line that a YAML block wrapped would reach a citizen as two."""
    for content in ours():
        for section in content.sections:
            for line in section.text.splitlines():
                assert line.rstrip()[-1] in ".:;", (content.code, line)


def test_a_procedure_s_fee_never_comes_from_an_article():
    """The types keep them apart: a procedure is answered by its own parts, whatever an article says."""
    assert "25.000" not in answer(procedure(), PartName.FEE).text
    assert all(section.about in {None, *PartName} for section in article(STARTER).sections)
