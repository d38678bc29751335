"""The glued tables of papers. Cells are quoted from real records, named by code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content import Document
from knowledge_base.sources.portal_documents import HEADER, read_documents


def papers(cells: str) -> list[Document]:
    return [paper for group in read_documents(cells).groups for paper in group.documents]


def test_headings_part_the_papers_into_groups():
    tables = read_documents(
        f"Giấy tờ phải nộp{HEADER}Tờ khai1 bản chính"
        f"Giấy tờ phải xuất trình{HEADER}Hộ chiếu0 bản chính,1 bản sao"
    )
    first, second = tables.groups
    assert (first.heading, second.heading) == ("Giấy tờ phải nộp", "Giấy tờ phải xuất trình")
    assert first.documents == (Document(text="Tờ khai", originals=1),)
    assert second.documents == (Document(text="Hộ chiếu", originals=0, copies=1),)
    assert not first.edited


def test_a_dash_is_no_heading_and_a_dash_alone_is_nothing():
    (group,) = read_documents(f"--{HEADER}Tờ khai1 bản chính").groups
    assert group.heading == ""
    assert read_documents("--").groups == ()


def test_a_count_within_prose_belongs_to_the_paper():
    assert papers(f"--{HEADER}- 01 bản chính Đơn đề nghị (1 bản chính hoặc bản sao)2 bản chính") == [
        Document(text="- 01 bản chính Đơn đề nghị (1 bản chính hoặc bản sao)", originals=2)
    ]


def test_a_year_before_a_count_keeps_its_four_digits():
    assert papers(f"--{HEADER}Đơn theo Nghị định ngày 25/6/20241 bản chính") == [
        Document(text="Đơn theo Nghị định ngày 25/6/2024", originals=1)
    ]


def test_a_count_glued_to_another_number_is_left_in_the_text_and_flagged():
    tables = read_documents(f"--{HEADER}Đơn theo Mẫu số 181 bản chínhGiấy khác1 bản chính")
    assert tables.groups[0].documents[0] == Document(text="Đơn theo Mẫu số 181 bản chính")
    assert tables.groups[0].documents[1].originals == 1
    assert "document_count_glued" in tables.flags


@pytest.mark.parametrize(
    ("cell", "text", "form"),
    [
        ("ngày 27/12/2021;Mus08.docx", "ngày 27/12/2021;", "Mus08.docx"),
        ("Nghị định số 258/2025/NĐ-CPMẫu số 01.docx", "Nghị định số 258/2025/NĐ-CP", "Mẫu số 01.docx"),
        ("Bản khai cá nhân (Mẫu số 03).Mẫu 03.TT41.doc", "Bản khai cá nhân (Mẫu số 03).", "Mẫu 03.TT41.doc"),
        ("đường bộvăn bản đề nghị.docx", "đường bộvăn bản đề nghị.docx", ""),
    ],
)
def test_the_file_of_a_form_is_parted_only_where_it_surely_begins(cell, text, form):
    (paper,) = papers(f"--{HEADER}{cell}1 bản chính")
    assert (paper.text, paper.form) == (text, form)


def test_text_without_a_table_is_one_flagged_paper():  # 2.002338
    tables = read_documents("phải được kê khai trên các biểu mẫu điện tử")
    assert tables.groups[0].documents[0].text == "phải được kê khai trên các biểu mẫu điện tử"
    assert "documents_without_table" in tables.flags


def test_words_after_the_last_count_are_kept():
    assert papers(f"--{HEADER}Đơn1 bản chínhTại Bước 7: +")[-1].text == "Tại Bước 7: +"


@given(st.text(max_size=300))
def test_any_text_reads_without_an_error(text):
    read_documents(text)
    read_documents(HEADER.join([text, text]))
