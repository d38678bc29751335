"""What the rows say after a day at the desk, against what everybody was told over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from benchmarks.desk_people import Seen
from casework.models import Case
from conversations.models import Turn
from office.models import AuditEntry

#: The line of the register that an accepted act leaves.
LINES = {
    "claim": ("case.claimed",),
    "reply": ("case.replied",),
    "snooze": ("case.snoozed",),
    "transfer": ("case.transferred", "case.given"),  # to a unit, or to a colleague
    "release": ("case.released",),
    "close": ("case.closed",),
}
#: Nobody has the case after one of these.
_FREED = {"case.released", "case.transferred", "case.sent_back", "case.closed", "case.withdrawn"}


def faults(seen: Seen, holders: Mapping[str, str]) -> list[str]:
    """One sentence for each thing that is not as it was told; empty when all is.

    holders: who had which case before the first act.
    """
    return [
        *_claimed_twice(holders),
        *_acts_lost(seen),
        *_replies(seen),
        *_messages(seen),
        *_holders_against_owners(),
    ]


def _claimed_twice(holders: Mapping[str, str]) -> Iterator[str]:
    """Between two claims of one case it became free."""
    held = dict(holders)
    entries = AuditEntry.objects.filter(subject__in=Case.objects.values("number"))
    for entry in entries.select_related("actor").order_by("id"):
        if entry.action == "case.claimed":
            if before := held.get(entry.subject):
                yield f"{entry.subject} was claimed by {entry.actor} while {before} had it"
            held[entry.subject] = str(entry.actor)
        elif entry.action == "case.given":
            held[entry.subject] = str(entry.detail["to"])
        elif entry.action == "case.sent_back" and "given" in entry.detail:
            held[entry.subject] = str(entry.detail["given"])
        elif entry.action in _FREED:
            held.pop(entry.subject, None)


def _acts_lost(seen: Seen) -> Iterator[str]:
    """Every act that was accepted has its line, and every line an act that was accepted."""
    for act, actions in LINES.items():
        told = Counter((who, case) for who, case, _words in seen.accepted[act])
        written = Counter(
            AuditEntry.objects.filter(action__in=actions, actor__isnull=False).values_list(
                "actor__username", "subject"
            )
        )
        yield from (f"{act} of {who} at {case} was accepted and is lost" for who, case in told - written)
        yield from (f"{act} of {who} at {case} happened and was not told" for who, case in written - told)


def _replies(seen: Seen) -> Iterator[str]:
    sent = Counter(Turn.objects.filter(author="official").values_list("text", flat=True))
    for who, case, words in seen.accepted["reply"]:
        if sent[words] != 1:
            yield f"the reply of {who} at {case} is there {sent[words]} times"


def _messages(seen: Seen) -> Iterator[str]:
    kept = Counter(Turn.objects.filter(direction=Turn.Direction.IN).values_list("text", flat=True))
    for case, words in seen.said:
        if kept[words] != 1:
            yield f"a citizen's message at {case} is there {kept[words]} times"


def _holders_against_owners() -> Iterator[str]:
    """Who has a case is who speaks in its conversation."""
    for case in Case.objects.filter(state__in=Case.HELD).select_related("conversation"):
        if case.conversation.owner_staff_id != case.claimed_by_id:
            yield f"{case.number} is held by one and spoken in by another"
