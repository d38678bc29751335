"""Whatever three officials, a citizen and the assistant do in whatever order: one person has the case, no
reply is lost, the assistant never speaks over a person, and the register tells each act that was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.intake import receive
from casework import cases, drafts
from casework.errors import CaseProblem
from casework.models import Case
from conversations import inbox, outbox
from conversations.errors import OutcomeSuperseded
from conversations.inbox import Claim
from conversations.messages import Address, InboundMessage, MessageKind, OutboundMessage
from conversations.models import Conversation, Turn
from office import live_settings
from office.models import AuditEntry, Staff
from tests.casework.people import official

pytestmark = pytest.mark.django_db

Owner, State = Conversation.Owner, Case.State
HERE = Address(channel="webchat", account="main", chat="the-citizen")
OFFICIALS = ("ha", "minh", "ngoc")
WHO = st.sampled_from(OFFICIALS)
WHY = "Chị nắm việc này"


class Desk(RuleBasedStateMachine):
    """said: officials' words that are to reach the citizen; made: acts by their name in the register."""

    replies = Bundle("replies")

    @initialize()
    def open_the_office(self) -> None:
        live_settings.put("cases.undo_seconds", "30", source="Thử", by=None)
        roles = {"ngoc": Staff.Role.SUPERVISOR}
        self.people = {name: official(name, role=roles.get(name, Staff.Role.AGENT)) for name in OFFICIALS}
        self.said: list[str] = []
        self.made: Counter[str] = Counter()
        self.messages, self.version, self.thinking = 0, 0, None
        self._write()
        self.a_person_is_asked_for()
        self.claim("ha")

    def _write(self) -> None:
        self.messages += 1
        message = InboundMessage(
            address=HERE,
            event_id=str(self.messages),
            kind=MessageKind.TEXT,
            sent_at=timezone.now(),
            text=f"Câu hỏi {self.messages}",
        )
        self.conversation = receive(message).conversation

    def _case(self) -> Case | None:
        """As an official has it on the page: read anew."""
        return Case.objects.select_related("conversation", "claimed_by", "unit").order_by("-id").first()

    def _do(self, action: str, act: Callable[[Case], object]) -> bool:
        case = self._case()
        if case is None:
            return False
        try:
            with transaction.atomic():
                if act(case) is False:
                    return False
        except CaseProblem:
            return False
        self.made[action] += 1
        return True

    @rule()
    def the_citizen_writes(self) -> None:
        self._write()
        case = self._case()
        if case and case.state != State.CLOSED:
            assert case.owed_since is not None
            assert case.state in (State.QUEUED, State.CLAIMED)

    @rule()
    def a_person_is_asked_for(self) -> None:
        conversation = Conversation.objects.get()
        if not cases.open_case_of(conversation):
            self.made["case.opened"] += 1
        cases.open_case(conversation, reason=Case.Reason.ASKED, summary="")

    @rule()
    def the_citizen_leaves_the_queue(self) -> None:
        if cases.withdraw(Conversation.objects.get()):
            self.made["case.withdrawn"] += 1

    @precondition(lambda self: self.thinking is None)
    @rule()
    def the_assistant_begins_to_answer(self) -> None:
        self.thinking: Claim | None = inbox.claim_next(timezone.now() + timedelta(seconds=5))

    @precondition(lambda self: self.thinking is not None)
    @rule()
    def the_assistant_has_its_answer(self) -> None:
        claim, self.thinking = self.thinking, None
        assert claim is not None
        is_with_person = Conversation.objects.get().owner == Owner.STAFF
        try:
            with transaction.atomic():
                inbox.settle(claim, state={}, release="")
                outbox.queue(claim.conversation, OutboundMessage(text="Trợ lý trả lời"))
        except OutcomeSuperseded:
            if not inbox.leave_to_person(claim):
                inbox.give_back(claim, due_at=timezone.now())
        else:
            assert not is_with_person

    @rule(who=WHO)
    def claim(self, who: str) -> None:
        self._do("case.claimed", lambda case: cases.claim(case, self.people[who]))

    @rule(target=replies, who=WHO, number=st.integers(0, 9_999))
    def reply(self, who: str, number: int) -> tuple[str, str]:
        words = f"Trả lời {number} ({len(self.said)}, {self.messages})"
        if self._do("case.replied", lambda case: cases.reply(case, self.people[who], words)):
            self.said.append(words)
        return who, words

    @rule(which=replies)
    def undo(self, which: tuple[str, str]) -> None:
        who, words = which
        turn = Turn.objects.filter(text=words).first()
        if turn and self._do("case.reply_undone", lambda case: cases.undo(case, self.people[who], turn.pk)):
            self.said.remove(words)
            case = self._case()
            assert case is not None
            draft = drafts.of(case, self.people[who])
            assert draft is not None
            assert words in draft.text

    @rule()
    def what_is_due_goes_out(self) -> None:
        turn = outbox.claim_due(channel="webchat", account="main", now=timezone.now() + timedelta(minutes=1))
        if turn:
            outbox.mark_sent(turn, external_id="1")

    @rule(who=WHO)
    def release(self, who: str) -> None:
        self._do("case.released", lambda case: cases.release_case(case, self.people[who]))

    @rule(who=WHO, to=WHO)
    def give(self, who: str, to: str) -> None:
        give = lambda case: cases.give_to(case, self.people[who], self.people[to], reason=WHY)  # noqa: E731
        self._do("case.given", give)

    @rule(who=WHO)
    def snooze(self, who: str) -> None:
        until = timezone.now() + timedelta(hours=1)
        self._do("case.snoozed", lambda case: cases.snooze(case, self.people[who], until=until))

    @rule()
    def an_hour_passes(self) -> None:
        self.made["case.woken"] += cases.wake(timezone.now() + timedelta(hours=2))

    @rule(who=WHO, is_absent=st.booleans())
    def take_over(self, who: str, is_absent: bool) -> None:
        if is_absent:
            Case.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        self._do("case.taken_over", lambda case: cases.take_over(case, self.people[who]))

    @rule(who=WHO)
    def close(self, who: str) -> None:
        self._do("case.closed", lambda case: cases.close(case, self.people[who], "Xong"))

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert self._problems() == []

    def _problems(self) -> list[str]:
        conversation, case = Conversation.objects.get(), self._case()
        checks = {
            "one has it": self._owner_of(case) == (conversation.owner, conversation.owner_staff_id),
            "no reply lost": sorted(self.said) == sorted(self._words()),
            "all is in the register": self.made == self._register(),
            "who waits in the queue is owed": self._is_owed_in_queue(case),
            "versions grow": conversation.version >= self.version,
        }
        self.version = conversation.version
        return [name for name, is_so in checks.items() if not is_so]

    def _owner_of(self, case: Case | None) -> tuple[str, int | None]:
        if case is None or case.state == State.CLOSED:
            return Owner.BOT, None
        return (Owner.QUEUE, None) if case.state == State.QUEUED else (Owner.STAFF, case.claimed_by_id)

    def _is_owed_in_queue(self, case: Case | None) -> bool:
        return case is None or case.state != State.QUEUED or case.owed_since is not None

    def _words(self) -> list[str]:
        return list(Turn.objects.filter(author="official").values_list("text", flat=True))

    def _register(self) -> Counter[str]:
        entered = AuditEntry.objects.filter(action__startswith="case.")
        return Counter(entered.values_list("action", flat=True))


class RolledBack(Desk):
    """Each run in a transaction of its own, as if it had never been."""

    def __init__(self) -> None:
        super().__init__()
        self._all = transaction.atomic()
        self._all.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._all.__exit__(None, None, None)


def test_no_order_of_acts_breaks_a_promise() -> None:
    quick = settings(
        max_examples=30, stateful_step_count=30, suppress_health_check=list(HealthCheck), deadline=None
    )
    run_state_machine_as_test(RolledBack, settings=quick)
