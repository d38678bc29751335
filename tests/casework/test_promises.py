"""Promises to who waits for a person: kept, broken and told so, or over before; by a clock of our own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from casework import cases, promises
from casework.models import Case, DeskNotice, Promise
from casework.staffing import forecast_for
from conversations.models import Turn
from office import duties
from office.models import AuditEntry, Staff
from tests.casework.people import official
from tests.casework.test_assignment import NOW, at, on_duty, told, waiting

pytestmark = pytest.mark.django_db

#: Two working hours after 9:00, as the service level for who asks for a person says.
DUE = at("25 11:00")
JUDGED = DUE + promises.TAKEN_BACK_WITHIN


def promised() -> Promise:
    case = waiting()
    return promises.make_or_keep(case, forecast_for(case, NOW), NOW)


def reply(case: Case, staff: Staff, moment: datetime) -> None:
    """An official's words, as if written then."""
    turn = cases.reply(case, staff, "Chào anh/chị, đúng như vậy ạ.")
    Turn.objects.filter(pk=turn.pk).update(created_at=moment)


def ends() -> list[tuple[str, ...]]:
    names = ("kept_at", "broken_at", "lapsed_at")
    return [tuple(name for name in names if getattr(one, name)) for one in Promise.objects.all()]


def test_what_is_promised_is_the_service_level_where_nothing_else_is_known() -> None:
    promise = promised()
    assert promise.due_at == DUE
    assert promise.text == "Anh/chị sẽ được trả lời muộn nhất 11:00 thứ Tư 25/11."


def test_a_second_promise_does_not_replace_an_open_one() -> None:
    promise = promised()
    later = forecast_for(promise.case, NOW + timedelta(hours=1))
    assert promises.make_or_keep(promise.case, later, NOW + timedelta(hours=1)) == promise


def test_a_person_who_replies_in_time_keeps_the_promise() -> None:
    promise, ha = promised(), official("ha")
    assert cases.claim(promise.case, ha)
    assert promises.settle(NOW + timedelta(minutes=30)) == 0
    reply(promise.case, ha, at("25 10:30"))
    assert [promises.settle(at("25 10:32")), promises.settle(JUDGED)] == [1, 0]
    promise.refresh_from_db()
    assert (promise.kept_at, ends()) == (at("25 10:30"), [("kept_at",)])


def test_a_promise_that_nobody_kept_is_told_once_with_a_new_one_and_raised_on_the_desk() -> None:
    promise, ha = promised(), official("ha")
    assert cases.claim(promise.case, ha)
    assert promises.settle(DUE) == 0
    assert [promises.settle(JUDGED), promises.settle(JUDGED)] == [1, 0]
    assert ends() == [("broken_at",), ()]
    assert Promise.objects.get(Promise.OPEN).due_at == at("25 14:05")
    message = told(promise.case)[-1]
    assert "hẹn anh/chị có trả lời trước 11:00 thứ Tư 25/11" in message
    assert "sẽ lâu hơn đã hẹn" in message
    assert "muộn nhất 14:05 thứ Tư 25/11" in message
    assert "quá giờ hẹn" in DeskNotice.objects.filter(staff=ha).latest("id").text
    assert AuditEntry.objects.filter(action="promise.broken", subject=promise.case.number).count() == 1
    case = Case.objects.get()
    assert case.due_at is not None
    assert case.due_at <= JUDGED


def test_words_that_came_too_late_break_it_without_another_message() -> None:
    promise, ha = promised(), official("ha")
    assert cases.claim(promise.case, ha)
    reply(promise.case, ha, at("25 11:00") + timedelta(seconds=30))
    said = len(told(promise.case))
    promises.settle(at("25 11:10"))
    assert (ends(), len(told(promise.case))) == ([("broken_at",)], said)


def test_who_leaves_the_queue_was_promised_nothing_that_counts() -> None:
    promise = promised()
    cases.withdraw(promise.case.conversation)
    assert promises.settle(NOW + timedelta(minutes=5)) == 1
    assert ends() == [("lapsed_at",)]


def test_a_reply_that_can_still_be_taken_back_does_not_count_yet() -> None:
    promise, ha = promised(), official("ha")
    assert cases.claim(promise.case, ha)
    reply(promise.case, ha, at("25 10:30"))
    assert promises.settle(at("25 10:30") + timedelta(seconds=20)) == 0


def test_of_two_processes_that_read_the_same_promise_one_tells() -> None:
    promise = promised()
    both = [Promise.objects.select_related("case__conversation").get(pk=promise.pk) for _ in range(2)]
    assert [promises._break(one, JUDGED) for one in both] == [True, False]
    assert len(told(promise.case)) == 1


def test_the_record_counts_the_last_thirty_days() -> None:
    case = promised().case
    Promise.objects.all().delete()
    for days, how in ((1, "kept_at"), (2, "kept_at"), (3, "broken_at"), (40, "broken_at"), (1, "lapsed_at")):
        due = NOW - timedelta(days=days)
        Promise.objects.create(case=case, text="…", made_at=due, due_at=due, **{how: due})
    record = promises.record_of(Case.objects.all(), NOW)
    assert (record.kept, record.broken, record.share) == (2, 1, 67)


def test_who_is_on_duty_and_free_is_told_and_so_is_that_everybody_is_busy() -> None:
    on_duty("ha", capacity=1)
    first, second = waiting(), waiting()
    assert [forecast_for(case, NOW).staffed.value for case in (first, second)] == ["free", "busy"]


def test_while_nobody_is_on_duty_the_next_planned_shift_is_told() -> None:
    ha = official("ha")
    duties.set_part(ha, capacity=None, topics=(), hours={2: "13:00-17:00"}, by=ha)
    told_of = forecast_for(waiting(), NOW)
    assert (told_of.staffed.value, told_of.begins, told_of.due) == ("shift", at("25 13:00"), at("25 15:00"))


@pytest.mark.parametrize(("timed", "told_how_long"), [(9, None), (10, (15, 15))])
def test_a_length_of_time_is_told_once_enough_cases_were_timed(
    timed: int, told_how_long: tuple[int, int] | None
) -> None:
    ha = on_duty("ha")
    times = {"claimed_at": at("23 09:00"), "first_reply_at": at("23 09:12"), "closed_at": at("23 09:40")}
    for _ in range(timed):
        done = Case.objects.filter(pk=waiting().pk)
        done.update(state=Case.State.CLOSED, claimed_by=ha, **times)
    takes = forecast_for(waiting(), NOW).takes
    assert (takes and (takes.low, takes.high)) == told_how_long
