"""What Telegram sends to us: one update a request, answered with 200 once it is committed."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from bot.channels import switches
from bot.channels.telegram import NotAnUpdate, take_in, telegram_webhook, update_of
from bot.intake import AWAY
from web.webhooks.edge import webhook

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the name of a header


@webhook
def receive(request: HttpRequest) -> HttpResponse:
    """200: it is committed, and Telegram forgets it. 503: the database is away, and Telegram sends it again.

    The answer may hold one call that Telegram carries out for us. 404 while updates are fetched.
    """
    set_up = telegram_webhook() if settings.TELEGRAM_TOKEN else None
    if set_up is None:
        raise Http404
    if not set_up.is_said_by_telegram(request.headers.get(SECRET_HEADER, "")):
        log.warning("telegram_webhook_refused", reason="wrong or missing secret")
        return HttpResponse(status=403)
    try:
        owed = take_in(update_of(request.body), account=settings.TELEGRAM_TOKEN.partition(":")[0])
    except (NotAnUpdate, RequestDataTooBig):
        log.exception("telegram_webhook_refused", reason="no update of the Bot API")
        return HttpResponse(status=400)
    except AWAY as problem:
        log.warning("telegram_update_not_recorded", problem=str(problem))
        return HttpResponse(status=503)
    may_answer = owed and not switches.is_off("telegram")
    return JsonResponse(owed[0].as_json() if may_answer else {})
