"""Variants of one procedure: taken apart by their titles, told apart by one fact, listed side by side."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.deciding_facts import FACTS, UNCLEAR
from knowledge_base.library import Hit
from knowledge_base.siblings import (
    Question,
    Settled,
    decide_between,
    labels,
    likely_siblings,
    saying_all,
    side_by_side,
)
from knowledge_base.variations import told, variation
from tests.knowledge_base.real_data import PORTAL, needs_portal

MARRIAGE = "Thủ tục đăng ký kết hôn"
ABROAD = "Thủ tục đăng ký kết hôn có yếu tố nước ngoài"
AGAIN = "Thủ tục đăng ký lại kết hôn"
LICENCE = "Cấp giấy phép lái xe"
PASSPORT = "Cấp hộ chiếu phổ thông ở trong nước (thực hiện tại cấp {})"


def hits(*named: tuple[str, float]) -> tuple[Hit, ...]:
    """Hits with their title for a code."""
    return tuple(
        Hit(code=title, title=title, score=share, share=share, features={}) for title, share in named
    )


def asked(*named: tuple[str, float], **known: str) -> Question | Settled | None:
    return decide_between(likely_siblings(hits(*named)), known)


@pytest.mark.parametrize(
    ("title", "matter", "sides"),
    [
        (MARRIAGE, "ket hon", {}),
        (ABROAD, "ket hon", {"foreign": "yes"}),
        ("Đăng ký lại khai tử", "khai tu", {"act": "again"}),
        ("Thủ tục đăng ký khai sinh lưu động", "khai sinh", {"mobile": "yes"}),
        (
            "Thủ tục đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con có yếu tố nước ngoài",
            "khai sinh",
            {"foreign": "yes", "parentage": "yes"},
        ),
        (LICENCE, "giay phep lai xe", {}),
        ("Cấp lại giấy phép lái xe", "giay phep lai xe", {"act": "again"}),
        (PASSPORT.format("tỉnh"), "ho chieu pho thong o trong nuoc", {"level": "province"}),
        (
            "Cấp thẻ thường trú cho người nước ngoài tại Việt Nam (thực hiện tại cấp Trung ương)",
            "the thuong tru cho nguoi nuoc ngoai tai viet nam",
            {"level": "ministry"},
        ),
        ("Cấp thẻ căn cước cho người dưới 14 tuổi", "the can cuoc", {"age": "under_14"}),
    ],
)
def test_a_title_is_a_matter_and_what_makes_it_special(
    title: str, matter: str, sides: dict[str, str]
) -> None:
    plain = {fact.key: fact.otherwise for fact in FACTS if fact.otherwise}
    assert variation(title).matter == matter
    assert variation(title).sides == {**plain, **sides}


def test_two_variants_that_hold_the_belief_are_told_apart_by_one_question() -> None:
    question = asked((ABROAD, 0.5), (MARRIAGE, 0.45), ("Đăng ký thường trú", 0.01))
    assert isinstance(question, Question)
    assert question.fact.key == "foreign"
    assert [side.label for side in question.sides] == ["Có", "Không"]
    assert question.codes == (ABROAD, MARRIAGE)


def test_three_acts_on_one_paper_are_one_question_with_three_buttons() -> None:
    question = asked((LICENCE, 0.4), ("Cấp lại giấy phép lái xe", 0.3), ("Đổi giấy phép lái xe", 0.25))
    assert isinstance(question, Question)
    assert [side.key for side in question.sides] == ["first", "again", "change"]


def test_the_level_is_asked_where_both_titles_name_it_and_not_where_one_is_silent() -> None:
    question = asked((PASSPORT.format("tỉnh"), 0.6), (PASSPORT.format("trung ương"), 0.3))
    assert isinstance(question, Question)
    assert question.fact.key == "level"
    assert (
        asked(("Cấp lại thẻ căn cước", 0.6), ("Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)", 0.3)) is None
    )


@pytest.mark.parametrize(
    "named",
    [
        ((MARRIAGE, 0.5), ("Thủ tục đăng ký khai sinh", 0.4)),  # two matters
        ((MARRIAGE, 0.4), (ABROAD, 0.3), (AGAIN, 0.2)),  # two facts
        ((MARRIAGE, 0.3), (ABROAD, 0.2), ("Đăng ký thường trú", 0.01)),  # most of the belief is elsewhere
        ((MARRIAGE, 0.9),),
        (),
    ],
)
def test_where_one_fact_does_not_do_it_nothing_is_asked(named: tuple[tuple[str, float], ...]) -> None:
    assert asked(*named) is None


def test_what_was_told_settles_it_and_what_could_not_be_told_is_not_asked_again() -> None:
    both = ((MARRIAGE, 0.5), (ABROAD, 0.45))
    assert asked(*both, foreign="yes") == Settled(code=ABROAD)
    assert asked(*both, foreign="no") == Settled(code=MARRIAGE)
    assert asked(*both, foreign=UNCLEAR) is None
    assert isinstance(asked(*both, act="first"), Question)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("tôi lấy chồng người Nhật, kết hôn cần gì", {"foreign": "yes"}),
        ("kết hôn với người nước ngoài", {"foreign": "yes"}),
        ("chồng em không phải người nước ngoài", {"foreign": "no"}),
        ("hai vợ chồng em đều là người Việt", {"foreign": "no"}),
        ("lam lai giay khai sinh", {"act": "again"}),
        ("em bị mất bằng lái", {"act": "again"}),
        ("bằng lái xe sắp hết hạn", {"act": "extend"}),
        # Look-alikes that tell nothing.
        ("làm lái xe cần giấy gì", {}),
        ("đăng ký kết hôn làm mất bao lâu", {}),
        ("người anh của em kết hôn", {}),
        ("đăng ký kết hôn ở đâu", {}),
    ],
)
def test_a_message_tells_a_fact_only_in_words_that_mean_it(text: str, facts: dict[str, str]) -> None:
    assert told(text) == facts


def test_siblings_stand_together_the_plain_one_first_unless_the_question_says_otherwise() -> None:
    found = hits((ABROAD, 0.4), ("Đăng ký thường trú", 0.3), (AGAIN, 0.2), (MARRIAGE, 0.1))
    plain_first = [hit.title for hit in side_by_side(found, "kết hôn")]
    assert plain_first == [MARRIAGE, ABROAD, AGAIN, "Đăng ký thường trú"]
    assert next(iter(side_by_side(found, "đăng ký lại kết hôn"))).title == AGAIN


def test_the_variant_that_says_all_that_was_told_is_found_behind_a_sibling() -> None:
    titles = {title: title for title in (LICENCE, MARRIAGE, ABROAD)}
    assert saying_all((LICENCE, MARRIAGE), titles, {"foreign": "yes"}) == ABROAD
    assert saying_all((LICENCE, MARRIAGE), titles, {}) == ""
    assert saying_all((LICENCE,), titles, {"foreign": "yes"}) == ""


def test_a_long_sibling_further_down_is_called_by_what_differs() -> None:
    assert labels([MARRIAGE, ABROAD, AGAIN, "Đăng ký thường trú"]) == (
        "Đăng ký kết hôn",
        "Như mục 1, có yếu tố nước ngoài",
        "Đăng ký lại kết hôn",
        "Đăng ký thường trú",
    )


def test_procedures_of_one_and_the_same_title_keep_it() -> None:
    assert labels([MARRIAGE, MARRIAGE]) == ("Đăng ký kết hôn", "Đăng ký kết hôn")


def test_a_title_that_is_only_an_act_is_named_whole() -> None:
    assert labels(["Thủ tục đăng ký", "Đăng ký"])[0] == "Đăng ký"


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.text(max_size=60))
def test_any_titles_and_words_are_safe(titles: list[str], words: str) -> None:
    found = hits(*((title, 1 / len(titles)) for title in titles))
    assert sorted(hit.title for hit in side_by_side(found, words)) == sorted(titles)
    assert len(labels(titles)) == len(titles)
    decide_between(likely_siblings(found), told(words))


@needs_portal
def test_of_the_national_titles_every_fact_tells_some_apart_and_each_question_leads_to_the_titles_side() -> (
    None
):
    lines = PORTAL.read_text(encoding="utf-8").splitlines()
    titles = sorted({json.loads(line)["ten_thu_tuc"] for line in lines})
    of_matter: dict[str, list[str]] = {}
    for title in titles:
        of_matter.setdefault(variation(title).matter, []).append(title)
    settled = set()
    for group in of_matter.values():
        for one in group:
            for other in group:
                question = asked((one, 0.5), (other, 0.5)) if one != other else None
                if isinstance(question, Question):
                    settled.add(question.fact.key)
                    for side, code in zip(question.sides, question.codes, strict=True):
                        assert variation(code).sides[question.fact.key] == side.key
    assert settled == {fact.key for fact in FACTS}
