"""Appointments: within working hours, one at a time, told to the citizen, and a reminder the day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from bot import appointment_reminders
from casework import appointment_settings, appointments, cases, desk_notices, drafts, own_data
from casework.appointments import Wanted
from casework.errors import (
    AppointmentMovedOn,
    AppointmentOver,
    AppointmentStands,
    CaseNotYours,
    NoSuchPlace,
    NotThereThatDay,
    OutsideWorkingHours,
    TooLateToUndo,
)
from casework.models import Appointment, Case
from casework.models.appointments import LASTS
from conversations.models import Turn
from office import live_settings
from office.errors import WrongSettingValue
from office.models import AuditEntry, ServicePoint, Staff
from office.working_hours import ZONE
from tests.casework.people import citizen, official, ward
from web.desk.appointments import UNDONE

pytestmark = pytest.mark.django_db

#: A Monday, and the Wednesday of that week.
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def a_counter() -> ServicePoint:
    point = {"kind": "ward", "name": "Điểm Ba Đình", "address": "2 Trúc Bạch", "source": "thử"}
    return ServicePoint.objects.get_or_create(code="ba-dinh", defaults=point)[0]


def a_case(staff: Staff, *, channel: str = "webchat") -> Case:
    conversation = citizen()
    conversation.channel = channel
    conversation.save(update_fields=["channel"])
    case = cases.open_case(conversation, reason=Case.Reason.ASKED, summary="Hỏi")
    assert cases.claim(case, staff)
    return case


def made(case: Case, staff: Staff, at: datetime = WEDNESDAY) -> Appointment:
    wanted = Wanted(counter=a_counter(), starts_at=at, papers="căn cước, giấy chứng sinh")
    return appointments.make(case, staff, wanted)


def last_said(case: Case) -> Turn:
    turn = case.conversation.turns.filter(direction="out").last()
    assert turn is not None
    return turn


def test_the_citizen_is_told_place_time_and_papers_with_a_calendar_file() -> None:
    ha = official("ha")
    case = a_case(ha)
    appointment = made(case, ha)
    said = last_said(case)
    assert "09:00 thứ Tư 25/11, tại Điểm Ba Đình, 2 Trúc Bạch." in said.text
    assert "Anh/chị mang theo: căn cước, giấy chứng sinh" in said.text
    assert said.author == "official"
    assert said.payload["choices"][0]["url"] == f"/lich-hen/{appointment.token}.ics"
    assert AuditEntry.objects.filter(action="case.appointment_made", subject=case.number).exists()


def test_the_calendar_file_names_place_and_time_and_nobody(client: Client) -> None:
    ha = official("ha")
    case = a_case(ha)
    appointment = made(case, ha)
    response = client.get(f"/lich-hen/{appointment.token}.ics")
    assert response["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert event.decoded("dtstart") == WEDNESDAY
    assert "Điểm Ba Đình" in event["location"]
    assert "Mai" not in response.content.decode()
    assert client.get("/lich-hen/khong-co.ics").status_code == 404


@pytest.mark.parametrize(
    "at",
    [
        NOW - timedelta(hours=1),
        WEDNESDAY.replace(hour=12, minute=15),
        WEDNESDAY.replace(hour=16, minute=45),
        WEDNESDAY.replace(hour=20),
        datetime(2026, 11, 28, 9, 0, tzinfo=ZONE),
        datetime(2027, 1, 1, 9, 0, tzinfo=ZONE),
        WEDNESDAY + timedelta(days=90),
    ],
)
def test_outside_working_hours_nothing_is_made_and_nobody_is_told(at: datetime) -> None:
    ha = official("ha")
    case = a_case(ha)
    before = case.conversation.turns.count()
    with pytest.raises(OutsideWorkingHours):
        made(case, ha, at)
    assert (Appointment.objects.count(), case.conversation.turns.count()) == (0, before)


def test_only_who_has_the_case_makes_one_and_one_stands_at_a_time() -> None:
    ha, minh = official("ha"), official("minh")
    case = a_case(ha)
    with pytest.raises(CaseNotYours):
        made(case, minh)
    made(case, ha)
    with pytest.raises(AppointmentStands):
        made(case, ha, WEDNESDAY + timedelta(days=1))
    assert Appointment.objects.count() == 1


def test_who_moves_it_second_is_told_and_changes_nothing() -> None:
    ha = official("ha")
    case = a_case(ha)
    appointment = made(case, ha)
    stale = Appointment.objects.get(pk=appointment.pk)
    appointments.move(appointment, ha, WEDNESDAY + timedelta(days=1))
    assert "đổi giờ" in last_said(case).text
    with pytest.raises(AppointmentMovedOn):
        appointments.cancel(stale, ha)
    assert appointments.latest(case) == appointment


def test_a_cancelled_one_is_told_and_its_file_says_so(client: Client) -> None:
    ha = official("ha")
    case = a_case(ha)
    appointment = made(case, ha)
    appointments.cancel(appointment, ha)
    assert "đã được huỷ" in last_said(case).text
    assert appointments.latest(case) is None
    event = Calendar.from_ical(client.get(f"/lich-hen/{appointment.token}.ics").content).walk("VEVENT")[0]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    made(case, ha, WEDNESDAY + timedelta(days=1))


def on(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_after_one_is_over_the_next_is_made_and_of_the_first_the_citizen_hears_nothing_more(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    ha = official("ha")
    case = a_case(ha)
    first = made(case, ha)
    on(monkeypatch, WEDNESDAY + LASTS)
    said = case.conversation.turns.count()
    for act in (appointments.cancel, lambda *who: appointments.move(*who, WEDNESDAY + timedelta(days=1))):
        with pytest.raises(AppointmentOver):
            act(first, ha)
    assert case.conversation.turns.count() == said
    second = made(case, ha, WEDNESDAY + timedelta(days=1))
    assert case.conversation.turns.count() == said + 1
    assert last_said(case).text.startswith(f"Lịch hẹn {second.number}: 09:00")
    first.refresh_from_db()
    assert (first.shown_state, first.sequence, appointments.latest(case)) == ("over", 0, second)
    event = Calendar.from_ical(client.get(f"/lich-hen/{first.token}.ics").content).walk("VEVENT")[0]
    assert event["status"] == "CONFIRMED"
    with pytest.raises(AppointmentOver):
        appointments.cancel(first, ha)
    assert appointment_reminders.remind(second.starts_at - timedelta(hours=20)) == 0  # made a day before
    appointments.cancel(second, ha)
    assert appointments.latest(case) == first


def test_until_it_is_over_it_hinders_the_next_and_is_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    ha = official("ha")
    case = a_case(ha)
    appointment = made(case, ha)
    on(monkeypatch, WEDNESDAY + LASTS - timedelta(seconds=1))
    with pytest.raises(AppointmentStands):
        made(case, ha, WEDNESDAY + timedelta(days=1))
    appointments.move(appointment, ha, WEDNESDAY + timedelta(days=1))
    assert not appointment.is_over


def test_the_next_one_undone_leaves_the_last_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    undo_for(10)
    ha = official("ha")
    case = a_case(ha)
    first = made(case, ha)
    on(monkeypatch, WEDNESDAY + timedelta(hours=2))
    made(case, ha, WEDNESDAY + timedelta(days=1))
    appointments.undo(case, ha, last_said(case).pk)
    last = appointments.latest(case)
    assert last == first
    assert last.is_over
    made(case, ha, WEDNESDAY + timedelta(days=1))


def test_the_page_shows_one_that_is_over_and_offers_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    ha = official("ha")
    case = a_case(ha)
    first = made(case, ha)
    on(monkeypatch, WEDNESDAY + timedelta(hours=2))
    desk = Client()
    desk.force_login(ha)
    address = f"/desk/cases/{case.number}"
    page = desk.get(address).content.decode()
    assert first.number in page
    assert "Đã qua" in page
    assert "Huỷ lịch hẹn" not in page
    stale = {"do": "move", "appointment_seen": "0", "day": "2026-11-27", "hour": "10:00"}
    refused = desk.post(f"{address}/appointments/{first.number}", stale)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Lịch hẹn này đã qua" in page
    assert 'value="2026-11-27"' in page
    next_one = {"place": a_counter().code, "day": "2026-11-27", "hour": "10:00"}
    assert desk.post(f"{address}/appointments", next_one).status_code == 302
    page = desk.get(address).content.decode()
    assert first.number not in page.split('id="appointment-title"')[1].split("</section>")[0]
    assert "Huỷ lịch hẹn" in page


def test_by_video_only_with_a_room_of_a_state_body() -> None:
    ha = official("ha")
    case = a_case(ha)
    wanted = Wanted(counter=None, starts_at=WEDNESDAY)
    with pytest.raises(NoSuchPlace):
        appointments.make(case, ha, wanted)
    name = appointment_settings.VIDEO_LINK.name
    with pytest.raises(WrongSettingValue):
        live_settings.put(name, "https://zoom.example/1", source="thử", by=None)
    with pytest.raises(WrongSettingValue):
        live_settings.put(name, "http://hop.hanoi.gov.vn/1", source="thử", by=None)
    live_settings.put(name, "https://hop.hanoi.gov.vn/1", source="thử", by=None)
    appointments.make(case, ha, wanted)
    assert "họp trực tuyến tại https://hop.hanoi.gov.vn/1" in last_said(case).text


def undo_for(seconds: int) -> None:
    live_settings.put("cases.undo_seconds", str(seconds), source="Thử", by=None)


def owed_in(case: Case) -> dict[str, object]:
    return Case.objects.values("state", "owed_since", "due_at", "first_reply_at").get(pk=case.pk)


def test_an_appointment_is_the_reply_that_was_owed() -> None:
    ha = official("ha")
    case = a_case(ha)
    assert case.owed_since is not None
    made(case, ha)
    assert (case.state, case.owed_since, case.first_reply_at) == (Case.State.WAITING, None, NOW)


def test_one_just_made_is_undone_before_anybody_reads_of_it_and_is_owed_again() -> None:
    undo_for(10)
    ha = official("ha")
    case = a_case(ha)
    before, said = owed_in(case), case.conversation.turns.count()
    made(case, ha)
    undone = appointments.undo(case, ha, last_said(case).pk)
    assert (undone.starts_at, undone.papers) == (WEDNESDAY, "căn cước, giấy chứng sinh")
    assert (Appointment.objects.count(), case.conversation.turns.count()) == (0, said)
    assert owed_in(case) == before
    assert drafts.of(case, ha) is None
    assert AuditEntry.objects.filter(action="case.appointment_undone", subject=case.number).count() == 1


def test_a_move_and_a_cancellation_are_undone_and_it_stands_as_it_stood() -> None:
    undo_for(10)
    ha = official("ha")
    case = a_case(ha)
    appointment = made(case, ha)
    appointments.move(appointment, ha, NOW.replace(hour=14, minute=0))
    appointments.undo(case, ha, last_said(case).pk)
    appointment.refresh_from_db()
    assert (appointment.starts_at, appointment.reminded_at, appointment.sequence) == (WEDNESDAY, None, 2)
    appointments.cancel(appointment, ha)
    assert appointments.latest(case) is None
    appointments.undo(case, ha, last_said(case).pk)
    assert appointments.latest(case) == appointment


def test_only_the_last_act_on_an_appointment_is_undone() -> None:
    undo_for(10)
    ha = official("ha")
    case = a_case(ha)
    appointment = made(case, ha)
    first = last_said(case).pk
    appointments.move(appointment, ha, WEDNESDAY + timedelta(days=1))
    with pytest.raises(AppointmentMovedOn):
        appointments.undo(case, ha, first)
    assert Turn.objects.filter(pk=first).exists()
    assert appointments.latest(case) == appointment


def test_what_is_on_its_way_is_not_undone_and_the_appointment_stands() -> None:
    ha = official("ha")
    case = a_case(ha)
    made(case, ha)
    with pytest.raises(TooLateToUndo):
        appointments.undo(case, ha, last_said(case).pk)
    assert appointments.latest(case) is not None


def test_a_colleague_cancels_at_once_and_the_case_owes_what_it_owed() -> None:
    undo_for(10)
    ha, minh = official("ha"), official("minh")
    case = a_case(ha)
    appointment = made(case, ha)
    cases.citizen_wrote(case.conversation, at=NOW)
    before = owed_in(case)
    mine = appointments.of_case(case, minh, appointment.number)
    assert mine is not None
    appointments.cancel(mine, minh)
    assert owed_in(case) == before
    assert not cases.undoable(case, minh, now=NOW).exists()


def test_the_day_before_the_citizen_is_reminded_once() -> None:
    ha = official("ha")
    case = a_case(ha)
    made(case, ha)
    assert appointment_reminders.remind(WEDNESDAY - timedelta(days=2)) == 0
    assert appointment_reminders.remind(WEDNESDAY - timedelta(hours=20)) == 1
    assert appointment_reminders.remind(WEDNESDAY - timedelta(hours=19)) == 0
    assert last_said(case).text.startswith("Nhắc anh/chị lịch hẹn")


def test_where_the_channel_does_not_let_us_write_the_official_is_told_to_call() -> None:
    ha = official("ha")
    case = a_case(ha, channel="zalo")
    made(case, ha)
    before = case.conversation.turns.count()
    appointment_reminders.remind(WEDNESDAY - timedelta(hours=20))
    assert case.conversation.turns.count() == before
    assert any("gọi điện" in notice for notice in desk_notices.told_now(ha))


def test_neither_a_cancelled_nor_a_near_one_is_reminded_of_and_a_moved_one_again() -> None:
    ha = official("ha")
    case = a_case(ha)
    near = made(case, ha, NOW.replace(hour=14, minute=0))
    assert appointment_reminders.remind(NOW) == 0
    appointments.move(near, ha, WEDNESDAY)
    assert appointment_reminders.remind(WEDNESDAY - timedelta(hours=1)) == 1
    appointments.cancel(near, ha)
    assert appointment_reminders.remind(WEDNESDAY - timedelta(hours=1)) == 0


def test_appointments_go_with_the_citizens_data() -> None:
    ha = official("ha")
    case = a_case(ha)
    made(case, ha)
    own_data.erase(case.conversation)
    assert not Appointment.objects.exists()


def test_the_counters_of_the_unit_that_has_the_case_come_first() -> None:
    ha, unit = official("ha"), ward()
    case = a_case(ha)
    a_counter()
    own = ServicePoint.objects.create(code="z", kind="ward", name="Điểm Z", unit=unit, source="thử")
    case.unit = unit
    assert appointments.counters_for(case).first() == own


def test_a_counter_is_promised_only_for_a_day_it_exists_on() -> None:
    ha, point = official("ha"), a_counter()
    case = a_case(ha)
    first, last = date(2026, 11, 26), date(2026, 11, 27)
    ServicePoint.objects.filter(pk=point.pk).update(valid_from=first, valid_to=last)
    before = case.conversation.turns.count()
    for day in (25, 30):
        with pytest.raises(NotThereThatDay, match=f"Điểm Ba Đình không làm việc ngày {day}/11/2026"):
            made(case, ha, WEDNESDAY.replace(day=day))
    assert (Appointment.objects.count(), case.conversation.turns.count()) == (0, before)
    appointment = made(case, ha, WEDNESDAY.replace(day=26))
    with pytest.raises(NotThereThatDay):
        appointments.move(appointment, ha, WEDNESDAY.replace(day=30))
    appointments.move(appointment, ha, WEDNESDAY.replace(day=27))


@pytest.mark.parametrize(
    ("days", "is_offered"),
    [
        ({"valid_from": date(2027, 1, 22)}, True),
        ({"valid_from": date(2027, 1, 23)}, False),
        ({"valid_to": date(2026, 11, 23)}, True),
        ({"valid_to": date(2026, 11, 22)}, False),
    ],
)
def test_counters_of_any_day_ahead_are_offered(days: dict[str, date], is_offered: bool) -> None:
    point, case = a_counter(), a_case(official("ha"))
    ServicePoint.objects.filter(pk=point.pk).update(**days)
    assert (point in appointments.counters_for(case)) is is_offered


def test_the_page_makes_moves_and_cancels_and_keeps_what_was_typed() -> None:
    ha = official("ha")
    case, counter = a_case(ha), a_counter()
    desk = Client()
    desk.force_login(ha)
    address = f"/desk/cases/{case.number}/appointments"
    form = {"place": counter.code, "day": "2026-11-28", "hour": "09:00", "papers": "căn cước"}
    refused = desk.post(address, form)
    assert (refused.status_code, "căn cước</textarea>" in refused.content.decode()) == (422, True)
    assert desk.post(address, form | {"day": "2026-11-25"}).status_code == 302
    appointment = Appointment.objects.get()
    assert "Điểm Ba Đình" in desk.get(f"/desk/cases/{case.number}").content.decode()
    change = f"{address}/{appointment.number}"
    moved = {"do": "move", "appointment_seen": "0", "day": "2026-11-26", "hour": "10:00"}
    assert desk.post(change, moved).status_code == 302
    assert desk.post(change, {"do": "cancel", "appointment_seen": "0"}).status_code == 409
    assert desk.post(change, {"do": "cancel", "appointment_seen": "1"}).status_code == 302
    appointment.refresh_from_db()
    assert appointment.state == Appointment.State.CANCELLED


def test_the_page_undoes_an_appointment_and_its_form_holds_what_was_typed() -> None:
    undo_for(10)
    ha = official("ha")
    case, counter = a_case(ha), a_counter()
    desk = Client()
    desk.force_login(ha)
    address = f"/desk/cases/{case.number}"
    form = {"place": counter.code, "day": "2026-11-25", "hour": "09:00", "papers": "căn cước"}
    desk.post(f"{address}/appointments", form)
    assert "Hoàn tác" in desk.get(address).content.decode()
    undone = desk.post(f"{address}/undo", {"turn": last_said(case).pk}).content.decode()
    assert UNDONE in undone
    assert not Appointment.objects.exists()
    for typed in (
        'value="2026-11-25"',
        'value="09:00"',
        "căn cước</textarea>",
        f'value="{counter.code}" selected',
    ):
        assert typed in undone
    late = desk.post(f"{address}/undo", {"turn": 0})
    assert (late.status_code, "không hoàn tác được nữa" in late.content.decode()) == (409, True)
