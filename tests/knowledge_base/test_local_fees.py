"""The city's rule beside a national fee: two lines, by kind and who sets it; never a false nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings

from knowledge_base.answering import CHAT_LIMIT, answer, full_part
from knowledge_base.answers import Answer, Fixed, Quoted
from knowledge_base.content import Fee, MethodKind, PartName, ProcedureContent
from knowledge_base.fee_kinds import FeeKind, FeeSetter, charged
from knowledge_base.flags import is_plainly_free
from knowledge_base.local_fees import ASK_WHICH
from knowledge_base.number_guard import numbers
from tests.knowledge_base.contents import method, procedure, procedures
from tests.knowledge_base.local_rules import STARTER_VALUES, here, value
from tests.knowledge_base.real_data import national_contents, needs_portal

ONLINE, COUNTER = MethodKind.ONLINE, MethodKind.COUNTER
CITY = {"agencies": ("Ủy ban nhân dân cấp xã",), "field": "Hộ tịch"}
BY_MINISTRY = Fee(text="8,000 VNĐ", amount=8_000, note="Lệ phí theo Thông tư 281/2016/TT-BTC")
BY_COUNCIL = Fee(text="", note="Mức lệ phí do Hội đồng nhân dân cấp tỉnh quyết định")
APPRAISAL = Fee(text="900,000 VNĐ", amount=900_000, note="Phí thẩm định theo Thông tư 35/2021/TT-BTC")
SILENT = Fee(text="50.000 đồng/di chúc", amount=50_000)


def both_ways(*fees: Fee, **changes: object) -> ProcedureContent:
    ways = (method(ONLINE, fees=fees), method(COUNTER, fees=fees))
    return procedure(**{**CITY, "methods": ways, **changes})  # type: ignore[arg-type]


def fee_lines(said: Answer) -> list[str]:
    return [span.text for span in said.spans if isinstance(span, Quoted) and span.local]


def test_what_the_ministry_sets_is_supported_online_and_paid_at_the_counter_under_the_national_amount():
    said = answer(both_ways(BY_MINISTRY), PartName.FEE, here())
    assert fee_lines(said) == [
        "- Trực tuyến: phí, lệ phí do Bộ Tài chính quy định: được Thành phố hỗ trợ toàn bộ",
        "- Tại quầy: đóng đủ mức theo quy định, kể cả tại điểm hỗ trợ dịch vụ công số",
    ]
    assert "8.000 đồng" in said.text
    assert ASK_WHICH not in said.text


def test_what_the_council_sets_is_nothing_online():
    said = answer(both_ways(BY_COUNCIL), PartName.FEE, here())
    assert fee_lines(said)[0].endswith("Hội đồng nhân dân Thành phố quy định: 0 đồng")


def test_appraising_a_dossier_is_left_out_of_the_support():
    said = answer(both_ways(APPRAISAL), PartName.FEE, here())
    assert "phí thẩm định hồ sơ: không được hỗ trợ, đóng đủ mức" in fee_lines(said)[0]
    assert "hỗ trợ toàn bộ" not in said.text
    assert "0 đồng" not in fee_lines(said)[0]


def test_a_fee_of_unknown_kind_is_told_case_by_case_with_what_to_ask():
    said = answer(both_ways(SILENT), PartName.FEE, here())
    online = fee_lines(said)[0]
    for case in (
        "Hội đồng nhân dân Thành phố quy định: 0 đồng",
        "Bộ Tài chính quy định:",
        "phí thẩm định hồ sơ:",
    ):
        assert case in online
    assert ASK_WHICH in said.text
    assert "50.000 đồng/di chúc" in said.text


def test_the_source_and_that_nobody_checked_it_stand_below_and_the_records_source_stays_the_citation():
    content = both_ways(BY_MINISTRY)
    said = answer(content, PartName.FEE, here())
    sources = [span for span in said.spans if isinstance(span, Fixed) and span.source]
    (source,) = sources
    assert "Nghị quyết 77/2025/NQ-HĐND, từ 01/01/2026; chưa duyệt, cần kiểm tra với cán bộ" in source.text
    assert (said.decision, said.reviewed) == (content.decision, True)
    checked = here(value(method=ONLINE, reviewed_by="Phạm Quang Huy"))
    assert "; đã duyệt.)" in answer(content, PartName.FEE, checked).text


def test_police_are_not_spoken_for_by_the_city():
    police = both_ways(BY_MINISTRY, agencies=("Công an cấp xã",), field="Căn cước")
    said = answer(police, PartName.FEE, here())
    assert not fee_lines(said)
    assert "do cơ quan Công an giải quyết, anh/chị hỏi nơi đó" in said.text


def test_where_the_state_settles_it_too_the_rule_says_that_it_is_the_citys():
    both = both_ways(BY_MINISTRY, levels=("Cấp bộ", "Cấp tỉnh"), agencies=("Sở Xây dựng",))
    assert "khi nơi giải quyết là cơ quan của Thành phố:" in answer(both, PartName.FEE, here()).text


@pytest.mark.parametrize(
    "content",
    [
        both_ways(Fee(text="Miễn phí")),
        procedure(**CITY, methods=(method(COUNTER, fees=(BY_MINISTRY,)),)),
        both_ways(BY_MINISTRY, levels=("Cấp bộ",)),
    ],
)
def test_nothing_is_added_where_nothing_is_paid_or_no_online_way_is_known_or_no_city_settles_it(content):
    assert answer(content, PartName.FEE, here()) == answer(content, PartName.FEE)


def test_a_rule_holds_on_its_first_and_last_day_and_not_outside_them():
    rule = value(method=ONLINE, effective_from=date(2026, 1, 1), effective_to=date(2026, 6, 30))
    content = both_ways(BY_MINISTRY)
    held = {
        day: "0 đồng" in "".join(fee_lines(answer(content, PartName.FEE, here(rule, day=day))))
        for day in (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert list(held.values()) == [True, True, False]
    assert "từ 01/01/2026 đến hết 30/06/2026" in answer(content, PartName.FEE, here(rule)).text


def test_a_rule_that_is_to_come_is_announced_and_does_not_hold_yet():
    rule = value(method=ONLINE, text="5.000 đồng", effective_from=date(2026, 4, 1))
    said = answer(both_ways(BY_MINISTRY), PartName.FEE, here(rule))
    assert fee_lines(said) == ["- Từ ngày 01/04/2026 thay đổi, trực tuyến: 5.000 đồng"]
    assert "Tại Hà Nội:" not in said.text


def test_the_narrower_rule_holds_one_procedure_before_its_field_before_the_city():
    city, field = (
        value(key="city", text="giá chung"),
        value(key="field", text="giá lĩnh vực", field="hộ tịch"),
    )
    one = value(key="one", text="", amount=2_000, procedure="1.004222")
    for rules, expected in (((city, field, one), "2.000 đồng"), ((city, field), "giá lĩnh vực")):
        assert expected in fee_lines(answer(both_ways(BY_MINISTRY), PartName.FEE, here(*rules)))[0]


def test_the_overview_points_to_the_citys_rule():
    assert "Hà Nội có quy định riêng" in answer(both_ways(BY_MINISTRY), None, here()).text
    assert "Hà Nội có quy định riêng" not in answer(both_ways(Fee(text="Miễn phí")), None, here()).text


def test_the_overview_points_once_to_the_fees_when_the_source_says_more_too():
    long = replace(BY_MINISTRY, note="Lệ phí theo Thông tư 281/2016/TT-BTC. " + "Người nộp xem bảng. " * 20)
    text = answer(both_ways(long), None, here()).text
    assert text.count("anh/chị bấm “Phí, lệ phí”") == 1
    assert "Nguồn còn ghi thêm, Hà Nội có quy định riêng" in text


@settings(max_examples=100)
@given(procedures())
def test_every_number_of_a_local_line_stands_in_its_rule(content):
    for say in (answer, full_part):
        for part in PartName:
            for span in say(content, part, here()).spans:
                if isinstance(span, Quoted) and span.local:
                    assert numbers(span.text) <= numbers("\n".join(span.local))


@settings(max_examples=100)
@given(procedures())
def test_nothing_to_pay_is_only_said_of_what_the_council_sets(content):
    said = answer(content, PartName.FEE, here())
    for line in fee_lines(said):
        assert line.count("0 đồng") == line.count("Hội đồng nhân dân Thành phố quy định: 0 đồng")
    assert len(said.text) <= CHAT_LIMIT + 100


KINDS = {
    "Lệ phí hộ tịch": {FeeKind.CHARGE},
    "Phí thẩm định cấp giấy phép": {FeeKind.APPRAISAL},
    "Phí cấp bản sao trích lục": {FeeKind.FEE},
    "Xin thêm bản sao trích lục thì nộp phí theo Thông tư": {FeeKind.FEE},
    "Giá dịch vụ kiểm tra": {FeeKind.OTHER},
    "Phí: 100.000 đồng/hồ sơ": {FeeKind.FEE, FeeKind.APPRAISAL},
    "theo quy định của Luật phí và lệ phí": set(FeeKind),
    "Thông tư miễn một số khoản phí, lệ phí": set(FeeKind),
}
SETTERS = {
    "do Hội đồng nhân dân cấp tỉnh": {FeeSetter.COUNCIL},
    "Thông tư 281/2016/TT-BTC": {FeeSetter.FINANCE_MINISTRY},
    "HĐND, căn cứ Thông tư 85/2019/TT-BTC": {FeeSetter.COUNCIL, FeeSetter.FINANCE_MINISTRY},
    "do Ủy ban nhân dân cấp tỉnh quy định": {FeeSetter.OTHER},
    "20.000 đồng": set(FeeSetter),
}


@pytest.mark.parametrize(("words", "kinds"), KINDS.items())
def test_the_kind_of_a_fee_is_read_from_its_words_and_stays_open_where_they_are_general(words, kinds):
    assert charged(method(fees=(Fee(text="1", note=words),)))[0].kinds == kinds


@pytest.mark.parametrize(("words", "setters"), SETTERS.items())
def test_who_sets_a_fee_is_read_from_its_words(words, setters):
    assert charged(method(fees=(Fee(text="1", note=words),)))[0].setters == setters


def test_the_price_of_a_service_is_no_fee_that_the_ministry_supports():
    service = Fee(text="Miễn phí", note="Giá dịch vụ theo quy định của Bộ Tài chính")
    assert "hỗ trợ toàn bộ" not in answer(both_ways(service), PartName.FEE, here()).text


def test_the_rules_of_the_starter_content_leave_no_two_for_one_fee_without_one_being_narrower():
    fees = [rule for rule in STARTER_VALUES if rule.part is PartName.FEE]
    for one, other in combinations(fees, 2):
        assert one.narrowness != other.narrowness or (one.setter, one.method) != (other.setter, other.method)


@needs_portal
def test_no_national_procedure_is_told_a_fee_of_nothing_without_its_council():
    told = 0
    for content in national_contents():
        said = answer(content, PartName.FEE, here())
        assert len(said.text) <= CHAT_LIMIT + 100
        lines = fee_lines(said)
        told += bool(lines)
        if lines and "0 đồng" in lines[0] and ASK_WHICH not in said.text:
            words = " ".join(
                f"{fee.text} {fee.note}"
                for way in content.methods
                for fee in way.fees
                if not is_plainly_free(fee)
            ) + " ".join(way.note for way in content.methods)
            assert "hội đồng nhân dân" in words.lower() or "hđnd" in words.lower(), content.code
    assert told >= 250
