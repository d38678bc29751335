"""The classifier on sentences of our own that it was not trained on, and what it does with noise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from nlu.errors import TrainingDataProblem
from nlu.intents import INTENTS, SURE, IntentClassifier, read_intent
from nlu.local_classifier import load_or_train, train
from nlu.text import has_diacritics
from nlu.training_data import NLU_YML, read

RASA = NLU_YML.parent.parent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Cháu tôi mới đẻ, làm khai sinh cần giấy gì", "ask_procedure"),
        ("lam lai can cuoc bi mat o dau", "ask_procedure"),
        ("thủ tục tố cáo thế nào", "ask_procedure"),
        ("đèn đường khu tôi hỏng cả tuần", "report_problem"),
        ("cây to đổ giữa đường không ai dọn", "report_problem"),
        ("dây cáp đứt nằm trên vỉa hè", "report_problem"),
        ("quy định bắt công chứng lại là rườm rà, đề nghị bỏ", "report_regulation"),
        ("cán bộ tiếp dân hách dịch, quát tháo", "report_service"),
        ("ho so tre hen ma can bo khong giai thich", "report_service"),
        ("cán bộ gợi ý phong bì mới ký", "report_service"),
        ("phản ánh PA-2026-000321 xử lý tới đâu rồi", "report_status"),
        ("hồ sơ tôi nộp tuần trước duyệt chưa", "dossier_status"),
        ("cho tôi nói chuyện với cán bộ", "talk_to_staff"),
        ("rất hài lòng, chấm 5 sao", "rate_service"),
        ("tôi tố cáo cán bộ xã nhận hối lộ", "complaint_or_denunciation"),
        ("cứu với, nhà đang cháy", "emergency"),
        ("chào ad nha", "greet"),
        ("ok cảm ơn nhiều nhé", "goodbye_thanks"),
        ("bạn là máy hay người", "about_bot"),
        ("hôm nay trời có mưa không", "out_of_scope"),
    ],
)
def test_plain_cases_are_read_rightly(classifier: IntentClassifier, text: str, intent: str) -> None:
    assert read_intent(text, classifier).name == intent


@pytest.mark.parametrize(
    "text", ["zzzz qqqq", "jkfds fdsjk lksd", "aaaaaa", "xyz 123", "hjkl uiop vbnm", "lorem ipsum dolor"]
)
def test_gibberish_is_nothing_we_know_of(classifier: IntentClassifier, text: str) -> None:
    intent = classifier.classify(text)
    assert intent.name == "out_of_scope" or intent.confidence < SURE


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "\x00", "...?!", "\ud800"])
def test_nothing_said_is_nothing_understood(classifier: IntentClassifier, text: str) -> None:
    intent = classifier.classify(text)
    assert (intent.name, intent.confidence) == ("out_of_scope", 0.0)


def test_a_ranking_holds_every_intent_and_sums_to_one(classifier: IntentClassifier) -> None:
    ranking = classifier.ranking("x" * 10_000 + " đăng ký")
    assert sorted(intent.name for intent in ranking) == sorted(INTENTS)
    assert sum(intent.confidence for intent in ranking) == pytest.approx(1.0)
    assert ranking[0].confidence == max(intent.confidence for intent in ranking)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three intents of two examples each, which share words."""
    path = tmp_path / "nlu.yml"
    path.write_text(
        "nlu:\n- intent: a\n  examples: |\n    - xin chào\n    - chào bạn\n"
        "- intent: c\n  examples: |\n    - tạm biệt\n    - tạm biệt nhé\n"
        "- intent: b\n  examples: |\n    - phí\n    - mức phí\n"
    )
    return path


def test_a_cached_classifier_is_the_one_that_was_trained(data: Path, tmp_path: Path) -> None:
    trained = load_or_train(data, tmp_path / "cache")
    [file] = (tmp_path / "cache").iterdir()
    before = file.stat().st_mtime_ns
    again = load_or_train(data, tmp_path / "cache")
    assert file.stat().st_mtime_ns == before
    assert again.ranking("chào phí") == trained.ranking("chào phí")


def test_other_data_make_another_classifier(data: Path, tmp_path: Path) -> None:
    load_or_train(data, tmp_path / "cache")
    data.write_text(data.read_text() + "    - lệ phí nào\n")
    load_or_train(data, tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 2


@pytest.mark.parametrize(
    "content", ["", "nlu: 3", "nlu:\n- intent: a\n  examples: |\n    - một\n", "{", "[]"]
)
def test_unusable_training_data_say_what_is_needed(tmp_path: Path, content: str) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text(content)
    with pytest.raises(TrainingDataProblem, match=r"nlu\.yml"):
        train(path)


def test_the_training_data_are_rasas_and_varied() -> None:
    examples = read(NLU_YML)
    texts = [example.text for example in examples]
    counts = {intent: sum(example.intent == intent for example in examples) for intent in INTENTS}
    assert {example.intent for example in examples} == set(INTENTS)
    assert min(counts.values()) >= 150
    assert len(set(texts)) == len(texts)


def test_a_third_of_each_intents_examples_is_typed_without_diacritics() -> None:
    for intent in INTENTS:
        texts = [example.text for example in read(NLU_YML) if example.intent == intent]
        assert sum(not has_diacritics(text) for text in texts) / len(texts) > 0.33


def test_rasas_domain_names_the_same_intents() -> None:
    domain = yaml.safe_load((RASA / "domain.yml").read_text())
    assert tuple(domain["intents"]) == INTENTS


def test_some_example_names_each_entity_or_rasa_would_look_for_none() -> None:
    entities = yaml.safe_load((RASA / "domain.yml").read_text())["entities"]
    annotated = set(re.findall(r"\]\((\w+)\)", NLU_YML.read_text(encoding="utf-8")))
    assert annotated == set(entities)


def test_an_annotated_example_is_read_as_its_text(tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text(
        "nlu:\n- intent: a\n  examples: |\n    - ở [phường Láng](ward) đi\n"
        '- intent: b\n  examples: |\n    - mã [PA](report_code) [1]{"entity": "n"} (gấp) [x]\n'
        "- intent: c\n  examples: |\n    - chào\n"
    )
    assert [example.text for example in read(path)] == ["ở phường Láng đi", "mã PA 1 (gấp) [x]", "chào"]
