"""A supervisor moves several cases at once: each wholly or not at all, told one by one."""

from __future__ import annotations

import pytest

from casework import cases
from casework.errors import NoReasonGiven
from casework.models import Case, DeskNotice, Report
from casework.reassigning import Chosen, Destination, reassign
from conversations.models import Conversation
from office.models import AuditEntry, Staff
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db

State = Case.State


@pytest.fixture
def lan() -> Staff:
    return official("lan", role=Staff.Role.SUPERVISOR)


def opened(holder: Staff | None = None) -> Case:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")
    if holder:
        assert cases.claim(case, holder)
    return case


def seen(*chosen: Case) -> list[Chosen]:
    return [Chosen(number=case.number, holder=case.claimed_by_id) for case in chosen]


def problems(moved: object) -> list[str]:
    return [one.problem for one in moved]


def test_waiting_and_held_cases_go_to_one_colleague_in_one_act(lan: Staff) -> None:
    ha, hoa = official("ha"), official("hoa")
    waits, held = opened(), opened(ha)
    moved = reassign(seen(waits, held), lan, Destination(colleague=hoa), reason="Hà ra quầy")
    assert problems(moved) == ["", ""]
    assert set(Case.objects.values_list("claimed_by", "state")) == {(hoa.pk, State.CLAIMED)}
    assert set(Conversation.objects.values_list("owner_staff", flat=True)) == {hoa.pk}
    assert DeskNotice.objects.filter(staff=hoa).count() == 2
    assert DeskNotice.objects.filter(staff=ha).count() == 1


def test_back_to_the_queue_with_the_reason_for_who_is_next(lan: Staff) -> None:
    case = opened(official("ha"))
    assert problems(reassign(seen(case), lan, Destination(), reason="Hà nghỉ ốm")) == [""]
    case.refresh_from_db()
    assert (case.state, case.claimed_by, case.transfer_reason) == (State.QUEUED, None, "Hà nghỉ ốm")
    assert case.owed_since is not None  # the citizen waits as before


def test_to_a_unit_where_somebody_works_at_the_desk(lan: Staff) -> None:
    unit = ward()
    official("nam", unit)
    case = opened()
    assert problems(reassign(seen(case), lan, Destination(unit=unit), reason="Việc của phường")) == [""]
    case.refresh_from_db()
    assert (case.unit, case.state) == (unit, State.QUEUED)


def test_who_was_first_is_named_and_the_others_still_move(lan: Staff) -> None:
    ha, hoa = official("ha"), official("hoa")
    taken, free = opened(), opened()
    chosen = seen(taken, free)
    cases.claim(taken, ha)
    moved = reassign(chosen, lan, Destination(colleague=hoa), reason="Chia việc")
    assert [one.number for one in moved] == [taken.number, free.number]
    assert problems(moved) == ["Ha vừa nhận trước. Không có gì bị thay đổi.", ""]
    taken.refresh_from_db()
    assert taken.claimed_by == ha


@pytest.mark.parametrize("where", ["queue", "own unit", "holder"])
def test_what_is_there_already_is_told_so(lan: Staff, where: str) -> None:
    ha = official("ha")
    case = opened(ha if where == "holder" else None)
    to = {
        "queue": Destination(),
        "own unit": Destination(unit=case.unit),
        "holder": Destination(colleague=ha),
    }[where]
    assert problems(reassign(seen(case), lan, to, reason="Chia việc")) == ["đã ở đó sẵn rồi."]


def test_never_to_the_office_of_which_the_citizen_complained(lan: Staff) -> None:
    unit, case = ward(), opened()
    official("nam", unit)
    what = {
        "kind": Report.Kind.SERVICE,
        "category": "thai_do_phuc_vu",
        "text": "Thái độ",
        "unit": ward("Khác"),
    }
    Report.objects.create(code="PA-2026-000901", conversation=case.conversation, named_unit=unit, **what)
    moved = reassign(seen(case), lan, Destination(unit=unit), reason="Chia việc")
    assert problems(moved) == ["người dân phản ánh chính đơn vị này."]


def test_a_colleague_who_may_not_see_it_does_not_get_it(lan: Staff) -> None:
    unit = ward(parent=lan.units.get())
    elsewhere = official("nam", ward("Khác"))
    official("hoa", unit)
    case = opened()
    Case.objects.update(unit=unit)
    case.refresh_from_db()
    moved = reassign(seen(case), lan, Destination(colleague=elsewhere), reason="Chia việc")
    assert "không được xem" in problems(moved)[0]


def test_what_is_closed_or_of_another_unit_does_not_exist_for_a_supervisor(lan: Staff) -> None:
    closed, foreign = opened(), opened()
    cases.withdraw(closed.conversation)
    Case.objects.filter(pk=foreign.pk).update(unit=ward())
    moved = reassign(seen(closed, foreign), lan, Destination(colleague=lan), reason="Chia việc")
    assert problems(moved) == ["không còn mở, hoặc anh/chị không còn được xem."] * 2


def test_without_a_reason_nothing_moves(lan: Staff) -> None:
    case = opened()
    before = AuditEntry.objects.count()
    with pytest.raises(NoReasonGiven):
        reassign(seen(case), lan, Destination(colleague=lan), reason=" ")
    assert AuditEntry.objects.count() == before
