"""Made-up talks as rows: turns of citizens, the assistant and officials over two years, some with a case."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from benchmarks import report_texts
from benchmarks.report_lives import CATEGORIES
from benchmarks.report_rows import times_as_given
from casework.models import Case
from conversations.models import Conversation, Turn
from office.models import Staff, Unit
from office.units import contact_team

#: Turns of one talk.
TALK = 10
#: Of the talks, so many went to a person; of those, so many to a ward instead of the central team.
WITH_CASE, IN_A_WARD = 0.4, 0.3
BATCH = 500  # talks
SPAN = timedelta(days=730)
_STAMPED = ((Conversation, "created_at"), (Turn, "created_at"), (Case, "opened_at"))
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Linh", "Minh", "Ngọc", "Phúc", "Thảo")
ASSISTANT = (
    "Anh/chị cho biết việc này ở đường, phường nào để chuyển đúng nơi xử lý.",
    "Lệ phí đăng ký khai sinh: không mất phí nếu đăng ký đúng hạn. Nộp tại UBND phường, xã nơi cư trú.",
    "Hồ sơ đăng ký thường trú gồm tờ khai thay đổi thông tin cư trú và giấy tờ chứng minh chỗ ở hợp pháp.",
)


def fill(count: int, *, seed: int = 7) -> Iterator[int]:
    """Make so many turns, oldest first; yields how many there are after each batch."""
    chance = random.Random(seed)
    wards = list(Unit.objects.filter(kind__in=(Unit.Kind.WARD, Unit.Kind.COMMUNE)))
    official = Staff.objects.get_or_create(username="made-official", defaults={"is_active": False})[0]
    now = timezone.now()
    begun = sorted(now - SPAN * chance.random() for _ in range(count // TALK))
    for first in range(0, len(begun), BATCH):
        with transaction.atomic(), times_as_given(*_STAMPED):
            _write_talks(begun[first : first + BATCH], chance, wards, official)
        yield min(count, (first + BATCH) * TALK)


def _write_talks(
    begun: Sequence[datetime], chance: random.Random, wards: list[Unit], official: Staff
) -> None:
    mark = f"talk-{time.time_ns():x}"
    made = (
        Conversation(
            channel="webchat",
            account="site",
            chat=f"{mark}-{number}",
            citizen_name=_name(chance),
            created_at=at,
        )
        for number, at in enumerate(begun)
    )
    talks = Conversation.objects.bulk_create(made)
    Turn.objects.bulk_create(turn for talk in talks for turn in _turns(talk, chance))
    team = contact_team()
    Case.objects.bulk_create(
        _case(talk, chance, chance.choice(wards) if chance.random() < IN_A_WARD else team, official)
        for talk in talks
        if chance.random() < WITH_CASE
    )


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(('Văn', 'Thị'))} {chance.choice(GIVEN)}"


def _turns(talk: Conversation, chance: random.Random) -> Iterator[Turn]:
    for number in range(TALK):
        by_citizen = number % 2 == 0
        yield Turn(
            conversation=talk,
            direction="in" if by_citizen else "out",
            status="answered" if by_citizen else "sent",
            author="citizen" if by_citizen else "assistant",
            channel="webchat",
            account="site",
            text=_said(chance) if by_citizen else chance.choice(ASSISTANT),
            created_at=talk.created_at + timedelta(seconds=30 * number),
        )


def _said(chance: random.Random) -> str:
    category = chance.choice(tuple(CATEGORIES))
    return report_texts.text(category, report_texts.place(chance), chance)


def _case(talk: Conversation, chance: random.Random, unit: Unit, official: Staff) -> Case:
    is_closed = chance.random() < 0.9
    return Case(
        number=f"HT-2026-{talk.pk:06}",
        conversation=talk,
        reason=Case.Reason.ASKED,
        summary=f"Hỏi về {chance.choice(('khai sinh', 'thường trú', 'đèn đường', 'rác', 'sổ đỏ'))}",
        unit=unit,
        state=Case.State.CLOSED if is_closed else Case.State.QUEUED,
        claimed_by=official if is_closed else None,
        outcome="Đã trả lời xong" if is_closed else "",
        opened_at=talk.created_at,
        closed_at=talk.created_at + timedelta(hours=2) if is_closed else None,
    )
