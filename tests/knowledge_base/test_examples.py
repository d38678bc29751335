from __future__ import annotations

import json
from pathlib import Path

import pytest

import starter
from knowledge_base.examples import export_examples, holds_examples, import_examples
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
        ("làm khai sinh", False, "examples.jsonl"),
        ("lam ks", False, "examples.jsonl"),
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


def rows(*lines: tuple[str, list[str], bool | None]) -> str:
    plain = (
        {"code": code, "questions": texts} | ({} if reviewed is None else {"reviewed": reviewed})
        for code, texts, reviewed in lines
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain)


def reviewed_texts() -> set[str]:
    return set(ExampleQuestion.objects.filter(reviewed=True).values_list("text", flat=True))


def test_a_line_says_whether_its_questions_are_reviewed_and_the_operator_may_overrule_it(tmp_path):
    Procedure.objects.create(code="1.1")
    path = tmp_path / "some.jsonl"
    path.write_text(rows(("1.1", ["một"], True), ("1.1", ["hai"], None), ("1.1", ["ba"], False)))
    import_examples(path)
    assert reviewed_texts() == {"một"}
    report = import_examples(path, reviewed=True)
    assert (report.added, report.marked) == (0, 2)
    assert reviewed_texts() == {"một", "hai", "ba"}


def test_a_question_once_reviewed_stays_so(tmp_path):
    Procedure.objects.create(code="1.1")
    path = tmp_path / "some.jsonl"
    path.write_text(rows(("1.1", ["một"], True)))
    import_examples(path)
    assert import_examples(path, reviewed=False).marked == 0
    assert reviewed_texts() == {"một"}


def test_a_word_in_the_place_of_reviewed_is_told(tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text('{"code": "1.1", "questions": ["một"], "reviewed": "2026-11"}')
    assert "reviewed" in import_examples(path).broken[0]


def test_what_is_exported_comes_in_again_the_same_sorted_by_code(tmp_path):
    for code in ("2.2", "1.1"):
        Procedure.objects.create(code=code)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text(
        rows(("2.2", ["xin giấy tờ", "xin gtờ"], None), ("1.1", ["hai"], None), ("1.1", ["một"], True))
    )
    import_examples(first)
    assert export_examples(second) == 4
    kept = set(ExampleQuestion.objects.values_list("procedure__code", "text", "reviewed"))
    assert second.read_text() == rows(
        ("1.1", ["một"], True), ("1.1", ["hai"], None), ("2.2", ["xin giấy tờ", "xin gtờ"], None)
    )
    ExampleQuestion.objects.all().delete()
    import_examples(second)
    assert set(ExampleQuestion.objects.values_list("procedure__code", "text", "reviewed")) == kept


def test_the_starters_own_file_is_exported_as_it_stands(tmp_path):
    lines = starter.EXAMPLES.read_text(encoding="utf-8").splitlines(keepends=True)[:50]
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("".join(lines), encoding="utf-8")
    for line in lines:
        Procedure.objects.create(code=json.loads(line)["code"])
    import_examples(first)
    export_examples(second)
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")
