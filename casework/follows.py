"""Who is told what becomes of a report: its author, and those who follow it as it is their matter, too."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from casework.errors import NoSuchStep
from casework.models import Follow, Report, ReportStep
from casework.register import keep_open
from casework.reports import enter
from conversations import outbox
from conversations.changes import DESK, publish
from conversations.messages import OutboundMessage
from conversations.models import Conversation
from office.models import Staff


@transaction.atomic
def follow(report: Report, conversation: Conversation) -> bool:
    """From now on this conversation is told, too; its report's register says that somebody joined.

    False when it is the author's, or follows already. Of a merged report, the one it was merged into is
    followed. Raises NoSuchStep when the matter is done.
    """
    matter = stands_for(report)
    if matter.conversation_id == conversation.pk:
        return False
    if not keep_open(matter):
        raise NoSuchStep
    made = Follow.objects.get_or_create(report=matter, conversation=conversation)[1]
    if made:
        enter(matter, ReportStep.Act.JOINED, by_citizen=True)
        publish(DESK)
    return made


def followed(code: str, conversation: Conversation) -> Report | None:
    """The report of this code if the conversation follows it: it may be told how far it is, no more."""
    mine = Report.objects.filter(follows__conversation=conversation, code=code.strip().upper())
    return mine.select_related("unit").first()


def stands_for(report: Report) -> Report:
    """The report that it was merged into, and so on to the last; itself when it was not."""
    while report.merged_into is not None:
        report = report.merged_into
    return report


def followers(report: Report) -> Iterator[Conversation]:
    """Whose way is not cut, oldest first; without the author."""
    follows = report.follows.filter(conversation__erased_at=None).exclude(conversation=report.conversation)
    for one in follows.select_related("conversation").order_by("id"):
        yield one.conversation


def tell_author(report: Report, message: OutboundMessage, *, staff: Staff | None = None) -> None:
    """In the same chat; whoever had it erased looks up the report by its code and secret."""
    if report.conversation and report.conversation.erased_at is None:
        outbox.queue(report.conversation, message, staff=staff)


def tell_followers(
    report: Report,
    message: OutboundMessage,
    *,
    staff: Staff | None = None,
    but: Conversation | None = None,
) -> None:
    for conversation in followers(report):
        if conversation != but:
            outbox.queue(conversation, message, staff=staff)


def tell_all(report: Report, message: OutboundMessage) -> None:
    tell_author(report, message)
    tell_followers(report, message)
