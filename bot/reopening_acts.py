"""Reopens a report on its author's word, inside the outcome's transaction."""

from __future__ import annotations

from bot import filed_replies, moves, reopening_replies
from casework import notices, report_acts
from casework.errors import ReopenedTooOften, StepProblem, TooLateToReopen
from casework.models import Report
from conversations.messages import OutboundMessage
from conversations.models import Conversation


def reopened(move: moves.Reopen, report: Report | None, conversation: Conversation) -> OutboundMessage:
    """What came of it; one and the same reply for whoever is not its author."""
    if report is None:
        return filed_replies.report_state(None, code=move.code)
    try:
        report_acts.reopen(report, reason=move.reason, asked_in=conversation)
    except TooLateToReopen:
        return reopening_replies.too_late(report.code)
    except ReopenedTooOften:
        return reopening_replies.too_often(report.code)
    except StepProblem:
        return reopening_replies.not_done_yet(report)
    return notices.report_reopened(report)
