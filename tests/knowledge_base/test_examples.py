from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge_base.examples import holds_examples, import_examples
from knowledge_base.models import ExampleQuestion, Procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "examples.jsonl"
    lines = [
        json.dumps({"code": "1.1", "questions": ["làm khai sinh", " làm khai sinh ", "", "lam ks"]}),
        '{"code": "9.9", "questions": ["không có ở đây"]}',
        '{"code": "1.1"',
        '{"code": "1.1", "questions": "một câu"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_questions_are_added_once_and_what_is_not_held_is_counted(file):
    Procedure.objects.create(code="1.1")
    report = import_examples(file)
    assert (report.added, report.not_held) == (2, ("9.9",))
    assert [problem.split(":")[0] for problem in report.broken] == [
        "examples.jsonl, dòng 3",
        "examples.jsonl, dòng 4",
    ]
    assert set(ExampleQuestion.objects.values_list("text", "reviewed", "source")) == {
        ("làm khai sinh", True, "examples.jsonl"),
        ("lam ks", True, "examples.jsonl"),
    }
    again = import_examples(file)
    assert (again.added, again.already_held) == (0, 2)


def test_a_dry_run_adds_nothing(file):
    Procedure.objects.create(code="1.1")
    assert import_examples(file, dry_run=True).added == 2
    assert not ExampleQuestion.objects.exists()


def test_a_file_of_examples_is_told_from_a_file_of_procedures(file, tmp_path):
    portal = tmp_path / "portal.jsonl"
    portal.write_text('{"ma_thu_tuc": "1.1"}')
    assert holds_examples(file)
    assert not holds_examples(portal)
    assert not holds_examples(tmp_path)
