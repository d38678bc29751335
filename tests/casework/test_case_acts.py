"""Every act of an official on a case, in every state and by everybody who may try it, as one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from casework import assignments_returned, case_priority, cases, desk_notices, drafts, own_data, promises
from casework.errors import (
    AlreadyThere,
    CaseNotYours,
    CaseProblem,
    CitizenWroteMeanwhile,
    ComplainsOfThisUnit,
    NobodyAtThatDesk,
    NoReasonGiven,
    NotAheadOrTooFar,
    NotForThisColleague,
    NotMergeable,
    NoWayBack,
    StillPresent,
    TooLateToUndo,
    WordsUnsent,
)
from casework.models import Assignment, Case, Promise, Report
from conversations import outbox
from conversations.messages import Author, OutboundMessage
from conversations.models import Conversation, Turn
from office import duties, live_settings
from office.models import AuditEntry, Staff, Unit
from office.moment_words import moment_words
from tests.casework.people import citizen, official, ward
from tests.casework.test_cases import last_sent, waiting_case

pytestmark = pytest.mark.django_db

Owner, State = Conversation.Owner, Case.State
WHY = "Việc của đơn vị anh chị"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One case and those around it. ngoc oversees; other: another open case; far: a ward with lan at work."""

    case: Case
    ha: Staff
    minh: Staff
    ngoc: Staff
    other: Case
    far: Unit
    lan: Staff


@pytest.fixture
def desk() -> Desk:
    far = ward("Phường Tây Hồ")
    return Desk(
        case=waiting_case(),
        ha=official("ha"),
        minh=official("minh"),
        ngoc=official("ngoc", role=Staff.Role.SUPERVISOR),
        other=waiting_case(),
        far=far,
        lan=official("lan", far),
    )


def into(state: str, desk: Desk) -> Case:
    """The case of the desk in this state, in Hà's hands wherever somebody has it."""
    case = desk.case
    if state == State.QUEUED:
        return case
    cases.claim(case, desk.ha)
    if state == State.WAITING:
        cases.reply(case, desk.ha, "Chị cho xin ngày hẹn.")
    elif state == State.SNOOZED:
        cases.snooze(case, desk.ha, until=timezone.now() + HOUR)
    elif state == State.CLOSED:
        cases.close(case, desk.ha, "Đã trả lời xong")
    return case


def claim(desk: Desk, who: Staff) -> None:
    if not cases.claim(desk.case, who):
        raise CaseNotYours


Act = Callable[[Desk, Staff], object]
ACTS: dict[str, Act] = {
    "claim": claim,
    "reply": lambda desk, who: cases.reply(desk.case, who, "Chào chị."),
    "release": lambda desk, who: cases.release_case(desk.case, who),
    "transfer": lambda desk, who: cases.transfer(desk.case, who, desk.far, reason=WHY),
    "give": lambda desk, who: cases.give_to(desk.case, who, desk.minh, reason=WHY),
    "snooze": lambda desk, who: cases.snooze(desk.case, who, until=timezone.now() + HOUR),
    "merge": lambda desk, who: cases.merge(desk.case, who, into=desk.other),
    "take_over": lambda desk, who: cases.take_over(desk.case, who),
    "close": lambda desk, who: cases.close(desk.case, who, "Đã trả lời xong"),
}
#: What the case is after the act, by its state before; "-": refused, and nothing has changed. Hà has the case
#: wherever somebody has it, Minh is a colleague, Ngọc oversees.
STATES = ("queued", "claimed", "waiting", "snoozed", "closed")
TABLE = """
claim      ha   claimed  -        -        -        -
claim      minh claimed  -        -        -        -
claim      ngoc claimed  -        -        -        -
reply      ha   -        waiting  waiting  waiting  -
reply      minh -        -        -        -        -
reply      ngoc -        -        -        -        -
release    ha   -        queued   queued   queued   -
release    minh -        -        -        -        -
release    ngoc -        queued   queued   queued   -
transfer   ha   -        queued   queued   queued   -
transfer   minh -        -        -        -        -
transfer   ngoc queued   queued   queued   queued   -
give       ha   -        claimed  waiting  claimed  -
give       minh -        -        -        -        -
give       ngoc claimed  claimed  waiting  claimed  -
snooze     ha   -        snoozed  snoozed  snoozed  -
snooze     minh -        -        -        -        -
snooze     ngoc -        -        -        -        -
merge      ha   -        closed   closed   closed   -
merge      minh -        -        -        -        -
merge      ngoc -        -        -        -        -
take_over  ha   -        -        -        -        -
take_over  minh -        -        -        -        -
take_over  ngoc -        claimed  waiting  claimed  -
close      ha   -        closed   closed   closed   -
close      minh -        -        -        -        -
close      ngoc -        -        -        -        -
"""
ROWS = [
    pytest.param(act, state, who, after, id=f"{act}, {state}, {who}")
    for act, who, *by_state in map(str.split, TABLE.strip().splitlines())
    for state, after in zip(STATES, by_state, strict=True)
]


