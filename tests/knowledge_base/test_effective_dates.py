"""Revisions that begin or end on a day: at midnight in Hà Nội, once, with a release that tells of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from knowledge_base import effective_dates
from knowledge_base.answering import answer, checklist, full_part
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.content_json import from_json, to_json
from knowledge_base.effective_dates import (
    apply_dates,
    call_off,
    dated_contents,
    dated_digests,
    keep,
    schedule,
    withdraw,
)
from knowledge_base.errors import DateProblem, NotADraft, PublishingProblem, StaleDraft
from knowledge_base.here import NOWHERE, Here
from knowledge_base.models import ActiveRelease, Release, Revision
from knowledge_base.publishing import bring_back, live_contents, publish, save_draft
from office.models import AuditEntry, Staff
from tests.knowledge_base.contents import procedure

pytestmark = pytest.mark.django_db
CODE, OTHER = "1.004222", "1.000001"
TODAY, FIRST = date(2026, 11, 22), date(2026, 12, 1)
#: One second before and at midnight in Hà Nội, which is 17:00 UTC.
BEFORE = datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 30, 17, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    real = timezone.localdate
    monkeypatch.setattr(
        effective_dates.timezone, "localdate", lambda value=None: real(value) if value else TODAY
    )


@pytest.fixture
def editor() -> Staff:
    return Staff.objects.create(username="lan", role=Staff.Role.EDITOR)


def nothing() -> None:
    """No release is built: these tests look at the rows."""


def in_use(editor: Staff, code: str = CODE, **changes: Any) -> Revision:
    draft = save_draft(code, procedure(code=code, **changes), editor, "")
    publish(draft, editor, then=nothing)
    return draft


def scheduled(editor: Staff, steps: str = "bản mới", on: date = FIRST) -> Revision:
    draft = save_draft(CODE, procedure(steps=steps), editor, "")
    schedule(draft, on, editor, then=nothing)
    return draft


def live_steps() -> list[str]:
    return [content.steps for content in live_contents()]


def released(code: str = CODE) -> ProcedureContent:
    return next(content for content in dated_contents() if content.code == code)


def test_a_scheduled_revision_begins_at_midnight_in_ha_noi_and_not_a_second_before(editor):
    in_use(editor, steps="bản cũ")
    draft = scheduled(editor)
    assert apply_dates(BEFORE, then=nothing).begun == ()
    assert live_steps() == ["bản cũ"]
    assert apply_dates(MIDNIGHT, then=nothing).begun == (CODE,)
    assert live_steps() == ["bản mới"]
    draft.refresh_from_db()
    assert (draft.status, draft.effective_from) == ("live", FIRST)
    assert Revision.objects.get(number=1).status == "superseded"


def test_applying_again_changes_nothing_and_builds_nothing(editor):
    in_use(editor)
    scheduled(editor)
    built = []
    for _ in range(3):
        apply_dates(MIDNIGHT, then=lambda: built.append(live_steps()))
    assert built == [["bản mới"]]
    assert AuditEntry.objects.filter(action="revision.begun").count() == 1


def test_what_was_missed_for_days_begins_when_the_service_is_back(editor):
    in_use(editor)
    scheduled(editor)
    assert apply_dates(MIDNIGHT + timedelta(days=9), then=nothing).begun == (CODE,)


def test_a_release_that_could_not_be_built_is_tried_again(editor):
    in_use(editor)
    scheduled(editor)
    release = Release.objects.create(name="r", manifest={}, built_at=timezone.now())
    ActiveRelease.objects.create(release=release)

    def fail() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        apply_dates(MIDNIGHT, then=fail)
    assert live_steps() == ["bản mới"]
    assert apply_dates(MIDNIGHT, then=nothing).built
    Release.objects.update(built_at=timezone.now() + timedelta(seconds=1))
    assert not apply_dates(MIDNIGHT, then=nothing).built


def test_a_correction_published_meanwhile_does_not_stop_the_day(editor):
    in_use(editor)
    scheduled(editor)
    in_use(editor, steps="sửa gấp")
    assert live_steps() == ["sửa gấp"]
    apply_dates(MIDNIGHT, then=nothing)
    assert live_steps() == ["bản mới"]


def test_only_a_draft_upon_what_is_live_waits_and_only_for_a_day_to_come(editor):
    live = in_use(editor)
    with pytest.raises(NotADraft):
        schedule(live, FIRST, editor, then=nothing)
    draft = save_draft(CODE, procedure(steps="hai"), editor, "")
    with pytest.raises(DateProblem):
        schedule(draft, TODAY, editor, then=nothing)
    in_use(editor, steps="nhanh hơn")
    with pytest.raises(StaleDraft):
        schedule(draft, FIRST, editor, then=nothing)
    assert not Revision.objects.filter(status="scheduled").exists()


def test_one_revision_of_a_procedure_waits_and_can_be_called_off(editor):
    in_use(editor)
    first = scheduled(editor)
    second = save_draft(CODE, procedure(steps="khác"), editor, "")
    with pytest.raises(PublishingProblem, match="already waits"):
        schedule(second, FIRST, editor, then=nothing)
    call_off(first, editor, then=nothing)
    first.refresh_from_db()
    assert (first.status, first.effective_from) == ("draft", None)
    schedule(second, FIRST, editor, then=nothing)
    with pytest.raises(PublishingProblem):
        call_off(first, editor, then=nothing)


def test_a_withdrawn_procedure_ends_at_midnight_and_stays_known_with_what_replaces_it(editor):
    in_use(editor)
    in_use(editor, OTHER, title="Đăng ký cư trú")
    withdraw(CODE, from_day=FIRST, decision="12/QĐ-BCA", replaced_by=OTHER, by=editor, then=nothing)
    assert apply_dates(BEFORE, then=nothing).ended == ()
    assert apply_dates(MIDNIGHT, then=nothing).ended == (CODE,)
    assert [content.code for content in live_contents()] == [OTHER]
    validity = released().validity
    assert validity is not None
    assert (validity.until, validity.replaced_by) == ("2026-11-30", OTHER)
    assert validity.replaced_by_title == "Đăng ký cư trú"
    assert set(dated_digests()) == {CODE, OTHER}


def test_a_withdrawal_from_today_on_holds_at_once_and_one_to_come_can_be_taken_back(editor):
    in_use(editor)
    withdraw(CODE, from_day=FIRST, decision="", replaced_by="", by=editor, then=nothing)
    keep(CODE, editor, then=nothing)
    assert apply_dates(MIDNIGHT, then=nothing).ended == ()
    withdraw(CODE, from_day=TODAY, decision="", replaced_by="", by=editor, then=nothing)
    assert live_contents() == []
    with pytest.raises(PublishingProblem):
        keep(CODE, editor, then=nothing)
    former = Revision.objects.get(procedure__code=CODE)
    bring_back(former, editor, then=nothing)
    assert [content.code for content in live_contents()] == [CODE]
    assert released().validity is None


@pytest.mark.parametrize("replacement", [CODE, "9.999999"])
def test_only_another_procedure_in_use_can_be_the_replacement(editor, replacement):
    in_use(editor)
    with pytest.raises(PublishingProblem, match="no other procedure in use"):
        withdraw(CODE, from_day=FIRST, decision="", replaced_by=replacement, by=editor, then=nothing)


def test_a_release_tells_the_days_and_its_digests_change_with_them(editor):
    in_use(editor)
    before = dated_digests()
    assert released().validity is None
    scheduled(editor)
    content = released()
    assert content.validity is not None
    assert content.validity.changes_on == "2026-12-01"
    assert from_json(to_json(content)) == content
    assert dated_digests() != before
    assert dated_digests() == dated_digests()


def test_the_register_says_who_set_the_day_and_that_it_came_by_itself(editor):
    in_use(editor)
    scheduled(editor)
    apply_dates(MIDNIGHT, then=nothing)
    withdraw(CODE, from_day=date(2027, 1, 1), decision="1/QĐ", replaced_by="", by=editor, then=nothing)
    acts = AuditEntry.objects.filter(subject=f"procedure:{CODE}").values_list("action", "actor__username")
    assert list(acts)[-3:] == [
        ("revision.scheduled", "lan"),
        ("revision.begun", None),
        ("revision.withdrawal_set", "lan"),
    ]


def told(content: ProcedureContent, day: date) -> str:
    return answer(content, PartName.TIME, Here(day=day)).text


def test_an_answer_tells_the_coming_change_and_then_that_it_has_come(editor):
    in_use(editor)
    scheduled(editor)
    content = released()
    assert "Từ ngày 01/12/2026 thay đổi: nội dung hiện nay có hiệu lực đến hết ngày 30/11/2026." in told(
        content, date(2026, 11, 30)
    )
    late = answer(content, PartName.TIME, Here(day=FIRST))
    assert "Từ ngày 01/12/2026 nội dung này đã thay đổi" in late.text
    assert late.needs_person


def test_an_answer_tells_the_coming_end_and_after_it_nothing_else(editor):
    in_use(editor)
    in_use(editor, OTHER, title="Đăng ký cư trú")
    withdraw(CODE, from_day=FIRST, decision="12/QĐ-BCA", replaced_by=OTHER, by=editor, then=nothing)
    content = released()
    sentence = "bãi bỏ từ ngày 01/12/2026 theo 12/QĐ-BCA, thay bằng thủ tục “Đăng ký cư trú”."
    assert sentence in told(content, date(2026, 11, 30))
    assert "7 ngày làm việc" in told(content, date(2026, 11, 30))
    # The day decides, even while the release of the day before is still read.
    for say in (answer, full_part):
        said = say(content, PartName.TIME, Here(day=FIRST))
        assert sentence in said.text
        assert "7 ngày làm việc" not in said.text
        assert said.replaced_by == OTHER
    assert "☐" not in checklist(content, Here(day=FIRST)).text
    assert "7 ngày làm việc" in answer(content, PartName.TIME, NOWHERE).text


def test_a_procedure_withdrawn_without_a_replacement_offers_a_person(editor):
    in_use(editor)
    withdraw(CODE, from_day=FIRST, decision="", replaced_by="", by=editor, then=nothing)
    said = answer(released(), None, Here(day=FIRST))
    assert "chưa ghi thủ tục thay thế" in said.text
    assert said.needs_person
