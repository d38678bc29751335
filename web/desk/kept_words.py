"""What stands in the reply box of a case is kept, whichever button of the page is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase

from casework import cases, drafts
from casework.models import Case
from conversations.outbox import message_of
from conversations.transcript import last_written
from web.desk.case_gone import words_kept_if_gone
from web.desk.cases import case_of, shown_again
from web.desk.composing import Composing, composing_of, quoted_in
from web.desk.doors import DeskRequest, desk_page
from web.desk.offered_acts import OfferedActs

KEPT = "Chưa làm gì cả; những gì anh/chị viết vẫn còn. Anh/chị bấm nút của việc cần làm."


def case_act(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """As desk_page("POST"), for the buttons of the page of a case: its reply box is kept first."""

    @desk_page("POST")
    @words_kept_if_gone
    @wraps(view)
    def act(request: DeskRequest, number: str, *args: Any, **more: Any) -> HttpResponse:
        if "text" in request.POST:
            keep_words(request, case_of(request, number))
        return view(request, number, *args, **more)

    return act


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
    case, typed = case_of(request, number), request.POST.dict()
    offered = OfferedActs(case=case, staff=request.user, typed=typed)
    return shown_again(
        request,
        number,
        status=200,
        offered=offered,
        appointment_typed=typed,
        composing=composing_of(request, case),
        action_problem=KEPT,
    )