@pytest.mark.parametrize(("act", "state", "who", "after"), ROWS)
def test_an_act_is_made_whole_or_refused_without_a_trace(
    desk: Desk, act: str, state: str, who: str, after: str
) -> None:
    case = into(state, desk)
    before = Case.objects.values().get(pk=case.pk)
    said, noted = Turn.objects.count(), AuditEntry.objects.count()
    if after == "-":
        with pytest.raises(CaseProblem):
            ACTS[act](desk, getattr(desk, who))
        assert Case.objects.values().get(pk=case.pk) == before
        assert (Turn.objects.count(), AuditEntry.objects.count()) == (said, noted)
        return
    ACTS[act](desk, getattr(desk, who))
    case.refresh_from_db()
    assert case.state == after
    assert case.version > before["version"]
    assert AuditEntry.objects.count() > noted
    _check_owner(case)


def _check_owner(case: Case) -> None:
    conversation = Conversation.objects.get(pk=case.conversation_id)
    if case.is_held:
        assert (conversation.owner, conversation.owner_staff) == (Owner.STAFF, case.claimed_by)
    else:
        assert conversation.owner == (Owner.QUEUE if case.state == State.QUEUED else Owner.BOT)


def test_a_reply_settles_what_was_owed_and_the_citizens_next_words_owe_again(desk: Desk) -> None:
    case = into("waiting", desk)
    assert (case.owed_since, case.due_at) == (None, None)
    assert case.first_reply_at is not None
    first, second = timezone.now(), timezone.now() + HOUR
    assert cases.citizen_wrote(case.conversation, at=first)
    assert not cases.citizen_wrote(case.conversation, at=second)
    case.refresh_from_db()
    assert (case.state, case.owed_since) == (State.CLAIMED, first)


def test_words_of_the_citizen_wake_a_snoozed_case(desk: Desk) -> None:
    case = into("snoozed", desk)
    cases.citizen_wrote(case.conversation, at=timezone.now())
    case.refresh_from_db()
    assert (case.state, case.snoozed_until, case.claimed_by) == (State.CLAIMED, None, desk.ha)


def test_a_snoozed_case_wakes_at_its_time_once_and_its_holder_is_told(desk: Desk) -> None:
    case = into("snoozed", desk)
    assert cases.wake(timezone.now()) == 0
    assert [cases.wake(timezone.now() + HOUR), cases.wake(timezone.now() + HOUR)] == [1, 0]
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == (State.CLAIMED, desk.ha)
    assert case.number in "".join(desk_notices.told_now(desk.ha))


@pytest.mark.parametrize("ahead", [timedelta(), -HOUR, timedelta(days=61)])
def test_a_case_sleeps_until_a_time_ahead_and_not_for_ever(desk: Desk, ahead: timedelta) -> None:
    with pytest.raises(NotAheadOrTooFar):
        cases.snooze(into("claimed", desk), desk.ha, until=timezone.now() + ahead)


def test_a_colleague_takes_over_once_the_lease_is_over_and_who_lost_it_is_told_once(desk: Desk) -> None:
    case = into("claimed", desk)
    drafts.save(case, desk.ha, "Chào chị, tôi đang")
    with pytest.raises(StillPresent):
        cases.take_over(case, desk.minh)
    Case.objects.filter(pk=case.pk).update(lease_until=timezone.now() - HOUR)
    cases.take_over(case, desk.minh)
    assert (case.claimed_by, case.conversation.owner_staff) == (desk.minh, desk.minh)
    assert [case.number in told for told in desk_notices.told_now(desk.ha)] == [True]
    assert desk_notices.told_now(desk.ha) == []
    assert [draft.text for draft in drafts.of_others(case, desk.minh)] == ["Chào chị, tôi đang"]
    with pytest.raises(CaseNotYours):
        cases.reply(case, desk.ha, "Tôi về rồi đây")


