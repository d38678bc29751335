"""What there is to say of a report beside its state and term, to its author or to somebody who follows it."""

from __future__ import annotations

from dataclasses import dataclass

from bot import pages
from casework import public_reports, reopening, report_ratings
from casework.models import Report
from conversations.models import Conversation


@dataclass(frozen=True, kw_only=True)
class Standing:
    """answer: the words that may be told, "" for none. page: where it is public, "" where it is not.

    together: the code of the report it was merged into, and how far that one is; "" for none. followers:
    other people who mean the same. may_rate, may_reopen: by whoever asks.
    """

    answer: str = ""
    page: str = ""
    together: str = ""
    followers: int = 0
    may_rate: bool = False
    may_reopen: bool = False


def for_author(report: Report, conversation: Conversation) -> Standing:
    """A rating is taken where it was filed; whoever has code and secret may ask to look again."""
    is_here = report.conversation_id == conversation.pk
    publication = public_reports.opened(report.code)
    return Standing(
        answer=report.answer,
        page=pages.report(report.code) if publication else "",
        together=_together(report),
        followers=report.follows.count(),
        may_rate=is_here and report_ratings.is_unrated(report),
        may_reopen=reopening.may_reopen(report),
    )


def for_follower(report: Report) -> Standing:
    """Only what is public of it."""
    publication = public_reports.opened(report.code)
    if publication is None:
        return Standing(followers=report.follows.count())
    return Standing(
        answer=publication.answer, page=pages.report(report.code), followers=report.follows.count()
    )


def _together(report: Report) -> str:
    other = report.merged_into
    return f"{other.code}: {other.get_state_display().lower()}" if other else ""
