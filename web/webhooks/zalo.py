"""What Zalo sends to us: one event a request, answered with 200 once it is committed, within two seconds."""

from __future__ import annotations

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse

from bot.channels.zalo import HEADER, genuine_event, take_in, zalo_account
from bot.intake import AWAY
from web.webhooks.edge import webhook

log = structlog.get_logger(__name__)


@webhook
def receive(request: HttpRequest) -> HttpResponse:
    """200: it is committed. 403: Zalo did not sign it. 503: the database is away, and Zalo sends it again.

    404 while Zalo is off. The header `num_retry` of a repeat is only logged: the rows know what came before.
    """
    account = zalo_account()
    if account is None:
        raise Http404
    try:
        event = genuine_event(request.body, signature=request.headers.get(HEADER, ""), account=account)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    if event is None:
        log.warning("zalo_webhook_refused", reason="wrong or missing signature")
        return HttpResponse(status=403)
    try:
        take_in(event, account=account)
    except AWAY as problem:
        log.warning("zalo_event_not_recorded", problem=str(problem), repeat=request.headers.get("num_retry"))
        return HttpResponse(status=503)
    return HttpResponse()