def test_an_open_page_keeps_the_lease(desk: Desk) -> None:
    case = into("claimed", desk)
    Case.objects.filter(pk=case.pk).update(lease_until=timezone.now() - HOUR)
    assert cases.keep(case, desk.ha)
    assert not cases.keep(case, desk.minh)
    with pytest.raises(StillPresent):
        cases.take_over(case, desk.minh)


def test_a_colleague_goes_on_with_a_draft_and_it_is_there_once(desk: Desk) -> None:
    case = into("claimed", desk)
    drafts.save(case, desk.ha, "Phần của Hà.")
    drafts.save(case, desk.minh, "Phần của Minh.")
    taken = drafts.take(case, desk.minh, drafts.of_others(case, desk.minh).get().pk)
    assert taken.text == "Phần của Hà.\n\nPhần của Minh."
    assert drafts.of(case, desk.ha) is None


def test_a_case_goes_to_the_second_line_with_a_reason_and_back_in_one_act(desk: Desk) -> None:
    case = into("claimed", desk)
    first_unit = case.unit
    cases.transfer(case, desk.ha, desk.far, reason=WHY)
    assert (case.unit, case.came_from, case.transfer_reason) == (desk.far, first_unit, WHY)
    assert desk.far.name in last_sent(case.conversation).text
    cases.claim(case, desk.lan)
    cases.send_back(case, desk.lan, reason="Không thuộc phường")
    assert (case.unit, case.came_from, case.state) == (first_unit, None, State.QUEUED)
    with pytest.raises(NoWayBack):
        cases.send_back(case, desk.ngoc, reason=WHY)


def test_whoever_gets_a_case_after_a_polite_reply_owes_its_citizen_an_answer_by_the_time_told(
    desk: Desk,
) -> None:
    case = into("claimed", desk)
    cases.reply(case, desk.ha, "Tôi chuyển chị sang phường ạ.")
    cases.transfer(case, desk.ha, desk.far, reason=WHY)
    promise = Promise.objects.get(Promise.OPEN, case=case)
    assert case.owed_since is not None
    assert case.due_at is not None
    assert case.due_at <= promise.due_at
    assert moment_words(promise.due_at, now=timezone.now()) in last_sent(case.conversation).text


def test_a_promise_holds_on_in_the_next_unit_until_a_person_has_replied(desk: Desk) -> None:
    case = into("queued", desk)
    first = promises.renew(case, timezone.now())
    cases.claim(case, desk.ha)
    cases.transfer(case, desk.ha, desk.far, reason=WHY)
    assert Promise.objects.get() == first
    cases.claim(case, desk.lan)
    reply = cases.reply(case, desk.lan, "Phường xem rồi chuyển lại ạ.")
    cases.send_back(case, desk.lan, reason=WHY)
    kept, made = Promise.objects.order_by("pk")
    assert (kept, kept.kept_at) == (first, reply.created_at)
    assert (made.case, made.kept_at, made.broken_at) == (case, None, None)


def test_what_goes_back_into_the_queue_is_owed_an_answer_from_then_on_or_from_before(desk: Desk) -> None:
    answered, owed = into("waiting", desk), desk.other
    began = owed.owed_since
    cases.claim(owed, desk.ha)
    for case in (answered, owed):
        cases.release_case(case, desk.ha)
    assert answered.due_at is not None
    assert answered.owed_since is not None
    assert owed.owed_since == began


def test_nobody_closes_a_case_over_words_of_his_own_that_he_forgot_to_send(desk: Desk) -> None:
    case = into("claimed", desk)
    drafts.save(case, desk.ha, "Chào chị, hồ sơ của chị")
    with pytest.raises(WordsUnsent):
        cases.close(case, desk.ha, "Đã trả lời xong")
    assert Case.objects.get(pk=case.pk).state == State.CLAIMED
    cases.close(case, desk.ha, "Đã trả lời xong", leave_unsent=True)
    assert case.state == State.CLOSED


