"""`motcua kb` as an operator meets it: what it prints, where, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

import starter
from motcua.commands.kb import kb

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> Result:
    return CliRunner().invoke(kb, [str(argument) for argument in arguments])


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    path = tmp_path / "portal-2026-07.jsonl"
    good = {"ma_thu_tuc": "1.001193", "ten_thu_tuc": "Đăng ký khai sinh", "trinh_tu_thuc_hien": "Nộp hồ sơ"}
    path.write_text(json.dumps(good) + "\n{oops\n", encoding="utf-8")
    return path


def test_an_import_tells_what_went_in_and_names_what_did_not(portal):
    result = run("import", portal)
    assert result.exit_code == 1
    assert "1 mới" in result.stdout
    assert "dòng 2" in result.stderr
    assert "kb build" in result.stdout
    assert "1 không đổi" in run("import", portal).stdout


def test_a_dry_run_says_that_nothing_was_written(portal):
    assert "chưa ghi gì" in run("import", portal, "--dry-run").stdout
    assert run("list").stdout == ""


def test_a_path_with_nothing_to_import_exits_with_what_to_do(tmp_path):
    result = run("import", tmp_path / "missing")
    assert result.exit_code == 2
    assert "Name a .jsonl file" in result.stderr


def test_examples_are_counted_and_codes_not_held_are_skipped(portal, tmp_path):
    run("import", portal)
    examples = tmp_path / "examples.jsonl"
    examples.write_text(
        '{"code": "1.001193", "questions": ["làm khai sinh"]}\n{"code": "9", "questions": ["x"]}\n',
        encoding="utf-8",
    )
    result = run("import-examples", examples)
    assert result.exit_code == 0
    assert "1 câu hỏi mẫu" in result.stdout
    assert "bỏ qua 1 mã" in result.stdout
    assert run("import-examples", tmp_path / "none.jsonl").exit_code == 2


def test_examples_known_for_a_procedure_come_in_when_it_does(portal, tmp_path, monkeypatch):
    examples = tmp_path / "examples.jsonl"
    lines = [{"code": code, "questions": [f"hỏi về {code}"]} for code in ("1.001193", "1.000894")]
    examples.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    monkeypatch.setattr(starter, "EXAMPLES", examples)
    assert "Kèm 1 câu hỏi mẫu" in run("import", portal).stdout
    later = tmp_path / "later.jsonl"
    later.write_text(portal.read_text(encoding="utf-8").replace("1.001193", "1.000894"), encoding="utf-8")
    assert "Kèm 1 câu hỏi mẫu" in run("import", later).stdout
    assert "Kèm" not in run("import", later).stdout


def test_exported_examples_are_counted_and_a_place_that_cannot_be_written_is_told(portal, tmp_path):
    run("import", portal)
    out = tmp_path / "out.jsonl"
    result = run("export-examples", out)
    assert result.exit_code == 0
    assert f"{sum(len(json.loads(line)['questions']) for line in out.open())} câu" in result.stdout
    assert run("export-examples", tmp_path / "none" / "out.jsonl").exit_code == 2


def test_the_list_can_be_narrowed_to_a_flag(portal):
    run("import", portal)
    assert run("list").stdout == "1.001193\tĐăng ký khai sinh\t\n"
    assert run("list", "--flag", "internal").stdout == ""
    assert run("list", "--flag", "nonsense").exit_code == 2


def test_searching_without_a_release_says_how_to_build_one():
    result = run("search", "làm khai sinh")
    assert result.exit_code == 2
    assert "kb build" in result.stderr


def test_an_official_list_comes_in_as_a_catalogue_and_coverage_tells_it_apart(portal, tmp_path):
    run("import", portal)
    book = Workbook()
    book.active.append(["Mã số", "Tên", "Lĩnh vực"])
    book.active.append(["1.001193", "Đăng ký khai sinh", "Hộ tịch"])
    book.active.append(["1.000903", "Cấp giấy phép karaoke", "Văn hóa"])
    book.save(tmp_path / "list.xlsx")
    result = run("import", tmp_path / "list.xlsx")
    assert (result.exit_code, "1 mới" in result.stdout, "1 đã có nội dung" in result.stdout) == (
        0,
        True,
        True,
    )
    assert "1.000903\tCấp giấy phép karaoke\tdanh-mục\n" in run("list").stdout
    rows = [line.split(maxsplit=2) for line in run("coverage").stdout.splitlines()]
    assert ["–", "1", "Văn hóa"] in rows
    assert rows[-1] == ["1", "1", "cả kho"]
