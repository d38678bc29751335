"""What an article answers: the section asked for, with its source; a rule is no procedure's fee."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.answers import UNREVIEWED, Fixed, Quoted
from knowledge_base.article import ArticleContent, Section
from knowledge_base.article_answering import (
    A_RULE_NOT_A_FEE,
    answer_article,
    answer_section,
    section_asked,
    whole_article,
)
from knowledge_base.content import PartName
from knowledge_base.errors import UnsafeAnswer
from knowledge_base.fitting import CHAT_LIMIT
from knowledge_base.here import Here
from knowledge_base.number_guard import check
from tests.knowledge_base.contents import STARTER, article, articles
from tests.knowledge_base.test_articles import ours


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("iparking là gì thế", "la-gi"),
        ("gui xe het bao nhieu tien", "gia"),
        ("hỏi tổng đài nào", "hoi-o-dau"),
    ],
)
def test_the_section_that_the_words_ask_for_is_quoted_with_or_without_marks(asked: str, key: str):
    said = answer_article(article(), asked=asked)
    assert said.section
    assert said.section.key == key
    assert {span.part for span in said.spans if isinstance(span, Quoted)} == {key}
    assert [section.key for section in said.others] == [
        other.key for other in article().sections if other.key != key
    ]


def test_a_fee_asked_for_decides_before_the_words():
    found = section_asked(article(), "iparking là gì", part=PartName.FEE)
    assert found
    assert found.key == "gia"


def test_where_or_how_is_one_sign_among_the_words():
    alone = section_asked(article(), "liên lạc", part=PartName.WHERE)
    assert alone
    assert alone.key == "hoi-o-dau"
    worded = section_asked(article(), "ứng dụng tìm chỗ đỗ ô tô ở đâu", part=PartName.WHERE)
    assert worded
    assert worded.key == "la-gi"


def test_words_that_fit_no_section_get_the_first_one():
    said = answer_article(article(), asked="đỗ")
    assert section_asked(article(), "xyz") is None
    assert said.section == article().sections[0]


def test_a_figure_that_no_section_is_about_is_said_to_be_missing_and_offers_a_person():
    said = answer_article(article(), asked="iparking mất bao lâu", part=PartName.TIME)
    assert "không nói về “Thời hạn giải quyết”" in said.text
    assert said.needs_person
    assert not said.complete


def test_a_fee_in_an_article_is_called_a_rule_and_not_a_procedure_s_fee():
    said = answer_article(article(), part=PartName.FEE)
    assert "25.000 đồng" in said.text
    assert A_RULE_NOT_A_FEE in said.text


def test_source_date_and_state_of_review_come_with_the_answer():
    said = answer_article(article(), asked="là gì")
    assert (said.decision, said.updated, said.reviewed) == (STARTER.decision, STARTER.date, False)
    assert said.text.endswith(UNREVIEWED)
    approved = answer_article(article(replace(STARTER, reviewed=True)), asked="là gì")
    assert approved.reviewed
    assert UNREVIEWED not in approved.text


def test_a_long_section_is_cut_at_a_sentence_and_whole_one_tap_away():
    long = Section(key="dai", heading="Dài", text="\n".join(f"Câu số {n} của mục này." for n in range(80)))
    content = article(sections=(long,), provenance={"dai": STARTER})
    short, full = answer_article(content), answer_section(content, "dai", in_full=True)
    assert short.is_cut
    assert len(short.text) <= CHAT_LIMIT
    assert "Câu số 79" in full.text
    assert not full.is_cut


def test_the_whole_article_has_every_heading_and_text():
    text = whole_article(article()).text
    for section in article().sections:
        assert section.heading in text
        assert section.text in text


def test_an_unknown_section_of_an_old_button_gets_the_first():
    assert answer_section(article(), "khong-con").section == article().sections[0]


def test_past_its_last_day_nothing_is_quoted_any_more():
    content = article(valid_to="2026-12-31")
    assert answer_article(content, asked="giá", here=Here(day=date(2026, 12, 31))).quotes
    over = Here(day=date(2027, 1, 1))
    for said in (answer_article(content, here=over), whole_article(content, over)):
        assert not said.quotes
        assert said.needs_person
        assert "31/12/2026" in said.text


def test_before_its_first_day_the_day_is_said_first():
    said = answer_article(article(valid_from="2027-01-01"), here=Here(day=date(2026, 11, 22)))
    assert said.text.startswith("Từ ngày 01/01/2027 mới áp dụng:")


@given(content=articles(), asked=st.text(max_size=60), part=st.none() | st.sampled_from(list(PartName)))
def test_no_figure_is_said_that_the_section_does_not_hold(
    content: ArticleContent, asked: str, part: PartName | None
):
    for said in (answer_article(content, asked=asked, part=part), whole_article(content)):
        check(content, said)


def test_the_guard_stops_a_figure_of_another_section():
    said = answer_section(article(), "la-gi")
    wrong = Quoted(text="Hai giờ đầu 25.000 đồng.", part="la-gi", provenance=STARTER)
    with pytest.raises(UnsafeAnswer, match="25000"):
        check(article(), replace(said, spans=(wrong,)))
    with pytest.raises(UnsafeAnswer):
        check(article(), replace(said, spans=(Fixed(text="Phí 5.000 đồng."),)))


def test_every_section_of_ours_is_asked_for_by_its_own_heading():
    for content in ours():
        for section in content.sections:
            assert section_asked(content, section.heading) == section, (content.code, section.key)
