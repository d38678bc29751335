"""Revisions that begin or end on a day: set ahead by editors, applied on the day by itself, told in releases.

Days are those of Hà Nội (settings.TIME_ZONE); a revision begins at midnight. Applying is idempotent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledge_base.article import Content
from knowledge_base.content import Validity
from knowledge_base.content_json import from_json
from knowledge_base.errors import DateProblem, NotADraft, PublishingProblem, StaleDraft
from knowledge_base.models import ActiveRelease, Procedure, Revision
from knowledge_base.publishing import (
    live_contents,
    live_digests,
    live_revision,
    make_live,
    rebuild,
    register,
)
from office.models import Staff

_Status = Revision.Status
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What came about on its day, by code."""

    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    built: bool = False


def schedule(draft: Revision, on: date, by: Staff | None, *, then: Callable[[], None] = rebuild) -> None:
    """Let the draft go live on a day to come, then build a release that tells of it.

    Raises NotADraft, StaleDraft, DateProblem for a day that has begun, PublishingProblem when another
    revision already waits for its day.
    """
    if on <= timezone.localdate():
        raise DateProblem("The day has already begun: publish now, or choose a later day.")
    try:
        with transaction.atomic():
            _wait(draft, on)
            register(by, "revision.scheduled", draft, effective_from=on.isoformat())
    except IntegrityError as problem:
        raise PublishingProblem("Another revision already waits for its day: call that one off first.") from (
            problem
        )
    then()


def call_off(scheduled: Revision, by: Staff | None, *, then: Callable[[], None] = rebuild) -> None:
    """Make a scheduled revision a draft again. Raises PublishingProblem when it does not wait for a day."""
    with transaction.atomic():
        waiting = Revision.objects.filter(pk=scheduled.pk, status=_Status.SCHEDULED)
        if not waiting.update(status=_Status.DRAFT, effective_from=None):
            raise PublishingProblem("This revision does not wait for a day.")
        register(by, "revision.called_off", scheduled)
    then()


def withdraw(  # noqa: PLR0913 -- what, from when, by which decision, what instead, who
    code: str,
    *,
    from_day: date,
    decision: str,
    replaced_by: str,
    by: Staff | None,
    then: Callable[[], None] = rebuild,
) -> None:
    """End the live revision: `from_day` is the first day without it. A day that has begun ends it at once.

    replaced_by: code of the procedure to use instead, "" for none. Raises PublishingProblem when nothing is
    live under the code, or the replacement is not.
    """
    instead = live_revision(replaced_by) if replaced_by else None
    if replaced_by and (instead is None or replaced_by == code):
        raise PublishingProblem(f"{replaced_by} is no other procedure in use: give the code of one that is.")
    with transaction.atomic():
        live = Revision.objects.select_for_update().filter(procedure__code=code, status=_Status.LIVE).first()
        if live is None:
            raise PublishingProblem(f"{code} has no revision in use.")
        live.effective_to = from_day - _DAY
        live.withdrawn_by = decision[:200]
        live.replaced_by = instead.procedure if instead else None
        live.save(update_fields=["effective_to", "withdrawn_by", "replaced_by"])
        register(by, "revision.withdrawal_set", live, from_day=from_day.isoformat(), replaced_by=replaced_by)
    if not apply_dates(then=then).built:
        then()


def keep(code: str, by: Staff | None, *, then: Callable[[], None] = rebuild) -> None:
    """Take back a withdrawal that has not come about. Raises PublishingProblem when none is set."""
    with transaction.atomic():
        live = live_revision(code)
        if live is None or live.effective_to is None:
            raise PublishingProblem(f"No withdrawal of {code} waits for its day.")
        Revision.objects.filter(pk=live.pk).update(effective_to=None, withdrawn_by="", replaced_by=None)
        register(by, "revision.kept", live)
    then()


def apply_dates(now: datetime | None = None, *, then: Callable[[], None] = rebuild) -> Applied:
    """Bring about what is due: scheduled revisions begin, withdrawn ones end; then one release of it all.

    now: aware; the present when not given. Doing it again changes nothing; a release that could not be built
    is tried again. A correction published meanwhile is superseded, too: the day was decided by law.
    """
    day = timezone.localdate(now)
    with transaction.atomic():
        begun = tuple(_begin(revision) for revision in _due(day))
        ended = tuple(_end(revision) for revision in _expired(day))
    is_behind = bool(begun or ended) or _release_is_behind()
    if is_behind:
        then()
    return Applied(begun=begun, ended=ended, built=is_behind)


