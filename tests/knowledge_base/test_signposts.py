"""The answer about what is known and not held: the way there, and no content."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge_base.answering import answer, full_part
from knowledge_base.answers import UNREVIEWED, Fixed
from knowledge_base.content import CATALOGUE, PartName, Signpost
from tests.knowledge_base.contents import OFFICIAL, known_only


def test_a_signpost_names_who_settles_it_and_where_to_look():
    said = answer(known_only(), None)
    assert "kho chưa có nội dung" in said.text
    assert "Sở Văn hóa và Thể thao" in said.text
    assert "Bộ Văn hóa, Thể thao và Du lịch" in said.text
    assert said.url == "https://bvhttdl.gov.vn"
    assert all(isinstance(span, Fixed) for span in said.spans)
    assert (said.other_parts, said.complete) == ((), False)


@pytest.mark.parametrize("part", PartName)
def test_whatever_is_asked_the_same_signpost_answers(part: PartName):
    assert answer(known_only(), part) == full_part(known_only(), part) == answer(known_only(), None)


def test_without_a_hotline_no_figure_is_said():
    assert not any(letter.isdigit() for letter in answer(known_only(), None).text)
    called = replace(known_only(), signpost=Signpost(place="BHXH", hotline="1900 9068", online="Toàn trình"))
    assert "Điện thoại: 1900 9068." in answer(called, None).text
    assert "toàn trình" in answer(called, None).text


def test_our_own_entries_say_that_nobody_approved_them_and_official_lists_do_not():
    assert UNREVIEWED in answer(known_only(), None).text
    assert not answer(known_only(), None).reviewed
    assert UNREVIEWED not in answer(known_only(OFFICIAL), None).text
    approved = {CATALOGUE: replace(known_only().provenance[CATALOGUE], reviewed=True)}
    assert answer(replace(known_only(), provenance=approved), None).reviewed


def test_a_provider_s_service_is_not_called_a_procedure():
    service = replace(known_only(), signpost=Signpost(place="EVNHANOI", is_service=True))
    assert "không phải thủ tục hành chính" in answer(service, None).text
    assert "Thủ tục này có thật" not in answer(service, None).text
