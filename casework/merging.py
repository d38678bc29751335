"""Two reports of one matter: the duplicate is merged into the other, split off again where that was wrong."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from casework import follows, notices
from casework.errors import NoSuchStep, NotTheSameMatter, OnlyOverseers, ReasonMissing, ReportMovedOn
from casework.models import Follow, Report, ReportStep
from casework.register import change, check_unchanged, keep_open
from casework.report_life import OPEN, State, after
from conversations.models import Conversation
from nlu import text as texts
from office.models import Staff

Act = ReportStep.Act


@transaction.atomic
def merge(report: Report, staff: Staff, *, seen: int, into: Report) -> None:
    """It is the same matter as the other: its author and followers follow that one from now on, and are told.

    Of the other report they are told its code and how far it is, nothing else. Raises NotTheSameMatter,
    ReportMovedOn when one of the two changed meanwhile, or NoSuchStep.
    """
    check_unchanged(report, seen)
    after(Act.MERGED, report.state)
    _check_same_matter(report, into)
    if not keep_open(report, into):
        raise ReportMovedOn
    change(report, Act.MERGED, seen=seen, staff=staff, note=f"Gộp vào {into.code}", merged_into=into)
    follows.tell_all(report, notices.report_merged(report, into))
    Follow.objects.bulk_create(
        [Follow(report=into, conversation=one) for one in _audience(report) if one != into.conversation],
        ignore_conflicts=True,
    )


def _check_same_matter(report: Report, into: Report) -> None:
    """Never across kinds, and one on service only with one about the same unit."""
    is_same = report.kind == into.kind and report.named_unit_id == into.named_unit_id
    if report.pk == into.pk or into.state not in OPEN or not is_same:
        raise NotTheSameMatter


@transaction.atomic
def split_off(report: Report, staff: Staff, *, seen: int, reason: str) -> None:
    """Undo a merging: the report goes on where it was, and its author no longer follows the other.

    Raises OnlyOverseers, ReasonMissing, NoSuchStep or ReportMovedOn.
    """
    why = texts.clean(reason)
    if not staff.may_oversee:
        raise OnlyOverseers
    if not why:
        raise ReasonMissing
    check_unchanged(report, seen)
    others = tuple(_merged_into(report))
    change(report, Act.SPLIT_OFF, seen=seen, staff=staff, note=why, to=_before(report), merged_into=None)
    for other in others:
        _unfollow(other, report)
    follows.tell_all(report, notices.report_split_off(report))


def _before(report: Report) -> State:
    """The state in which it was merged. Raises NoSuchStep when it is not merged."""
    before = report.steps.exclude(state=State.MERGED).last()
    if report.state != State.MERGED or before is None:
        raise NoSuchStep
    return State(before.state)


def _merged_into(report: Report) -> Iterator[Report]:
    while report.merged_into is not None:
        report = report.merged_into
        yield report


def _audience(report: Report) -> set[Conversation]:
    """Whom its notices reach."""
    author = report.conversation
    return {*follows.followers(report), *([author] if author and author.erased_at is None else [])}


def _unfollow(other: Report, report: Report) -> None:
    """Whom it had brought along; not who followed before, or came with yet another report merged there."""
    merged = report.steps.filter(act=Act.MERGED).last()
    if merged is None:
        return
    brought = {one for sibling in other.merged_reports.all() for one in _audience(sibling)}
    gone = _audience(report) - brought
    Follow.objects.filter(report=other, conversation__in=gone, at__gte=merged.at).delete()
