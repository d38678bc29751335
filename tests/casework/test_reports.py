"""Reports: filed once, moved step by step, opened only to their author."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import report_secrets, reports
from casework.models import Report, SecretAttempt
from casework.reports import Filed
from conversations.models import Conversation
from nlu import entities
from tests.casework.people import citizen, city, ward

pytestmark = pytest.mark.django_db


def file(conversation: Conversation | None = None, **fields: object) -> Filed:
    told: dict[str, object] = {
        "conversation": conversation or citizen(),
        "kind": Report.Kind.FIELD,
        "category": "chieu_sang",
        "text": "Đèn đường tắt ba ngày nay",
        "place": "Ngõ 12 phố Đội Cấn",
        **fields,
    }
    return reports.file_report(**told)  # type: ignore[arg-type]


def test_a_filed_report_has_a_code_a_secret_and_its_first_step() -> None:
    filed = file()
    assert filed.report.code.startswith("PA-")
    assert len(filed.secret) == 8
    assert [step.state for step in filed.report.steps.all()] == ["new"]


def test_the_secret_is_kept_nowhere() -> None:
    filed = file()
    assert filed.secret not in str(Report.objects.values().get())


def test_the_same_secret_twice_would_not_look_the_same() -> None:
    assert report_secrets.hashed("ACDE3467") != report_secrets.hashed("ACDE3467")


def test_a_secret_has_no_letters_that_look_alike() -> None:
    assert not set("0O1IL2Z5S8BUV") & set(report_secrets.ALPHABET)
    assert len(set(report_secrets.ALPHABET)) == len(report_secrets.ALPHABET)


def test_the_assistant_reads_any_secret_back_from_a_message() -> None:
    for secret in (report_secrets.new_words() for _ in range(200)):
        assert entities.report_secret(f"PA-2026-000123 {secret}") == secret
        assert entities.report_secret(f"pa-2026-000123 {secret.lower()}") == secret


def test_a_report_on_service_is_not_put_in_the_hands_of_the_ward_it_is_about() -> None:
    ba_dinh = ward(parent=city())
    filed = file(kind=Report.Kind.SERVICE, named_unit=ba_dinh, ward=ba_dinh)
    assert filed.report.unit == city()


def test_the_author_sees_the_report_in_the_same_conversation_without_the_secret() -> None:
    conversation = citizen()
    report = file(conversation).report
    assert reports.status_for_author(report.code, conversation=conversation, secret=None) == report


def test_code_and_secret_open_the_report_from_anywhere() -> None:
    filed = file()
    code, secret = filed.report.code, filed.secret
    assert reports.status_for_author(code, conversation=citizen(), secret=secret) == filed.report
    assert reports.status_for_author(code, conversation=None, secret=secret) == filed.report


def test_the_secret_may_be_typed_in_small_letters_with_spaces() -> None:
    filed = file()
    typed = f" {filed.secret[:4].lower()} {filed.secret[4:].lower()} "
    assert reports.status_for_author(f" {filed.report.code.lower()} ", conversation=None, secret=typed)


def test_a_stranger_with_the_code_alone_learns_nothing() -> None:
    code = file().report.code
    assert reports.status_for_author(code, conversation=citizen(), secret=None) is None
    assert reports.status_for_author(code, conversation=citizen(), secret="") is None


def test_a_wrong_code_and_a_wrong_secret_get_the_same_reply() -> None:
    filed, stranger = file(), citizen()
    wrong_secret = reports.status_for_author(filed.report.code, conversation=stranger, secret="ACDE3467")
    wrong_code = reports.status_for_author("PA-2026-999999", conversation=stranger, secret=filed.secret)
    assert wrong_secret is wrong_code is None


def test_after_five_wrong_guesses_even_the_right_secret_opens_nothing_for_an_hour() -> None:
    filed, stranger = file(), citizen()
    for _ in range(report_secrets.TRIES_A_CONVERSATION):
        reports.status_for_author(filed.report.code, conversation=stranger, secret="WRONGWRO")
    look = {"conversation": stranger, "secret": filed.secret}
    assert reports.is_locked(filed.report.code, conversation=stranger)
    assert reports.status_for_author(filed.report.code, **look) is None
    SecretAttempt.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert reports.status_for_author(filed.report.code, **look) == filed.report


def test_guessing_from_many_conversations_is_stopped_too_but_never_for_the_author() -> None:
    author = citizen()
    filed = file(author)
    code = filed.report.code
    for _ in range(report_secrets.TRIES_A_CODE):
        report_secrets.note_wrong_attempt(code, citizen())
    assert reports.status_for_author(code, conversation=citizen(), secret=filed.secret) is None
    assert reports.status_for_author(code, conversation=author, secret=None) == filed.report


def test_guessing_at_a_code_that_does_not_exist_is_limited_just_the_same() -> None:
    stranger = citizen()
    for _ in range(report_secrets.TRIES_A_CONVERSATION):
        reports.status_for_author("PA-2026-999999", conversation=stranger, secret="WRONGWRO")
    assert reports.is_locked("PA-2026-999999", conversation=stranger)


@settings(max_examples=30)  # each guess costs what a guess must cost
@given(secret=st.text(max_size=40), code=st.text(max_size=60))
def test_nothing_a_stranger_types_opens_a_report_or_fails(secret: str, code: str) -> None:
    assert not report_secrets.opens(secret, None)
    assert reports.status_for_author(code.replace("\x00", ""), conversation=None, secret=secret) is None
