"""Buttons that more than one reply offers, each with its words once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot import choices
from conversations.messages import Choice
from office.hotlines import Hotline


def to_staff() -> Choice:
    return Choice(label=_("Gặp cán bộ"), payload=choices.STAFF)


def to_report() -> Choice:
    return Choice(label=_("Gửi phản ánh"), payload=choices.REPORT)


def to_how_far() -> Choice:
    """How far the citizen's own report is, or the dossier asked about."""
    return Choice(label=_("Xem đến đâu rồi"), payload=choices.HOW_FAR)


def to_reopen(code: str) -> Choice:
    """Asks that a report be looked at again."""
    return Choice(label=_("Đề nghị xem lại"), payload=choices.reopen(code))


def to_own_data() -> Choice:
    """What is kept of the citizen."""
    return Choice(label=_("Dữ liệu của tôi"), payload=choices.KEPT)


def to_assistant() -> Choice:
    """Out of the queue for an official."""
    return Choice(label=_("Quay lại trợ lý ảo"), payload=choices.BACK)


def to_call(line: Hotline) -> Choice:
    """Calls this number, and says who answers."""
    return Choice(label=_("Gọi %(number)s") % {"number": f"{line.number} – {line.name}"}, url=line.url)


def to_portal() -> Choice:
    """Where the state of a dossier can be looked up."""
    return Choice(label=_("Mở Cổng Dịch vụ công"), url="https://dichvucong.gov.vn")


def to_resume() -> Choice:
    """Takes up the report laid aside."""
    return Choice(label=_("Tiếp tục"), payload=choices.report("resume", "yes"))


def to_restore() -> Choice:
    """Has back the report just dropped."""
    return Choice(label=_("Khôi phục"), payload=choices.report("restore", "yes"))
