"""Where colleagues named me."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render

from casework import mentions
from web.desk.doors import DeskRequest, desk_page

A_PAGE = 50


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    """The unseen first; each is seen once its case is opened."""
    found = mentions.mentions_of(request.user).order_by(F("seen_at").desc(nulls_first=True), "-id")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/mentions.html", {"room": "mentions", "page": page})
