from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge_base.content import Fee, Lead, ProcedureContent
from knowledge_base.content_json import from_json
from knowledge_base.errors import ImportProblem
from knowledge_base.importing import ImportReport, import_contents, import_path, read_sources
from knowledge_base.models import Procedure, Revision
from knowledge_base.planning import Outcome
from knowledge_base.publishing import live_contents, publish, save_draft
from knowledge_base.sources.records import BrokenRecord, Record
from office.models import AuditEntry
from tests.knowledge_base.contents import OFFICIAL, STARTER, method, procedure

pytestmark = pytest.mark.django_db

LEAD = Lead(text="Đăng ký nơi ở lâu dài.", provenance=STARTER)


def take_in(*contents: ProcedureContent, dry_run: bool = False) -> ImportReport:
    records = [Record(place=f"dòng {n}", content=content) for n, content in enumerate(contents, start=1)]
    return import_contents(records, dry_run=dry_run)


def outcomes(report: ImportReport) -> list[Outcome]:
    return [line.outcome for line in report.lines]


def edited(content: ProcedureContent) -> Revision:
    draft = save_draft(content.code, content, None, "sửa phí")
    publish(draft, None, then=lambda: None)
    return draft


def test_new_procedures_go_live_with_their_first_revision():
    report = take_in(procedure(), procedure(code="1.000002"))
    assert outcomes(report) == [Outcome.NEW, Outcome.NEW]
    assert [content.code for content in live_contents()] == ["1.000002", "1.004222"]
    assert set(Revision.objects.values_list("number", "status", "origin")) == {(1, "live", "import")}
    assert AuditEntry.objects.get(action="content.imported").detail == {"new": 2}


def test_a_dry_run_says_the_same_and_writes_nothing():
    report = take_in(procedure(), dry_run=True)
    assert outcomes(report) == [Outcome.NEW]
    assert not Procedure.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_same_content_again_changes_nothing():
    take_in(procedure())
    assert outcomes(take_in(procedure())) == [Outcome.UNCHANGED]
    assert outcomes(take_in(procedure(replace(OFFICIAL, date="2026-08")))) == [Outcome.UNCHANGED]
    assert Revision.objects.count() == 1


def test_a_change_names_its_fields_and_supersedes_the_former_revision():
    take_in(procedure())
    (line,) = take_in(procedure(steps="Bước 1: khác.")).lines
    assert (line.outcome, line.fields) == (Outcome.CHANGED, ("steps",))
    assert list(Revision.objects.order_by("number").values_list("status", flat=True)) == [
        "superseded",
        "live",
    ]


def test_a_refused_record_does_not_keep_the_others_out():
    broken = BrokenRecord(place="dòng 1", code="", reason="không phải JSON")
    report = import_contents([broken, Record(place="dòng 2", content=procedure())])
    assert outcomes(report) == [Outcome.REFUSED, Outcome.NEW]
    assert report.lines[0].reason == "không phải JSON"


def test_the_same_code_twice_in_one_import_is_refused_the_second_time():
    report = take_in(procedure(), procedure(steps="khác"))
    assert outcomes(report) == [Outcome.NEW, Outcome.REFUSED]
    assert "dòng 1" in report.lines[1].reason


@pytest.mark.parametrize("official_first", [True, False])
def test_official_parts_and_our_lead_and_aliases_meet_whichever_came_first(official_first):
    official = procedure(OFFICIAL, steps="chính thức")
    ours = procedure(STARTER, steps="mẫu", lead=LEAD, aliases=("nhập hộ khẩu",))
    for content in (official, ours) if official_first else (ours, official):
        take_in(content)
    (live,) = live_contents()
    assert (live.steps, live.lead, live.aliases) == ("chính thức", LEAD, ("nhập hộ khẩu",))
    assert live.provenance["steps"] == OFFICIAL


def test_a_newer_starter_file_replaces_the_older_one_whole():
    take_in(procedure(STARTER, aliases=("cũ",)))
    take_in(procedure(STARTER, aliases=("mới",)))
    assert live_contents()[0].aliases == ("mới",)


def test_an_import_never_overwrites_what_an_editor_corrected():
    take_in(procedure())
    correction = procedure(methods=(method(fees=(Fee(text="20.000 đồng", amount=20_000),)),))
    edited(correction)
    incoming = procedure(replace(OFFICIAL, record="c" * 64), steps="Bước 1: khác.")
    (line,) = take_in(incoming).lines
    assert line.outcome is Outcome.HELD_AS_DRAFT
    assert set(line.fields) == {"methods", "steps"}
    assert live_contents() == [correction]
    draft = Revision.objects.get(status="draft")
    assert from_json(draft.content).steps == "Bước 1: khác."
    publish(draft, None, then=lambda: None)
    assert live_contents() == [incoming]


def test_a_record_that_is_already_known_is_not_held_again_beside_a_correction():
    take_in(procedure())
    edited(procedure(steps="Bước 1: đã sửa."))
    assert outcomes(take_in(procedure())) == [Outcome.UNCHANGED]
    newer = procedure(replace(OFFICIAL, record="c" * 64), steps="Bước 1: mới.")
    assert outcomes(take_in(newer)) == [Outcome.HELD_AS_DRAFT]
    assert outcomes(take_in(newer)) == [Outcome.UNCHANGED]
    assert Revision.objects.filter(status="draft").count() == 1


@pytest.mark.parametrize("name", ["missing", "notes.txt", "empty"])
def test_a_path_with_nothing_to_import_is_refused_with_what_to_name(tmp_path, name):
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ImportProblem, match="Name"):
        read_sources(tmp_path / name)


def test_a_folder_of_starter_files_and_a_file_of_examples_are_both_paths_to_import(tmp_path):
    folder = tmp_path / "procedures"
    folder.mkdir()
    source = 'source: {decision: "1/QĐ", url: "https://x", date: "2026-07-01"}'
    (folder / "a.yaml").write_text(f'code: "1.1"\ntitle: Một\n{source}\n', encoding="utf-8")
    examples = tmp_path / "examples.jsonl"
    examples.write_text('{"code": "1.1", "questions": ["một?", "một?"]}\n', encoding="utf-8")
    assert import_path(folder).count(Outcome.NEW) == 1
    assert import_path(examples).added == 1
