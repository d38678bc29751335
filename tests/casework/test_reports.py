"""Reports: filed once, moved step by step, opened only to their author."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import report_secrets, reports
from casework.errors import NoSuchStep, NotToWhomItIsAbout, ReasonMissing, RegisterIsAppendOnly, ReportMovedOn
from casework.models import Report, ReportStep, SecretAttempt
from casework.reports import Filed
from conversations.models import Conversation, Turn
from nlu import entities
from tests.casework.people import citizen, city, official, ward

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


def test_taking_in_tells_the_author_in_the_same_chat_and_enters_the_register() -> None:
    filed, ha = file(), official("ha")
    reports.move_on(filed.report, ha, to="taken_in", seen="new")
    told = filed.report.conversation.turns.latest("id")
    assert filed.report.code in told.text
    assert (told.direction, told.author) == (Turn.Direction.OUT, "assistant")
    assert [(step.state, step.actor) for step in filed.report.steps.all()] == [
        ("new", None),
        ("taken_in", ha),
    ]


def test_an_answer_reaches_the_author_word_for_word_in_the_officials_name() -> None:
    filed, ha = file(), official("ha")
    reports.move_on(filed.report, ha, to="taken_in", seen="new")
    reports.move_on(filed.report, ha, to="answered", seen="taken_in", words="Đèn đã sáng lại tối 20/11.")
    told = filed.report.conversation.turns.latest("id")
    assert "Đèn đã sáng lại tối 20/11." in told.text
    assert (told.author, told.staff) == ("official", ha)
    author = filed.report.conversation
    seen = reports.status_for_author(filed.report.code, conversation=author, secret=None)
    assert seen is not None
    assert (seen.state, seen.answer) == ("answered", "Đèn đã sáng lại tối 20/11.")


@pytest.mark.parametrize("to", ["answered", "refused"])
def test_an_answer_or_a_refusal_without_words_is_not_taken(to: str) -> None:
    filed, ha = file(), official("ha")
    reports.move_on(filed.report, ha, to="taken_in", seen="new")
    with pytest.raises(ReasonMissing):
        reports.move_on(filed.report, ha, to=to, seen="taken_in", words="  ")
    filed.report.refresh_from_db()
    assert filed.report.state == "taken_in"


@pytest.mark.parametrize(
    ("seen", "to"),
    [("new", "answered"), ("new", "in_progress"), ("answered", "new"), ("refused", "taken_in"), ("x", "new")],
)
def test_a_report_does_not_jump(seen: str, to: str) -> None:
    with pytest.raises(NoSuchStep):
        reports.move_on(file().report, official("ha"), to=to, seen=seen, words="Vì")


def test_who_decides_on_an_old_view_of_a_report_overwrites_nothing() -> None:
    filed, ha, minh = file(), official("ha"), official("minh")
    seen_by_minh = Report.objects.get(pk=filed.report.pk)
    reports.move_on(filed.report, ha, to="taken_in", seen="new")
    told = filed.report.conversation.turns.count()
    with pytest.raises(ReportMovedOn):
        reports.move_on(seen_by_minh, minh, to="refused", seen="new", words="Trùng")
    filed.report.refresh_from_db()
    assert (filed.report.state, filed.report.answer) == ("taken_in", "")
    assert filed.report.conversation.turns.count() == told


@pytest.fixture
def first_step() -> ReportStep:
    return file().report.steps.get()


def test_the_register_of_a_report_cannot_be_changed_or_shortened(first_step: ReportStep) -> None:
    first_step.note = "khác"
    with pytest.raises(RegisterIsAppendOnly):
        first_step.save()
    with pytest.raises(RegisterIsAppendOnly):
        first_step.delete()


def test_a_forwarded_report_is_in_the_new_units_charge_and_its_author_is_told() -> None:
    report, ha, ba_dinh = file().report, official("ha"), ward()
    reports.forward(report, ha, to=ba_dinh, seen=report.unit)
    report.refresh_from_db()
    assert report.unit == ba_dinh
    assert ba_dinh.name in report.conversation.turns.latest("id").text
    assert [step.note for step in report.steps.all()] == ["", f"Chuyển đến {ba_dinh.name}"]


def test_a_report_on_service_is_not_forwarded_to_the_ward_it_is_about() -> None:
    ba_dinh = ward(parent=city())
    report = file(kind=Report.Kind.SERVICE, ward=ba_dinh, named_unit=ba_dinh).report
    with pytest.raises(NotToWhomItIsAbout):
        reports.forward(report, official("ha"), to=ba_dinh, seen=report.unit)
    report.refresh_from_db()
    assert report.unit == city()


def test_of_two_who_forward_a_report_at_once_the_second_is_told() -> None:
    report, ha, minh = file().report, official("ha"), official("minh")
    team, seen_by_minh = report.unit, Report.objects.get(pk=report.pk)
    reports.forward(report, ha, to=ward("Phường Ba Đình"), seen=team)
    with pytest.raises(ReportMovedOn):
        reports.forward(seen_by_minh, minh, to=ward("Phường Tây Hồ"), seen=team)
    report.refresh_from_db()
    assert report.unit.name == "Phường Ba Đình"


def test_an_answered_report_is_not_forwarded() -> None:
    report, ha = file().report, official("ha")
    reports.move_on(report, ha, to="taken_in", seen="new")
    reports.move_on(report, ha, to="answered", seen="taken_in", words="Đã xong")
    with pytest.raises(NoSuchStep):
        reports.forward(report, ha, to=ward(), seen=report.unit)
