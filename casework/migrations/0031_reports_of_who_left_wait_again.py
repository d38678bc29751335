from __future__ import annotations

from typing import Any

from django.db import migrations

DONE = ("answered", "refused", "merged")
DESK_ROLES = ("agent", "supervisor", "administrator")


def free(apps: Any, _schema_editor: Any) -> None:
    """Open reports of before whose holder has left the desk or the unit: from now on leaving frees them."""
    Report, Staff = apps.get_model("casework", "Report"), apps.get_model("office", "Staff")
    held = Report.objects.exclude(state__in=DONE).filter(holder__isnull=False)
    units = {
        staff.pk: set(staff.units.values_list("pk", flat=True))
        for staff in Staff.objects.filter(pk__in=held.values("holder"))
    }
    for report in held.select_related("holder", "unit"):
        if not _may_hold(report, units[report.holder_id]):
            Report.objects.filter(pk=report.pk).update(holder=None)


def _may_hold(report: Any, units: set[int]) -> bool:
    holder = report.holder
    if not holder.is_active or holder.role not in DESK_ROLES:
        return False
    if holder.role == "administrator" or report.unit_id in units:
        return True
    return holder.role == "supervisor" and bool(units & {report.unit.parent_id, report.escalated_to_id})


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0030_reports_of_a_unit_in_queues"),
        ("office", "0015_register_keeps_its_lines"),
    ]

    operations = [migrations.RunPython(free, migrations.RunPython.noop)]
