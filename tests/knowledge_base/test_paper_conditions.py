"""Conditions of papers out of the source's words. Words are quoted from real records, named by code."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.answering import answer, full_part
from knowledge_base.content import Document, DocumentGroup, PartName
from knowledge_base.paper_conditions import with_conditions
from knowledge_base.quoting import NOT_EDITED, papers_for_all
from tests.knowledge_base.contents import procedure
from tests.knowledge_base.real_data import national_contents, needs_portal


def group(*papers: str, heading: str = "", edited: bool = False) -> DocumentGroup:
    return DocumentGroup(
        heading=heading, documents=tuple(Document(text=paper) for paper in papers), edited=edited
    )


def read(paper: str) -> tuple[str, str]:
    (one,) = with_conditions([group(paper)])
    return one.documents[0].condition, one.documents[0].text


@pytest.mark.parametrize(
    ("words", "condition", "paper"),
    [
        ("(ii) Giấy ủy quyền (nếu có)", "nếu có", "(ii) Giấy ủy quyền"),  # 2.002610
        ("Vận đơn (nếu có);", "nếu có", "Vận đơn"),  # 1.009095
        (
            "Thẻ công chứng viên đang sử dụng (trong trường hợp Thẻ bị hỏng)",  # 1.013830
            "trong trường hợp Thẻ bị hỏng",
            "Thẻ công chứng viên đang sử dụng",
        ),
        ("- Trường hợp ủy quyền: Văn bản ủy quyền", "Trường hợp ủy quyền", "- Văn bản ủy quyền"),
    ],
)
def test_a_phrase_that_stands_for_one_whole_paper_is_its_condition(words, condition, paper):
    assert read(words) == (condition, paper)


@pytest.mark.parametrize(
    "words",
    [
        "Đơn đề nghị (nếu có)",  # what is missing is within the application, never the application
        "Tờ khai của vợ, chồng (nếu có)",
        "Bản sao Giấy phép; văn bản ủy quyền (nếu có)",
        "Hợp đồng và phụ lục hợp đồng (nếu có)",
        "Báo cáo có xác nhận của cơ quan thuế (nếu có)",
        "Bản sao Giấy chứng nhận (trường hợp nộp qua dịch vụ bưu chính)",  # in which form, not whether
        "Quyết định thành lập (đối với trường hợp gửi trên môi trường điện tử)",
        "Giấy khai sinh (trừ trường hợp đã có dữ liệu)",
        "Giấy chứng nhận (nếu là bản sao thì phải có chứng thực)",
        "Giấy xác nhận (đối với mỗi đợt thanh toán)",
        "Giấy chứng nhận (đối với tổ chức)",  # nobody else is named: it may be everybody
        "Đối với người yêu cầu: Thẻ căn cước",
        "Trường hợp ủy quyền thì văn bản ủy quyền phải được công chứng",
        "Đơn của người khuyết tật (nếu có) theo mẫu",
        "Biên bản (nếu có) và danh sách",
    ],
)
def test_a_paper_that_everyone_may_need_never_becomes_only_when(words):
    assert read(words) == ("", words)


def test_for_some_is_read_where_the_record_names_the_others_too():
    (one,) = with_conditions(
        [group("Thẻ đảng viên (đối với đảng viên)", "Thẻ đoàn viên (đối với đoàn viên)", "Ảnh chân dung")]
    )
    assert [paper.condition for paper in one.documents] == ["đối với đảng viên", "đối với đoàn viên", ""]
    assert one.read


def test_a_list_of_a_case_carries_the_case_and_is_not_for_all():
    groups = with_conditions(
        [group("Phương án kinh doanh"), group("Biên bản mất giấy", heading="* Trường hợp bị mất:")]
    )
    assert [(each.condition, each.read) for each in groups] == [("", True), ("Trường hợp bị mất", True)]
    content = procedure(documents=groups)
    assert [paper.text for paper in papers_for_all(content)] == ["Phương án kinh doanh"]
    assert NOT_EDITED not in full_part(content, PartName.DOCUMENTS).text


def test_cases_that_name_the_same_papers_leave_none_for_everyone():
    first, second = with_conditions(
        [
            group("Giấy đề nghị cấp thẻ mới"),
            group("Giấy đề nghị cấp thẻ lần hai", heading="Trường hợp mất"),
        ]
    )
    assert not first.read
    assert second.read


@pytest.mark.parametrize(
    "heading",
    [
        "Trường hợp khai thác được dữ liệu thì người nộp không phải nộp giấy tờ sau:",
        "(2) Đối với trường hợp 2, hồ sơ bao gồm:",
        "Đối với tất cả các tổ chức:",
        "Trường hợp (1)",
        "Đối với tổ chức:",
        "Hồ sơ của người nhận con nuôi",
    ],
)
def test_a_heading_that_is_no_certain_case_leaves_its_list_unsorted(heading):
    (one,) = with_conditions([group("Giấy xác nhận", heading=heading)])
    assert (one.condition, one.read) == ("", False)


@pytest.mark.parametrize(
    "papers",
    [
        ("Một trong các giấy tờ sau:", "Hộ khẩu"),
        ("Thẻ căn cước", "Hộ chiếu"),
        ("- Giấy tờ phải nộp", "+ Giấy xác nhận"),
        ("Giấy xác nhận khi chưa có dữ liệu",),
        ("không quy định",),
        (),
    ],
)
def test_a_list_with_anything_left_to_sort_is_said_to_be_unsorted(papers):
    (one,) = with_conditions([group(*papers)])
    assert not one.read
    assert (
        NOT_EDITED
        in full_part(procedure(documents=(one, group("Giấy khác nếu cần"))), PartName.DOCUMENTS).text
    )


def test_what_a_person_sorted_is_left_as_it_is():
    edited = group("Giấy ủy quyền (nếu có)", heading="Trường hợp nào cũng vậy", edited=True)
    assert with_conditions([edited]) == (edited,)


def test_an_overview_lists_what_everyone_hands_in_without_the_rest():
    content = procedure(documents=with_conditions([group("Đơn đăng ký", "Giấy ủy quyền (nếu có)")]))
    text = answer(content, None).text
    assert "Ai cũng phải nộp:\n- Đơn đăng ký" in text
    assert "Giấy ủy quyền" not in text
    assert "Nếu có: Giấy ủy quyền" in answer(content, PartName.DOCUMENTS).text


words = st.text(alphabet=st.sampled_from(list("aăđBC 1.,;:()+-\n")), max_size=40)
phrases = st.sampled_from(["", "nếu có", "(nếu có)", "Trường hợp ", "đối với ", "(đối với tổ chức)", ": "])
texts = st.lists(words | phrases, max_size=5).map("".join)
groups_of_papers = st.lists(
    st.builds(lambda heading, papers: group(*papers, heading=heading), texts, st.lists(texts, max_size=4)),
    max_size=3,
)


@given(groups_of_papers)
def test_no_letter_of_any_paper_is_lost_and_reading_again_changes_nothing(groups):
    after = with_conditions(groups)
    assert [letters(one) for one in after] == [letters(one) for one in groups]
    assert with_conditions(after) == after


def letters(one: DocumentGroup) -> Counter[str]:
    papers = "".join(paper.text + paper.condition for paper in one.documents)
    return Counter(char for char in one.heading + papers if char.isalnum())


@needs_portal
def test_of_the_national_records_a_good_part_is_sorted_and_no_application_is_for_some_only():
    contents = national_contents()
    whole = [content for content in contents if content.documents and all(g.read for g in content.documents)]
    assert len(whole) > 600
    conditional = [
        paper.text
        for content in contents
        for g in content.documents
        for paper in g.documents
        if paper.condition
    ]
    assert len(conditional) > 60
    assert not [text for text in conditional if text.lstrip("-+ ").lower().startswith(("đơn ", "tờ khai"))]
