"""Erasing what a citizen said, taking a consent back: what goes, what stays, in every table and on disk."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from PIL import Image

from casework import cases, data_requests, follows, own_data, report_acts, report_ratings, reports
from casework.cases import closing
from casework.contacts import Contact
from casework.errors import CaseNotYours
from casework.models import Case, DataRequest, Report, ReportRating, SecretAttempt
from casework.own_data_copy import copy_of
from conversations import consents, inbox, outbox
from conversations.messages import Address, InboundMessage, MessageKind, OutboundMessage, Position
from conversations.models import Consent, Conversation, Turn
from conversations.photos import keep_photo
from office.models import AuditEntry
from office.working_calendar import WorkingCalendar
from tests.casework import lives
from tests.casework.people import citizen, official
from tests.kept import everything_in_the_rows, files_on_disk

SAID = "Nhà tôi ở 12 ngõ Tràng Tiền, tên Vũ Thị Kín"
NAME = "Vũ Thị Kín"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (8, 8)).save(target, "JPEG")
    return target.getvalue()


def says(text: str, *, event: str = "1", **more: Any) -> Turn:
    message = InboundMessage(
        address=Address(channel="telegram", account="7", chat="chat-of-the-citizen"),
        event_id=event,
        kind=MessageKind.TEXT,
        sent_at=timezone.now(),
        text=text,
        sender_name=NAME,
        **more,
    )
    return inbox.record(message, text=text).turn


@pytest.fixture
def conversation(db: None) -> Conversation:
    turn = says(SAID, position=Position(latitude=21.02745, longitude=105.85671))
    outbox.queue(turn.conversation, OutboundMessage(text=f"Đã đọc: {SAID}"))
    Conversation.objects.filter(pk=turn.conversation_id).update(state={"form": {"text": SAID}})
    return Conversation.objects.get(pk=turn.conversation_id)


def filed(conversation: Conversation, **more: Any) -> reports.Filed:
    return reports.file_report(
        conversation=conversation, kind="field", category="khac", text="Đèn đường hỏng", **more
    )


@pytest.mark.django_db(transaction=True)
def test_nothing_of_what_was_said_is_left_in_any_row_or_file() -> None:
    turn = says(SAID, position=Position(latitude=21.02745, longitude=105.85671))
    conversation = turn.conversation
    keep_photo(conversation, a_picture())
    cases.open_case(conversation, reason="asked", summary=SAID)
    SecretAttempt.objects.create(code="PA-2026-000001", conversation=conversation)
    outbox.queue(conversation, OutboundMessage(text=SAID))

    own_data.erase(conversation)

    kept = everything_in_the_rows()
    for word in ("Tràng Tiền", NAME, "chat-of-the-citizen", "21.02745"):
        assert word not in kept
    assert files_on_disk() == []
    assert not SecretAttempt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_contact_follows_and_what_was_said_of_an_answer_go_the_rating_stays() -> None:
    conversation = says("xin chào").conversation
    contact = Contact(name=NAME, phone="0912345678", email="kin@example.vn", address="12 ngõ Tràng Tiền")
    report = filed(conversation, contact=contact).report
    other = filed(citizen()).report
    follows.follow(other, conversation)
    lives.answered(report, official(), "Đã thay bóng.")
    report_ratings.rate(report.code, conversation, is_satisfied=False)
    report_ratings.comment(report.code, conversation, "Bà Vũ Thị Kín vẫn thấy tối")

    own_data.erase(conversation)

    kept = everything_in_the_rows()
    for word in (NAME, "0912345678", "kin@example.vn", "Tràng Tiền", "vẫn thấy tối"):
        assert word not in kept
    assert not other.follows.exists()
    assert ReportRating.objects.get().is_satisfied is False


@pytest.mark.django_db
def test_the_copy_tells_contact_steps_ratings_and_of_others_reports_only_how_far_they_are() -> None:
    conversation = says("xin chào").conversation
    report = filed(conversation, contact=Contact(name=NAME)).report
    other = filed(citizen(), place="Ngõ Huyện").report
    follows.follow(other, conversation)
    lives.answered(report, official(), "Đã thay bóng.")
    report_ratings.rate(report.code, conversation, is_satisfied=True)
    report_acts.reopen(report, reason="Lại tắt rồi")

    copy = copy_of(conversation)

    (told,) = copy.reports
    assert told.contact == {"name": NAME}
    assert [step["act"] for step in told.steps][-1] == "Người dân đề nghị xem lại"
    assert [step["said"] for step in told.steps if step["said"]] == ["Hài lòng", "Lại tắt rồi"]
    assert told.ratings[0]["satisfied"] == "Hài lòng"
    (followed,) = copy.follows
    assert set(followed) == {"code", "state", "since"}
    assert "Ngõ Huyện" not in str(copy.to_json())


@pytest.mark.django_db(transaction=True)
def test_a_filed_report_keeps_its_words_and_photos_and_loses_the_way_to_its_author(
    conversation: Conversation,
) -> None:
    filed_photo, loose_photo = (keep_photo(conversation, a_picture()) for _ in range(2))
    report = filed(conversation, photos=[filed_photo])

    own_data.erase(conversation)

    kept = Report.objects.get(code=report.report.code)
    assert kept.text == "Đèn đường hỏng"
    assert [photo.pk for photo in kept.photos.all()] == [filed_photo.pk]
    assert [path.name for path in files_on_disk()] == [Path(filed_photo.file.name or "").name]
    assert not Path(loose_photo.file.path).exists()
    assert kept.conversation.chat != "chat-of-the-citizen"
    assert not Turn.objects.filter(conversation=kept.conversation).exists()


@pytest.mark.django_db
def test_the_author_still_opens_the_report_with_its_secret_and_nobody_without(
    conversation: Conversation,
) -> None:
    report = filed(conversation)
    own_data.erase(conversation)
    again = says("còn đó không", event="2").conversation
    code = report.report.code
    assert again.pk != conversation.pk
    assert reports.status_for_author(code, conversation=again, secret=None) is None
    assert reports.status_for_author(code, conversation=again, secret=report.secret) == report.report


@pytest.mark.django_db
def test_a_report_of_an_erased_author_moves_on_without_a_message_to_nobody(
    conversation: Conversation,
) -> None:
    report = filed(conversation).report
    own_data.erase(conversation)
    lives.answered(report, official(), "Đã thay bóng.")
    assert Report.objects.get(pk=report.pk).state == "answered"
    assert not Turn.objects.filter(status=Turn.Status.QUEUED).exists()


@pytest.mark.django_db
def test_an_open_case_is_closed_and_its_official_cannot_reply_into_nothing(
    conversation: Conversation,
) -> None:
    staff = official()
    case = cases.open_case(conversation, reason="asked", summary=SAID)
    assert cases.claim(case, staff)
    own_data.erase(conversation)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.summary) == (Case.State.CLOSED, closing.ERASED, "")
    with pytest.raises(CaseNotYours):
        cases.reply(case, staff, "Chào bà")
    assert AuditEntry.objects.filter(action="case.ended_by_erasure", subject=case.number).exists()


@pytest.mark.django_db
def test_erasing_twice_is_erasing_once(conversation: Conversation) -> None:
    assert own_data.erase(conversation) is not None
    assert own_data.erase(conversation) is None
    assert DataRequest.objects.count() == 1


@pytest.mark.django_db
def test_the_request_stays_as_proof_without_content(conversation: Conversation) -> None:
    staff = official()
    request = own_data.erase(conversation, by=staff)
    assert request is not None
    kept = DataRequest.objects.get(number=request.number)
    assert kept.kind == DataRequest.Kind.DELETE
    assert kept.fulfilled_at is not None
    assert kept.fulfilled_by == staff
    assert AuditEntry.objects.filter(action="data.fulfilled", subject=kept.number).exists()


@pytest.mark.django_db
def test_other_citizens_keep_everything(conversation: Conversation) -> None:
    other = Conversation.objects.create(channel="telegram", account="7", chat="other", citizen_name="Khác")
    outbox.queue(other, OutboundMessage(text="của người khác"))
    own_data.erase(conversation)
    other.refresh_from_db()
    assert (other.citizen_name, other.turns.count(), other.chat) == ("Khác", 1, "other")


@pytest.mark.django_db
def test_taking_a_consent_back_removes_the_position_and_keeps_the_report(conversation: Conversation) -> None:
    report = filed(conversation, position=Position(latitude=21.02745, longitude=105.85671)).report
    consents.give(conversation, Consent.Purpose.POSITION, text_version="1.1/90-7-7")
    request = own_data.withdraw_consents(conversation)
    assert request is not None
    assert "21.02745" not in everything_in_the_rows()
    assert Report.objects.get(pk=report.pk).text == "Đèn đường hỏng"
    assert report.steps.last().note == own_data.POSITION_REMOVED
    consent = Consent.objects.get()
    assert (consent.text_version, consent.withdrawn_at is not None) == ("1.1/90-7-7", True)


@pytest.mark.django_db
def test_without_a_consent_there_is_nothing_to_take_back(conversation: Conversation) -> None:
    assert own_data.withdraw_consents(conversation) is None
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize(
    ("kind", "answer_due", "due"),
    [
        (DataRequest.Kind.EXPORT, date(2026, 11, 25), date(2026, 11, 30)),
        (DataRequest.Kind.WITHDRAW, date(2026, 11, 25), date(2026, 12, 5)),
        (DataRequest.Kind.DELETE, date(2026, 11, 25), date(2026, 12, 10)),
    ],
)
def test_a_request_is_answered_in_two_working_days_and_met_in_its_own_term(
    kind: DataRequest.Kind, answer_due: date, due: date
) -> None:
    """Received on a Friday; Tuesday the 24th is a holiday from 2026 on."""
    known = WorkingCalendar()
    assert data_requests.terms(kind, date(2026, 11, 20), known) == (answer_due, due)


@pytest.mark.django_db
def test_a_second_request_of_a_kind_is_the_first_while_that_is_open(conversation: Conversation) -> None:
    first = data_requests.enter(conversation, DataRequest.Kind.EXPORT)
    assert data_requests.enter(conversation, DataRequest.Kind.EXPORT) == first
    assert data_requests.mark_fulfilled(first, by=None)
    assert not data_requests.mark_fulfilled(first, by=None)
    assert data_requests.enter(conversation, DataRequest.Kind.EXPORT) != first


@pytest.mark.django_db
def test_a_link_opens_until_it_is_used_replaced_or_too_old(conversation: Conversation) -> None:
    request = data_requests.enter(conversation, DataRequest.Kind.EXPORT)
    now = timezone.now()
    replaced, token = data_requests.new_link(request), data_requests.new_link(request)
    assert token not in everything_in_the_rows()
    assert data_requests.by_link(replaced, now=now) is None
    assert data_requests.by_link(token, now=now) == request
    assert data_requests.by_link(token, now=now + data_requests.LINK_LIVES + timedelta(minutes=1)) is None
    data_requests.mark_fulfilled(request, by=None)
    assert data_requests.by_link(token, now=now) is None


@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_while_everything_is_erased_begins_anew() -> None:
    """Nothing said is ever left in a conversation whose address is gone."""

    def erase() -> None:
        try:
            begun.wait(5)
            own_data.erase(conversation)
        finally:
            connections.close_all()

    for number in range(15):
        conversation = says("trước", event=f"before-{number}").conversation
        begun = threading.Event()
        thread = threading.Thread(target=erase)
        thread.start()
        begun.set()
        says("trong lúc xoá", event=f"meanwhile-{number}")
        thread.join(10)
        assert not Turn.objects.filter(conversation__erased_at__isnull=False).exists()
