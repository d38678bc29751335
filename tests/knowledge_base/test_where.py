"""Where papers are handed in: who takes them, the counters of the ward that was named, nothing invented."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answering import answer
from knowledge_base.answers import Quoted
from knowledge_base.content import PartName
from knowledge_base.number_guard import numbers
from knowledge_base.receivers import CENTRAL, COMMITTEE, LAND, POLICE, SOCIAL_INSURANCE, TAX, receiver_of
from knowledge_base.where import ASK_WARD
from office.counters import CounterKind
from tests.knowledge_base.contents import procedure
from tests.knowledge_base.local_rules import HOTLINE, TODAY, counter, here
from tests.knowledge_base.real_data import national_contents, needs_portal

CITY = procedure(agencies=("Ủy ban nhân dân cấp xã",), field="Hộ tịch")
LANG, BA_DINH = counter(), counter(name="Điểm phục vụ phường Ba Đình", unit="00004")
CENTRE = counter(
    kind=CounterKind.CENTRE_BRANCH,
    name="Chi nhánh số 1",
    unit="",
    address="258 Võ Chí Công",
    hours="8h–17h",
    phone="024.1022",
    booking="trên iHanoi",
    checked_on=date(2026, 2, 1),
)

RECEIVERS = [
    (("Công an cấp Xã",), "Đăng ký, quản lý cư trú", POLICE),
    (("Cục Cảnh sát giao thông, Công an tỉnh",), "Đường bộ", POLICE),
    (("Văn phòng đăng ký đất đai, Chi nhánh Văn phòng đăng ký đất đai",), "Đất đai", LAND),
    (("Thuế tỉnh, thành phố, Thuế cơ sở",), "Thuế", TAX),
    (("Bảo hiểm xã hội cấp Tỉnh",), "Thực hiện chính sách BHXH", SOCIAL_INSURANCE),
    (("Ủy ban nhân dân cấp xã",), "Hộ tịch", COMMITTEE),
    (("Sở Tư pháp",), "Luật sư", COMMITTEE),
    (("Cơ quan đăng ký kinh doanh cấp xã",), "Hộ kinh doanh", COMMITTEE),
    ((), "Thuế", TAX),
    ((), "Cấp, quản lý căn cước", POLICE),
    (("Cơ quan phối hợp: Công an cấp Xã",), "Hộ tịch", COMMITTEE),
    (("Công an tỉnh", "Cơ quan phối hợp: Ủy ban nhân dân cấp xã"), "Chính sách", POLICE),
    (("Chủ tịch Ủy ban nhân dân xã, Văn phòng đăng ký đất đai",), "Đất đai", None),
    (("Cơ sở đăng kiểm",), "Đăng kiểm", None),
    ((), "Thủy lợi", None),
    (("Cơ quan có thẩm quyền: Bảo hiểm xã hội Việt Nam",), "Hộ tịch", COMMITTEE),
]


@pytest.mark.parametrize(("agencies", "field", "receiver"), RECEIVERS)
def test_who_takes_the_papers_is_read_from_agencies_and_else_from_the_field(agencies, field, receiver):
    assert receiver_of(procedure(agencies=agencies, field=field)) == receiver


def test_a_procedure_of_ministries_alone_is_not_the_wards():
    ministry = procedure(agencies=("Cục Hàng không Việt Nam",), field="Hàng không", levels=("Cấp bộ",))
    assert receiver_of(ministry) == CENTRAL


@needs_portal
def test_the_national_records_fall_to_the_counters_of_their_own():
    counts: dict[str, int] = {}
    for content in national_contents():
        receiver = receiver_of(content)
        counts[receiver.name if receiver else ""] = counts.get(receiver.name if receiver else "", 0) + 1
        if "cư trú" in content.field or "căn cước" in content.field:
            assert receiver == POLICE, content.code
        if content.field == "Thuế":
            assert receiver in {TAX, None}, content.code
    assert counts[POLICE.name] > 300
    assert counts[TAX.name] > 130
    assert counts[SOCIAL_INSURANCE.name] > 20
    assert counts[LAND.name] > 25
    assert counts[COMMITTEE.name] > 600


def test_the_counter_of_the_ward_that_was_named_is_told_and_no_other_wards():
    said = answer(CITY, PartName.WHERE, here(counters=(LANG, BA_DINH, CENTRE), ward="00199"))
    assert "Điểm phục vụ phường Láng: chưa có địa chỉ, anh/chị gọi 024.1022 để hỏi" in said.text
    assert "Ba Đình" not in said.text
    assert ASK_WARD not in said.text


def test_without_a_ward_it_is_asked_for_and_the_centre_is_told():
    text = answer(CITY, PartName.WHERE, here(counters=(LANG, BA_DINH, CENTRE))).text
    assert ASK_WARD in text
    assert (
        "Chi nhánh số 1: 258 Võ Chí Công; giờ làm việc: 8h–17h; điện thoại: 024.1022; đặt lịch: trên iHanoi."
        in text
    )
    assert "Láng" not in text


def test_papers_are_taken_anywhere_in_the_city_with_the_source_of_that_rule():
    text = answer(CITY, PartName.WHERE, here()).text
    assert "không phụ thuộc địa giới hành chính" in text
    assert "Nghị định 118/2025/NĐ-CP, từ 01/07/2025; chưa duyệt" in text


def test_police_papers_are_not_sent_to_ward_counters_and_an_unknown_address_is_said_to_be_unknown():
    text = answer(
        procedure(), PartName.WHERE, here(counters=(LANG, CENTRE), ward="00199", ward_name="Phường Láng")
    ).text
    assert "Nơi nhận là cơ quan Công an" in text
    assert "Chưa có địa chỉ cơ quan Công an ở Phường Láng, anh/chị gọi 024.1022 để hỏi." in text
    assert "Điểm phục vụ" not in text
    assert "không phụ thuộc địa giới" not in text


def test_the_police_of_the_ward_are_told_when_they_are_known():
    police = counter(kind=CounterKind.POLICE, name="Công an phường Láng", address="10 phố Láng")
    text = answer(procedure(), PartName.WHERE, here(counters=(police,), ward="00199")).text
    assert "Công an phường Láng: 10 phố Láng" in text
    assert ASK_WARD in answer(procedure(), PartName.WHERE, here(counters=(police,))).text


def test_a_counter_that_serves_other_fields_or_is_closed_is_not_told():
    other = counter(name="Quầy đất đai", fields=("Đất đai",))
    closed = counter(name="Quầy cũ", valid_to=date(2026, 3, 1))
    last_day = counter(name="Quầy hôm nay", valid_to=TODAY)
    text = answer(CITY, PartName.WHERE, here(counters=(other, closed, last_day), ward="00199")).text
    assert "Quầy hôm nay" in text
    assert "Quầy đất đai" not in text
    assert "Quầy cũ" not in text


def test_where_nothing_is_published_the_counters_are_still_told():
    silent = procedure(agencies=(), field="Hộ tịch")
    said = answer(silent, PartName.WHERE, here(counters=(LANG,), ward="00199"))
    assert "chưa có thông tin" in said.text
    assert "Điểm phục vụ phường Láng" in said.text


def test_who_is_of_no_known_kind_is_not_said_to_sit_at_the_citys_counters():
    lawyers = procedure(agencies=("Trung tâm trợ giúp pháp lý nhà nước",), levels=("Cấp tỉnh",))
    text = answer(lawyers, PartName.WHERE, here(counters=(LANG, CENTRE), ward="00199")).text
    assert "Chưa có địa chỉ nơi nhận, anh/chị gọi 024.1022 để hỏi." in text
    assert "Điểm phục vụ" not in text
    assert "không phụ thuộc địa giới" not in text


def test_a_ward_does_not_narrow_what_is_settled_above_it():
    police = counter(kind=CounterKind.POLICE, name="Công an phường Láng")
    passports = procedure(agencies=("Công an cấp Tỉnh",), levels=("Cấp tỉnh",))
    text = answer(passports, PartName.WHERE, here(counters=(police,), ward="00199", ward_name="Láng")).text
    assert "Công an phường Láng" not in text
    assert "Chưa có địa chỉ cơ quan Công an, anh/chị gọi" in text


def test_where_the_record_is_silent_the_field_says_who_takes_the_papers():
    text = answer(procedure(agencies=(), field="Thuế"), PartName.WHERE, here()).text
    assert "Nơi nhận là cơ quan Thuế" in text


def test_every_number_of_a_counters_line_is_the_counters():
    said = answer(CITY, PartName.WHERE, here(counters=(CENTRE, LANG), ward="00199"))
    quoted = [span for span in said.spans if isinstance(span, Quoted) and span.local]
    assert quoted
    for span in quoted:
        assert numbers(span.text) <= numbers("\n".join(span.local))
    assert HOTLINE in said.text


def test_results_by_post_stand_above_the_national_text_for_the_citys_procedures_only():
    lines = answer(CITY, PartName.RESULT, here()).text.splitlines()
    assert "được trả qua bưu chính" in lines[0]
    assert lines[1].startswith("(Quy định của Hà Nội: thông báo của Trung tâm")
    assert lines[2] == "Thông báo"
    assert answer(procedure(), PartName.RESULT, here()).text == "Thông báo"


@pytest.mark.parametrize(
    ("url", "is_told"), [("https://dichvucong.gov.vn/dat-lich", True), ("https://gov.vn.example.com", False)]
)
def test_only_a_page_of_a_state_body_is_told_for_booking(url, is_told):
    said = answer(CITY, PartName.WHERE, here(counters=(counter(booking_url=url),), ward=LANG.unit)).text
    assert (url in said) is is_told
    assert "example" not in said
