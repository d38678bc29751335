"""The tokens of an Official Account: one row, one refresher at a time, the new pair stored before it is used.

A refresh token works once. So whoever refreshes takes a lease by a conditional UPDATE, the others wait for
what it brings, in whatever thread or process they are; and a pair that was received is committed before
anybody calls with it.
"""

from __future__ import annotations

import hashlib
import threading
import time
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.errors import NoToken, ZaloError
from bot.channels.zalo.oauth import REFRESH_LIVES, exchange
from bot.models import ZaloToken
from bot.rounds import go_rounds
from office.connections import give_back_to_pool

log = structlog.get_logger(__name__)

#: Longer than the exchange may take.
LEASE = timedelta(seconds=30)
#: After a refresh that failed nobody asks again for this long.
PAUSE = timedelta(seconds=30)
#: How long the others wait for the one who refreshes, and how often they look.
PATIENCE = 20.0
LOOK_EVERY = 0.1
#: The share of its life after which a token is refreshed: 20 of 25 hours.
OLD = 0.8
#: Seconds between two looks at its age.
CHECK_EVERY = 60.0


def adopt(account: ZaloAccount) -> None:
    """Begin with the refresh token of the setting, unless this very one was taken before: it is used up."""
    if not account.refresh_token:
        return
    first = {"refresh_token": account.refresh_token, "setting": _digest(account.refresh_token)}
    try:
        with transaction.atomic():
            ZaloToken.objects.create(account=account.oa_id, **first)
    except IntegrityError:
        _rows(account).exclude(setting=first["setting"]).update(**first, **_NOTHING_YET)


def enter(account: ZaloAccount, refresh_token: str) -> None:
    """Begin anew with a token that an operator typed; the setting's of now is passed over from then on."""
    setting = _digest(account.refresh_token) if account.refresh_token else ""
    values = {"refresh_token": refresh_token, "setting": setting, **_NOTHING_YET}
    ZaloToken.objects.update_or_create(account=account.oa_id, defaults=values)


def row_of(account: ZaloAccount) -> ZaloToken | None:
    return _rows(account).first()


def refresh_until(row: ZaloToken) -> datetime | None:
    """Until when the refresh token can be exchanged, as far as is known: since when we have it."""
    return row.refreshed_at + REFRESH_LIVES if row.refreshed_at else None


def access_token(account: ZaloAccount, *, instead_of: str = "") -> str:
    """A token to call with. instead_of: one that Zalo has just refused. Raises NoToken, or ZaloError."""
    row = _row(account)
    expired = row.access_until is not None and row.access_until <= timezone.now()
    refused = row.access_token if expired else instead_of
    return row.access_token if _is_another(row, refused) else refresh(account, instead_of=refused)


def refresh(account: ZaloAccount, *, instead_of: str) -> str:
    """A token that is not `instead_of`: exchanged here, or by whoever is already at it. Raises as above."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        row = _row(account)
        if _is_another(row, instead_of):
            return row.access_token
        if _take_lease(row):
            return _exchanged(account, row)
        if row.problem:
            raise NoToken(row.problem)
        give_back_to_pool()
        time.sleep(LOOK_EVERY)
    raise NoToken("Đang chờ mã truy cập Zalo mới.")


def is_old(row: ZaloToken, now: datetime) -> bool:
    """Whether to refresh now, while the old one still works."""
    if row.refreshed_at is None or row.access_until is None:
        return True
    return now >= row.refreshed_at + OLD * (row.access_until - row.refreshed_at)


def keep_fresh_until(stop: threading.Event, account: ZaloAccount) -> None:
    """Refresh before the token ends, until told to stop. A failure is logged and tried again."""
    go_rounds(stop, work=lambda: _look(account), wait=lambda: stop.wait(CHECK_EVERY))


def _look(account: ZaloAccount) -> bool:
    row = _row(account)
    if is_old(row, timezone.now()):
        try:
            refresh(account, instead_of=row.access_token)
        except ZaloError as problem:
            log.critical("zalo_token_not_refreshed", problem=str(problem), until=row.access_until)
    return False


def _row(account: ZaloAccount) -> ZaloToken:
    row = row_of(account)
    if row is None:
        raise NoToken("Chưa có mã truy cập Zalo: quản trị viên chạy `motcua zalo token --new`.")
    return row


def _is_another(row: ZaloToken, refused: str) -> bool:
    return bool(row.access_token) and row.access_token != refused


def _take_lease(row: ZaloToken) -> bool:
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    same = ZaloToken.objects.filter(free, pk=row.pk, refresh_token=row.refresh_token)
    return bool(same.update(lease_until=now + LEASE, problem=""))


def _exchanged(account: ZaloAccount, row: ZaloToken) -> str:
    same = ZaloToken.objects.filter(pk=row.pk, refresh_token=row.refresh_token)
    begun = timezone.now()
    try:
        pair = exchange(account, row.refresh_token)
    except ZaloError as problem:
        same.update(lease_until=timezone.now() + PAUSE, problem=str(problem)[:300])
        raise
    with transaction.atomic(durable=True):
        same.update(
            access_token=pair.access_token,
            refresh_token=pair.refresh_token,
            refreshed_at=begun,
            access_until=begun + pair.lives,
            lease_until=None,
        )
    log.info("zalo_token_refreshed", account=account.oa_id, until=begun + pair.lives)
    return pair.access_token


def _rows(account: ZaloAccount) -> QuerySet[ZaloToken]:
    return ZaloToken.objects.filter(account=account.oa_id)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_NOTHING_YET = {
    "access_token": "",
    "access_until": None,
    "refreshed_at": None,
    "lease_until": None,
    "problem": "",
}
