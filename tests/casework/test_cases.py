"""A conversation waits for a person, one person has it, it is closed and rated."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from casework import cases
from casework.errors import AlreadyRated, CaseNotYours, EmptyReply, NoOutcome, NoSuchScore, NotYourCase
from casework.models import Case
from conversations.models import Conversation, Turn
from office.models import AuditEntry, Staff
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db

Owner = Conversation.Owner


def waiting_case(conversation: Conversation | None = None) -> Case:
    return cases.open_case(conversation or citizen(), reason=Case.Reason.ASKED, summary="Hỏi về hộ khẩu")


def last_sent(conversation: Conversation) -> Turn:
    return conversation.turns.filter(direction=Turn.Direction.OUT).latest("id")


def test_opening_a_case_puts_the_conversation_in_the_queue() -> None:
    conversation = citizen()
    case = waiting_case(conversation)
    conversation.refresh_from_db()
    assert conversation.owner == Owner.QUEUE
    assert case.number.startswith("HT-")
    assert case.unit.name == "Tổ tiếp nhận trung tâm"


def test_asking_twice_for_a_person_opens_one_case() -> None:
    conversation = citizen()
    assert waiting_case(conversation) == waiting_case(conversation)
    assert Case.objects.count() == 1


def test_asking_again_while_an_official_answers_does_not_take_the_conversation_away() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    again = waiting_case(case.conversation)
    case.conversation.refresh_from_db()
    assert again == case
    assert case.conversation.owner_staff == ha


def test_after_a_case_is_closed_the_next_one_gets_a_new_number() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    cases.close(case, ha, "Đã trả lời xong")
    assert waiting_case(case.conversation).number != case.number


def test_the_queue_tells_each_its_place() -> None:
    first, second, third = waiting_case(), waiting_case(), waiting_case()
    assert [cases.position_in_queue(case) for case in (first, second, third)] == [1, 2, 3]
    cases.claim(first, official("ha"))
    assert [cases.position_in_queue(case) for case in (first, second, third)] == [0, 1, 2]


def test_who_claims_gets_case_and_conversation_and_the_citizen_is_told() -> None:
    case, ha = waiting_case(), official("ha")
    assert cases.claim(case, ha)
    case.conversation.refresh_from_db()
    assert (case.state, case.claimed_by) == (Case.State.CLAIMED, ha)
    assert (case.conversation.owner, case.conversation.owner_staff) == (Owner.STAFF, ha)
    told = last_sent(case.conversation)
    assert case.number in told.text
    assert told.author == "assistant"


def test_who_claims_second_is_told_so_and_changes_nothing() -> None:
    case, ha, minh = waiting_case(), official("ha"), official("minh")
    seen_by_minh = Case.objects.get(pk=case.pk)
    assert cases.claim(case, ha)
    turns = Turn.objects.count()
    assert not cases.claim(seen_by_minh, minh)
    case.refresh_from_db()
    assert case.claimed_by == ha
    assert Turn.objects.count() == turns


def test_a_reply_goes_out_in_the_officials_name_with_the_unit() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    turn = cases.reply(case, ha, "  Anh/chị mang theo giấy chứng sinh.  ")
    assert (turn.author, turn.staff, turn.status) == ("official", ha, Turn.Status.QUEUED)
    assert turn.text == "Anh/chị mang theo giấy chứng sinh."
    assert turn.payload["detail"]["unit"] == "Tổ tiếp nhận trung tâm"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u200b", "\x00"])
def test_an_empty_reply_is_refused(nothing: str) -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    with pytest.raises(EmptyReply):
        cases.reply(case, ha, nothing)


def test_nobody_replies_in_a_case_of_somebody_else() -> None:
    case, ha, minh = waiting_case(), official("ha"), official("minh")
    cases.claim(case, ha)
    with pytest.raises(CaseNotYours):
        cases.reply(case, minh, "Xin chào")
    with pytest.raises(CaseNotYours):
        cases.close(case, minh, "Xong")
    with pytest.raises(CaseNotYours):
        cases.release_case(case, minh)
    assert not Turn.objects.filter(author="official").exists()


def test_nobody_replies_in_a_case_that_was_not_claimed() -> None:
    with pytest.raises(CaseNotYours):
        cases.reply(waiting_case(), official("ha"), "Xin chào")


def test_a_released_case_waits_again_at_its_old_place() -> None:
    first, second, ha = waiting_case(), waiting_case(), official("ha")
    cases.claim(first, ha)
    cases.release_case(first, ha)
    first.conversation.refresh_from_db()
    assert first.conversation.owner == Owner.QUEUE
    assert cases.position_in_queue(first) == 1
    assert cases.position_in_queue(second) == 2
    assert cases.claim(first, official("minh"))


def test_a_supervisor_gives_back_the_case_of_an_absent_colleague() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    ngoc = official("ngoc", role=Staff.Role.SUPERVISOR)
    cases.release_case(case, ngoc)
    case.conversation.refresh_from_db()
    assert (case.state, case.conversation.owner) == (Case.State.QUEUED, Owner.QUEUE)
    with pytest.raises(CaseNotYours):
        cases.reply(case, ha, "Tôi về rồi đây")


def test_closing_gives_the_conversation_back_and_asks_for_a_rating() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    cases.close(case, ha, "Đã trả lời xong")
    case.conversation.refresh_from_db()
    assert (case.state, case.outcome) == (Case.State.CLOSED, "Đã trả lời xong")
    assert case.conversation.owner == Owner.BOT
    payloads = [choice["payload"] for choice in last_sent(case.conversation).payload["choices"]]
    assert payloads == [f"rate:{case.number}:{score}" for score in (5, 4, 3, 2, 1)]


def test_a_case_is_not_closed_without_an_outcome() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    with pytest.raises(NoOutcome):
        cases.close(case, ha, "  ")
    case.refresh_from_db()
    assert case.state == Case.State.CLAIMED


def test_a_citizen_who_leaves_the_queue_is_with_the_assistant_again_and_not_asked_to_rate() -> None:
    case = waiting_case()
    withdrawn = cases.withdraw(case.conversation)
    case.conversation.refresh_from_db()
    assert withdrawn is not None
    assert withdrawn.state == Case.State.CLOSED
    assert case.conversation.owner == Owner.BOT
    assert not case.conversation.turns.exists()
    with pytest.raises(NotYourCase):
        cases.rate(case.number, 5, case.conversation)


def test_a_claimed_case_cannot_be_withdrawn_under_the_officials_hands() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    assert cases.withdraw(case.conversation) is None
    case.conversation.refresh_from_db()
    assert case.conversation.owner_staff == ha


def closed_case() -> Case:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    cases.close(case, ha, "Đã trả lời xong")
    return case


def test_a_rating_is_kept_once() -> None:
    case = closed_case()
    assert cases.rate(case.number, 4, case.conversation).score == 4
    with pytest.raises(AlreadyRated):
        cases.rate(case.number, 1, case.conversation)
    case.rating.refresh_from_db()
    assert case.rating.score == 4


def test_only_the_conversation_of_the_case_rates_it() -> None:
    case = closed_case()
    with pytest.raises(NotYourCase):
        cases.rate(case.number, 5, citizen("Người lạ"))


@pytest.mark.parametrize("score", [-1, 0, 6, 100])
def test_a_score_is_from_one_to_five(score: int) -> None:
    case = closed_case()
    with pytest.raises(NoSuchScore):
        cases.rate(case.number, score, case.conversation)


def test_every_act_leaves_a_line_in_the_register() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    cases.reply(case, ha, "Xin chào")
    cases.release_case(case, ha)
    cases.claim(case, ha)
    cases.close(case, ha, "Đã trả lời xong")
    cases.rate(case.number, 5, case.conversation)
    register = AuditEntry.objects.filter(subject=case.number).order_by("id")
    assert [entry.action.removeprefix("case.") for entry in register] == [
        "opened", "claimed", "replied", "released", "claimed", "closed", "rated",
    ]  # fmt: skip
    assert [entry.actor for entry in register] == [None, ha, ha, ha, ha, ha, None]


def test_each_change_of_hands_raises_the_version_so_that_the_assistants_outcome_is_dropped() -> None:
    case, ha = waiting_case(), official("ha")
    versions = []
    acts: list[Callable[[], object]] = [
        lambda: cases.claim(case, ha),
        lambda: cases.release_case(case, ha),
        lambda: cases.claim(case, ha),
        lambda: cases.close(case, ha, "Xong"),
    ]
    for act in acts:
        act()
        versions.append(Conversation.objects.get(pk=case.conversation_id).version)
    assert versions == sorted(set(versions))


@pytest.mark.django_db(transaction=True)
def test_of_eight_officials_who_claim_at_once_exactly_one_gets_the_case() -> None:
    case = waiting_case()
    people = [official(f"canbo{n}") for n in range(8)]
    together = threading.Barrier(len(people))

    def claim(person_number: int) -> bool:
        try:
            together.wait(timeout=10)
            return cases.claim(Case.objects.get(pk=case.pk), people[person_number])
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        got = list(pool.map(claim, range(len(people))))
    case.refresh_from_db()
    assert got.count(True) == 1
    assert case.claimed_by == people[got.index(True)]
    assert case.conversation.turns.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_conversation_handed_over_by_eight_threads_at_once_has_one_case() -> None:
    conversation = citizen()
    together = threading.Barrier(8)

    def hand_over(_: int) -> str:
        try:
            together.wait(timeout=10)
            return waiting_case(Conversation.objects.get(pk=conversation.pk)).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(hand_over, range(8)))
    assert len(numbers) == 1
    assert Case.objects.count() == 1
