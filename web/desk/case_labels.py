"""The labels of a case, put on and taken off on its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from casework import labels
from casework.errors import NoSuchLabel
from web.desk.cases import case_of
from web.desk.doors import DeskRequest
from web.desk.kept_words import case_act


@case_act
def change(request: DeskRequest, number: str) -> HttpResponse:
    """take_off or, without it, put_on: the key of a label. What is so already is left so."""
    case = case_of(request, number)
    try:
        if take_off := request.POST.get("take_off", ""):
            labels.take_off(case, _key(take_off), request.user)
        elif put_on := request.POST.get("put_on", ""):
            labels.put_on(case, _key(put_on), request.user)
    except NoSuchLabel as problem:
        messages.warning(request, str(problem))
    return redirect("desk:case", number=number)


def _key(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0
