"""Accounts of the staff: who manages whose, invited, changed, switched off and on again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from office import audit, password_links, sessions
from office.errors import (
    AccountMovedOn,
    LastAdministrator,
    NameTaken,
    NoSuchPerson,
    NotOneself,
    ReasonMissing,
    UnitMissing,
    WrongAddress,
    WrongName,
)
from office.models import AuditEntry, Staff, Unit
from office.password_links import MadeLink

LONGEST_REASON = 300
LONGEST_NAME = 60

Role = Staff.Role

#: What alters `state_of` an account, or whether it is open: who is invited says the name with the password.
CHANGES = tuple(
    f"account.{act}" for act in ("changed", "password_set", "renamed", "switched_off", "switched_on")
)

#: Who works for units: without one such a person sees next to nothing.
NEED_A_UNIT = frozenset({Role.AGENT, Role.SUPERVISOR})


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What an account says of its person; names and address are "" until they are known."""

    last_name: str
    first_name: str
    email: str
    role: Role
    units: Collection[Unit]


def particulars_of(staff: Staff) -> Particulars:
    return Particulars(
        last_name=staff.last_name,
        first_name=staff.first_name,
        email=staff.email,
        role=Role(staff.role),
        units=tuple(staff.units.all()),
    )


def units_for(by: Staff) -> QuerySet[Unit]:
    """To which units this person may bring others: an administrator to all, a supervisor to the own ones."""
    if by.may_administer:
        return Unit.objects.all()
    return Unit.objects.filter(Q(staff=by) | Q(parent__staff=by)).distinct()


def roles_for(by: Staff) -> list[Role]:
    """The roles this person may give."""
    return list(Role) if by.may_administer else [Role.AGENT]


def people_for(by: Staff) -> QuerySet[Staff]:
    """Whose accounts this person manages: an administrator all; a supervisor agents of the own units only.

    Not an agent who also belongs elsewhere: a new password would open that office's cases, too.
    """
    people = Staff.objects.order_by("-is_active", "last_name", "first_name", "username")
    if by.may_administer:
        return people
    if by.role != Role.SUPERVISOR:
        return people.none()
    own = units_for(by)
    of_mine = people.filter(role=Role.AGENT, units__in=own)
    return of_mine.exclude(units__in=Unit.objects.exclude(pk__in=own.values("pk"))).distinct()


def state_of(staff: Staff) -> str:
    """What a form is filled in upon: another state means that somebody was quicker."""
    units = ",".join(str(pk) for pk in sorted(staff.units.values_list("pk", flat=True)))
    return f"{staff.role}:{units}:{staff.email}:{staff.last_name}:{staff.first_name}"


@transaction.atomic
def invite(*, username: str, email: str, role: Role, units: Collection[Unit], by: Staff | None) -> MadeLink:
    """An account nobody can enter yet, and the link by which its person sets name and password.

    by: None for an operator. Raises WrongName, WrongAddress, NameTaken, UnitMissing, or NoSuchPerson for what
    is not `by`'s to give.
    """
    _refuse_beyond(by, role=role, units=units)
    username = checked_name(username)
    _refuse_address(email)
    if Staff.objects.filter(username__iexact=username).exists():
        raise NameTaken
    staff = Staff(username=username, email=email, role=role)
    staff.set_unusable_password()
    try:
        with transaction.atomic():
            staff.save()
    except IntegrityError as problem:
        raise NameTaken from problem
    staff.units.set(units)
    audit.note("account.invited", audit.subject_of(staff), by, role=role, units=_codes(units))
    return password_links.make(staff, kind=password_links.Kind.INVITATION, by=by)


def checked_name(typed: str) -> str:
    """The user name as signing in compares it. Raises WrongName."""
    name = Staff.normalize_username(typed)
    try:
        Staff.username_validator(name)
    except ValidationError as problem:
        raise WrongName from problem
    if len(name) > LONGEST_NAME:
        raise WrongName
    return name


def _refuse_address(email: str) -> None:
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError as problem:
        raise WrongAddress from problem


@transaction.atomic
def change(staff: Staff, to: Particulars, *, seen: str, by: Staff) -> None:
    """Correct the name and address, give another role and units.

    seen: `state_of` the account as `by` was looking at it. Raises NotOneself, NoSuchPerson, UnitMissing,
    AccountMovedOn or LastAdministrator: nothing has changed.
    """
    _refuse_beyond(by, role=to.role, units=to.units)
    locked = _locked(staff, by)
    if state_of(locked) != seen:
        raise AccountMovedOn(_who_was_first(staff))
    if to.role != Role.ADMINISTRATOR:
        _refuse_to_lose(locked)
    said = _said_of(particulars_of(locked), to)
    named = {"last_name": to.last_name, "first_name": to.first_name}
    Staff.objects.filter(pk=staff.pk).update(role=to.role, email=to.email, **named)
    locked.units.set(to.units)
    sessions.tell_changed(staff)
    audit.note("account.changed", audit.subject_of(staff), by, **said)


