"""A person leaves: the account is closed and what the person held goes back to the queue, in one."""

from __future__ import annotations

from django.db import transaction

from casework import cases
from casework.models import Case
from office import accounts, duties
from office.models import Staff


def held_by(staff: Staff) -> int:
    """How many cases the person holds."""
    return Case.objects.filter(claimed_by=staff, state__in=Case.HELD).count()


@transaction.atomic
def switch_off(staff: Staff, *, reason: str, by: Staff) -> int:
    """Close the account and give the person's cases back to the queue, how many.

    Raises as office.accounts.switch_off; then nothing has changed.
    """
    accounts.switch_off(staff, reason=reason, by=by)
    duties.go_off(staff, by=by)
    held = Case.objects.filter(claimed_by=staff, state__in=Case.HELD)
    given_back = list(held.select_related("conversation", "claimed_by").order_by("pk"))
    for case in given_back:
        cases.release_case(case, by)
    return len(given_back)
