"""`/du-lieu-cua-toi`: what is kept of a citizen, a copy of it, and the end of a conversation.

A copy is fetched by a link that opens once: the page asks first, so that no messenger's preview uses it up.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.channels.webchat import WebChat
from bot.own_data_acts import secrets_told
from casework import cases, data_requests, own_data, privacy_notice
from casework.models import DataRequest
from casework.notices import CHANNELS
from casework.own_data_copy import Copy, copy_of, file_name
from conversations.models import Conversation
from web.public import shared
from web.public.asked import wants_json
from web.public.visitor import brings_token, forget, posted_by_visitor, visitor_of

#: A page without script or picture, whose forms post here only.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
FILE_NAME = "du-lieu-cua-toi.zip"


@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, who sees it; and both acts for a browser that has a conversation."""
    context = {
        "kept": privacy_notice.kept(),
        "sections": privacy_notice.sections(),
        "version": privacy_notice.text_version(),
        "dated": privacy_notice.DATED,
        "begun": visitor_of(request).conversation() is not None,
        "demonstration": settings.DEMONSTRATION,
    }
    response = render(request, "public/own_data.html", context)
    response["Content-Security-Policy"] = POLICY
    return response


@require_POST
@posted_by_visitor
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    """Enter a request of this browser and lead to its link."""
    conversation = visitor_of(request).conversation()
    if conversation is None:
        return _led_to(request, reverse("public:own-data"))
    wanted = data_requests.enter(conversation, DataRequest.Kind.EXPORT)
    return _led_to(request, reverse("public:own-data-copy", args=[data_requests.new_link(wanted)]))


def _led_to(request: HttpRequest, address: str) -> HttpResponse:
    """The widget fetches the address itself: a new page would not know whose it is."""
    return JsonResponse({"address": address}) if wants_json(request) else redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@posted_by_visitor
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link (GET), and the file itself, once (POST)."""
    wanted = _wanted(request, token)
    if wanted is None or wanted.conversation is None:
        return _private(render(request, "public/own_data_link_gone.html", status=404))
    if request.method != "POST":
        context = {"number": wanted.number, "minutes": data_requests.LINK_MINUTES}
        return _private(render(request, "public/own_data_copy.html", context))
    packed = _packed(wanted.conversation)
    if not data_requests.mark_fulfilled(wanted, by=None):
        return _private(render(request, "public/own_data_link_gone.html", status=404))
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return _private(HttpResponse(packed, content_type="application/zip", headers=headers))


def _wanted(request: HttpRequest, token: str) -> DataRequest | None:
    """The request behind the link; one of the web chat opens for the same browser only."""
    wanted = data_requests.by_link(token, now=timezone.now())
    if wanted is None or wanted.conversation is None:
        return None
    of_a_browser = wanted.conversation.channel == WebChat.name
    if of_a_browser and wanted.conversation.chat != visitor_of(request).address.chat:
        return None
    return wanted


def _private(response: HttpResponse) -> HttpResponse:
    """Listed nowhere, run by nothing; never_cache and the referrer policy of the settings do the rest."""
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = POLICY
    return response


def _packed(conversation: Conversation) -> bytes:
    """A ZIP: the copy to read, the same for programs, and the pictures."""
    made = copy_of(conversation)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc-truoc.html", _readable(made))
        archive.writestr("du-lieu.json", json.dumps(made.to_json(), ensure_ascii=False, indent=2))
        for picture in conversation.attachments.all():
            if picture.file.name and picture.file.storage.exists(picture.file.name):
                with picture.file.open("rb") as file:
                    archive.writestr(file_name(picture), file.read())
    return target.getvalue()


def _readable(made: Copy) -> str:
    channel = CHANNELS.get(made.channel, made.channel)
    return render_to_string("public/own_data_file.html", {"copy": made, "channel": channel})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@posted_by_visitor
def end(request: HttpRequest) -> HttpResponse:
    """Ask once (GET), then erase the conversation and forget this browser (POST)."""
    conversation = visitor_of(request).conversation()
    if request.method != "POST":
        what = "public/_end.html" if brings_token(request) else "public/end.html"
        return _private(render(request, what, _before_the_end(conversation)))
    if conversation is not None:
        own_data.erase(conversation)
    if brings_token(request):
        return HttpResponse(status=204)
    response = forget(redirect(f"/?{shared.ENDED}"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _before_the_end(conversation: Conversation | None) -> dict[str, object]:
    return {
        "begun": conversation is not None,
        "case": cases.open_case_of(conversation) if conversation else None,
        "reports": list(conversation.reports.order_by("id")) if conversation else [],
        "secrets": secrets_told(conversation) if conversation else [],
    }
