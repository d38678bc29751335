"""Papers to tick off: every paper once, everyone's first, unsorted lists marked."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from knowledge_base.answering import NOT_READ_SURELY, checklist
from knowledge_base.checklist import BOX, announces, paper_groups
from knowledge_base.content import Document, DocumentGroup
from knowledge_base.quoting import MAY_NOT_CONCERN
from tests.knowledge_base.contents import known_only, procedure, procedures

FORM = Document(text="Tờ khai", originals=1, copies=2)
PROXY = Document(text="Văn bản uỷ quyền", condition="chỉ khi nhờ người khác", originals=1)
LEASE = Document(text="Hợp đồng thuê")


def group(heading: str, *papers: Document, edited: bool = True) -> DocumentGroup:
    return DocumentGroup(heading=heading, documents=papers, edited=edited)


@settings(max_examples=150)
@given(procedures())
def test_every_paper_stands_in_the_list_once(content):
    listed = Counter(paper for found in paper_groups(content) for paper in found.papers)
    assert listed == Counter(paper for found in content.documents for paper in found.documents)
    said = checklist(content)
    assert NOT_READ_SURELY not in said.text
    boxes = sum(line.startswith(BOX) for line in said.text.split("\n"))
    assert boxes >= sum(not announces(paper) for paper in listed)


def test_everyones_papers_come_first_and_the_others_under_their_condition():
    content = procedure(documents=(group("Giấy tờ", PROXY, FORM),))
    assert checklist(content).text.splitlines() == [
        "Ai cũng phải nộp:",
        "☐ Tờ khai (1 bản chính; 2 bản sao)",
        "Chỉ khi nhờ người khác:",
        "☐ Văn bản uỷ quyền (1 bản chính)",
    ]


def test_papers_of_a_special_case_stay_under_its_heading():
    content = procedure(documents=(group("Ai cũng phải nộp", FORM), group("Nhà thuê", LEASE)))
    assert [found.heading for found in paper_groups(content)] == ["Ai cũng phải nộp", "Nhà thuê"]


def test_an_unsorted_list_is_marked_and_keeps_its_order_and_conditions():
    content = procedure(documents=(group("", LEASE, PROXY, edited=False),))
    lines = checklist(content).text.splitlines()
    assert lines == [
        "Thành phần hồ sơ (chưa biên tập):",
        "☐ Hợp đồng thuê",
        "☐ Chỉ khi nhờ người khác: Văn bản uỷ quyền (1 bản chính)",
        MAY_NOT_CONCERN,
    ]


def test_what_only_announces_the_next_papers_has_no_box():
    content = procedure(documents=(group("Giấy tờ", Document(text="Nhà ở, hồ sơ gồm:"), FORM),))
    assert checklist(content).text.splitlines()[1:] == [
        "Nhà ở, hồ sơ gồm:",
        "☐ Tờ khai (1 bản chính; 2 bản sao)",
    ]


def test_without_papers_a_person_is_offered():
    said = checklist(procedure(documents=()))
    assert "chưa có thông tin" in said.text
    assert said.needs_person
    assert "kho chưa có nội dung" in checklist(known_only()).text
