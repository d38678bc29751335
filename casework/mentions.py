"""Colleagues named in a note by their sign-in name ("@ha"): who may be, who was, and who has looked since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from rapidfuzz import process

from casework import visibility
from casework.errors import NoSuchColleague, NotForColleague
from casework.models import Case, CaseNote, Mention
from nlu.text import fold
from office.lookups import Lookup, number
from office.models import Staff

#: Offered while a name is typed.
OFFERED = 6
#: Of a name that nobody has, so many that look like it.
_ALIKE = 3
_LEAST_LIKENESS = 60
_NAMED = re.compile(r"(?<![\w@.])@([\w.+-]*\w)")


def named_in(text: str, case: Case) -> tuple[Staff, ...]:
    """The colleagues that the text names. Raises NoSuchColleague or NotForColleague for the first who is not
    known or may not see the case: then nobody is told anything.
    """
    usernames = dict.fromkeys(name.lower() for name in _NAMED.findall(text))
    return tuple(_colleague(name, case) for name in usernames)


def _colleague(username: str, case: Case) -> Staff:
    found = _at_desk().filter(username__iexact=username).first()
    if found is None:
        raise NoSuchColleague(_nobody_named(username, case))
    if not visibility.sees_case(found, case):
        raise NotForColleague(
            f"{found.display_name} (@{found.username}) không xem được hồ sơ này. Anh/chị bỏ tên, hoặc chuyển "
            "hồ sơ cho đơn vị ấy."
        )
    return found


def _nobody_named(username: str, case: Case) -> str:
    every = {one.pk: one for one in _at_desk()}
    called = {key: fold(one.username) for key, one in every.items()}
    alike = process.extract(fold(username), called, limit=_ALIKE, score_cutoff=_LEAST_LIKENESS)
    meant = (every[key] for _name, _likeness, key in alike)
    names = [f"@{one.username} ({one.display_name})" for one in meant if visibility.sees_case(one, case)]
    asked = f" Có phải {', '.join(names)}?" if names else ""
    return f"Không có đồng nghiệp nào tên đăng nhập là @{username}.{asked}"


def colleagues(case: Case, begun: str, *, but: Staff) -> tuple[Staff, ...]:
    """Who sees the case and has a name, or a sign-in name, that begins so, marks or not; at most OFFERED."""
    wanted = fold(begun)
    others = (one for one in _at_desk().exclude(pk=but.pk) if _is_called(one, wanted))
    return tuple(islice((one for one in others if visibility.sees_case(one, case)), OFFERED))


def _is_called(staff: Staff, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in _words(staff))


def _words(staff: Staff) -> Iterator[str]:
    name = fold(staff.display_name)
    yield from (fold(staff.username), name, *name.split())


def _at_desk() -> QuerySet[Staff]:
    roles = (Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.ADMINISTRATOR)
    return Staff.objects.filter(is_active=True, role__in=roles).order_by("first_name", "username")


def tell(note: CaseNote, named: tuple[Staff, ...]) -> None:
    """One mention for each, inside the caller's transaction; naming oneself tells nobody."""
    others = (one for one in named if one.pk != note.staff_id)
    Mention.objects.bulk_create(Mention(note=note, staff=one) for one in others)


def mentions_of(staff: Staff) -> QuerySet[Mention]:
    """Where somebody named this person, in cases the person still sees; newest first."""
    mine = Mention.objects.filter(staff=staff, note__case__in=visibility.cases_for(staff))
    return mine.select_related("note__case", "note__staff")


def unseen_by(staff: Staff) -> QuerySet[Mention]:
    return mentions_of(staff).filter(seen_at=None)


def count_unseen(staff: Staff) -> int:
    """How many those are. Most people have none: then what they may see need not be asked."""
    if not Mention.objects.filter(staff=staff, seen_at=None).exists():
        return 0
    return unseen_by(staff).count()


def see(case: Case, staff: Staff) -> None:
    """The person has the case before him or her."""
    unseen = _UNSEEN.all(case=case.pk, staff=staff.pk)
    if unseen:  # a look is cheap; a write that changes nothing still takes SQLite's one pen
        Mention.objects.filter(pk__in=unseen, seen_at=None).update(seen_at=timezone.now())


def _unseen() -> QuerySet[Mention, int]:
    mine = Mention.objects.filter(note__case=number("case"), staff=number("staff"), seen_at=None)
    return mine.values_list("pk", flat=True)


_UNSEEN = Lookup(_unseen)
