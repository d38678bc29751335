"""One citizen came by two ways: one of the two cases goes on, the other is closed into it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from casework import notices, visibility
from casework.cases.closing import closed
from casework.cases.holding import changed, held, still_open
from casework.errors import CaseNotYours, NotMergeable
from casework.models import Case
from conversations import outbox, ownership
from office import audit
from office.lookups import Lookup, number, word
from office.models import Staff

#: Cases of the same name that are offered, and those among which they are sought, the newest.
NAMESAKES = 5
LOOKED_THROUGH = 100


def mergeable_into(case: Case, staff: Staff) -> QuerySet[Case]:
    """Open cases that this person sees, in which this one may go on."""
    return visibility.cases_for(staff).filter(pk__in=still_open()).exclude(pk=case.pk)


def namesakes(case: Case, staff: Staff) -> list[Case]:
    """Some of those, of somebody who goes by the same name; most names are nobody else's."""
    name = case.conversation.citizen_name
    alike = [key for key in _OF_NAME.all(name=name) if key != case.pk] if name else []
    return [*mergeable_into(case, staff).filter(pk__in=alike)[:NAMESAKES]] if alike else []


def _of_name() -> QuerySet[Case, int]:
    alike = still_open().filter(conversation__citizen_name=word("name"))
    return alike.order_by("-id").values_list("pk", flat=True)[:LOOKED_THROUGH]


_OF_NAME = Lookup(_of_name)


@transaction.atomic
def merge(case: Case, staff: Staff, *, into: Case) -> None:
    """Close a held case into another open one of the same citizen, who is told where it goes on.

    Raises NotMergeable, or CaseNotYours when this person does not have the case (any more).
    """
    ownership.lock(case.conversation)
    _lock(case, into)
    if not mergeable_into(case, staff).filter(pk=into.pk).exists():
        raise NotMergeable
    if not changed(case, held(case, staff), **closed(case, f"Gộp vào {into.number}"), merged_into=into):
        raise CaseNotYours
    changed(into, Case.objects.all())
    ownership.hand_to_bot(case.conversation)
    outbox.queue(case.conversation, notices.case_merged(case, into))
    audit.note("case.merged", case.number, staff, into=into.number)
    audit.note("case.took_in", into.number, staff, other=case.number)
    case.refresh_from_db()


def merged_into(case: Case) -> list[str]:
    """The numbers of the cases that go on in this one."""
    return _MERGED.all(case=case.pk)


_MERGED = Lookup(
    lambda: Case.objects.filter(merged_into=number("case")).order_by("id").values_list("number", flat=True)
)


def _lock(*cases: Case) -> None:
    """In one order, so that two who merge in opposite directions wait for each other, not forever."""
    keys = [case.pk for case in cases]
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