def test_what_was_not_sent_stays_some_days_in_a_closed_case_and_goes_then(desk: Desk) -> None:
    case = into("claimed", desk)
    drafts.save(case, desk.minh, "Phần của Minh.")
    drafts.save(desk.other, desk.minh, "Đang viết")
    cases.close(case, desk.ha, "Đã trả lời xong")
    assert [draft.text for draft in drafts.of_all(case)] == ["Phần của Minh."]
    now = timezone.now()
    assert [drafts.prune(now + timedelta(days=days)) for days in (6, 8, 9)] == [0, 1, 0]
    assert drafts.of(desk.other, desk.minh) is not None


def on_duty(staff: Staff) -> None:
    duties.go_on(staff, timezone.now())


def passed_on(desk: Desk) -> Case:
    """Hà had the case and passed it on to Lan, who has it now; everybody was told what there was to tell."""
    case = into("claimed", desk)
    cases.transfer(case, desk.ha, desk.far, reason=WHY)
    cases.claim(case, desk.lan)
    desk_notices.told_now(desk.ha)
    return case


def test_a_case_comes_back_to_who_had_it_and_is_on_duty_and_the_citizen_notices_no_gap(desk: Desk) -> None:
    case, first_unit = passed_on(desk), desk.case.came_from
    on_duty(desk.ha)
    said = Turn.objects.count()
    cases.send_back(case, desk.lan, reason="Không thuộc phường")
    assert (case.unit, case.claimed_by, case.state) == (first_unit, desk.ha, State.CLAIMED)
    assert (case.came_from, case.came_from_holder) == (None, None)
    assert case.transfer_reason == "Không thuộc phường"
    _check_owner(case)
    assert Turn.objects.count() == said
    assert [case.number in told for told in desk_notices.told_now(desk.ha)] == [True]
    assert AuditEntry.objects.get(action="case.sent_back").detail["given"] == "ha"


def test_what_waits_for_the_citizen_goes_on_waiting_when_it_comes_back(desk: Desk) -> None:
    case = passed_on(desk)
    cases.reply(case, desk.lan, "Chị cho xin ngày hẹn.")
    on_duty(desk.ha)
    cases.send_back(case, desk.lan, reason=WHY)
    assert (case.claimed_by, case.state) == (desk.ha, State.WAITING)


Meanwhile = Callable[[Desk], object]
GONE: dict[str, Meanwhile] = {
    "off duty": lambda desk: duties.go_off(desk.ha, by=desk.ha),
    "switched off": lambda desk: Staff.objects.filter(pk=desk.ha.pk).update(is_active=False),
    "in another unit": lambda desk: desk.ha.units.set([ward("Phường Hà Đông")]),
    "not at the desk": lambda desk: Staff.objects.filter(pk=desk.ha.pk).update(role=Staff.Role.EDITOR),
    "complained of": lambda desk: complained_of(desk, ward("Phường cũ"), member=desk.ha),
}


def complained_of(desk: Desk, unit: Unit, *, member: Staff) -> None:
    member.units.add(unit)
    Report.objects.create(
        code="PA-2026-000001",
        secret_hash="x",
        kind=Report.Kind.SERVICE,
        conversation=desk.case.conversation,
        named_unit=unit,
        unit=desk.far,
        text="Cán bộ không tiếp",
    )


@pytest.mark.parametrize("meanwhile", GONE.values(), ids=GONE)
def test_a_case_comes_back_into_the_queue_where_who_had_it_does_not_wait_for_it(
    desk: Desk, meanwhile: Meanwhile
) -> None:
    case = passed_on(desk)
    on_duty(desk.ha)
    meanwhile(desk)
    cases.send_back(Case.objects.get(pk=case.pk), desk.lan, reason=WHY)
    case = Case.objects.get(pk=case.pk)
    assert (case.claimed_by, case.state, case.came_from_holder) == (None, State.QUEUED, None)
    _check_owner(case)


def test_a_supervisor_sends_a_case_back_that_nobody_there_had_taken(desk: Desk) -> None:
    case = into("claimed", desk)
    cases.transfer(case, desk.ha, desk.far, reason=WHY)
    on_duty(desk.ha)
    cases.send_back(case, desk.ngoc, reason=WHY)
    assert (case.claimed_by, case.state) == (desk.ha, State.CLAIMED)
    _check_owner(case)


