"""Digests: who gets one, when, what it says, that each goes out once; through a mail server of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import time, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from casework import cases, digests
from casework.digest_times import TimesOfDay, slot_at, slot_before
from casework.models import Case, DigestSent
from office.errors import WrongSettingValue
from office.models import Staff
from office.working_hours import WorkingClock
from tests.casework.people import citizen, official, ward
from tests.journeys.processes import free_port
from tests.office.test_working_hours import at

CLOCK = WorkingClock()
TWICE = (time(8), time(13, 30))
#: A Friday.
MORNING = at("2026-11-27 08:00")


class MailServer:
    """Takes mail on a real socket. refuses: what it answers instead, "" to take it."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refuses = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.refuses:
            return self.refuses
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL, settings.PUBLIC_URL = "motcua@hanoi.example", "https://motcua.example"
    yield server
    controller.stop()


def reader(name: str = "ha", *units: Any, email: str = "ha@hanoi.example") -> Staff:
    staff = official(name, *units)
    Staff.objects.filter(pk=staff.pk).update(email=email)
    staff.refresh_from_db()
    return staff


def waiting_case() -> Case:
    return cases.open_case(citizen("Chị Mai"), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")


# When


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-11-27 07:59", None),
        ("2026-11-27 08:00", "2026-11-27 08:00"),
        ("2026-11-27 09:59", "2026-11-27 08:00"),
        ("2026-11-27 10:00", None),  # too late to tell of the morning
        ("2026-11-27 14:00", "2026-11-27 13:30"),
        ("2026-11-28 08:30", None),  # a Saturday
    ],
)
def test_a_digest_belongs_to_the_last_time_of_a_working_day_that_came_not_long_ago(
    now: str, slot: str | None
) -> None:
    assert slot_at(at(now), TWICE, CLOCK) == (at(slot) if slot else None)


def test_before_the_first_time_of_a_week_stands_the_last_one_of_the_week_before() -> None:
    assert slot_before(at("2026-11-27 13:30"), TWICE, CLOCK) == MORNING
    assert slot_before(at("2026-11-30 08:00"), TWICE, CLOCK) == at("2026-11-27 13:30")


def test_times_are_typed_in_order_and_may_be_none() -> None:
    kind = TimesOfDay()
    assert kind.read("8:00, 13:30") == TWICE
    assert kind.write(TWICE) == "08:00, 13:30"
    assert (kind.read(" "), kind.words(())) == ((), "không gửi")
    for wrong in ("13:30, 08:00", "8 giờ", "08:00, 08:00"):
        with pytest.raises(WrongSettingValue):
            kind.read(wrong)


# Who


@pytest.mark.django_db
def test_who_was_not_at_the_desk_since_the_last_time_and_has_work_is_written_how_much(
    mail: MailServer,
) -> None:
    ha = reader()
    mine, late = waiting_case(), waiting_case()
    waiting_case()
    for case in (mine, late):
        cases.claim(case, ha)
    Case.objects.filter(pk=mine.pk).update(due_at=MORNING + timedelta(minutes=5))
    Case.objects.filter(pk=late.pk).update(due_at=MORNING - timedelta(minutes=5))
    assert digests.send_due(MORNING) == 1
    (letter,) = mail.taken
    assert (letter["To"], letter["From"]) == ("ha@hanoi.example", "motcua@hanoi.example")
    assert letter["Subject"] == "Một Cửa: 3 việc đang chờ"
    text = letter.get_content()
    assert "giữ 2 việc, 1 việc đã quá hạn" in text
    assert "còn 1 việc chưa ai nhận" in text
    assert "https://motcua.example/desk/" in text


@pytest.mark.django_db
def test_a_digest_holds_nothing_of_a_citizen(mail: MailServer) -> None:
    reader()
    case = waiting_case()
    digests.send_due(MORNING)
    whole = str(mail.taken[0])
    assert not any(word in whole for word in ("Mai", "khai sinh", case.number))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "as_",
    [
        {"wants_digest": False},
        {"email": ""},
        {"is_active": False},
        {"role": Staff.Role.EDITOR},
        {"last_login": at("2026-11-26 15:00")},
    ],
)
def test_nobody_is_written_to_who_does_not_want_it_cannot_get_it_or_was_here(
    mail: MailServer, as_: dict[str, Any]
) -> None:
    ha = reader()
    waiting_case()
    Staff.objects.filter(pk=ha.pk).update(**as_)
    assert digests.send_due(MORNING) == 0
    assert mail.taken == []


@pytest.mark.django_db
def test_who_has_nothing_to_do_is_left_alone(mail: MailServer) -> None:
    reader("phuong", ward())
    waiting_case()
    assert digests.send_due(MORNING) == 0
    assert not DigestSent.objects.exists()


@pytest.mark.django_db
def test_without_a_mail_server_nothing_is_tried(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    reader()
    waiting_case()
    assert digests.send_due(MORNING) == 0
    assert not DigestSent.objects.exists()
    assert [one.staff.username for one in digests.due(MORNING)] == ["ha"]


# Once


@pytest.mark.django_db
def test_each_time_is_written_once_and_the_next_again(mail: MailServer) -> None:
    reader()
    waiting_case()
    for now in (MORNING, MORNING + timedelta(minutes=1), MORNING.replace(hour=13, minute=31)):
        digests.send_due(now)
    assert len(mail.taken) == 2
    assert list(DigestSent.objects.values_list("slot", flat=True)) == [
        MORNING.replace(hour=13, minute=30),
        MORNING,
    ]


@pytest.mark.django_db
def test_what_the_server_refuses_is_tried_again_some_times_and_stays_visible(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader()
    waiting_case()
    now = MORNING
    monkeypatch.setattr(digests.timezone, "now", lambda: now)
    mail.refuses = "451 try later"
    digests.send_due(now)
    row = DigestSent.objects.get()
    assert "try later" in row.problem
    assert row.again_at == MORNING + timedelta(minutes=5)
    assert digests.send_due(now + timedelta(minutes=4)) == 0
    mail.refuses = ""
    assert digests.send_due(now + timedelta(minutes=5)) == 1
    row.refresh_from_db()
    assert (row.tries, row.problem, row.again_at) == (2, "", None)
    assert row.sent_at is not None


@pytest.mark.django_db
def test_a_server_that_never_takes_it_is_given_up(mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    reader()
    waiting_case()
    mail.refuses = "550 no such user"
    now = MORNING
    monkeypatch.setattr(digests.timezone, "now", lambda: now)
    for _ in range(10):
        digests.send_due(now)
        now += timedelta(hours=1)
        if now.hour >= 18:
            break
    first = DigestSent.objects.order_by("id").first()
    assert first is not None
    assert (first.tries, first.again_at, first.sent_at) == (4, None, None)


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_that_look_at_once_one_writes(mail: MailServer) -> None:
    for number in range(6):
        reader(f"ha{number}", email=f"ha{number}@hanoi.example")
    waiting_case()
    both = threading.Barrier(2)
    sent: list[int] = []

    def look() -> None:
        both.wait()
        sent.append(digests.send_due(MORNING))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 6
    assert sorted(letter["To"] for letter in mail.taken) == [f"ha{n}@hanoi.example" for n in range(6)]


@pytest.mark.django_db
def test_what_a_killed_process_left_is_not_sent_a_second_time(mail: MailServer) -> None:
    ha = reader()
    waiting_case()
    DigestSent.objects.create(staff=ha, slot=MORNING)
    assert digests.send_due(MORNING + timedelta(minutes=30)) == 0
    assert mail.taken == []
