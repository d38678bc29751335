"""Accounts: invited by a link, changed by who may, never without an administrator, all of it registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from office import accounts, password_links, sign_ins
from office.accounts import Particulars
from office.errors import (
    AccountMovedOn,
    LastAdministrator,
    LinkGone,
    NameTaken,
    NoSuchPerson,
    NotOneself,
    ReasonMissing,
)
from office.models import AuditEntry, PasswordLink, Staff, Unit
from office.password_links import MadeLink
from office.units import contact_team
from tests.casework.people import official, ward

pytestmark = pytest.mark.django_db

PASSWORD = "sáng nào cũng tưới cây"
Role = Staff.Role


def administrator(name: str = "anh") -> Staff:
    staff = official(name, role=Role.ADMINISTRATOR)
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def invited(
    by: Staff | None, username: str = "hoa", *, role: Role = Role.AGENT, units: tuple[Unit, ...] = ()
) -> MadeLink:
    return accounts.invite(username=username, email="", role=role, units=units or (contact_team(),), by=by)


def registered(action: str) -> list[str]:
    return list(AuditEntry.objects.filter(action=action).values_list("subject", flat=True))


def role_of(staff: Staff, role: Role) -> Particulars:
    """The account as it is, with another role and for no unit."""
    return replace(accounts.particulars_of(staff), role=role, units=())


def test_an_invited_person_sets_name_and_password_once_and_the_register_tells() -> None:
    made = invited(administrator())
    staff = password_links.use(made.words, password=PASSWORD, last_name="Nguyễn Thị", first_name="Hoa")
    staff.refresh_from_db()
    assert staff.display_name == "Nguyễn Thị Hoa"
    assert staff.check_password(PASSWORD)
    assert list(staff.units.all()) == [contact_team()]
    with pytest.raises(LinkGone):
        password_links.use(made.words, password="một câu khác hẳn")
    assert registered("account.invited") == registered("account.password_set") == ["account:hoa"]


def test_what_a_link_carries_is_kept_nowhere() -> None:
    made = invited(None)
    assert made.words not in str(list(PasswordLink.objects.values()) + list(AuditEntry.objects.values()))


def test_a_link_ends_after_72_hours_by_a_newer_one_and_with_the_account() -> None:
    first = invited(None)
    assert password_links.opened_by(first.words, now=timezone.now() + timedelta(hours=71)) is not None
    assert password_links.opened_by(first.words, now=timezone.now() + timedelta(hours=73)) is None
    second = password_links.make(first.link.staff, kind=PasswordLink.Kind.INVITATION, by=None)
    assert password_links.opened_by(first.words, now=timezone.now()) is None
    accounts.switch_off(second.link.staff, reason="Mời nhầm", by=administrator())
    assert password_links.opened_by(second.words, now=timezone.now()) is None


def test_a_new_password_by_a_link_leaves_the_name_alone() -> None:
    ha = official("ha")
    made = password_links.make(ha, kind=PasswordLink.Kind.RESET, by=administrator())
    password_links.use(made.words, password=PASSWORD)
    ha.refresh_from_db()
    assert (ha.first_name, ha.check_password(PASSWORD)) == ("Ha", True)


def test_a_name_is_given_once_whatever_its_case() -> None:
    official("ha")
    with pytest.raises(NameTaken):
        invited(None, "HA")


def test_a_supervisor_manages_agents_of_the_own_units_only() -> None:
    lang, tay_ho = ward("Phường Láng"), ward("Phường Tây Hồ")
    le = official("le", lang, role=Role.SUPERVISOR)
    mine, elsewhere, both = official("a", lang), official("b", tay_ho), official("c", lang, tay_ho)
    supervisor = official("d", lang, role=Role.SUPERVISOR)
    assert list(accounts.people_for(le)) == [mine]
    for other in (elsewhere, both, supervisor):
        with pytest.raises(NoSuchPerson):
            accounts.switch_off(other, reason="Nghỉ việc", by=le)
    with pytest.raises(NoSuchPerson):
        invited(le, role=Role.ADMINISTRATOR, units=(lang,))
    with pytest.raises(NoSuchPerson):
        invited(le, units=(tay_ho,))
    assert invited(le, units=(lang,)).link.staff.role == Role.AGENT
    assert not accounts.people_for(mine).exists()


def test_nobody_changes_or_switches_off_himself() -> None:
    anh = administrator()
    administrator("binh")
    with pytest.raises(NotOneself):
        accounts.change(anh, role_of(anh, Role.EDITOR), seen=accounts.state_of(anh), by=anh)
    with pytest.raises(NotOneself):
        accounts.switch_off(anh, reason="Thử", by=anh)


def test_the_last_administrator_who_can_sign_in_stays_one() -> None:
    anh, never_came = administrator(), official("moi", role=Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        accounts.change(anh, role_of(anh, Role.EDITOR), seen=accounts.state_of(anh), by=never_came)
    with pytest.raises(LastAdministrator):
        accounts.switch_off(anh, reason="Thử", by=never_came)
    binh = administrator("binh")
    accounts.switch_off(anh, reason="Nghỉ hưu", by=binh)
    anh.refresh_from_db()
    assert not anh.is_active


def test_who_changes_an_account_second_is_told_who_was_first() -> None:
    anh, binh, ha = administrator("anh"), administrator("binh"), official("ha")
    seen = accounts.state_of(ha)
    accounts.change(ha, role_of(ha, Role.EDITOR), seen=seen, by=anh)
    sign_ins.note_done(ha, sign_ins.Whence(address="10.0.0.7", device="Chrome trên Windows"))
    with pytest.raises(AccountMovedOn, match="Anh vừa đổi"):
        accounts.change(ha, role_of(ha, Role.REVIEWER), seen=seen, by=binh)
    accounts.switch_off(ha, reason="Chuyển công tác", by=anh)
    with pytest.raises(AccountMovedOn, match="Anh vừa đổi"):
        accounts.switch_off(ha, reason="Chuyển công tác", by=binh)
    ha.refresh_from_db()
    assert (ha.role, ha.is_active) == (Role.EDITOR, False)


def test_a_name_is_corrected_and_the_register_says_what_it_was() -> None:
    anh, ha = administrator("anh"), official("ha")
    seen = accounts.state_of(ha)
    named = replace(accounts.particulars_of(ha), last_name="Nguyễn Thị", first_name="Hạ")
    accounts.change(ha, named, seen=seen, by=anh)
    ha.refresh_from_db()
    assert ha.display_name == "Nguyễn Thị Hạ"
    said = AuditEntry.objects.get(action="account.changed").detail
    assert (said["name"], said["name_before"]) == ("Nguyễn Thị Hạ", "Ha")
    with pytest.raises(AccountMovedOn):
        accounts.change(ha, replace(named, first_name="Hà"), seen=seen, by=anh)


def test_switching_off_and_on_needs_a_reason_that_is_registered() -> None:
    anh, ha = administrator(), official("ha")
    with pytest.raises(ReasonMissing):
        accounts.switch_off(ha, reason="  ", by=anh)
    accounts.switch_off(ha, reason="Nghỉ thai sản", by=anh)
    accounts.switch_on(ha, reason="Đi làm lại", by=anh)
    reasons = AuditEntry.objects.filter(action__startswith="account.switched").values_list(
        "detail__reason", flat=True
    )
    assert list(reasons) == ["Nghỉ thai sản", "Đi làm lại"]
