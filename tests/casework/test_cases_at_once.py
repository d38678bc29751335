"""Two who act on one case in the same moment: one of them wins whole, the other is told, nothing is half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from casework import cases, drafts
from casework.errors import CaseProblem
from casework.models import Case
from conversations import outbox
from conversations.models import Conversation, Turn
from office import duties, live_settings
from office.models import AuditEntry, Staff
from tests.casework.people import official, ward
from tests.casework.test_cases import waiting_case

pytestmark = pytest.mark.django_db(transaction=True)

Owner, State = Conversation.Owner, Case.State
ROUNDS = range(5)


def at_once(*acts: Callable[[], object]) -> Sequence[bool]:
    """Each act in a thread of its own, begun together; which were made."""
    together = Barrier(len(acts))

    def made(act: Callable[[], object]) -> bool:
        together.wait(timeout=10)
        try:
            return bool(act())
        except CaseProblem:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(made, acts))


def now(case: Case) -> Case:
    """A copy of the case of one's own, as it is."""
    return Case.objects.select_related("conversation", "claimed_by").get(pk=case.pk)


def held_case(ha: Staff) -> Case:
    case = waiting_case()
    cases.claim(case, ha)
    return now(case)


def done(act: Callable[[], None]) -> Callable[[], bool]:
    """An act that says nothing when it was made."""

    def made() -> bool:
        act()
        return True

    return made


@pytest.mark.parametrize("_round", ROUNDS)
def test_an_official_claims_while_the_citizen_leaves_the_queue(_round: int) -> None:
    case, ha = waiting_case(), official("ha")
    mine, theirs = now(case), now(case)
    claimed, withdrawn = at_once(
        lambda: cases.claim(mine, ha), lambda: cases.withdraw(theirs.conversation) is not None
    )
    after = now(case)
    assert claimed != withdrawn
    assert after.state == (State.CLAIMED if claimed else State.CLOSED)
    assert after.conversation.owner == (Owner.STAFF if claimed else Owner.BOT)


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_reply_and_a_close_at_once_lose_no_reply_and_send_none_after_the_end(_round: int) -> None:
    ha = official("ha")
    case = held_case(ha)
    one, two = now(case), now(case)
    replied, closed = at_once(
        lambda: cases.reply(one, ha, "Chào chị"), done(lambda: cases.close(two, ha, "Xong"))
    )
    said = list(
        case.conversation.turns.filter(direction="out").order_by("id").values_list("author", flat=True)
    )
    assert closed
    assert said.count("official") == int(replied)
    assert said[-1] == "assistant"
    assert now(case).state == State.CLOSED


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_colleague_takes_over_while_the_holders_page_says_it_is_there(_round: int) -> None:
    ha, minh = official("ha"), official("minh")
    case = held_case(ha)
    Case.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    one, two = now(case), now(case)
    kept, taken = at_once(lambda: cases.keep(one, ha), done(lambda: cases.take_over(two, minh)))
    after = now(case)
    assert kept != taken
    assert after.claimed_by == (minh if taken else ha)
    assert after.conversation.owner_staff == after.claimed_by


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_reply_is_undone_or_sent_and_never_both(_round: int) -> None:
    live_settings.put("cases.undo_seconds", "30", source="Thử", by=None)
    ha = official("ha")
    case = held_case(ha)
    Turn.objects.filter(conversation=case.conversation).update(
        status=Turn.Status.SENT
    )  # the notice of the claim
    turn = cases.reply(case, ha, "Chào chị")
    one = now(case)
    due = timezone.now() + timedelta(seconds=31)
    undone, sent = at_once(
        lambda: cases.undo(one, ha, turn.pk),
        lambda: outbox.claim_due(channel="webchat", account="site", now=due) is not None,
    )
    assert undone != sent
    assert Turn.objects.filter(pk=turn.pk).exists() == sent
    assert (drafts.of(case, ha) is not None) == undone


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_citizen_writes_while_the_case_is_transferred_snoozed_or_closed(_round: int) -> None:
    ha = official("ha")
    acts: list[Callable[[Case], None]] = [
        lambda case: cases.release_case(case, ha),
        lambda case: cases.snooze(case, ha, until=timezone.now() + timedelta(hours=1)),
        lambda case: cases.close(case, ha, "Xong"),
    ]
    for act in acts:
        case = held_case(ha)
        cases.reply(case, ha, "Chị cho xin ngày hẹn.")
        one, two = now(case), now(case)
        at_once(
            done(lambda act=act, one=one: act(one)),  # type: ignore[misc]
            lambda two=two: cases.citizen_wrote(two.conversation, at=timezone.now()),  # type: ignore[misc]
        )
        after = now(case)
        assert after.state == State.CLOSED or after.owed_since is not None


def test_of_four_who_take_over_at_once_one_has_it_and_the_holder_is_told_once() -> None:
    ha, people = official("ha"), [official(f"canbo{number}") for number in range(4)]
    case = held_case(ha)
    Case.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    copies = [now(case) for _ in people]
    made = at_once(
        *(
            done(lambda copy=copy, person=person: cases.take_over(copy, person))  # type: ignore[misc]
            for copy, person in zip(copies, people, strict=True)
        )
    )
    assert made.count(True) == 1
    assert now(case).claimed_by == people[made.index(True)]
    assert AuditEntry.objects.filter(action="case.taken_over").count() == 1
    assert ha.desk_notices.count() == 1


def test_a_case_sent_back_by_two_at_once_comes_back_once() -> None:
    ha, far = official("ha"), ward("Phường Tây Hồ")
    lan, ngoc = official("lan", far), official("ngoc", far, role=Staff.Role.SUPERVISOR)
    case = held_case(ha)
    duties.go_on(ha, timezone.now())
    cases.transfer(case, ha, far, reason="Việc của phường")
    cases.claim(case, lan)
    one, two = now(case), now(case)
    made = at_once(
        done(lambda: cases.send_back(one, lan, reason="Không phải")),
        done(lambda: cases.send_back(two, ngoc, reason="Không phải")),
    )
    after = now(case)
    assert made.count(True) == 1
    assert (after.claimed_by, after.conversation.owner_staff) == (ha, ha)
    assert ha.desk_notices.count() == 1


def test_two_who_merge_in_opposite_directions_close_one_case() -> None:
    ha, minh = official("ha"), official("minh")
    first, second = held_case(ha), held_case(minh)
    one, two = now(first), now(second)
    made = at_once(
        done(lambda: cases.merge(one, ha, into=now(second))),
        done(lambda: cases.merge(two, minh, into=now(first))),
    )
    assert made.count(True) == 1
    assert Case.objects.filter(state=State.CLOSED).count() == 1
