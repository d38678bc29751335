"""What the office lets go by itself: transcripts and pictures by age, the way to whose matters are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework import case_notes, case_words, drafts, own_data, unsaved_notes
from casework.models import Case, Follow, Report, ReportStep, SecretAttempt
from casework.report_life import OPEN
from conversations import retention
from conversations.erasure import cut_address
from conversations.models import Conversation, Turn
from conversations.retention import KeepFor

#: Wrong guesses count for an hour (report_secrets.WINDOW).
GUESSES_KEPT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Pruned:
    """How many went, or would go."""

    transcripts: int
    photos: int
    redacted: int
    files: int
    addresses: int


def prune(now: datetime, keep: KeepFor, *, dry_run: bool = False) -> Pruned:
    """Let go what is older than it may be. Idempotent; dry_run: only count."""
    due = retention.due(now, keep)
    settled = tuple(_settled(now - keep.transcripts))
    if not dry_run:
        _forget_follows(now - keep.transcripts)
        retention.apply(due, now, keep)
        for conversation in settled:
            own_data.forget_contact(conversation)
            cut_address(conversation)
        case_words.forget(_closed_without_words())
        case_notes.forget_without_words()
        drafts.prune(now)
        unsaved_notes.prune(now)
        SecretAttempt.objects.filter(at__lt=now - GUESSES_KEPT).delete()
    return Pruned(
        transcripts=len(due.transcripts),
        photos=len(due.photos),
        redacted=len(due.redacted),
        files=len(due.files),
        addresses=len(settled),
    )


def end_on_shared_machines(now: datetime) -> int:
    """End the conversations on shared machines that nobody touches any more; how many."""
    over = list(Conversation.objects.filter(ends_at__lt=now, erased_at=None))
    for conversation in over:
        own_data.expire(conversation)
    return len(over)


def _settled(cutoff: datetime) -> QuerySet[Conversation]:
    """Silent conversations whose every report is done since then: nobody has to be told anything any more."""
    open_report = Report.objects.filter(conversation=OuterRef("pk"), state__in=OPEN)
    late_step = ReportStep.objects.filter(report__conversation=OuterRef("pk"), at__gte=cutoff)
    followed = Follow.objects.filter(conversation=OuterRef("pk")).exclude(pk__in=_over(cutoff))
    nothing_comes = ~Exists(open_report) & ~Exists(late_step) & ~Exists(followed)
    silent = retention.silent_since(cutoff).filter(nothing_comes, erased_at=None)
    return silent.filter(Q(reports__isnull=False) | Q(cases__isnull=False)).distinct()


def _over(cutoff: datetime) -> QuerySet[Follow]:
    """Follows of reports that are done since then: who follows need not be reached any more."""
    late_step = ReportStep.objects.filter(report=OuterRef("report"), at__gte=cutoff)
    return Follow.objects.exclude(report__state__in=OPEN).filter(~Exists(late_step))


def _forget_follows(cutoff: datetime) -> None:
    Follow.objects.filter(pk__in=list(_over(cutoff).values_list("pk", flat=True))).delete()


def _closed_without_words() -> QuerySet[Case]:
    """A closed case is known by number, time and kind of outcome once what was said in it is gone."""
    words = Turn.objects.filter(conversation=OuterRef("conversation"))
    return Case.objects.filter(~Exists(words), state=Case.State.CLOSED)
