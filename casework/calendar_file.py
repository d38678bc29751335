"""An appointment as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from icalendar import Alarm, Calendar, Event, vText

from casework.models import Appointment


def calendar_file(appointment: Appointment) -> bytes:
    """The appointment as it stands now: a cancelled one says so.

    It names no citizen and no matter: a calendar is read by others, too.
    """
    event = Event()
    event.add("uid", f"{appointment.token}@motcua")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", f"Lịch hẹn {appointment.number}")
    event.add("location", vText(appointment.place))
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    if appointment.papers:
        event.add("description", f"Mang theo: {appointment.papers}")
    if not appointment.is_cancelled:
        event.add_component(_alarm())
    calendar = Calendar()
    calendar.add("prodid", "-//Mot Cua//motcua//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Lịch hẹn")
    alarm.add("trigger", timedelta(hours=-2))
    return alarm
