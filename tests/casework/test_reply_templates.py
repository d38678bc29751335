"""Reply templates: whose they are, what fills them in, and that nothing unfilled is ever sent."""

from __future__ import annotations

import pytest

from casework import cases, reply_templates
from casework.errors import (
    NotYourTemplate,
    TemplateIncomplete,
    TemplateTaken,
    UnfilledVariable,
    UnknownVariable,
)
from casework.models import Case, ReplyTemplate
from casework.reply_templates import Wording
from casework.template_variables import VARIABLES, example_of, fill_in
from office.models import ServicePoint, Staff
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db

SUPERVISOR = Staff.Role.SUPERVISOR


def a_case(name: str = "Chị Mai", *, topic: str = "") -> Case:
    case = cases.open_case(citizen(name), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    Case.objects.filter(pk=case.pk).update(topic=topic)
    case.refresh_from_db()
    return case


def names(case: Case, staff: Staff) -> list[str]:
    return [one.name for one in reply_templates.offered(case, staff)]


def test_what_is_known_is_filled_in_and_what_is_not_stays_and_is_told() -> None:
    ha, case = official("ha"), a_case(name="")
    filled = fill_in("Chào {ten_nguoi_dan}, {can_bo} đây, mã {ma_ho_so}.", case, ha)
    assert filled.text == f"Chào {{ten_nguoi_dan}}, Ha đây, mã {case.number}."
    assert filled.missing == ("ten_nguoi_dan",)


def test_the_counter_is_the_one_of_the_unit_that_has_the_case() -> None:
    unit, case = ward(), a_case()
    point = {"kind": "ward", "name": "Điểm Ba Đình", "address": "2 Trúc Bạch", "source": "thử"}
    ServicePoint.objects.create(code="ba-dinh", unit=unit, **point)
    assert fill_in("{diem_tiep_nhan}", case, official("ha")).missing == ("diem_tiep_nhan",)
    case.unit = unit
    assert fill_in("{diem_tiep_nhan}", case, official("la")).text == "Điểm Ba Đình, 2 Trúc Bạch"


def test_every_variable_has_an_example_and_says_what_it_is() -> None:
    for name, variable in VARIABLES.items():
        assert variable.says
        assert example_of(f"{{{name}}}") == variable.example


def test_a_reply_with_a_variable_left_is_not_sent() -> None:
    ha, case = official("ha"), a_case(name="")
    cases.claim(case, ha)
    with pytest.raises(UnfilledVariable, match="tên người dân"):
        cases.reply(case, ha, "Chào {ten_nguoi_dan}")
    assert not case.conversation.turns.filter(author="official").exists()
    cases.reply(case, ha, "Anh/chị ghi {x} vào ô số 3")


def test_a_variable_that_nobody_declared_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownVariable, match=r"\{ten\}.*\{ten_nguoi_dan\}"):
        reply_templates.make(Wording(name="Chào", text="Chào {ten}"), official("t", role=SUPERVISOR))


def test_templates_of_a_unit_are_offered_to_its_officials_and_common_ones_to_all() -> None:
    unit = ward()
    chief, team = official("t", unit, role=SUPERVISOR), official("tt", role=SUPERVISOR)
    reply_templates.make(Wording(name="Của phường", text="Mời anh/chị đến phường", unit=unit), chief)
    reply_templates.make(Wording(name="Dùng chung", text="Chào anh/chị"), team)
    assert names(a_case(), official("ha", unit)) == ["Của phường", "Dùng chung"]
    assert names(a_case(), official("minh")) == ["Dùng chung"]


def test_templates_on_the_topic_of_the_case_come_first_and_others_do_not() -> None:
    chief = official("tt", role=SUPERVISOR)
    for name, topic in (("A chung", ""), ("B đèn", "chieu_sang"), ("C rác", "rac_thai")):
        reply_templates.make(Wording(name=name, text="Chào anh/chị", topic=topic), chief)
    assert names(a_case(topic="chieu_sang"), chief) == ["B đèn", "A chung"]


def test_a_supervisor_keeps_templates_of_ones_own_units_only() -> None:
    unit, other = ward(), ward("Phường Khác")
    chief = official("t", unit, role=SUPERVISOR)
    for wording in (Wording(name="A", text="Chào", unit=other), Wording(name="A", text="Chào")):
        with pytest.raises(NotYourTemplate):
            reply_templates.make(wording, chief)
    with pytest.raises(NotYourTemplate):
        reply_templates.make(Wording(name="A", text="Chào", unit=unit), official("ha", unit))
    common = reply_templates.make(Wording(name="A", text="Chào"), official("tt", role=SUPERVISOR))
    with pytest.raises(NotYourTemplate):
        reply_templates.change(common, Wording(name="B", text="Chào", unit=unit), chief)
    with pytest.raises(NotYourTemplate):
        reply_templates.retire(common, chief)


def test_a_template_has_a_name_of_its_own_and_words() -> None:
    chief = official("tt", role=SUPERVISOR)
    reply_templates.make(Wording(name="Chào", text="Chào anh/chị"), chief)
    with pytest.raises(TemplateTaken):
        reply_templates.make(Wording(name="Chào", text="Khác"), chief)
    with pytest.raises(TemplateIncomplete):
        reply_templates.make(Wording(name="Chào nữa", text=" "), chief)


def test_a_retired_template_is_not_offered() -> None:
    chief = official("tt", role=SUPERVISOR)
    kept = reply_templates.make(Wording(name="Chào", text="Chào anh/chị"), chief)
    reply_templates.retire(kept, chief)
    assert names(a_case(), chief) == []
    reply_templates.retire(kept, chief, retired=False)
    assert names(a_case(), chief) == ["Chào"]


def test_the_templates_of_the_first_run_name_declared_variables_and_come_once() -> None:
    reply_templates.load_starter()
    reply_templates.load_starter()
    assert ReplyTemplate.objects.count() == 9
    found = reply_templates.offered_for("cho lau", a_case(), official("ha"))
    assert found == []
    assert [one.name for one in reply_templates.offered_for("xin", a_case(), official("minh"))] == [
        "Chào và xin phép xem hồ sơ",
        "Xin lỗi vì để chờ lâu",
    ]
