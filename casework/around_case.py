"""What else the office has with the citizen of a case: earlier cases, reports, codes of dossiers spoken of.

A citizen is known by one conversation: who writes on two channels is two until the office joins them.
"""

from __future__ import annotations

from django.db.models import QuerySet

from casework import visibility
from casework.models import Case, Report
from conversations.models import Turn
from nlu.entities import dossier_code
from office.lookups import Lookup, number
from office.models import Staff

#: Messages of the citizen looked through for codes, the newest.
_LOOKED_THROUGH = 200


def other_cases(case: Case, staff: Staff) -> list[Case]:
    """Those that this person may see, newest first. Most citizens have none, which is soon known."""
    others = [key for key in _CASES.all(conversation=case.conversation_id) if key != case.pk]
    return [*visibility.cases_for(staff).filter(pk__in=others).order_by("-id")] if others else []


def reports(case: Case, staff: Staff) -> list[Report]:
    """Those that this person may see, newest first."""
    made = _REPORTS.all(conversation=case.conversation_id)
    return [*visibility.reports_for(staff).filter(pk__in=made).order_by("-id")] if made else []


_CASES = Lookup(lambda: Case.objects.filter(conversation=number("conversation")).values_list("pk", flat=True))
_REPORTS = Lookup(
    lambda: Report.objects.filter(conversation=number("conversation")).values_list("pk", flat=True)
)


def dossiers(case: Case) -> tuple[str, ...]:
    """The codes of dossiers in the citizen's own messages, the latest first."""
    texts = _SAID.all(conversation=case.conversation_id)
    with_digits = (text for text in texts if any(letter.isdigit() for letter in text))
    return tuple(dict.fromkeys(filter(None, map(dossier_code, with_digits))))


def _said() -> QuerySet[Turn, str]:
    said = Turn.objects.filter(conversation=number("conversation"), direction=Turn.Direction.IN)
    return said.order_by("-id").values_list("text", flat=True)[:_LOOKED_THROUGH]


_SAID = Lookup(_said)
