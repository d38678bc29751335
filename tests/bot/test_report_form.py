"""The report form asks for what is missing, once, and keeps everything it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import form_changes, form_filling, report_form, report_replies
from bot.place_words import is_vague
from bot.report_form import ReportForm, Said, Step
from conversations.messages import MediaReference, Position

PROBLEM = Said(text="Đống rác to bốc mùi", categories=("rac_thai_ve_sinh", "moi_truong_khong_khi"))
PHOTO = MediaReference(reference="a1")


def test_a_problem_in_one_s_own_words_gets_a_category_suggested_and_the_place_asked() -> None:
    form = form_filling.start(PROBLEM)
    assert (form.category, form.step) == ("rac_thai_ve_sinh", Step.PLACE)


def test_a_place_in_the_first_sentence_is_not_asked_for() -> None:
    form = form_filling.start(
        Said(
            text="rác ở đầu ngõ 250 Kim Giang",
            categories=("rac_thai_ve_sinh",),
            place="đầu ngõ 250 Kim Giang",
        )
    )
    assert (form.place, form.step) == ("đầu ngõ 250 Kim Giang", Step.PHOTO)


def test_a_shared_position_is_a_place() -> None:
    form = form_filling.fill(
        form_filling.start(PROBLEM), Said(position=Position(latitude=21.0, longitude=105.8))
    )
    assert form.step is Step.WARD
    assert form_filling.passed_by(form).step is Step.PHOTO


def test_a_photo_sent_before_the_words_is_kept_and_not_asked_for_again() -> None:
    form = form_filling.start(Said(**{**vars(PROBLEM), "media": (PHOTO,)}))
    form = form_filling.fill(form, Said(text="ngõ 36 phố Hoàng Ngọc Phách"))
    assert (form.media, form.step) == ((PHOTO,), Step.REVIEW)


def test_an_unclear_category_is_asked() -> None:
    form = form_filling.start(Said(text="có chuyện này", categories=("khac",)))
    assert form.step is Step.CATEGORY
    assert form_filling.choose_category(form, "tieng_on").step is Step.PLACE


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
    form = form_filling.start(Said(text="có chuyện này", categories=("khac",)))
    form = form_filling.fill(form, Said(text=words, categories=categories))
    assert (form.category, form.step) == (category, Step.PLACE)
    assert (words in form.text) is added


def test_the_place_is_asked_at_most_twice() -> None:
    form = form_filling.start(PROBLEM)
    form = form_filling.fill(form, Said())
    assert form.step is Step.PLACE
    form = form_filling.fill(form, Said())
    assert form.step is Step.PHOTO


def test_a_report_on_a_rule_needs_neither_place_nor_photo() -> None:
    form = form_filling.start(Said(text="thủ tục rườm rà", categories=("thu_tuc_quy_dinh",)))
    assert (form.kind, form.step) == ("regulation", Step.REVIEW)


def test_words_said_at_the_review_are_added_not_lost() -> None:
    form = form_filling.start(PROBLEM)
    form = form_filling.decline_photo(form_filling.fill(form, Said(text="ngõ 36")))
    form = form_filling.fill(form, Said(text="đã ba tuần rồi"))
    assert form.text.endswith("đã ba tuần rồi")
    assert form.step is Step.REVIEW


@pytest.mark.parametrize("step", [Step.TEXT, Step.CATEGORY, Step.PLACE, Step.PHOTO])
def test_any_field_can_be_asked_for_again(step: Step) -> None:
    form = form_filling.start(PROBLEM)
    form = form_filling.decline_photo(form_filling.fill(form, Said(text="ngõ 36")))
    asked = form_changes.edit(form, step)
    assert asked.step is step
    assert (asked.text, asked.category, asked.place) == (form.text, form.category, form.place)
    assert form_changes.keep(asked) == form


@pytest.mark.parametrize(
    ("step", "told", "changed"),
    [
        (Step.TEXT, Said(text="rác và chuột"), {"text": "rác và chuột"}),
        (Step.CATEGORY, Said(text="tiếng ồn", categories=("tieng_on",)), {"category": "tieng_on"}),
        (Step.PLACE, Said(text="ngõ 40 phố Huế", place="ngõ 40 phố Huế"), {"place": "ngõ 40 phố Huế"}),
        (Step.PHOTO, Said(media=(PHOTO,)), {"media": (PHOTO,)}),
    ],
)
def test_a_field_told_anew_is_replaced_and_the_rest_stays(
    step: Step, told: Said, changed: dict[str, object]
) -> None:
    form = form_filling.decline_photo(form_filling.fill(form_filling.start(PROBLEM), Said(text="ngõ 36")))
    after = form_changes.tell_anew(form_changes.edit(form, step), told)
    assert after == replace(form, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "denied", "place"),
    [
        ("ngõ 30", "", "ngõ 30 phố Huế"),
        ("ngõ 30", "20", "ngõ 30 phố Huế"),
        ("ngách 2", "", "ngách 2"),
        ("ngõ 7 phố Vọng", "", "ngõ 7 phố Vọng"),
    ],
)
def test_a_place_is_put_right_in_the_part_that_is_told_anew(told: str, denied: str, place: str) -> None:
    form = form_filling.fill(form_filling.start(PROBLEM), Said(text="ngõ 20 phố Huế", place="ngõ 20 phố Huế"))
    after = form_changes.correct_place(form, Said(text=f"à không, {told}", place=told), denied=denied)
    assert (after.place, after.text) == (place, form.text)


def test_a_wrong_place_in_the_story_is_put_right_beside_it_for_the_official() -> None:
    told = Said(text="rác ở ngõ 20 phố Huế", categories=("rac_thai_ve_sinh",), place="ngõ 20 phố Huế")
    after = form_changes.correct_place(
        form_filling.start(told), Said(text="à không, ngõ 30", place="ngõ 30"), denied="20"
    )
    assert after.text == "rác ở ngõ 20 phố Huế\nà không, ngõ 30"


def test_more_of_the_story_where_the_place_was_asked_is_no_place() -> None:
    form = form_filling.fill(form_filling.start(PROBLEM), Said(text="hôi lắm, ba ngày rồi", tells=True))
    assert (form.place, form.step) == ("", Step.PLACE)
    assert form.text.endswith("hôi lắm, ba ngày rồi")


def test_a_place_told_in_two_messages_is_one_place() -> None:
    form = form_filling.fill(form_filling.start(PROBLEM), Said(text="ngõ 5"))
    form = form_filling.fill(form, Said(text="ngõ 5 phố Huế", place="ngõ 5 phố Huế"))
    assert (form.place, form.step) == ("ngõ 5 phố Huế", Step.PHOTO)


ROUGH = Said(text="rác gần chợ Hôm", categories=("rac_thai_ve_sinh",), place="gần chợ Hôm")


def test_a_landmark_alone_is_asked_about_once_and_then_taken_as_it_was_told() -> None:
    form = form_filling.start(ROUGH)
    assert (form.place, form.step) == ("gần chợ Hôm", Step.PLACE)
    assert "“gần chợ Hôm”" in report_replies.form_question(form).text
    form = form_filling.fill(form, Said(text="thì gần chợ đó, chỗ hàng cá ạ"))
    assert (form.place, form.step) == ("gần chợ Hôm; thì gần chợ đó, chỗ hàng cá", Step.PHOTO)
    assert "tôi ghi vào nơi" in report_replies.form_question(form).text


def test_a_rough_answer_to_where_is_asked_about_once_more_and_no_third_time() -> None:
    form = form_filling.fill(form_filling.start(PROBLEM), Said(text="chỗ trường học"))
    assert (form.place, form.step) == ("chỗ trường học", Step.PLACE)
    assert form_filling.fill(form, Said(text="trường học ấy")).step is Step.PHOTO


@pytest.mark.parametrize(
    "more",
    [
        {"ward": "00004"},
        {"position": Position(latitude=21.0, longitude=105.8)},
        {"categories": ("thai_do_phuc_vu",)},
    ],
)
def test_a_landmark_with_its_ward_or_a_position_is_exact_enough(more: dict[str, object]) -> None:
    assert form_filling.start(replace(ROUGH, **more)).step is not Step.PLACE  # type: ignore[arg-type]


@pytest.mark.parametrize("at_review", [False, True])
@pytest.mark.parametrize(
    ("text", "place"), [("phía Lò Đúc, đầu ngõ 12", "đầu ngõ 12"), ("số 12 nhé", "số 12 nhé")]
)
def test_a_place_told_late_goes_into_the_place(text: str, place: str, at_review: bool) -> None:
    form = form_filling.fill(form_filling.start(ROUGH), Said(text="gần chợ"))
    form = form_filling.decline_photo(form) if at_review else form
    after = form_filling.fill(form, Said(text=text, place=place))
    assert after.place.endswith(f"; {text.removesuffix(' nhé')}")
    assert (after.text, after.step) == (form.text, form.step)


def test_a_story_told_late_gives_a_rough_place_the_one_it_names_and_leaves_an_exact_one() -> None:
    said = Said(text="hôm qua ở ngõ 7 cũng có, bẩn lắm", place="ngõ 7 cũng có")
    rough = form_filling.fill(form_filling.start(ROUGH), Said(text="gần chợ"))
    exact = form_filling.start(replace(ROUGH, place="ngõ 5 phố Huế"))
    assert "ngõ 7" in form_filling.fill(rough, said).place
    after = form_filling.fill(exact, said)
    assert after.place == "ngõ 5 phố Huế"
    assert after.text.endswith(said.text)


def test_the_same_is_asked_three_times_at_most_each_time_in_other_words() -> None:
    form = form_filling.start(PROBLEM)
    said = []
    while not report_form.is_worn_out(form):
        said.append(report_replies.form_question(form).text)
        form = report_form.again(form)
    said.append(report_replies.form_question(form).text)
    assert len(said) == len(set(said)) == report_form.ASKED_AT_MOST


said = st.builds(
    Said,
    text=st.text(max_size=40),
    categories=st.sampled_from([("khac",), ("tieng_on",), ("thai_do_phuc_vu",), ("thu_tuc_quy_dinh",), ()]),
    place=st.sampled_from(["", "ngõ 1", "gần chợ"]),
    position=st.none() | st.just(Position(latitude=21.0, longitude=105.8)),
    media=st.sampled_from([(), (PHOTO,)]),
)


@given(first=said, rest=st.lists(said, max_size=12))
def test_whatever_is_said_the_form_never_asks_for_what_it_has(first: Said, rest: list[Said]) -> None:
    form = form_filling.start(first)
    for message in rest:
        form = form_filling.fill(form, message)
        assert isinstance(form, ReportForm)
        assert not (form.step is Step.TEXT and form.text)
        assert not (form.step is Step.CATEGORY and form.category)
        assert not (form.step is Step.PLACE and (form.position or (form.place and not is_vague(form.place))))
        assert not (form.step is Step.PHOTO and form.media)


@pytest.mark.parametrize(
    ("accuracy", "told"), [(None, ""), (12.0, ""), (800.0, "máy báo sai số khoảng 800 m")]
)
def test_the_review_says_when_the_phone_is_far_from_sure_of_a_position(
    accuracy: float | None, told: str
) -> None:
    position = Position(latitude=21.0, longitude=105.8, accuracy=accuracy)
    form = ReportForm(text="Đèn tắt", category="chieu_sang", step=Step.REVIEW, position=position)
    shown = report_replies.form_question(form).text
    assert "vị trí đã chia sẻ" in shown
    assert told in shown
    assert ("sai số" in shown) == bool(told)