def dated_contents(codes: Collection[str] | None = None) -> list[Content]:
    """What a release holds: live contents and those that were withdrawn, each with its days, by code."""
    validities = _validities()
    contents = {content.code: content for content in live_contents(codes)}
    for revision in withdrawn_revisions():
        if codes is None or revision.procedure.code in codes:
            contents[revision.procedure.code] = from_json(revision.content)
    return [replace(contents[code], validity=validities.get(code)) for code in sorted(contents)]


def dated_digests() -> dict[str, str]:
    """A digest of each of these, by code; other days give another one."""
    digests = live_digests() | {
        revision.procedure.code: revision.digest for revision in withdrawn_revisions()
    }
    for code, validity in _validities().items():
        digests[code] = sha256(f"{digests[code]}{asdict(validity)}".encode()).hexdigest()
    return digests


def withdrawn_revisions() -> list[Revision]:
    """The last revision of each procedure that has ended without a successor."""
    live = Revision.objects.filter(status=_Status.LIVE).values("procedure_id")
    ended = Revision.objects.filter(status=_Status.WITHDRAWN).exclude(procedure_id__in=live)
    in_order = ended.select_related("procedure", "replaced_by").order_by("number")
    return list({revision.procedure_id: revision for revision in in_order}.values())


def _wait(draft: Revision, on: date) -> None:
    Procedure.objects.select_for_update().get(pk=draft.procedure_id)
    draft.refresh_from_db()
    if draft.status != _Status.DRAFT:
        raise NotADraft
    live = live_revision(draft.procedure.code)
    if (live and live.pk) != draft.based_on_id:
        raise StaleDraft
    draft.status, draft.effective_from = _Status.SCHEDULED, on
    draft.save(update_fields=["status", "effective_from"])


def _due(day: date) -> list[Revision]:
    waiting = Revision.objects.filter(status=_Status.SCHEDULED, effective_from__lte=day)
    return list(waiting.select_related("procedure").order_by("procedure__code"))


def _begin(revision: Revision) -> str:
    make_live(revision)
    register(None, "revision.begun", revision)
    return revision.procedure.code


def _expired(day: date) -> list[Revision]:
    live = Revision.objects.filter(status=_Status.LIVE, effective_to__lt=day)
    return list(live.select_related("procedure").order_by("procedure__code"))


def _end(revision: Revision) -> str:
    revision.status, revision.ended_at = _Status.WITHDRAWN, timezone.now()
    revision.save(update_fields=["status", "ended_at"])
    register(None, "revision.withdrawn", revision)
    return revision.procedure.code


def _release_is_behind() -> bool:
    """Whether something came about after the release in force was built: its building failed, say."""
    built_at = ActiveRelease.objects.values_list("release__built_at", flat=True).first()
    if built_at is None:
        return False
    begun = Revision.objects.filter(status=_Status.LIVE, effective_from__isnull=False)
    ended = Revision.objects.filter(status=_Status.WITHDRAWN, ended_at__gt=built_at)
    return begun.filter(published_at__gt=built_at).exists() or ended.exists()


def _validities() -> dict[str, Validity]:
    """The days of every revision in use that has any, and of what was withdrawn, by code."""
    changes = dict(
        Revision.objects.filter(status=_Status.SCHEDULED).values_list("procedure__code", "effective_from")
    )
    live = Revision.objects.filter(status=_Status.LIVE).select_related("procedure", "replaced_by")
    dated = live.exclude(effective_from=None, effective_to=None) | live.filter(procedure__code__in=changes)
    return {
        revision.procedure.code: _validity(revision, changes.get(revision.procedure.code))
        for revision in [*dated.defer("content"), *withdrawn_revisions()]
    }


def _validity(revision: Revision, changes_on: date | None) -> Validity:
    instead = revision.replaced_by.code if revision.replaced_by else ""
    replacement = live_revision(instead) if instead else None
    return Validity(
        since=_iso(revision.effective_from),
        changes_on=_iso(changes_on),
        until=_iso(revision.effective_to),
        decision=revision.withdrawn_by,
        replaced_by=instead,
        replaced_by_title=replacement.content["title"] if replacement else "",
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
