"""`motcua zalo budget` and `template`: nothing costs money until it is decided, with a reason."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from bot import spending
from bot.models import PaidMessage, PaidTemplate
from conversations import outbox
from conversations.messages import OutboundMessage
from conversations.models import Conversation
from motcua.commands.zalo import zalo
from office.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(zalo, list(arguments))


def test_at_first_nothing_may_be_spent_and_no_template_is_used() -> None:
    told = run("budget").output
    assert "Hạn mức:     0 đ (không gửi gì phải trả tiền)" in told
    assert told.count("không dùng") == 2


def test_a_cap_is_decided_with_a_reason_and_the_month_is_told() -> None:
    assert run("budget", "--cap", "500000", "--because", "QĐ 12/QĐ-UBND").exit_code == 0
    here = Conversation.objects.create(channel="zalo", account="oa", chat="1")
    turn = outbox.queue(here, OutboundMessage(text="Chào"))
    spending.pay(turn, PaidMessage.Kind.REPLY, 55, at=timezone.now())
    told = run("budget").output
    assert "Đã chi:      55 đ, còn 499.945 đ" in told
    assert "Tin tư vấn sau giờ miễn phí: 1 tin, 55 đ" in told
    entry = AuditEntry.objects.get(action="budget.decided")
    assert entry.detail == {"dong_a_month": 500_000, "dong_a_reply": 55, "because": "QĐ 12/QĐ-UBND"}


def test_a_new_price_leaves_the_cap_as_it_is() -> None:
    run("budget", "--cap", "500000", "--because", "QĐ 12")
    assert "60 đ" in run("budget", "--reply-price", "60", "--because", "hợp đồng mới").output
    assert spending.budget_of("zalo").dong_a_month == 500_000


@pytest.mark.parametrize(
    "arguments",
    [
        ("budget", "--cap", "500000"),
        ("template", "answer", "398765", "--price", "300"),
        ("template", "answer", "398765", "--because", "QĐ"),
        ("template", "answer", "mẫu", "--price", "300", "--because", "QĐ"),
        ("template", "answer", "--off"),
    ],
)
def test_what_is_not_said_whole_changes_nothing_and_says_what_is_missing(arguments: tuple[str, ...]) -> None:
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert "cần" in refused.output
    assert not AuditEntry.objects.exists()


def test_a_template_is_entered_and_taken_away() -> None:
    entered = run("template", "answer", "398765", "--price", "300", "--because", "QĐ 13")
    assert "(answer): 398765, 300 đ mỗi tin" in entered.output
    assert "(answer): không dùng" in run("template", "answer", "--off", "--because", "hết hạn").output
    assert not PaidTemplate.objects.exists()
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "template.entered",
        "template.removed",
    ]
