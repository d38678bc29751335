from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from knowledge_base.content_json import from_json
from knowledge_base.errors import NotADraft, PublishingProblem, StaleDraft
from knowledge_base.models import Revision
from knowledge_base.publishing import bring_back, live_contents, live_revision, publish, save_draft
from office.models import AuditEntry, Staff
from tests.knowledge_base.contents import procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Staff:
    return Staff.objects.create(username="lan", role=Staff.Role.EDITOR)


class Builder:
    """Counts the releases asked for, and what was live when they were."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def __call__(self) -> None:
        self.steps += [content.steps for content in live_contents()]


def published(steps: str, editor: Staff, then: Builder) -> Revision:
    draft = save_draft("1.004222", procedure(steps=steps), editor, f"đổi thành {steps}")
    publish(draft, editor, then=then)
    return draft


def test_a_draft_is_not_live_until_it_is_published(editor):
    draft = save_draft("1.004222", procedure(), editor, "bản đầu")
    assert live_contents() == []
    builder = Builder()
    publish(draft, editor, then=builder)
    assert live_contents() == [procedure()]
    assert draft.published_at is not None
    assert builder.steps == ["Bước 1: nộp hồ sơ."]


def test_publishing_supersedes_the_former_revision_and_keeps_it(editor):
    first = published("một", editor, Builder())
    second = published("hai", editor, Builder())
    first.refresh_from_db()
    assert (first.status, second.status) == ("superseded", "live")
    assert from_json(first.content).steps == "một"
    assert live_revision("1.004222") == second


def test_a_former_revision_comes_back_as_a_new_one(editor):
    first = published("một", editor, Builder())
    published("hai", editor, Builder())
    first.refresh_from_db()
    builder = Builder()
    again = bring_back(first, editor, then=builder)
    assert (again.number, again.digest) == (3, first.digest)
    assert builder.steps == ["một"]
    first.refresh_from_db()
    assert first.status == "superseded"


def test_a_draft_of_a_revision_that_is_no_longer_live_is_refused_with_who_was_faster(editor):
    published("một", editor, Builder())
    slow = save_draft("1.004222", procedure(steps="chậm"), editor, "")
    published("nhanh", editor, Builder())
    builder = Builder()
    with pytest.raises(StaleDraft, match="Revision 3 by lan"):
        publish(slow, editor, then=builder)
    assert live_contents()[0].steps == "nhanh"
    assert builder.steps == []


def test_a_draft_rests_on_the_revision_its_editor_saw(editor):
    seen = published("một", editor, Builder())
    published("hai", editor, Builder())
    draft = save_draft("1.004222", procedure(steps="ba"), editor, "", based_on=seen)
    with pytest.raises(StaleDraft):
        publish(draft, editor, then=Builder())


def test_only_a_draft_is_published_and_only_a_former_revision_comes_back(editor):
    live = published("một", editor, Builder())
    with pytest.raises(NotADraft):
        publish(live, editor, then=Builder())
    with pytest.raises(PublishingProblem):
        bring_back(live, editor, then=Builder())


def test_a_draft_of_another_procedure_is_refused(editor):
    with pytest.raises(PublishingProblem, match=r"1\.004222"):
        save_draft("1.000001", procedure(), editor, "")


def test_the_register_says_who_did_what(editor):
    first = published("một", editor, Builder())
    published("hai", editor, Builder())
    first.refresh_from_db()
    bring_back(first, editor, then=Builder())
    entries = AuditEntry.objects.filter(subject="procedure:1.004222").order_by("pk")
    assert [entry.action.removeprefix("revision.") for entry in entries] == [
        *("drafted", "published") * 2,
        *("drafted", "brought_back"),
    ]
    assert {entry.actor for entry in entries} == {editor}


def test_a_release_that_cannot_be_built_leaves_the_revision_live(editor):
    def fail() -> None:
        raise OSError("disk full")

    draft = save_draft("1.004222", procedure(), editor, "")
    with pytest.raises(OSError, match="disk full"):
        publish(draft, editor, then=fail)
    assert live_contents() == [procedure()]


def test_the_database_itself_allows_one_live_revision_only(editor):
    live = published("một", editor, Builder())
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(
            procedure=live.procedure, number=9, status="live", content={}, digest="", origin="editor"
        )
