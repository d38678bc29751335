"""Open data: figures of reports by month as CSV and JSON, described as a data package."""

from __future__ import annotations

import csv
from dataclasses import asdict, fields
from io import StringIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casework import monthly_figures
from casework.monthly_figures import FEWEST, KEPT, Figures
from casework.publication_settings import LICENCE
from web.public.report_pages import reports_page

#: What each column holds, in the words of the page and of the data package.
COLUMNS = {
    "month": "Tháng người dân gửi, dạng 2026-10",
    "ward_code": "Mã phường, xã",
    "ward": "Phường, xã nơi xảy ra việc; trống khi người gửi không nêu, và ở dòng gộp",
    "category_code": "Mã loại việc; trống ở dòng gộp",
    "category": "Loại việc; trống ở dòng gộp",
    "reports": "Số phản ánh",
    "open": "Chưa trả lời",
    "overdue": "Trong số chưa trả lời: đã quá hạn",
    "answered": "Đã trả lời",
    "answered_on_time": "Trong số đã trả lời và có hạn: đúng hạn",
    "answered_late": "Trong số đã trả lời và có hạn: muộn",
    "refused": "Không tiếp nhận",
    "merged": "Gộp vào phản ánh khác",
    "reference_only": "Không để lại tên, chuyển tham khảo",
    "rated": "Người gửi đã đánh giá trả lời",
    "satisfied": "Trong số đã đánh giá: hài lòng ở lần cuối và không lần nào chê chậm",
}
MERGED_ROW = (
    f"Ô dưới {FEWEST} phản ánh được cộng vào một dòng của tháng không ghi nơi và loại việc, "
    "để không chỉ ra một người gửi; tổng của tháng vẫn đủ."
)
TITLE = "Phản ánh, kiến nghị của người dân theo tháng, phường xã và loại việc"
#: So that a spreadsheet reads Vietnamese letters as they are.
BYTE_ORDER_MARK = "\ufeff"


@reports_page
def show(request: HttpRequest) -> HttpResponse:
    rows = monthly_figures.all_months(timezone.now())
    months: dict[str, dict[str, Any]] = {}
    for row in rows:
        month = months.setdefault(
            row.month, {"month": row.month, **dict.fromkeys(monthly_figures.COUNTED, 0)}
        )
        for name in monthly_figures.COUNTED:
            month[name] += getattr(row, name)
    context = {
        "months": list(reversed(months.values())),
        "columns": COLUMNS.items(),
        "merged_row": MERGED_ROW,
        "licence": LICENCE.current(),
    }
    return render(request, "public/report_data.html", context)


@reports_page
def as_csv(_request: HttpRequest) -> HttpResponse:
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=[field.name for field in fields(Figures)])
    writer.writeheader()
    writer.writerows(asdict(row) for row in monthly_figures.all_months(timezone.now()))
    response = HttpResponse(BYTE_ORDER_MARK + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="phan-anh-theo-thang.csv"'
    return _kept_for_a_while(response)


@reports_page
def as_json(_request: HttpRequest) -> HttpResponse:
    rows = [asdict(row) for row in monthly_figures.all_months(timezone.now())]
    return _kept_for_a_while(JsonResponse({"licence": LICENCE.current(), "rows": rows}))


@reports_page
def described(_request: HttpRequest) -> HttpResponse:
    """As tools that read data packages want it (https://specs.frictionlessdata.io/data-package/)."""
    licence = LICENCE.current()
    package = {
        "profile": "tabular-data-package",
        "name": "mot-cua-phan-anh-theo-thang",
        "title": TITLE,
        "description": MERGED_ROW,
        **({"licenses": [{"name": licence}]} if licence else {}),
        **(
            {"homepage": f"{settings.PUBLIC_URL}{reverse('public:report-data')}"}
            if settings.PUBLIC_URL
            else {}
        ),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "phan-anh-theo-thang",
                "path": "thang.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "schema": {"fields": [_field(name, says) for name, says in COLUMNS.items()]},
            }
        ],
    }
    return _kept_for_a_while(JsonResponse(package))


def _field(name: str, says: str) -> dict[str, str]:
    kinds = {"month": "yearmonth"} | dict.fromkeys(monthly_figures.COUNTED, "integer")
    return {"name": name, "type": kinds.get(name, "string"), "description": says}


def _kept_for_a_while(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
