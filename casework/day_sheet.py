"""Reports of a day as a spreadsheet, for whoever enters them in another system; it comes back filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone

from casework.categories import CATEGORY_NAMES
from casework.models import ExternalEntry, Report
from office import audit
from office.models import Staff
from office.sheets import Cell, Layout, write_sheet

#: By the name of a column: its heading, and what it holds.
COLUMNS = {
    "code": ("Mã phản ánh", "Để trống cho phản ánh mới, nhận ở hệ thống khác."),
    "filed_at": ("Gửi lúc", "Giờ Hà Nội."),
    "source": ("Nguồn", "Gửi từ đâu đến."),
    "kind": ("Loại", "Hiện trường, quy định hay phục vụ."),
    "category": ("Lĩnh vực", "Phản ánh mới: ghi đúng tên một lĩnh vực."),
    "level": ("Mức độ", "Khẩn, bình thường, phức tạp."),
    "state": ("Trạng thái", "Lúc xuất tệp."),
    "text": ("Nội dung", "Lời người dân."),
    "place": ("Địa điểm", "Lời người dân."),
    "ward": ("Phường, xã", "Phản ánh mới: tên hiện nay, ví dụ Phường Láng."),
    "latitude": ("Vĩ độ", "Độ, WGS 84."),
    "longitude": ("Kinh độ", "Độ, WGS 84."),
    "unit": ("Đơn vị xử lý", "Lúc xuất tệp."),
    "due_at": ("Hạn trả lời", "Giờ Hà Nội."),
    "outcome": ("Kết quả", "Việc đã ra sao."),
    "answer": ("Trả lời", "Lời của cơ quan."),
    "name": ("Người gửi", "Nếu có để lại."),
    "phone": ("Điện thoại", "Nếu có để lại."),
    "email": ("E-mail", "Nếu có để lại."),
    "address": ("Địa chỉ liên hệ", "Nếu có để lại."),
    "system": ("Hệ thống khác", "Điền: tên hệ thống, ví dụ iHanoi."),
    "number": ("Số ở hệ thống khác", "Điền: số của phản ánh ở hệ thống ấy."),
    "entered_at": ("Nhập lúc", "Điền: ngày, hoặc giờ và ngày: 22/11/2026, 08:30 22/11/2026."),
}
GUIDE = (
    ("Cột", "Cách ghi"),
    *((heading, about) for heading, about in COLUMNS.values()),
    ("Nhập lại", "Chỉ ba cột cuối được ghi vào phản ánh đã có; các cột khác có sửa cũng không đổi gì."),
    ("Phản ánh mới", "Để trống mã; cần Nội dung, Lĩnh vực và ba cột cuối. Cùng số thì chỉ nhận một lần."),
)
#: The code stays in sight.
LAYOUT = Layout(title="Phản ánh", frozen="B2", guide=GUIDE)


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A report, with one of its entries elsewhere."""

    report: Report
    entry: ExternalEntry | None


def write_day(file: IO[bytes], day: date, visible: QuerySet[Report], *, by: Staff | None) -> int:
    """Write the visible reports that were filed on a day of Hà Nội, a row each, more where it is in several
    systems. Returns how many reports; enters in the register that they were taken out.

    by: None for the command line.
    """
    start = timezone.make_aware(datetime.combine(day, time.min))
    of_the_day = visible.filter(created_at__gte=start, created_at__lt=start + timedelta(days=1))
    found = list(of_the_day.order_by("id").prefetch_related("entries_elsewhere"))
    heading = [heading for heading, _ in COLUMNS.values()]
    write_sheet(file, heading, [_cells(line) for report in found for line in _lines(report)], LAYOUT)
    audit.note("reports.exported", f"day:{day:%Y-%m-%d}", by, reports=len(found))
    return len(found)


def _lines(report: Report) -> Iterator[_Line]:
    entries = report.entries_elsewhere.all()
    if not entries:
        yield _Line(report=report, entry=None)
    for entry in entries:
        yield _Line(report=report, entry=entry)


def _cells(line: _Line) -> tuple[Cell, ...]:
    report, entry = line.report, line.entry
    cells: dict[str, Cell | None] = {
        "code": report.code,
        "filed_at": _moment(report.created_at),
        "source": report.get_source_display(),
        "kind": report.get_kind_display(),
        "category": CATEGORY_NAMES.get(report.category, report.category),
        "level": report.get_level_display(),
        "state": report.get_state_display(),
        "text": report.text,
        "place": report.place,
        "ward": report.ward.name if report.ward else "",
        "latitude": report.latitude,
        "longitude": report.longitude,
        "unit": report.unit.name,
        "due_at": _moment(report.due_at),
        "outcome": report.get_outcome_display() if report.outcome else "",
        "answer": report.answer,
        "name": report.contact_name,
        "phone": report.contact_phone,
        "email": report.contact_email,
        "address": report.contact_address,
        "system": entry.system if entry else "",
        "number": entry.number if entry else "",
        "entered_at": _moment(entry.entered_at if entry else None),
    }
    return tuple("" if cells[name] is None else cells[name] or "" for name in COLUMNS)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""
