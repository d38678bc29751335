"""`motcua office`: points are said beforehand and then imported; a person is invited by a link."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.utils import timezone

import starter
from motcua.commands.office import office
from office import password_links
from office.models import ServicePoint, Staff, Unit
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


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            b"a,b\n1,2\n",
            "thiếu cột code, kind, name, source. Dòng đầu phải có tên các cột như trong starter/",
        ),
        (b"", "thiếu cột"),
        ("code,kind\n".encode("utf-16"), "không đọc được. Anh/chị lưu tệp dưới dạng CSV, mã hoá UTF-8"),
    ],
)
def test_a_file_that_is_no_list_ends_the_import_with_a_sentence(tmp_path, content: bytes, says: str) -> None:
    file = tmp_path / "points.csv"
    file.write_bytes(content)
    result = run(str(file))
    assert result.exit_code == 2
    assert says in result.stderr


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
        (("ha", "--role", "agent", "--unit", "khong-co"), "khong-co. Máy này chưa có đơn vị nào"),
        (("hà anh", "--role", "editor"), "không có khoảng trắng"),
        (("", "--role", "editor"), "không có khoảng trắng"),
        (("h" * 61, "--role", "editor"), "nhiều nhất 60 ký tự"),
        (("ha", "--role", "editor", "--email", "ha@"), "ten@hanoi.gov.vn"),
    ],
)
def test_who_cannot_be_invited_so_is_not(arguments: tuple[str, ...], says: str) -> None:
    result = invite(*arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert not Staff.objects.exists()


def test_a_unit_that_is_not_known_is_answered_with_some_that_are() -> None:
    load_places()
    result = invite("ha", "--role", "agent", "--unit", "ba-dinh")
    known = Unit.objects.order_by("pk").values_list("code", flat=True)[0]
    assert f"ví dụ {known}" in result.output


def test_a_name_typed_in_parts_is_kept_as_signing_in_compares_it() -> None:
    assert invite("ha\u0300", "--role", "editor").exit_code == 0
    assert Staff.objects.get().username == "h\u00e0"
