"""`motcua office`: points are said beforehand and then imported; a person is invited by a link."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.utils import timezone

import starter
from motcua.commands.office import office
from office import password_links
from office.models import ServicePoint, Staff
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


def invite(*arguments: str):
    return CliRunner().invoke(office, ["invite", *arguments])


def test_the_first_administrator_is_invited_by_a_printed_link() -> None:
    result = invite("anh", "--role", "administrator")
    assert result.exit_code == 0, result.output
    words = result.stdout.strip().rpartition("/desk/set-password/")[2]
    link = password_links.opened_by(words, now=timezone.now())
    assert link is not None
    assert (link.staff.username, link.staff.role) == ("anh", "administrator")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ha", "--role", "agent"), "ít nhất một đơn vị"),
        (("ha", "--role", "agent", "--unit", "khong-co"), "khong-co"),
    ],
)
def test_who_cannot_be_invited_so_is_not(arguments: tuple[str, ...], says: str) -> None:
    result = invite(*arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert not Staff.objects.exists()