WORDS = "Chị Mai ở số 5 ngõ 12 kể rằng"
SAYS: dict[str, Act] = {
    "transfer": lambda desk, who: cases.transfer(desk.case, who, desk.far, reason=WORDS),
    "close": lambda desk, who: cases.close(desk.case, who, f"Đã trả lời xong. {WORDS}"),
    "close freely": lambda desk, who: cases.close(desk.case, who, WORDS),
    "give back": lambda desk, who: assignments_returned.give_back(desk.case, who, reason=WORDS),
    "priority": lambda desk, who: case_priority.set_priority(desk.case, who, "urgent", reason=WORDS),
}


@pytest.mark.parametrize("act", SAYS)
def test_what_an_official_writes_of_a_case_is_on_the_case_and_goes_with_the_citizens_words(
    desk: Desk, act: str
) -> None:
    SAYS[act](desk, into("claimed", desk).claimed_by or desk.ha)
    assert WORDS in written_of(desk.case)
    details = AuditEntry.objects.filter(subject=desk.case.number).values_list("detail", flat=True)
    assert not any(WORDS in str(detail) for detail in details)
    own_data.erase(desk.case.conversation)
    assert WORDS not in written_of(desk.case)


def written_of(case: Case) -> str:
    rows = [*Case.objects.filter(pk=case.pk).values(), *Assignment.objects.filter(case=case).values()]
    return str(rows)


def test_the_outcome_of_the_list_stays_and_tells_of_a_case_whose_words_are_gone(desk: Desk) -> None:
    case, other = into("claimed", desk), desk.other
    cases.close(case, desk.ha, f"{cases.OUTCOMES[1]}. {WORDS}")
    cases.claim(other, desk.ha)
    cases.close(other, desk.ha, WORDS)
    for one in (case, other):
        own_data.erase(one.conversation)
        one.refresh_from_db()
    assert (case.outcome, other.outcome) == (cases.OUTCOMES[1], "Kết quả khác")


def test_where_a_case_does_not_go(desk: Desk) -> None:
    case = into("claimed", desk)
    with pytest.raises(NoReasonGiven):
        cases.transfer(case, desk.ha, desk.far, reason=" ")
    with pytest.raises(AlreadyThere):
        cases.transfer(case, desk.ha, case.unit, reason=WHY)
    with pytest.raises(NobodyAtThatDesk):
        cases.transfer(case, desk.ha, ward("Phường không người"), reason=WHY)
    with pytest.raises(AlreadyThere):
        cases.give_to(case, desk.ha, desk.ha, reason=WHY)
    with pytest.raises(NotForThisColleague):
        cases.give_to(case, desk.ha, official("bien", role=Staff.Role.EDITOR), reason=WHY)
    with pytest.raises(NotMergeable):
        cases.merge(case, desk.ha, into=case)


def test_no_case_goes_to_the_unit_its_citizen_complains_of_or_to_one_below_it(desk: Desk) -> None:
    case = into("claimed", desk)
    Report.objects.create(
        code="PA-2026-000001",
        secret_hash="x",
        kind=Report.Kind.SERVICE,
        conversation=case.conversation,
        named_unit=desk.far,
        unit=case.unit,
        text="Cán bộ không tiếp",
    )
    below = ward("Điểm tiếp nhận", parent=desk.far)
    official("tho", below)
    for unit in (desk.far, below):
        with pytest.raises(ComplainsOfThisUnit):
            cases.transfer(case, desk.ha, unit, reason=WHY)


def test_nobody_closes_over_words_that_he_has_not_seen(desk: Desk) -> None:
    case = into("waiting", desk)
    seen = case.version
    cases.citizen_wrote(case.conversation, at=timezone.now())
    with pytest.raises(CitizenWroteMeanwhile):
        cases.close(case, desk.ha, "Xong", seen=seen)
    case.refresh_from_db()
    cases.close(case, desk.ha, "Xong", seen=case.version)
    assert case.state == State.CLOSED


def test_a_merged_case_names_the_other_and_its_citizen_where_it_goes_on(desk: Desk) -> None:
    case = into("claimed", desk)
    cases.merge(case, desk.ha, into=desk.other)
    assert (case.state, case.merged_into) == (State.CLOSED, desk.other)
    assert desk.other.number in last_sent(case.conversation).text
    assert AuditEntry.objects.get(action="case.took_in").subject == desk.other.number


def owed_here(case: Case, *, ago: timedelta, **values: object) -> None:
    """Since so long ago; values: other fields."""
    Case.objects.filter(pk=case.pk).update(owed_since=timezone.now() - ago, **values)


