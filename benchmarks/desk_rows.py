"""A made-up desk: officials with their sessions, citizens with their browsers, and an open case for each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from casework.models import Case, NumberSeries
from conversations.models import Conversation, Turn, new_public_id
from motcua.setup import migrate
from office.models import Staff, Unit
from office.places import load_places
from office.units import contact_team
from web.public.visitor import Visitor

#: Of the officials, how many sit in wards; of the cases, how many somebody has at the start.
IN_WARDS, HELD_AT_FIRST = 0.2, 0.5
TURNS = (4, 14)
ASKED = (
    "Bác muốn hỏi lệ phí khai sinh",
    "ho so cua toi nop 3 tuan roi",
    "Cho tôi gặp cán bộ ạ",
    "Tạm trú cần gì?",
)
SAID = ("Khai sinh đúng hạn không mất lệ phí.", "Anh/chị cho biết mã hồ sơ.", "Anh/chị nộp tại phường nơi ở.")


@dataclass(frozen=True, kw_only=True)
class Seat:
    """An official at the desk: who, and the session that a sign-in would have made."""

    username: str
    session: str


@dataclass(frozen=True, kw_only=True)
class Chat:
    """A citizen's browser: the token it is known by, and the number of the case."""

    token: str
    case: str


@dataclass(frozen=True, kw_only=True)
class Desk:
    """seats: officials; chats: citizens; holders: who has which case at the start, by its number."""

    seats: Sequence[Seat]
    chats: Sequence[Chat]
    holders: dict[str, str]


def made_desk(*, officials: int, conversations: int, seed: int) -> Desk:
    """Write it all into the empty database that the settings name."""
    migrate()
    load_places()
    chance = random.Random(seed)
    staff = _staff(officials)
    tokens = [new_public_id() for _ in range(conversations)]
    cases = _cases(_talks(tokens, staff, chance), chance)
    return Desk(
        seats=[Seat(username=one.username, session=_session_of(one)) for one in staff],
        chats=[Chat(token=token, case=case.number) for token, case in zip(tokens, cases, strict=True)],
        holders={case.number: case.claimed_by.username for case in cases if case.claimed_by},
    )


def _staff(count: int) -> list[Staff]:
    wards = list(Unit.objects.filter(kind=Unit.Kind.WARD).order_by("code")[:4])
    made = [Staff(username=f"can-bo-{n:03}", first_name=f"Cán Bộ {n}", password="!") for n in range(count)]  # noqa: S106
    staff = Staff.objects.bulk_create(made)
    for number, one in enumerate(staff):
        in_ward = number >= count * (1 - IN_WARDS)
        one.units.set([wards[number % len(wards)] if in_ward else contact_team()])
    return staff


def _session_of(staff: Staff) -> str:
    client = Client()
    client.force_login(staff)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _talks(tokens: Sequence[str], staff: Sequence[Staff], chance: random.Random) -> list[Conversation]:
    """One for each token, half of them with a holder at the centre, where the queue is."""
    at_the_centre = staff[: max(1, round(len(staff) * (1 - IN_WARDS)))]
    talks = []
    for number, token in enumerate(tokens):
        address = Visitor(token=token).address
        holder = chance.choice(at_the_centre) if chance.random() < HELD_AT_FIRST else None
        talks.append(
            Conversation(
                channel=address.channel,
                account=address.account,
                chat=address.chat,
                citizen_name=f"Người dân {number}",
                owner=Conversation.Owner.STAFF if holder else Conversation.Owner.QUEUE,
                owner_staff=holder,
            )
        )
    made = Conversation.objects.bulk_create(talks)
    Turn.objects.bulk_create([turn for talk in made for turn in _turns(talk, chance)], batch_size=5_000)
    return made


def _turns(talk: Conversation, chance: random.Random) -> list[Turn]:
    return [_turn(talk, is_asked=n % 2 == 0, chance=chance) for n in range(chance.randint(*TURNS))]


def _turn(talk: Conversation, *, is_asked: bool, chance: random.Random) -> Turn:
    asked = {"direction": Turn.Direction.IN, "status": Turn.Status.ANSWERED, "author": "citizen"}
    said = {"direction": Turn.Direction.OUT, "status": Turn.Status.SENT, "author": "assistant"}
    return Turn(
        conversation=talk,
        channel=talk.channel,
        account=talk.account,
        event_id=new_public_id() if is_asked else None,
        text=chance.choice(ASKED if is_asked else SAID),
        **(asked if is_asked else said),
    )


def _cases(talks: Sequence[Conversation], chance: random.Random) -> list[Case]:
    now, team = timezone.now(), contact_team()
    made = Case.objects.bulk_create(
        _case(talk, f"HT-{now:%Y}-{number:06}", team, chance.choice(ASKED), now)
        for number, talk in enumerate(talks, start=1)
    )
    NumberSeries.objects.update_or_create(name=f"HT-{now:%Y}", defaults={"last": len(made)})
    return made


def _case(talk: Conversation, number: str, team: Unit, summary: str, now: datetime) -> Case:
    is_held = talk.owner_staff is not None
    return Case(
        number=number,
        conversation=talk,
        reason=Case.Reason.ASKED,
        summary=summary,
        unit=team,
        state=Case.State.CLAIMED if is_held else Case.State.QUEUED,
        claimed_by=talk.owner_staff,
        claimed_at=now if is_held else None,
        lease_until=now + timedelta(hours=8) if is_held else None,
        owed_since=now,
    )