@transaction.atomic
def rename(staff: Staff, *, last_name: str, first_name: str, seen: str) -> None:
    """A person corrects the own name. seen: `state_of` the account then. Raises AccountMovedOn."""
    held = Staff.objects.select_for_update().get(pk=staff.pk)
    if state_of(held) != seen:
        raise AccountMovedOn(_who_was_first(staff))
    Staff.objects.filter(pk=staff.pk).update(last_name=last_name, first_name=first_name)
    named = {"name": f"{last_name} {first_name}".strip(), "name_before": held.display_name}
    audit.note("account.renamed", audit.subject_of(staff), staff, **named)


def _said_of(before: Particulars, after: Particulars) -> dict[str, str]:
    """A change as the register says it: role and units always, a name only when it is another one."""
    said = {"role": after.role, "units": _codes(after.units)}
    said |= {"role_before": before.role, "units_before": _codes(before.units)}
    if _full_name(after) != _full_name(before):
        said |= {"name": _full_name(after), "name_before": _full_name(before)}
    if after.email != before.email:
        said["email"] = "changed"
    return said


def _full_name(person: Particulars) -> str:
    return f"{person.last_name} {person.first_name}".strip()


@transaction.atomic
def switch_off(staff: Staff, *, reason: str, by: Staff) -> None:
    """Close the account and end its sessions at once.

    Raises ReasonMissing, NotOneself, NoSuchPerson, AccountMovedOn or LastAdministrator.
    """
    locked = _locked(staff, by)
    _refuse_to_lose(locked)
    _switch(staff, is_active=False, reason=reason, by=by)
    sessions.end_all(staff)


@transaction.atomic
def switch_on(staff: Staff, *, reason: str, by: Staff) -> None:
    """Open the account again. Raises ReasonMissing, NotOneself, NoSuchPerson or AccountMovedOn."""
    _locked(staff, by)
    _switch(staff, is_active=True, reason=reason, by=by)


def _switch(staff: Staff, *, is_active: bool, reason: str, by: Staff) -> None:
    why = reason.strip()[:LONGEST_REASON]
    if not why:
        raise ReasonMissing
    if not Staff.objects.filter(pk=staff.pk, is_active=not is_active).update(is_active=is_active):
        raise AccountMovedOn(_who_was_first(staff))
    action = "account.switched_on" if is_active else "account.switched_off"
    audit.note(action, audit.subject_of(staff), by, reason=why)


def _locked(staff: Staff, by: Staff) -> Staff:
    """The account as it is, held until the transaction ends, with those of all administrators."""
    if staff.pk == by.pk:
        raise NotOneself
    if not people_for(by).filter(pk=staff.pk).exists():
        raise NoSuchPerson
    held = Staff.objects.select_for_update().filter(Q(pk=staff.pk) | Q(role=Role.ADMINISTRATOR))
    return next(one for one in held.order_by("pk") if one.pk == staff.pk)


def _refuse_to_lose(staff: Staff) -> None:
    able = Staff.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    able = able.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if able.filter(pk=staff.pk).exists() and not able.exclude(pk=staff.pk).exists():
        raise LastAdministrator


def _refuse_beyond(by: Staff | None, *, role: Role, units: Collection[Unit]) -> None:
    if role in NEED_A_UNIT and not units:
        raise UnitMissing
    if by is None or by.may_administer:
        return
    may_give = units_for(by).filter(pk__in=[unit.pk for unit in units]).count()
    if role not in roles_for(by) or may_give != len(units):
        raise NoSuchPerson("Anh/chị chỉ mời và đổi được cán bộ trực của đơn vị mình.")


def _who_was_first(staff: Staff) -> str:
    changes = AuditEntry.objects.filter(subject=audit.subject_of(staff), action__in=CHANGES)
    last = changes.select_related("actor").last()
    who = last.actor.display_name if last and last.actor else "Người khác"
    return f"{who} vừa đổi tài khoản này. Anh/chị xem lại rồi quyết định."


def _codes(units: Collection[Unit] | QuerySet[Unit]) -> str:
    return ",".join(sorted(unit.code for unit in units))
