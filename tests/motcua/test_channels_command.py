"""`motcua channels`: how each stands, and the switch with its reason."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from bot.channels.accounts import account_at
from bot.channels.switches import is_off
from motcua.commands.channels import channels
from office.models import AuditEntry
from tests.bot.test_delivery import conversation, queued

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(channels, arguments)


def line_of(channel: str) -> str:
    lines = run().output.splitlines()
    begin = next(at for at, line in enumerate(lines) if line.startswith(f"{channel}:"))
    return "\n".join(lines[begin : begin + 2])


def test_the_list_tells_what_waits_and_since_when() -> None:
    assert line_of("telegram").startswith("telegram: chưa dùng")
    account_at("telegram", "main")
    queued(conversation(channel="telegram"))
    told = line_of("telegram")
    assert "telegram: bật" in told
    assert "chờ gửi 1 (cũ nhất " in told
    assert "nhận lần cuối chưa có" in told


def test_off_needs_a_reason_and_on_brings_it_back() -> None:
    assert run("off", "zalo").exit_code == 2
    assert run("off", "zalo", "--reason", " ").exit_code == 2
    assert not is_off("zalo")
    assert run("off", "zalo", "--reason", "Zalo khoá tài khoản").exit_code == 0
    assert "zalo: TẮT" in line_of("zalo")
    assert "Zalo khoá tài khoản" in line_of("zalo")
    assert "Không có gì thay đổi" in run("off", "zalo", "--reason", "lần nữa").output
    assert run("on", "zalo").exit_code == 0
    assert not is_off("zalo")
    assert [act.action for act in AuditEntry.objects.order_by("id")] == ["channel.off", "channel.on"]
    assert all(act.detail["operator"] for act in AuditEntry.objects.all())
