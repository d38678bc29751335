"""What citizens read about their appointment, written once."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from casework import notices
from casework.models import Appointment
from conversations.messages import Author, Choice, OutboundMessage
from office.models import Staff
from office.moment_words import moment_words


def made(appointment: Appointment, staff: Staff) -> OutboundMessage:
    return _with_file(f"Lịch hẹn {_facts(appointment)}{_change_it()}", appointment, staff)


def moved(appointment: Appointment, staff: Staff) -> OutboundMessage:
    return _with_file(f"Lịch hẹn được đổi giờ. {_facts(appointment)}{_change_it()}", appointment, staff)


def cancelled(appointment: Appointment, staff: Staff) -> OutboundMessage:
    text = f"Lịch hẹn {appointment.number} lúc {_when(appointment)} đã được huỷ. Anh/chị không cần đến nữa."
    return notices.from_official(text, staff, subject=appointment.case.number)


def reminder(appointment: Appointment) -> OutboundMessage:
    return OutboundMessage(
        text=f"Nhắc anh/chị lịch hẹn {_facts(appointment)}{_change_it()}",
        author=Author.ASSISTANT,
        detail={"subject": appointment.case.number},
    )


def _facts(appointment: Appointment) -> str:
    papers = f"\nAnh/chị mang theo: {appointment.papers}" if appointment.papers else ""
    return f"{appointment.number}: {_when(appointment)}, {_place(appointment)}.{papers}"


def _place(appointment: Appointment) -> str:
    return f"tại {appointment.place}" if appointment.counter else appointment.place


def _when(appointment: Appointment) -> str:
    return moment_words(appointment.starts_at, now=timezone.now())


def _change_it() -> str:
    return "\nCần đổi hoặc huỷ, anh/chị nhắn vào đây."


def _with_file(text: str, appointment: Appointment, staff: Staff) -> OutboundMessage:
    """A link to the file, so that every channel can carry it and a moved appointment is read as it is."""
    said = notices.from_official(text, staff, subject=appointment.case.number)
    file = Choice(label="Thêm vào lịch điện thoại", url=f"/lich-hen/{appointment.token}.ics")
    return replace(said, choices=(file,))
