"""`motcua routing`: rules out as a table and in again, tried first, all or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casework import reports
from casework.models import RoutingRule
from motcua.cli import main
from office.models import Unit
from tests.casework.people import citizen, ward

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "category,ward,unit,reason\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["routing", *words])


@pytest.fixture
def lights() -> Unit:
    return Unit.objects.create(code="lights", name="Công ty chiếu sáng", kind=Unit.Kind.DEPARTMENT)


def test_rules_go_out_and_come_in_as_they_were(tmp_path: Path, lights: Unit) -> None:
    here, table = ward("Phường Láng"), tmp_path / "rules.csv"
    RoutingRule.objects.create(category="chieu_sang", unit=lights, reason="phân cấp")
    RoutingRule.objects.create(category="", ward=here, unit=lights, reason="tạm thời")
    assert "2 quy tắc" in run("export", str(table)).output
    RoutingRule.objects.all().delete()
    assert run("import", str(table)).exit_code == 0
    rules = RoutingRule.objects.values_list("category", "ward", "unit", "reason")
    assert set(rules) == {("chieu_sang", None, lights.pk, "phân cấp"), ("", here.pk, lights.pk, "tạm thời")}


def test_a_dry_run_tells_what_would_go_elsewhere_and_saves_nothing(tmp_path: Path, lights: Unit) -> None:
    reports.file_report(conversation=citizen(), kind="field", category="chieu_sang", text="đèn tắt")
    table = tmp_path / "rules.csv"
    table.write_text(HEAD + "chieu_sang,,lights,phân cấp\n")
    told = run("import", str(table), "--dry-run").output
    assert "1 sẽ đi nơi khác" in told
    assert "+1 Công ty chiếu sáng" in told
    assert not RoutingRule.objects.exists()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("chieu_sang,,nobody,x", "không có đơn vị mang mã 'nobody'"),
        ("den,,lights,x", "A rule names a category"),
        ("chieu_sang,,lights,", "write the reason"),
    ],
)
def test_one_wrong_line_is_named_and_no_line_is_saved(
    tmp_path: Path, lights: Unit, line: str, why: str
) -> None:
    table = tmp_path / "rules.csv"
    table.write_text(f"{HEAD}cay_xanh,,lights,đúng\n{line}\n")
    result = run("import", str(table))
    assert result.exit_code == 1
    assert "dòng 3" in result.output
    assert why in result.output
    assert not RoutingRule.objects.exists()