def at_rest(desk: Desk, state: str) -> Case:
    """Minh's, who waits for the citizen or has put it off."""
    cases.claim(desk.other, desk.minh)
    cases.reply(desk.other, desk.minh, "Chị cho xin ngày hẹn.")
    if state == State.SNOOZED:
        cases.snooze(desk.other, desk.minh, until=timezone.now() + HOUR)
    return desk.other


@pytest.mark.parametrize("state", [State.WAITING, State.SNOOZED])
def test_the_answer_owed_in_a_merged_case_is_owed_in_the_other_and_its_holder_is_told(
    desk: Desk, state: str
) -> None:
    case, other = into("claimed", desk), at_rest(desk, state)
    owed_here(case, ago=3 * HOUR, priority="urgent")
    since, number = Case.objects.get(pk=case.pk).owed_since, case.number
    cases.merge(case, desk.ha, into=other)
    other.refresh_from_db()
    assert (other.state, other.snoozed_until, other.claimed_by) == (State.CLAIMED, None, desk.minh)
    assert (other.owed_since, other.priority) == (since, "urgent")
    assert other.due_at is not None
    assert [number in told and other.number in told for told in desk_notices.told_now(desk.minh)] == [True]


def test_the_term_that_is_due_first_goes_on_in_a_merged_case(desk: Desk) -> None:
    case = into("claimed", desk)
    owed_here(case, ago=HOUR)
    owed_here(desk.other, ago=50 * HOUR)
    since = Case.objects.get(pk=desk.other.pk).owed_since
    cases.merge(case, desk.ha, into=desk.other)
    desk.other.refresh_from_db()
    assert (desk.other.owed_since, desk.other.state) == (since, State.QUEUED)


def test_a_case_that_owes_nothing_wakes_no_other_as_it_is_merged(desk: Desk) -> None:
    case, other = into("waiting", desk), at_rest(desk, State.SNOOZED)
    cases.merge(case, desk.ha, into=other)
    other.refresh_from_db()
    assert (other.state, other.owed_since) == (State.SNOOZED, None)


@pytest.mark.parametrize("later", [-HOUR, HOUR])
def test_of_the_promises_of_two_merged_cases_the_earlier_holds_on(desk: Desk, later: timedelta) -> None:
    case, now = into("claimed", desk), timezone.now()
    due = now + 5 * HOUR
    Promise.objects.create(case=case, text="Sớm", made_at=now, due_at=due)
    Promise.objects.create(case=desk.other, text="Kia", made_at=now, due_at=due + later)
    cases.merge(case, desk.ha, into=desk.other)
    holds = Promise.objects.get(Promise.OPEN)
    assert (holds.case, holds.due_at) == (desk.other, min(due, due + later))
    assert Promise.objects.filter(case=case, lapsed_at__isnull=False).count() == 1


def test_a_promise_of_a_merged_case_is_kept_by_a_reply_in_the_other(desk: Desk) -> None:
    case = into("claimed", desk)
    promise = promises.renew(case, timezone.now())
    cases.merge(case, desk.ha, into=desk.other)
    moved = Promise.objects.get(Promise.OPEN)
    assert (moved.case, moved.due_at, moved.text) == (desk.other, promise.due_at, promise.text)
    cases.claim(desk.other, desk.ha)
    cases.reply(desk.other, desk.ha, "Chào chị, xong rồi ạ.")
    promises.settle(timezone.now() + timedelta(minutes=2))
    moved.refresh_from_db()
    assert moved.kept_at is not None


def test_nobody_merges_over_words_that_he_has_not_seen(desk: Desk) -> None:
    case = into("waiting", desk)
    seen = case.version
    cases.citizen_wrote(case.conversation, at=timezone.now())
    with pytest.raises(CitizenWroteMeanwhile):
        cases.merge(case, desk.ha, into=desk.other, seen=seen)
    case.refresh_from_db()
    cases.merge(case, desk.ha, into=desk.other, seen=case.version)
    assert case.merged_into == desk.other


def undo_for(seconds: int) -> None:
    live_settings.put("cases.undo_seconds", str(seconds), source="Thử", by=None)


