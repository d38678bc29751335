"""What a citizen reads: figures only from the quoted part, "miễn phí" never against a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import number_guard
from knowledge_base.answering import (
    CHAT_LIMIT,
    NOT_READ_SURELY,
    PART_LABELS,
    UNREVIEWED,
    answer,
    full_part,
)
from knowledge_base.answers import Answer, Fixed
from knowledge_base.content import (
    Document,
    DocumentGroup,
    Fee,
    Lead,
    MethodKind,
    Origin,
    PartName,
    ProcedureContent,
    Provenance,
    TimeLimit,
)
from knowledge_base.flags import flags_of
from knowledge_base.here import Here
from knowledge_base.number_guard import numbers
from knowledge_base.parts import present_parts
from knowledge_base.quoting import (
    FEE_IS_LOCAL,
    FEE_IS_NOT_THE_TAX,
    FEE_IS_UNCLEAR,
    MAY_NOT_CONCERN,
    UNIT_IS_LOST,
)
from knowledge_base.sources import portal
from knowledge_base.sources.records import Record
from tests.knowledge_base.contents import OFFICIAL, STARTER, method, procedure, procedures
from tests.knowledge_base.real_data import PORTAL, needs_portal

ONLINE, COUNTER, POST = MethodKind.ONLINE, MethodKind.COUNTER, MethodKind.POST


TODAY = Here(day=date(2026, 11, 20))


def everything_said(content: ProcedureContent, here: Here) -> Iterator[Answer]:
    for part in [None, *PartName]:
        yield answer(content, part, here)
    for part in PartName:
        yield full_part(content, part, here)


def fee_answer(*fees: Fee, flags: tuple[str, ...] = ()) -> Answer:
    return answer(procedure(methods=(method(fees=fees),), flags=flags), PartName.FEE)


@settings(max_examples=200)
@given(procedures(), st.dates(date(2025, 1, 1), date(2035, 12, 31)))
def test_no_answer_needs_the_number_guard(content, day):
    for said in everything_said(content, Here(day=day)):
        assert NOT_READ_SURELY not in said.text
        number_guard.check(content, said)


@settings(max_examples=100)
@given(procedures())
def test_a_chat_answer_fits_a_phone_and_the_whole_part_is_one_tap_away(content):
    for part in [None, *PartName]:
        said = answer(content, part)
        assert 0 < len(said.text) <= CHAT_LIMIT + 100
        assert said.other_parts == tuple(other for other in present_parts(content) if other is not part)
    for part in present_parts(content):
        assert full_part(content, part).complete


@pytest.mark.heavy
@needs_portal
def test_the_national_answers_need_no_guard_and_are_short():
    contents = [record.content for record in portal.read(PORTAL) if isinstance(record, Record)]
    assert len(contents) > 2_000
    for content in contents:
        for said in everything_said(content, TODAY):
            assert NOT_READ_SURELY not in said.text, content.code
        assert all(len(answer(content, part).text) <= CHAT_LIMIT + 250 for part in [None, *PartName])


def test_a_typed_amount_reads_as_dong_and_other_words_stay_as_published():
    assert "Tại quầy: 20.000 đồng" in fee_answer(Fee(text="20,000 Việt Nam Đồng", amount=20_000)).text
    assert "20.000 đồng/lần" in fee_answer(Fee(text="20.000 đồng/lần", amount=20_000)).text
    assert "145 USD" in fee_answer(Fee(text="145 USD")).text


def test_a_fee_is_always_shown_with_its_note():
    said = fee_answer(Fee(text="20,000 VNĐ", amount=20_000, note="giảm một nửa cho trẻ em"))
    assert "20.000 đồng (ghi chú: giảm một nửa cho trẻ em)" in said.text


@pytest.mark.parametrize(
    ("note", "caution"),
    [
        ("- Dưới 5 tấn: 50.000 đồng/giấy", FEE_IS_UNCLEAR),
        ("Mức thu do Hội đồng nhân dân quyết định", FEE_IS_LOCAL),
    ],
)
@pytest.mark.parametrize("say", [answer, full_part])
def test_free_is_never_said_where_the_note_gives_a_fee(note, caution, say):
    content = procedure(methods=(method(fees=(Fee(text="Miễn phí", note=note),)),))
    said = say(content, PartName.FEE)
    assert note in said.text
    assert "miễn phí" not in said.text.lower()
    assert caution in said.text


def test_free_is_the_filing_and_not_the_tax_that_is_declared():  # 1.007674
    free = (method(fees=(Fee(text="Miễn phí"),)),)
    declared = procedure(
        title="Khai thuế TNCN với cá nhân chuyển nhượng bất động sản", field="Thuế", methods=free
    )
    assert FEE_IS_NOT_THE_TAX in answer(declared, PartName.FEE).text
    assert FEE_IS_NOT_THE_TAX in answer(declared, None).text
    assert "fee_beside_a_tax" in flags_of(declared)
    registered = procedure(title="Đăng ký thuế lần đầu", field="Thuế", methods=free)
    assert FEE_IS_NOT_THE_TAX not in answer(registered, PartName.FEE).text
    assert "fee_beside_a_tax" not in flags_of(registered)


def test_free_beside_a_note_that_points_to_a_rule_is_quoted_with_a_caution():
    said = fee_answer(Fee(text="Miễn phí", note="Theo Thông tư về mức thu phí"))
    assert "“Miễn phí” kèm ghi chú: Theo Thông tư về mức thu phí" in said.text
    assert "hỏi cán bộ mức phải nộp" in said.text


@pytest.mark.parametrize("cell", [(), (Fee(text="Miễn phí"),)])
def test_a_fee_told_in_the_description_only_is_quoted_from_there(cell):  # 1.011441
    note = "Nộp tại quầy.\nPhí, lệ phí (nếu có): Hội đồng nhân dân cấp tỉnh quyết định."
    said = answer(procedure(methods=(method(fees=cell, note=note),)), PartName.FEE)
    assert "theo mô tả của nguồn: Phí, lệ phí (nếu có): Hội đồng nhân dân cấp tỉnh quyết định." in said.text
    assert "Nộp tại quầy" not in said.text
    assert "miễn phí" not in said.text.lower()


def test_methods_with_different_fees_have_a_line_each():
    content = procedure(
        methods=(
            method(ONLINE, fees=(Fee(text="10,000 VNĐ", amount=10_000),)),
            method(COUNTER, fees=(Fee(text="20,000 VNĐ", amount=20_000),)),
            method(POST, fees=(Fee(text="20,000 VNĐ", amount=20_000),)),
        )
    )
    lines = answer(content, PartName.FEE).text.splitlines()
    assert lines[:2] == ["- Trực tuyến: 10.000 đồng", "- Tại quầy, qua bưu chính: 20.000 đồng"]


def test_an_amount_that_lost_its_thousands_is_said_to_be_unclear():
    said = fee_answer(Fee(text="120 VNĐ"), flags=("fee_amount_doubtful",))
    assert "nguồn ghi “120 VNĐ”, chưa rõ mức" in said.text


def test_a_time_without_unit_gives_no_number():
    content = procedure(methods=(method(time=TimeLimit(text="1")),))
    said = answer(content, PartName.TIME)
    assert UNIT_IS_LOST in said.text
    assert not numbers(said.text)


def test_a_typed_time_reads_in_plain_words():
    assert answer(procedure(), PartName.TIME).text == "- Tại quầy: 7 ngày làm việc"


@pytest.mark.parametrize("say", [answer, full_part])
def test_an_empty_part_says_so_and_offers_a_person(say):
    said = say(procedure(), PartName.CONDITIONS)
    assert "chưa có thông tin" in said.text
    assert "gặp cán bộ" in said.text
    assert not said.complete
    assert all(isinstance(span, Fixed) for span in said.spans)


def test_papers_for_everyone_come_before_those_only_some_need():
    papers = (
        Document(text="Văn bản uỷ quyền", condition="chỉ khi nhờ người khác", originals=1),
        Document(text="Tờ khai", originals=1, copies=2, form="tk.docx"),
    )
    group = DocumentGroup(heading="Giấy tờ phải nộp", documents=papers, edited=True)
    said = answer(procedure(documents=(group,)), PartName.DOCUMENTS)
    assert said.text.splitlines() == [
        "Giấy tờ phải nộp:",
        "- Tờ khai (1 bản chính; 2 bản sao; mẫu: tk.docx)",
        "- Chỉ khi nhờ người khác: Văn bản uỷ quyền (1 bản chính)",
    ]


def test_a_paper_of_a_special_case_is_not_given_as_everyones():
    groups = (
        DocumentGroup(heading="Ai cũng phải nộp", documents=(Document(text="Tờ khai"),), edited=True),
        DocumentGroup(heading="Nhà thuê", documents=(Document(text="Hợp đồng thuê"),), edited=True),
    )
    lines = answer(procedure(documents=groups), None).text.splitlines()
    assert lines[:2] == ["Ai cũng phải nộp:", "- Tờ khai"]
    assert "Hợp đồng thuê" not in "".join(lines)
    assert any("Còn giấy tờ khác" in line for line in lines)


def test_a_long_overview_still_says_where_to_go():
    long = tuple(Document(text=f"Giấy tờ {n} " + "rất dài " * 20) for n in range(5))
    group = DocumentGroup(heading="Ai cũng phải nộp", documents=long, edited=True)
    notes = Fee(text="20,000 VNĐ", amount=20_000, note="Người được miễn phải xuất trình giấy tờ. " * 9)
    content = procedure(
        STARTER,
        lead=Lead(text="Ghi tên nơi ở lâu dài. " * 5, provenance=STARTER),
        documents=(group,),
        methods=(method(ONLINE, fees=(notes,)), method(COUNTER, fees=(notes, notes))),
    )
    assert "Công an cấp xã" in answer(content, None).text


def test_an_unsorted_list_of_papers_says_that_it_is_unedited():
    said = answer(procedure(), PartName.DOCUMENTS)
    assert "(chưa biên tập)" in said.text
    assert MAY_NOT_CONCERN in said.text


def test_a_long_part_is_cut_at_a_sentence_and_says_that_there_is_more():
    content = procedure(
        steps="\n".join(f"Bước {n}: nộp hồ sơ tại quầy số {n}. Chờ gọi tên." for n in range(80))
    )
    said = answer(content, PartName.STEPS)
    assert not said.complete
    assert len(said.text) <= CHAT_LIMIT
    assert len(full_part(content, PartName.STEPS).text) > 3000


def test_the_caution_stays_when_a_long_fee_note_is_cut():
    said = fee_answer(Fee(text="Miễn phí", note="Mức 50.000 đồng. " * 200))
    assert "hỏi cán bộ mức phải nộp" in said.text
    assert not said.complete


def test_police_papers_are_not_sent_to_the_ward_office():
    assert "không phải quầy của Ủy ban nhân dân" in answer(procedure(), PartName.WHERE).text
    ward = procedure(agencies=("Ủy ban nhân dân cấp xã",), receiving_address="Số 1 phố Huế")
    text = answer(ward, PartName.WHERE).text
    assert "không phải quầy" not in text
    assert "Số 1 phố Huế" in text


def test_the_overview_gives_lead_papers_time_fee_and_place():
    content = procedure(STARTER, lead=Lead(text="Ghi tên nơi ở lâu dài.", provenance=STARTER))
    lines = answer(content, None).text.splitlines()
    assert lines[0] == "Ghi tên nơi ở lâu dài. (lời tóm tắt của Một Cửa, chưa duyệt)"
    assert lines[-1] == UNREVIEWED
    for label in ("Thời hạn giải quyết:", "Phí, lệ phí:", "Nơi nộp:"):
        assert label in lines


def test_the_overview_does_not_open_with_the_beginning_of_a_long_unsorted_list():
    papers = tuple(Document(text=f"Trường hợp {n}: " + "giấy tờ rất dài " * 10) for n in range(9))
    group = DocumentGroup(heading="", documents=papers, edited=False)
    text = answer(procedure(documents=(group,)), None).text
    assert "Trường hợp" not in text
    assert "Giấy tờ cần nộp" in text


@pytest.mark.parametrize(
    ("source", "reviewed"),
    [(OFFICIAL, True), (STARTER, False), (replace(STARTER, reviewed=True), True)],
)
def test_unreviewed_starter_content_says_so(source, reviewed):
    said = answer(procedure(source), PartName.STEPS)
    assert said.reviewed is reviewed
    assert (UNREVIEWED in said.text) is not reviewed


def test_an_answer_cites_the_source_of_its_part():
    edited = Provenance(
        origin=Origin.EDITOR, decision="99/QĐ", url="https://hanoi.gov.vn/x", date="2026-08-01", reviewed=True
    )
    content = procedure()
    content = replace(content, provenance={**content.provenance, "fee": edited})
    said = answer(content, PartName.FEE)
    assert (said.decision, said.url, said.updated) == ("99/QĐ", "https://hanoi.gov.vn/x", "2026-08-01")
    assert answer(content, PartName.TIME).decision == OFFICIAL.decision


def test_a_procedure_known_by_name_only_still_gets_an_honest_overview():
    bare = procedure(agencies=(), methods=(), documents=(), steps="", result="", forms=(), legal_basis=())
    said = answer(bare, None)
    assert "gặp cán bộ" in said.text
    assert not said.complete


def test_every_part_has_a_label_of_its_own():
    assert set(PART_LABELS) == set(PartName)
    assert len(set(PART_LABELS.values())) == len(PartName)
