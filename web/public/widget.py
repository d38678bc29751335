"""The widget: one line in a website opens the chat there, in a frame that belongs to us.

The frame sets no cookie and reads none; what it shows and sends is known to it alone (web/public/visitor.py).
Which sites may show it is the operator's setting, told to the browser as frame-ancestors.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, conditional_page, require_safe

from web.public import shared, words
from web.public.chat_page import PERMISSIONS, content_policy, lines_while_off
from web.public.entrance import offered_by
from web.public.script_words import SCRIPT
from web.public.standing import Standing
from web.site import address_of_site

#: Seconds for which a website's visitors keep the script: so long an update may take to reach them all.
KEPT = 3600
#: The page with the line to copy runs our own script and shows our own frame, as a ward's website does.
EMBEDDING_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def _script() -> bytes:
    found = finders.find("widget.js")
    return Path(str(found)).read_bytes()


def _digest(_request: HttpRequest) -> str:
    return f'"{sha256(_script()).hexdigest()[:16]}"'


@require_safe
@gzip_page
@condition(etag_func=_digest)
@cache_control(public=True, max_age=KEPT)
def script(_request: HttpRequest) -> HttpResponse:
    """The script behind the one line. Any site may load it: the frame it opens decides who may show it."""
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
@xframe_options_exempt
@gzip_page
@conditional_page
@cache_control(no_cache=True)
def frame(request: HttpRequest) -> HttpResponse:
    """The chat in the frame, empty: its script fetches what was said. The same for everyone, so no secret."""
    context = {
        "frame": True,
        "words": words,
        "script": SCRIPT,
        "standing": Standing(),
        "off": lines_while_off(),
        "entrance": offered_by(request.GET.get("q", "")),
        "origins": settings.WIDGET_ORIGINS,
        "ended": shared.ENDED in request.GET,
        "ended_mark": shared.ENDED,
        "shared_seconds": shared.seconds() if request.GET.get("shared") == "1" else 0,
    }
    response = render(request, "public/widget.html", context)
    response["Content-Security-Policy"] = content_policy(ancestors=("'self'", *settings.WIDGET_ORIGINS))
    response["Permissions-Policy"] = PERMISSIONS
    return response


@require_safe
def embedding(request: HttpRequest) -> HttpResponse:
    """`/nhung`: the line to copy, what it does, and the widget itself."""
    site = address_of_site(request)
    source = f"{site}{reverse('public:widget-script')}"
    context = {
        "line": f'<script src="{source}" async referrerpolicy="no-referrer"></script>',
        "site": site,
        "origins": settings.WIDGET_ORIGINS,
    }
    response = render(request, "public/embedding.html", context)
    response["Content-Security-Policy"] = EMBEDDING_POLICY
    return response
