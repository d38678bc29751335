"""The answer to who posts something of a case that he or she does not see (any more)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from web.desk.doors import DeskRequest

#: What is typed on the page of a case, and what the page calls it.
_TYPED = {
    "text": "Trả lời người dân",
    "private_note": "Ghi chú nội bộ",
    "note": "Kết quả khác hoặc ghi chú",
    "transfer_reason": "Lý do chuyển",
    "back_reason": "Lý do chuyển lại",
    "release_reason": "Vì sao trả lại",
    "priority_reason": "Lý do đổi mức khẩn",
    "papers": "Giấy tờ mang theo",
}


class CaseGone(Http404):
    """This person sees no case of this number: it went to another unit, or never was."""


def words_kept_if_gone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Of a case that is gone the view's answer is one and the same page, whether there is such a case or
    not: it shows what was typed and tells nothing of the case.
    """

    @wraps(view)
    def answered(request: DeskRequest, number: str, *args: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, number, *args, **more)
        except CaseGone:
            return _typed_words(request, number)

    return answered


def _typed_words(request: DeskRequest, number: str) -> HttpResponse:
    posted = {label: request.POST.get(name, "").strip() for name, label in _TYPED.items()}
    typed = {label: words for label, words in posted.items() if words}
    context = {"room": "queue", "number": number, "typed": typed, "had_file": bool(request.FILES)}
    return render(request, "desk/case_gone.html", context, status=404)
