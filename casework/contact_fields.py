"""Which contact fields a report asks for, by its kind: settings of the office.

Decree 20/2008/NĐ-CP (as amended by 48/2013 and 92/2017), art. 7: reports on rules and on service bear name,
address and telephone. What happened in the street needs nobody's name.
"""

from __future__ import annotations

from casework.models import Report
from office import live_settings
from office.setting_kinds import SomeOf

NAME, PHONE = "name", "phone"
FIELDS = {NAME: "họ tên", PHONE: "số điện thoại"}
DECREE = "Nghị định 20/2008/NĐ-CP, Điều 7"
GROUP = "Thông tin liên hệ của người gửi"
HINT = "Thiếu thì phản ánh vẫn được nhận, nhưng chỉ chuyển tham khảo."

_BY_KIND = {
    Report.Kind.FIELD.value: live_settings.declare(
        name="contact.field",
        group=GROUP,
        title="Phản ánh hiện trường cần",
        kind=SomeOf(choices=FIELDS),
        default=(),
        source="Việc ngoài đường tự nó kiểm tra được; hỏi tên chỉ làm người dân ngại báo",
        hint=HINT,
    ),
    Report.Kind.REGULATION.value: live_settings.declare(
        name="contact.regulation",
        group=GROUP,
        title="Phản ánh quy định, thủ tục cần",
        kind=SomeOf(choices=FIELDS),
        default=(NAME, PHONE),
        source=DECREE,
        hint=HINT,
    ),
    Report.Kind.SERVICE.value: live_settings.declare(
        name="contact.service",
        group=GROUP,
        title="Phản ánh thái độ, chất lượng phục vụ cần",
        kind=SomeOf(choices=FIELDS),
        default=(NAME, PHONE),
        source=DECREE,
        hint=HINT,
    ),
}


def wanted_of(kind: str) -> tuple[str, ...]:
    """The fields that a report of this kind (a value of Report.Kind) asks for now. One query."""
    return _BY_KIND[kind].current()
