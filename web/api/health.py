"""Is the process alive, and may it be sent citizens? For load balancers and supervisors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bot import classifier_in_use
from knowledge_base.models import ActiveRelease


@require_safe
@never_cache
def live(_request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; asks nothing else."""
    return JsonResponse({"status": "live"})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when citizens can be answered, 503 with what is missing otherwise.

    intents: which classifier reads what they write, and why; null when no assistant works in this process.
    A Rasa server that is down makes nobody wait, so it is no reason to send citizens elsewhere.
    """
    checks = {"database": _database_answers()}
    checks["release"] = checks["database"] and _release_is_active()
    is_ready = all(checks.values())
    body = {"status": "ready" if is_ready else "not ready", "checks": checks, "intents": _intents()}
    return JsonResponse(body, status=200 if is_ready else 503)


def _intents() -> dict[str, Any] | None:
    standing = classifier_in_use.standing()
    return asdict(standing) if standing else None


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _release_is_active() -> bool:
    try:
        return ActiveRelease.objects.exists()
    except DatabaseError:  # not migrated yet
        return False
