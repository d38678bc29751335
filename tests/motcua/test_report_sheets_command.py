"""`motcua reports export` and `import`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from casework.models import ExternalEntry, Report
from motcua.commands.reports import reports
from tests.casework.test_day_sheet import BACK, PHONED, sheet
from tests.web.open311.conftest import filed

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(reports, [str(argument) for argument in arguments])


def test_a_day_goes_out_and_comes_back(tmp_path: Path) -> None:
    report, out = filed(), tmp_path / "day.xlsx"
    exported = run("export", "--day", f"{timezone.localdate():%Y-%m-%d}", "--out", out)
    assert exported.exit_code == 0, exported.output
    assert exported.output.startswith("1 phản ánh")
    assert run("import", out).exit_code == 0
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(sheet({"code": report.code, **BACK}, {**PHONED, "number": "2"}).read())
    dry = run("import", filled, "--dry-run")
    assert (dry.exit_code, ExternalEntry.objects.count()) == (0, 0)
    assert "Chưa ghi gì." in dry.output
    assert run("import", filled).exit_code == 0
    assert (ExternalEntry.objects.count(), Report.objects.count()) == (2, 2)


def test_a_refused_row_and_a_broken_file_are_told_by_the_exit(tmp_path: Path) -> None:
    filled, broken = tmp_path / "filled.xlsx", tmp_path / "broken.xlsx"
    filled.write_bytes(sheet({"code": "PA-2026-999999", **BACK}).read())
    broken.write_bytes(b"x")
    refused = run("import", filled)
    assert refused.exit_code == 1
    assert "dòng 2" in refused.output
    assert run("import", broken).exit_code == 2
