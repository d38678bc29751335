"""The report form asks for what is missing, once, and keeps everything it is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import report_form
from bot.report_form import ReportForm, Said, Step
from conversations.messages import MediaReference, Position

PROBLEM = Said(text="Đống rác to bốc mùi", categories=("rac_thai_ve_sinh", "moi_truong_khong_khi"))
PHOTO = MediaReference(reference="a1")


def test_a_problem_in_one_s_own_words_gets_a_category_suggested_and_the_place_asked() -> None:
    form = report_form.start(PROBLEM)
    assert (form.category, form.step) == ("rac_thai_ve_sinh", Step.PLACE)


def test_a_place_in_the_first_sentence_is_not_asked_for() -> None:
    form = report_form.start(
        Said(
            text="rác ở đầu ngõ 250 Kim Giang",
            categories=("rac_thai_ve_sinh",),
            place="đầu ngõ 250 Kim Giang",
        )
    )
    assert (form.place, form.step) == ("đầu ngõ 250 Kim Giang", Step.PHOTO)


def test_a_shared_position_is_a_place() -> None:
    form = report_form.fill(
        report_form.start(PROBLEM), Said(position=Position(latitude=21.0, longitude=105.8))
    )
    assert form.step is Step.PHOTO


def test_a_photo_sent_before_the_words_is_kept_and_not_asked_for_again() -> None:
    form = report_form.start(Said(**{**vars(PROBLEM), "media": (PHOTO,)}))
    form = report_form.fill(form, Said(text="ngõ 36 phố Hoàng Ngọc Phách"))
    assert (form.media, form.step) == ((PHOTO,), Step.REVIEW)


def test_an_unclear_category_is_asked() -> None:
    form = report_form.start(Said(text="có chuyện này", categories=("khac",)))
    assert form.step is Step.CATEGORY
    assert report_form.choose_category(form, "tieng_on").step is Step.PLACE


@pytest.mark.parametrize(
    ("words", "categories", "category", "added"),
    [
        ("tiếng ồn", ("tieng_on",), "tieng_on", False),
        ("nhà bên hát karaoke tới khuya", ("tieng_on",), "tieng_on", True),
        ("gì cũng được", ("khac",), "khac", False),
    ],
)
def test_a_category_told_in_words_is_taken_and_not_asked_for_in_a_circle(
    words: str, categories: tuple[str, ...], category: str, added: bool
) -> None:
    form = report_form.start(Said(text="có chuyện này", categories=("khac",)))
    form = report_form.fill(form, Said(text=words, categories=categories))
    assert (form.category, form.step) == (category, Step.PLACE)
    assert (words in form.text) is added


def test_the_place_is_asked_at_most_twice() -> None:
    form = report_form.start(PROBLEM)
    form = report_form.fill(form, Said())
    assert form.step is Step.PLACE
    form = report_form.fill(form, Said())
    assert form.step is Step.PHOTO


def test_a_report_on_a_rule_needs_neither_place_nor_photo() -> None:
    form = report_form.start(Said(text="thủ tục rườm rà", categories=("thu_tuc_quy_dinh",)))
    assert (form.kind, form.step) == ("regulation", Step.REVIEW)


def test_words_said_at_the_review_are_added_not_lost() -> None:
    form = report_form.start(PROBLEM)
    form = report_form.decline_photo(report_form.fill(form, Said(text="ngõ 36")))
    form = report_form.fill(form, Said(text="đã ba tuần rồi"))
    assert form.text.endswith("đã ba tuần rồi")
    assert form.step is Step.REVIEW


@pytest.mark.parametrize("step", [Step.TEXT, Step.CATEGORY, Step.PLACE, Step.PHOTO])
def test_any_field_can_be_asked_for_again(step: Step) -> None:
    form = report_form.start(PROBLEM)
    form = report_form.decline_photo(report_form.fill(form, Said(text="ngõ 36")))
    assert report_form.ask_again(form, step).step is step


said = st.builds(
    Said,
    text=st.text(max_size=40),
    categories=st.sampled_from([("khac",), ("tieng_on",), ("thai_do_phuc_vu",), ("thu_tuc_quy_dinh",), ()]),
    place=st.sampled_from(["", "ngõ 1"]),
    position=st.none() | st.just(Position(latitude=21.0, longitude=105.8)),
    media=st.sampled_from([(), (PHOTO,)]),
)


@given(first=said, rest=st.lists(said, max_size=12))
def test_whatever_is_said_the_form_never_asks_for_what_it_has(first: Said, rest: list[Said]) -> None:
    form = report_form.start(first)
    for message in rest:
        form = report_form.fill(form, message)
        assert isinstance(form, ReportForm)
        assert not (form.step is Step.TEXT and form.text)
        assert not (form.step is Step.CATEGORY and form.category)
        assert not (form.step is Step.PLACE and (form.place or form.position))
        assert not (form.step is Step.PHOTO and form.media)
