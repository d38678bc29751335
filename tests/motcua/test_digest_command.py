"""`motcua digest --dry-run`: the letters as they would go, read by an operator, and nothing sent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casework import cases
from casework.models import Case, DigestSent
from motcua.commands.digest import digest
from tests.casework.people import citizen, official
from tests.casework.test_digests import reader

#: A Friday.
MORNING = "2026-11-27 08:00"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(digest, arguments)


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_shows_each_letter_as_it_would_go_and_sends_none() -> None:
    ha = reader()
    official("khong-thu")
    for _ in range(2):
        case = cases.open_case(citizen("Chị Mai"), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    cases.claim(case, ha)
    Case.objects.update(due_at=None)
    result = run("--dry-run", "--at", MORNING)
    assert result.exit_code == 0
    assert result.stdout == (
        "Gửi: ha <ha@hanoi.example>\n"
        "Tiêu đề: Một Cửa: 2 việc đang chờ\n\n"
        "Chào Ha,\n\n"
        "Anh/chị đang giữ 1 việc.\n"
        "Đơn vị của anh/chị còn 1 việc chưa ai nhận.\n\n"
        "Thư này chỉ có số, không có nội dung của người dân. "
        "Không muốn nhận nữa: vào Tài khoản của tôi, mục Thư tóm tắt.\n\n"
        "1 thư; chưa gửi thư nào.\n"
    )
    assert "MOTCUA_SMTP_URL" in result.stderr
    assert not DigestSent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_where_it_is_not_the_time_the_command_says_when_it_is() -> None:
    result = run("--dry-run", "--at", "2026-11-28 08:00")
    assert "08:00 28/11/2026 không phải giờ gửi (ngày làm việc: 08:00, 13:30)." in result.stdout


def test_another_moment_is_for_looking_only() -> None:
    result = run("--at", MORNING)
    assert result.exit_code == 2
    assert "chỉ dùng cùng --dry-run" in result.output


def test_an_operator_runs_it_in_an_empty_home(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "motcua.cli", "digest", "--dry-run", "--at", MORNING]
    environment = {**os.environ, "MOTCUA_HOME": str(tmp_path), "MOTCUA_DATABASE_URL": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout == "0 thư; chưa gửi thư nào.\n"
