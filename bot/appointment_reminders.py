"""The day before an appointment its citizen is reminded; its official, where the channel is closed to us."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bot import reach
from bot.channels.windows import Reach
from casework import appointment_notices, appointments, desk_notices
from casework.models import Appointment
from conversations import outbox

#: Appointments of one look; more are left to the next.
AT_ONCE = 200

CALL = (
    "Lịch hẹn {number} (hồ sơ {case}) là ngày mai mà kênh này chưa cho nhắn nhắc người dân. "
    "Anh/chị gọi điện nếu cần."
)


def remind(now: datetime) -> int:
    """Remind of what is less than a day away; how many, AT_ONCE at the most. Idempotent."""
    return sum(_remind(appointment, now) for appointment in appointments.to_remind(now)[:AT_ONCE])


@transaction.atomic
def _remind(appointment: Appointment, now: datetime) -> bool:
    """A reminder that is held until the citizen writes could come after the appointment: none is sent."""
    if not appointments.mark_reminded(appointment, now):
        return False
    conversation = appointment.case.conversation
    is_closed = reach.window_of(conversation, now).reach is Reach.CLOSED or conversation.unreachable_since
    if is_closed:
        words = CALL.format(number=appointment.number, case=appointment.case.number)
        desk_notices.tell(appointment.case.claimed_by or appointment.made_by, words)
    else:
        outbox.queue(conversation, appointment_notices.reminder(appointment))
    return True
