"""What stands in the reply box and the note of a case is kept, whichever button of the page is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase

from casework import cases, drafts, unsaved_notes, visibility
from casework.models import Case
from conversations.outbox import message_of
from conversations.transcript import last_written
from web.desk.case_gone import words_kept_if_gone
from web.desk.cases import case_of, shown_again
from web.desk.composing import Composing, composing_of, quoted_in
from web.desk.doors import DeskRequest, desk_page

NOTE_STAYS = "Ghi chú anh/chị viết ở hồ sơ {number} chưa được lưu; mở lại hồ sơ thì ghi chú vẫn còn ở đó."
NOTE_HERE = (
    "Ghi chú anh/chị viết ở hồ sơ {number} chưa được lưu, và anh/chị không còn xem được hồ sơ ấy. "
    "Anh/chị chép lại nếu còn cần: {note}"
)
KEPT = "Chưa làm gì cả; những gì anh/chị viết vẫn còn. Anh/chị bấm nút của việc cần làm."


def case_act(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """As desk_page("POST"), for the buttons of the page of a case: its reply box and note are kept first."""

    @desk_page("POST")
    @words_kept_if_gone
    @wraps(view)
    def act(request: DeskRequest, number: str, *args: Any, **more: Any) -> HttpResponse:
        keep_typed(request, case_of(request, number))
        return view(request, number, *args, **more)

    return act


def keep_typed(request: DeskRequest, case: Case) -> None:
    """Reply box and note, where the form has them."""
    if "text" in request.POST:
        keep_words(request, case)
    keep_note(request, case)


def keep_note(request: DeskRequest, case: Case) -> None:
    if "private_note" in request.POST:
        unsaved_notes.keep(case, request.user, request.POST["private_note"])


def tell_of_note(request: DeskRequest, case: Case) -> None:
    """To who goes away from the case: a note typed there was not saved, and where it is."""
    if note := unsaved_notes.of(case, request.user):
        stays = visibility.sees_case(request.user, case)
        messages.warning(request, (NOTE_STAYS if stays else NOTE_HERE).format(number=case.number, note=note))


def keep_words(request: DeskRequest, case: Case) -> bool:
    """False when they were sent while this was under way, and there is nothing to keep."""
    if was_sent_already(request, case, composing_of(request, case)):
        return False
    code, part, _seen = quoted_in(request)
    quoted = {"code": code, "part": part} if code else {}
    drafts.save(case, request.user, request.POST.get("text", ""), quoted=quoted)
    return True


def was_sent_already(request: DeskRequest, case: Case, composing: Composing) -> bool:
    """The same words and quotation from the same form: a second tap, or the page sent again."""
    sent, before = last_written(case.conversation, request.user), request.POST.get("last_sent", "")
    if sent is None or not before.isdigit() or sent.pk <= int(before):
        return False
    last = message_of(sent)
    quoted = last.quoted.below if last.quoted else ""
    wanted = composing.quoted.below if composing.quoted else ""
    return (last.own_words, quoted) == (cases.words_of_reply(composing.text), wanted)


@case_act
def keep(request: DeskRequest, number: str) -> HttpResponse:
    """Enter was pressed without scripts: nothing is done, and all that was typed is shown again."""
    composing = composing_of(request, case_of(request, number))
    return shown_again(request, number, status=200, composing=composing, action_problem=KEPT)
