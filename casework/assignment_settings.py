"""Whose cases are given by themselves, and how long somebody has to open one."""

from __future__ import annotations

from office import live_settings
from office.duties import GROUP
from office.models import Staff, Unit
from office.setting_kinds import WholeNumber
from office.unit_codes import UnitCodes
from office.units import CONTACT_TEAM_CODE

ASSIGNED_UNITS = live_settings.declare(
    name="assignment.units",
    group=GROUP,
    title="Tự động giao hồ sơ ở các đơn vị",
    hint="Mã đơn vị, cách nhau bằng dấu phẩy; người phụ trách bật, tắt cho đơn vị mình ở trang Trực. "
    "Chỉ người đã bấm “Trực” mới được giao.",
    kind=UnitCodes(),
    default=(CONTACT_TEAM_CODE,),
    source="Lựa chọn của phần mềm: tổ trung tâm trả lời đầu tiên, để không ai bị bỏ quên; phường, xã vừa trả "
    "lời vừa trực quầy nên tự nhận, trừ khi muốn được giao",
)
OPEN_WITHIN = live_settings.declare(
    name="assignment.open_within",
    group=GROUP,
    title="Được giao mà chưa mở hồ sơ thì chuyển người khác sau",
    hint="Người chưa mở được coi là nghỉ trực cho đến khi bấm trực lại.",
    kind=WholeNumber(lowest=1, highest=240, unit="phút làm việc"),
    default=10,
    source="Lựa chọn của phần mềm; cơ quan đổi được",
)


def switch(unit: Unit, *, on: bool, reason: str, by: Staff) -> None:
    """Give the cases of one unit by themselves from now on, or leave them to be taken; audited.

    Raises SourceMissing without a reason, SettingMovedOn when somebody changed the list at the same time.
    """
    before = ASSIGNED_UNITS.current()
    after = {*before, unit.code} if on else set(before) - {unit.code}
    write = ASSIGNED_UNITS.kind.write
    live_settings.put(
        ASSIGNED_UNITS.name, write(tuple(sorted(after))), source=reason, by=by, seen=write(before)
    )
