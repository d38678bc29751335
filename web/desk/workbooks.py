"""A spreadsheet that a browser saves."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, write: Callable[[BytesIO], object]) -> HttpResponse:
    """What `write` puts into the file, to be saved as name.xlsx."""
    file = BytesIO()
    write(file)
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(file.getvalue(), content_type=XLSX, headers=headers)
