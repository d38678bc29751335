"""Reading what a report is about and whether it is urgent: the examples, the blend, the model kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.categories import rank_categories
from nlu.errors import TrainingDataProblem
from nlu.kept_models import kept
from nlu.report_classifier import ReportClassifier
from nlu.report_examples import REPORT_EXAMPLES, read_report_examples
from nlu.text import clean, fold, has_diacritics

CATEGORIES = set(rank_categories(""))


def test_every_category_has_sixty_examples_a_third_of_them_without_marks() -> None:
    examples = read_report_examples()
    held = Counter(example.category for example in examples)
    assert set(held) == CATEGORIES
    assert min(held.values()) >= 60
    assert sum(not has_diacritics(example.text) for example in examples) >= len(examples) / 3
    assert sum(example.urgent for example in examples) >= 100


def test_no_two_examples_say_the_same_and_all_are_clean() -> None:
    texts = [json.loads(line)["text"] for line in REPORT_EXAMPLES.read_text(encoding="utf-8").splitlines()]
    assert len({fold(text) for text in texts}) == len(texts)
    assert [text for text in texts if text != clean(text)] == []


def test_examples_that_do_not_read_are_told_with_what_they_need(tmp_path: Path) -> None:
    broken = tmp_path / "examples.jsonl"
    broken.write_text('{"text": "rác"}\n', encoding="utf-8")
    with pytest.raises(TrainingDataProblem, match="category"):
        read_report_examples(broken)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("ba hôm nay chưa thấy xe lấy rác, ngõ hôi quá", "rac_thai_ve_sinh"),
        ("den ngo toi tat ca tuan", "chieu_sang"),
        ("quán nhậu cạnh nhà hát tới 1h sáng k ngủ dc", "tieng_on"),
        ("xin bỏ bớt giấy tờ khi làm thẻ bảo hiểm, quy định rườm rà quá", "thu_tuc_quy_dinh"),
        ("can bo quay tiep dan noi nang coc loc", "thai_do_phuc_vu"),
        ("em nhặt được cái ví ở công viên", "khac"),
    ],
)
def test_the_category_of_plain_reports_comes_first(
    report_classifier: ReportClassifier, text: str, category: str
) -> None:
    assert report_classifier.categories(text)[0] == category


@pytest.mark.parametrize(
    "text",
    [
        "hố ga giữa ngõ mất nắp, cháu bé vừa lọt xuống",
        "day dien dut roi xuong duong ngap nuoc, nguoi di qua bi giat",
        "cháy phòng trọ, còn người kẹt bên trong",
        "cả bàn ăn xong nôn ói, một người lịm đi",
        "cây to sắp đổ xuống lớp học đang có trẻ con",
    ],
)
def test_people_in_danger_are_urgent(report_classifier: ReportClassifier, text: str) -> None:
    assert report_classifier.is_urgent(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nắp cống cạnh chợ bập bênh, hôm qua bà tôi bước hụt chân xuống, nhờ các anh xem giúp.",
        "tu dien dau hem khong dong cua, may dua nho hay choi gan do",
        "tấm biển hiệu tuột một đầu đung đưa trên lối đi bộ, sáng nay suýt trúng người",
        "xe may lao vao o ga truoc cho, tu sang toi gio nga hai nguoi roi",
    ],
)
def test_a_danger_told_calmly_is_urgent(report_classifier: ReportClassifier, text: str) -> None:
    assert report_classifier.is_urgent(text)


@pytest.mark.parametrize(
    "text",
    [
        "đèn ngõ hỏng cả tháng nay",
        "rac chat dong dau ngo khong ai don",
        "quy định nộp bản sao là không cần thiết",
        "quán cà phê để xe kín vỉa hè",
        "cành cây gãy nhỏ rơi trong vườn hoa, không trúng ai, nhờ dọn",
        "Biển hiệu bung hôm bão đã tháo xuống, còn để trên vỉa hè.",
        "cot dien cu da cat dien, nhin xau, xin thu hoi",
        "",
    ],
)
def test_a_nuisance_is_not_urgent(report_classifier: ReportClassifier, text: str) -> None:
    assert not report_classifier.is_urgent(text)


@given(text=st.text(max_size=300))
def test_any_text_has_all_fifteen_categories_once_and_a_chance_of_danger(
    report_classifier: ReportClassifier, text: str
) -> None:
    assert set(report_classifier.categories(text)) == CATEGORIES
    assert len(report_classifier.categories(text)) == len(CATEGORIES)
    assert 0 <= report_classifier.danger(text) <= 1


def test_a_model_is_trained_once(tmp_path: Path) -> None:
    trained: list[int] = []

    def train() -> int:
        trained.append(1)
        return 7

    assert [kept(tmp_path / "nlu" / "m.pickle", train), kept(tmp_path / "nlu" / "m.pickle", train)] == [7, 7]
    assert trained == [1]
