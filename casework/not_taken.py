"""What is not taken in as a report, from whichever system it comes: neither filed nor kept."""

from __future__ import annotations

from casework.categories import SERVICE
from nlu import guards
from nlu.guards import GuardKind

#: What is no feedback by rule (QĐ 1207/QĐ-UBND of 28/2/2025: not accusations, not state secrets), what cannot
#: wait for an office (danger, despair, fraud going on), and what nobody should have to read.
NOT_TAKEN = frozenset(
    {
        GuardKind.EMERGENCY,
        GuardKind.SELF_HARM,
        GuardKind.STATE_SECRET,
        GuardKind.SCAM,
        GuardKind.ACCUSATION,
        GuardKind.PERHAPS_ACCUSATION,
        GuardKind.ABUSE,
    }
)


def why_not_taken(*said: str, category: str) -> GuardKind | None:
    """The gravest of what the guards see in these texts for which there is no report; None to file it.

    Who chose feedback on service has said that it is no accusation, where the words leave it open.
    """
    found = [finding.kind for text in said if text and (finding := guards.look(text))]
    refused = [kind for kind in GuardKind if kind in found and kind in NOT_TAKEN]
    if category == SERVICE:
        refused = [kind for kind in refused if kind is not GuardKind.PERHAPS_ACCUSATION]
    return refused[0] if refused else None
