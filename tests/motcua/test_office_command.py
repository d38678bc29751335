"""`motcua office import-service-points`: says what it would do, then does it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import starter
from motcua.commands.office import office
from office.models import ServicePoint
from office.places import load_places

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str):
    return CliRunner().invoke(office, ["import-service-points", *arguments])


def test_a_dry_run_keeps_nothing_and_the_import_keeps_all() -> None:
    load_places()
    assert "mới: 127" in run(str(starter.SERVICE_POINTS), "--dry-run").output
    assert not ServicePoint.objects.exists()
    assert run(str(starter.SERVICE_POINTS)).exit_code == 0
    assert ServicePoint.objects.count() == 127


def test_a_refused_row_is_named_and_the_exit_code_says_so(tmp_path) -> None:
    file = tmp_path / "points.csv"
    file.write_text("code,kind,name,unit,source\nq1,tax,Thuế cơ sở 1,khong-co,x\n", encoding="utf-8")
    result = run(str(file))
    assert result.exit_code == 1
    assert "không có đơn vị khong-co" in result.output
