"""What a report is about and whether people are in danger, in our own cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.categories import is_urgent, rank_categories

CASES = [
    ("xe gom rác bỏ sót ngõ nhà tôi cả tuần", "rac_thai_ve_sinh"),
    ("do trom phe thai o bai dat trong", "rac_thai_ve_sinh"),
    ("mặt đường đầy ổ gà", "giao_thong_via_he"),
    ("đèn đỏ ngã tư hỏng, kẹt xe", "giao_thong_via_he"),
    ("gach via he bong troc", "giao_thong_via_he"),
    ("ngõ tối om vì đèn đường tắt", "chieu_sang"),
    ("bong den ngo bi chay", "chieu_sang"),
    ("cống tắc, mưa là ngập", "cap_thoat_nuoc"),
    ("mat nuoc 2 ngay nay", "cap_thoat_nuoc"),
    ("cành cây khô treo lơ lửng trên đầu", "cay_xanh"),
    ("quán hát karaoke ồn tới khuya", "tieng_on"),
    ("hàng quán lấn chiếm vỉa hè", "trat_tu_do_thi"),
    ("cho tha rong khong ro mom", "trat_tu_do_thi"),
    ("nhà bên xây trái phép thêm tầng", "xay_dung"),
    ("dây điện lòng thòng ở cột điện", "dien_vien_thong"),
    ("xưởng xả khói bụi mù mịt", "moi_truong_khong_khi"),
    ("quán cơm bán đồ ăn ôi thiu", "an_toan_thuc_pham"),
    ("chung cư khóa cửa thoát hiểm, không có bình chữa cháy", "pccc"),
    ("quy định nộp bản sao quá rườm rà", "thu_tuc_quy_dinh"),
    ("cán bộ một cửa hách dịch", "thai_do_phuc_vu"),
]


@pytest.mark.parametrize(("text", "category"), CASES)
def test_the_right_category_is_among_the_first_three(text: str, category: str) -> None:
    assert category in rank_categories(text)[:3]


def test_most_categories_come_first() -> None:
    assert sum(rank_categories(text)[0] == category for text, category in CASES) >= 0.85 * len(CASES)


def test_a_broken_street_light_is_no_broken_street() -> None:
    assert rank_categories("đèn đường hỏng cả tuần nay")[0] == "chieu_sang"
    assert rank_categories("đường hỏng cả tuần nay")[0] == "giao_thong_via_he"


def test_a_text_without_a_hint_is_other() -> None:
    assert rank_categories("có việc này muốn báo")[0] == "khac"


@given(st.text(max_size=300))
def test_every_ranking_holds_all_fifteen_once(text: str) -> None:
    ranking = rank_categories(text)
    assert len(ranking) == len(set(ranking)) == 15


@pytest.mark.parametrize(
    "text",
    [
        "hố ga mất nắp giữa đường",
        "ho ga mat nap o cong truong",
        "cột điện nghiêng sắp đổ",
        "dây điện đứt rơi xuống vỉa hè",
        "cây cổ thụ nghiêng về phía trường học",
        "ổ gà làm nhiều người ngã",
        "cả lớp bị ngộ độc sau bữa trưa",
    ],
)
def test_danger_to_people_is_urgent(text: str) -> None:
    assert is_urgent(text)


@pytest.mark.parametrize(
    "text",
    [
        "đèn đường hỏng",
        "rác không ai dọn",
        "quán hát ồn ào",
        "cây đổ chắn đường, không ai bị thương",
        "hố ga mất nắp đã khắc phục",
        "vỉa hè bị lấn chiếm",
        "",
    ],
)
def test_a_nuisance_is_not_urgent(text: str) -> None:
    assert not is_urgent(text)
