"""What was edited meets what the source says: kept, followed, or shown to an editor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge_base.content import (
    Document,
    DocumentGroup,
    Fee,
    Origin,
    PartName,
    ProcedureContent,
    Provenance,
)
from knowledge_base.content_json import from_json
from knowledge_base.importing import ImportReport, import_contents
from knowledge_base.meeting import SOURCE_CHANGED, official_digest
from knowledge_base.models import Revision
from knowledge_base.parts import part_digest
from knowledge_base.planning import CONFLICT, Outcome
from knowledge_base.publishing import live_contents, publish, save_draft
from knowledge_base.sources import starter
from knowledge_base.sources.records import Record
from starter import PROCEDURES
from tests.knowledge_base.contents import OFFICIAL, STARTER, method, procedure
from tests.knowledge_base.real_data import national_contents, needs_portal
from web.editor.corrections import Source, corrected

pytestmark = pytest.mark.django_db

RAW = (
    DocumentGroup(heading="", documents=(Document(text="Tờ khai CT01; giấy ủy quyền nếu có"),), edited=False),
)
SORTED = (
    DocumentGroup(
        heading="Ai cũng phải nộp",
        documents=(
            Document(text="Tờ khai"),
            Document(text="Giấy ủy quyền", condition="chỉ khi nhờ người khác"),
        ),
        edited=True,
    ),
)
CHANGED = (DocumentGroup(heading="", documents=(Document(text="Tờ khai CT02"),), edited=False),)


def official(**changes: object) -> ProcedureContent:
    """A record of the portal; its digest changes with its content."""
    content = procedure(**{"documents": RAW, **changes})
    record = str(abs(hash((content.steps, content.documents, content.methods))))
    return replace(
        content,
        provenance={
            name: replace(OFFICIAL, record=record, part_digest=part_digest(content, PartName(name)))
            for name in content.provenance
        },
    )


def ours(stands_for: str | None = None) -> ProcedureContent:
    """Our own facts with sorted papers, made from the official record as it was then."""
    content = procedure(
        STARTER, documents=SORTED, steps="lời của mình", methods=(method(fees=(Fee(text="cũ"),)),)
    )
    digest = official_digest(official(), PartName.DOCUMENTS) if stands_for is None else stands_for
    papers = replace(STARTER, part_digest=digest)
    return replace(content, provenance={**content.provenance, "documents": papers})


def take_in(content: ProcedureContent) -> ImportReport:
    return import_contents([Record(place="dòng 1", content=content)])


def live() -> ProcedureContent:
    (content,) = live_contents()
    return content


@pytest.mark.parametrize("official_first", [True, False])
def test_sorted_papers_stay_while_the_source_words_them_as_before_and_figures_follow_it(official_first):
    for content in (official(), ours()) if official_first else (ours(), official()):
        take_in(content)
    assert live().documents == SORTED
    assert live().provenance["documents"].origin is Origin.STARTER
    assert (live().steps, live().methods) == (official().steps, official().methods)
    assert live().provenance["fee"].origin is Origin.OFFICIAL
    assert take_in(official()).lines[0].outcome is Outcome.UNCHANGED
    newer = official(methods=(method(fees=(Fee(text="20,000 VNĐ", amount=20_000),)),))
    assert take_in(newer).lines[0].outcome is Outcome.CHANGED
    assert (live().documents, live().methods) == (SORTED, newer.methods)


@pytest.mark.parametrize("stands_for", [None, ""])
def test_papers_that_the_source_words_anew_are_shown_to_an_editor_beside_the_sorted_ones(stands_for):
    take_in(ours(stands_for))
    changed = official(documents=CHANGED, steps="Bước 1: mới.")
    (line,) = take_in(changed).lines
    assert (line.outcome, line.reason) == (Outcome.HELD_AS_DRAFT, CONFLICT)
    assert (live().documents, live().steps) == (SORTED, "Bước 1: mới.")
    assert SOURCE_CHANGED in live().flags
    draft = Revision.objects.get(status="draft")
    assert from_json(draft.content).documents == CHANGED
    assert draft.based_on == Revision.objects.get(status="live")
    assert take_in(changed).lines[0].outcome is Outcome.UNCHANGED
    assert Revision.objects.filter(status="draft").count() == 1
    publish(draft, None, then=lambda: None)
    assert live() == changed
    assert SOURCE_CHANGED not in live().flags


def correct(**fields: object) -> None:
    content = corrected(live(), dict(fields), Source(decision="9/QĐ", date=date(2026, 7, 2)))
    publish(save_draft(content.code, content, None, "sửa"), None, then=lambda: None)


def test_what_an_editor_corrected_stays_when_the_source_changed_elsewhere_only():
    take_in(official())
    correct(documents=SORTED)
    assert take_in(official()).lines[0].outcome is Outcome.UNCHANGED
    newer = official(steps="Bước 1: mới.")
    (line,) = take_in(newer).lines
    assert (line.outcome, line.fields) == (Outcome.HELD_AS_DRAFT, ("steps",))
    waiting = from_json(Revision.objects.get(status="draft").content)
    assert (waiting.documents, waiting.steps) == (SORTED, "Bước 1: mới.")
    assert waiting.provenance["documents"].origin is Origin.EDITOR


def test_what_an_editor_corrected_and_the_source_changed_waits_field_by_field():
    take_in(official())
    correct(documents=SORTED, steps="Bước 1: sửa.")
    newer = official(documents=CHANGED)
    (line,) = take_in(newer).lines
    assert (line.outcome, line.fields) == (Outcome.HELD_AS_DRAFT, ("documents",))
    waiting = from_json(Revision.objects.get(status="draft").content)
    assert (waiting.documents, waiting.steps) == (CHANGED, "Bước 1: sửa.")
    assert live().documents == SORTED


def test_the_digest_of_a_part_follows_its_words_and_not_how_they_are_sorted():
    one = procedure(documents=RAW)
    moved = (
        DocumentGroup(
            heading="",
            documents=(Document(text="giấy ủy quyền; Tờ khai CT01", condition="nếu có"),),
            edited=True,
        ),
    )
    other = procedure(documents=CHANGED)
    assert part_digest(one, PartName.DOCUMENTS) == part_digest(
        replace(one, documents=moved), PartName.DOCUMENTS
    )
    assert part_digest(one, PartName.DOCUMENTS) != part_digest(other, PartName.DOCUMENTS)


def test_a_content_of_before_digests_were_kept_still_reads():
    plain = {"origin": "official", "decision": "", "url": "", "date": "", "reviewed": False, "record": ""}
    assert Provenance(**{**plain, "origin": Origin.OFFICIAL}).part_digest == ""


@needs_portal
def test_the_sorted_papers_of_the_starter_stand_for_the_national_records_of_their_day():
    national = {content.code: content for content in national_contents()}
    for file in sorted(PROCEDURES.glob("*.yaml")):
        content = starter.read_file(file)
        if content.documents and all(group.edited for group in content.documents):
            said = content.provenance["documents"].part_digest
            assert said == official_digest(national[content.code], PartName.DOCUMENTS), file.name