def test_a_reply_is_undone_while_it_is_held_back_and_is_a_draft_again(desk: Desk) -> None:
    undo_for(10)
    case = into("claimed", desk)
    owed = Case.objects.values("owed_since", "due_at", "first_reply_at").get(pk=case.pk)
    turn = cases.reply(case, desk.ha, "Nhầm người")
    drafts.save(case, desk.ha, "Câu tiếp")
    cases.undo(case, desk.ha, turn.pk)
    assert not Turn.objects.filter(pk=turn.pk).exists()
    assert case.state == State.CLAIMED
    assert Case.objects.values("owed_since", "due_at", "first_reply_at").get(pk=case.pk) == owed
    draft = drafts.of(case, desk.ha)
    assert draft is not None
    assert draft.text == "Nhầm người\n\nCâu tiếp"


def test_it_is_too_late_to_undo_what_is_being_sent_and_what_is_somebody_elses(desk: Desk) -> None:
    undo_for(10)
    case = into("claimed", desk)
    turn = cases.reply(case, desk.ha, "Chào chị")
    with pytest.raises(TooLateToUndo):
        cases.undo(case, desk.minh, turn.pk)
    Turn.objects.filter(pk=turn.pk).update(due_at=timezone.now())
    with pytest.raises(TooLateToUndo):
        cases.undo(case, desk.ha, turn.pk)
    assert Turn.objects.filter(pk=turn.pk, status=Turn.Status.QUEUED).exists()


def test_the_earlier_of_two_replies_is_undone_without_owing_anything_again(desk: Desk) -> None:
    undo_for(10)
    case = into("claimed", desk)
    first = cases.reply(case, desk.ha, "Một")
    cases.reply(case, desk.ha, "Hai")
    cases.undo(case, desk.ha, first.pk)
    assert (case.state, case.owed_since) == (State.WAITING, None)


def test_two_replies_undone_in_any_order_leave_the_case_as_it_was(desk: Desk) -> None:
    undo_for(10)
    case = into("claimed", desk)
    owed = Case.objects.values("state", "owed_since", "due_at").get(pk=case.pk)
    replies = [cases.reply(case, desk.ha, words) for words in ("Một", "Hai")]
    for turn in replies:  # the earlier first
        cases.undo(case, desk.ha, turn.pk)
    assert Case.objects.values("state", "owed_since", "due_at").get(pk=case.pk) == owed


def test_a_reply_undone_after_an_answer_in_the_messengers_own_app_owes_nothing_again(desk: Desk) -> None:
    undo_for(10)
    case = into("claimed", desk)
    turn = cases.reply(case, desk.ha, "Một")
    outbox.queue(case.conversation, OutboundMessage(text="Đã xong", author=Author.OFFICIAL))  # of no account
    cases.undo(case, desk.ha, turn.pk)
    assert (case.state, case.owed_since) == (State.WAITING, None)


def test_a_case_that_slept_sleeps_again_when_the_reply_in_it_is_undone(desk: Desk) -> None:
    undo_for(10)
    case = into("snoozed", desk)
    until = case.snoozed_until
    turn = cases.reply(case, desk.ha, "Chào chị")
    cases.undo(case, desk.ha, turn.pk)
    assert (case.state, case.snoozed_until) == (State.SNOOZED, until)


def test_an_undone_reply_after_which_the_citizen_wrote_leaves_the_case_awake(desk: Desk) -> None:
    undo_for(10)
    case = into("snoozed", desk)
    since = case.owed_since
    turn = cases.reply(case, desk.ha, "Chào chị")
    cases.citizen_wrote(case.conversation, at=timezone.now())
    cases.undo(case, desk.ha, turn.pk)
    assert (case.state, case.snoozed_until, case.owed_since) == (State.CLAIMED, None, since)


def test_nobody_closes_over_a_second_message_that_came_while_the_first_was_read(desk: Desk) -> None:
    case = into("claimed", desk)
    seen = case.version
    assert not cases.citizen_wrote(case.conversation, at=timezone.now())  # an answer is owed already
    with pytest.raises(CitizenWroteMeanwhile):
        cases.close(case, desk.ha, "Đã trả lời xong", seen=seen)


def test_erasing_the_citizens_data_erases_the_drafts(desk: Desk) -> None:
    case = into("claimed", desk)
    drafts.save(case, desk.ha, "Chị Mai ở số 5")
    own_data.erase(case.conversation)
    assert drafts.of(case, desk.ha) is None


def test_a_citizen_without_an_open_case_is_owed_nothing() -> None:
    assert not cases.citizen_wrote(citizen(), at=timezone.now())
