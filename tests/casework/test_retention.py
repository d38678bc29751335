"""What goes by itself, when, and what stays."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from casework import cases, follows, merging, reports
from casework.contacts import Contact
from casework.models import Case, Report, SecretAttempt
from casework.retention import end_on_shared_machines, prune
from conversations import outbox
from conversations.messages import OutboundMessage
from conversations.models import Attachment, Conversation, Turn
from conversations.photos import keep_photo
from conversations.retention import KeepFor
from tests.casework import lives
from tests.casework.people import citizen, official
from tests.kept import files_on_disk

KEEP = KeepFor(transcripts=timedelta(days=90), photos=timedelta(days=7), redacted=timedelta(days=7))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def spoke(conversation: Conversation, text: str, *, days_ago: float, **more: Any) -> Turn:
    turn = outbox.queue(conversation, OutboundMessage(text=text))
    at = timezone.now() - timedelta(days=days_ago)
    Turn.objects.filter(pk=turn.pk).update(created_at=at, status=Turn.Status.SENT, **more)
    Conversation.objects.filter(pk=conversation.pk, created_at__gt=at).update(created_at=at)
    return turn


def photo(conversation: Conversation, *, days_ago: float, filed: bool = False) -> Attachment:
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG")
    kept = keep_photo(conversation, data.getvalue())
    at = timezone.now() - timedelta(days=days_ago)
    Attachment.objects.filter(pk=kept.pk).update(created_at=at, is_filed=filed)
    return kept


def now() -> datetime:
    return timezone.now()


def test_a_conversation_goes_so_long_after_its_last_message_and_not_before() -> None:
    old, young = citizen(), citizen()
    spoke(old, "cũ", days_ago=91)
    spoke(young, "cũ", days_ago=200)
    spoke(young, "mới", days_ago=89)
    assert prune(now(), KEEP).transcripts == 1
    assert not Conversation.objects.filter(pk=old.pk).exists()
    assert young.turns.count() == 2


def test_counting_first_changes_nothing_and_a_second_round_finds_nothing() -> None:
    old = citizen()
    spoke(old, "cũ", days_ago=91)
    photo(old, days_ago=8)
    counted = prune(now(), KEEP, dry_run=True)
    assert (counted.transcripts, counted.photos) == (1, 1)
    assert old.turns.count() == 1
    prune(now(), KEEP)
    again = prune(now(), KEEP)
    assert (again.transcripts, again.photos, again.addresses) == (0, 0, 0)
    assert files_on_disk() == []


def test_who_waits_for_a_person_or_speaks_with_one_keeps_the_words() -> None:
    waiting = citizen()
    spoke(waiting, "cũ", days_ago=91)
    cases.open_case(waiting, reason="asked", summary="việc cũ")
    assert prune(now(), KEEP).transcripts == 0
    assert waiting.turns.exists()


def test_a_photo_in_no_report_goes_sooner_and_one_in_a_report_stays() -> None:
    conversation = citizen()
    spoke(conversation, "mới", days_ago=1)
    loose, filed = photo(conversation, days_ago=8), photo(conversation, days_ago=400, filed=True)
    young = photo(conversation, days_ago=6)
    assert prune(now(), KEEP).photos == 1
    assert set(Attachment.objects.all()) == {filed, young}
    assert Path(loose.file.name or "").name not in {path.name for path in files_on_disk()}


def test_the_line_left_of_a_redacted_message_goes_with_its_reply() -> None:
    conversation = citizen()
    line = spoke(conversation, "[đã lược bỏ]", days_ago=8, redacted="accusation")
    spoke(conversation, "Gửi đơn tại …", days_ago=8, in_reply_to=line)
    spoke(conversation, "chào", days_ago=8)
    assert prune(now(), KEEP).redacted == 1
    assert [turn.text for turn in conversation.turns.all()] == ["chào"]


def later(days: int) -> datetime:
    return now() + timedelta(days=days)


def test_an_open_report_keeps_the_way_to_its_author_and_a_done_one_loses_it() -> None:
    asked, done = citizen(), citizen()
    for conversation in (asked, done):
        spoke(conversation, "cũ", days_ago=0)
        reports.file_report(conversation=conversation, kind="field", category="khac", text="đèn hỏng")
    lives.refused(done.reports.get(), official())
    assert prune(later(89), KEEP).addresses == 0
    assert prune(later(91), KEEP).addresses == 1
    asked.refresh_from_db()
    done.refresh_from_db()
    assert asked.chat.startswith("chat-")
    assert asked.erased_at is None
    assert done.chat.startswith("erased:")
    assert Report.objects.filter(text="đèn hỏng").count() == 2
    assert not Turn.objects.exists()


def test_who_follows_a_report_can_be_told_until_it_is_long_done() -> None:
    author, neighbour = citizen(), citizen()
    report = reports.file_report(conversation=author, kind="field", category="khac", text="đèn hỏng").report
    follows.follow(report, neighbour)
    prune(later(200), KEEP)
    assert Conversation.objects.get(pk=neighbour.pk).chat.startswith("chat-")
    lives.refused(report, official())
    prune(later(91), KEEP)
    assert not Conversation.objects.filter(pk=neighbour.pk).exists()
    assert Report.objects.get(pk=report.pk).follows.count() == 0


def test_the_author_of_a_merged_report_can_be_told_while_the_other_is_open() -> None:
    author = citizen()
    report, other = (
        reports.file_report(conversation=one, kind="field", category="khac", text="đèn hỏng").report
        for one in (author, citizen())
    )
    ha = official()
    merging.merge(report, ha, seen=1, into=other)
    assert prune(later(91), KEEP).addresses == 0
    lives.refused(other, ha)
    assert prune(later(91), KEEP).addresses == 2
    author.refresh_from_db()
    assert author.chat.startswith("erased:")


def test_name_and_telephone_of_a_report_go_with_the_way_to_its_author() -> None:
    kept = Contact(name="Trần Mai", phone="0912345678")
    report = reports.file_report(
        conversation=citizen(), kind="field", category="khac", text="đèn hỏng", contact=kept
    ).report
    prune(later(200), KEEP)
    assert Report.objects.get(pk=report.pk).contact_name == "Trần Mai"
    lives.refused(report, official())
    prune(later(91), KEEP)
    gone = Report.objects.get(pk=report.pk)
    assert (gone.contact_name, gone.contact_phone) == ("", "")


def test_a_closed_case_stays_without_what_it_was_about() -> None:
    conversation = citizen()
    staff = official()
    case = cases.open_case(conversation, reason="asked", summary="nhà tôi ở Tràng Tiền")
    cases.claim(case, staff)
    cases.close(case, staff, "Đã trả lời xong")
    conversation.turns.update(created_at=now() - timedelta(days=91), status=Turn.Status.SENT)
    Conversation.objects.update(created_at=now() - timedelta(days=91))
    prune(now(), KEEP)
    kept = Case.objects.get()
    assert (kept.summary, kept.outcome, kept.number) == ("", "Đã trả lời xong", case.number)


def test_wrong_guesses_at_secrets_are_not_kept() -> None:
    SecretAttempt.objects.create(code="PA-2026-000001")
    SecretAttempt.objects.update(at=now() - timedelta(days=2))
    prune(now(), KEEP)
    assert not SecretAttempt.objects.exists()


def test_a_file_whose_row_is_gone_is_found_and_a_fresh_one_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "2026" / "11"
    folder.mkdir(parents=True)
    for name in ("orphan.jpg", "fresh.jpg"):
        (folder / name).write_bytes(b"x")
    two_days_ago = (now() - timedelta(days=2)).timestamp()

    os.utime(folder / "orphan.jpg", (two_days_ago, two_days_ago))
    assert prune(now(), KEEP).files == 1
    assert [path.name for path in files_on_disk()] == ["fresh.jpg"]


def test_a_conversation_on_a_shared_machine_ends_at_its_time_with_its_case() -> None:
    shared, own = citizen(), citizen()
    spoke(shared, "chuyện riêng", days_ago=0)
    spoke(own, "chuyện riêng", days_ago=0)
    cases.open_case(shared, reason="asked", summary="việc riêng")
    Conversation.objects.filter(pk=shared.pk).update(ends_at=now() - timedelta(seconds=1))
    assert end_on_shared_machines(now()) == 1
    assert end_on_shared_machines(now()) == 0
    assert not Turn.objects.filter(conversation=shared).exists()
    assert Case.objects.get().summary == ""
    assert own.turns.count() == 1
