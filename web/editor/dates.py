"""The days on which a revision begins or a procedure ends, as an editor sets them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from knowledge_base import effective_dates
from knowledge_base.errors import DateProblem, NotADraft, PublishingProblem, ReleaseProblem, StaleDraft
from web.editor.doors import EditorRequest, editor_page
from web.editor.fields import CleanText
from web.editor.publication import revision_of

DAY_MISSING = "Anh/chị chọn ngày."
DAY_HAS_BEGUN = "Ngày này đã bắt đầu. Anh/chị bấm “Công bố” để dùng ngay, hoặc chọn một ngày sau hôm nay."
ONE_WAITS_ALREADY = "Thủ tục này đã có một bản hẹn ngày. Anh/chị bỏ hẹn bản đó trước."
NOT_A_DRAFT = "Bản này không còn là bản nháp. Anh/chị xem tình trạng bên dưới."
NOTHING_WAITS = "Không còn gì đang hẹn ngày ở đây; có thể đồng nghiệp đã bỏ hẹn, hoặc ngày đã đến."
NO_SUCH_REPLACEMENT = "Mã thủ tục thay thế phải là một thủ tục khác đang dùng. Anh/chị kiểm tra lại mã."
NOT_TOLD_YET = (
    "Đã ghi ngày, nhưng chưa dựng được bản phát hành. Anh/chị báo người vận hành chạy motcua kb build."
)


class DayForm(forms.Form):
    """The first day of a revision."""

    day = forms.DateField(error_messages={"required": DAY_MISSING, "invalid": DAY_MISSING})


class WithdrawalForm(DayForm):
    """The first day without the procedure, the decision, and what to use instead."""

    decision = CleanText(max_length=200, missing="Anh/chị ghi số văn bản bãi bỏ, ví dụ 12/QĐ-BCA.")
    replaced_by = CleanText(required=False, max_length=32)


@editor_page("POST")
def schedule(request: EditorRequest, code: str, number: int) -> HttpResponse:
    """A draft goes live on a day to come."""
    draft, form = revision_of(code, number), DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, DAY_MISSING)
        return redirect("editor:revision", code=code, number=number)
    day = form.cleaned_data["day"]
    done = f"Bản số {number} sẽ tự dùng từ ngày {_written(day)}. Từ nay câu trả lời báo trước."
    _carry_out(request, lambda: effective_dates.schedule(draft, day, request.user), done=done)
    return redirect("editor:revision", code=code, number=number)


@editor_page("POST")
def call_off(request: EditorRequest, code: str, number: int) -> HttpResponse:
    """A scheduled revision is a draft again."""
    revision = revision_of(code, number)
    done = f"Đã bỏ hẹn. Bản số {number} lại là bản nháp."
    _carry_out(request, lambda: effective_dates.call_off(revision, request.user), done=done)
    return redirect("editor:revision", code=code, number=number)


@editor_page("POST")
def withdraw(request: EditorRequest, code: str) -> HttpResponse:
    """The procedure ends before a day; from then on only what replaces it is told."""
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, str(problems[0]))
        return redirect("editor:procedure", code=code)
    day: date = form.cleaned_data["day"]
    has_begun = day <= timezone.localdate()
    done = f"Thủ tục {'đã' if has_begun else 'sẽ'} bãi bỏ từ ngày {_written(day)}."
    _carry_out(
        request,
        lambda: effective_dates.withdraw(
            code,
            from_day=day,
            decision=form.cleaned_data["decision"],
            replaced_by=form.cleaned_data["replaced_by"],
            by=request.user,
        ),
        done=done,
        refused=NO_SUCH_REPLACEMENT,
    )
    return redirect("editor:procedure", code=code)


@editor_page("POST")
def keep(request: EditorRequest, code: str) -> HttpResponse:
    """A withdrawal that has not come about is taken back."""
    _carry_out(request, lambda: effective_dates.keep(code, request.user), done="Đã bỏ việc bãi bỏ.")
    return redirect("editor:procedure", code=code)


def _carry_out(
    request: EditorRequest, act: Callable[[], None], *, done: str, refused: str = NOTHING_WAITS
) -> None:
    """Do it, and say in the editor's words what came of it."""
    try:
        act()
    except DateProblem:
        messages.error(request, DAY_HAS_BEGUN)
    except StaleDraft:
        pass  # the page shows both versions
    except NotADraft:
        messages.warning(request, NOT_A_DRAFT)
    except PublishingProblem as problem:
        messages.error(request, ONE_WAITS_ALREADY if "already waits" in str(problem) else refused)
    except ReleaseProblem:
        messages.error(request, NOT_TOLD_YET)
    else:
        messages.success(request, done)


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
