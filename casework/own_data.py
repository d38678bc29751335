"""A citizen's data erased on request, and a consent taken back: what goes, what stays, and why.

A filed report is an administrative record that must be kept and answered (decree 20/2008/NĐ-CP arts 9, 14;
QĐ 1207/QĐ-UBND of 28/2/2025): its words and photos stay with the unit, the way to its author is cut. See
docs/decisions/0008-own-data.md.
"""

from __future__ import annotations

from django.db import transaction

from casework import (
    appointments,
    case_notes,
    case_words,
    cases,
    data_requests,
    drafts,
    publications,
    reports,
    unsaved_notes,
)
from casework.models import DataRequest, Rating, Report, ReportRating, ReportStep, SecretAttempt
from conversations import consents
from conversations.erasure import cut_address, erase_words
from conversations.models import Consent, Conversation, Turn
from office import audit
from office.models import Staff

#: Of a report: who sent it.
CONTACT = ("contact_name", "contact_phone", "contact_email", "contact_address")

POSITION_REMOVED = "Người gửi rút lại đồng ý: đã gỡ vị trí chính xác"
CONTACT_REMOVED = "Người gửi rút lại đồng ý: đã gỡ họ tên, số điện thoại"


@transaction.atomic
def erase(conversation: Conversation, *, by: Staff | None = None) -> DataRequest | None:
    """Erase what was said and who said it, close what is open, cut reports off from their author. Idempotent.

    Returns the request as met; None when everything had been erased before. by: None when the citizen did it.
    """
    locked = _locked(conversation)
    if locked.erased_at is not None:
        return None
    request = data_requests.enter(locked, DataRequest.Kind.DELETE)
    _erase(locked)
    for met in locked.data_requests.filter(fulfilled_at=None):
        data_requests.mark_fulfilled(met, by=by)
    return request


@transaction.atomic
def expire(conversation: Conversation) -> None:
    """Erase without a request: a conversation on a shared machine came to its end."""
    locked = _locked(conversation)
    if locked.erased_at is None:
        _erase(locked)
        audit.note("data.expired", f"conversation:{locked.pk}", None)


def _locked(conversation: Conversation) -> Conversation:
    """Without the key: an official's reply, which only refers to it, need not wait."""
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)


def _erase(conversation: Conversation) -> None:
    cases.end(conversation)
    case_words.forget(conversation.cases.all())
    drafts.erase(conversation)
    unsaved_notes.erase(conversation)
    case_notes.forget(conversation)
    appointments.forget(conversation)
    Rating.objects.filter(case__conversation=conversation).update(comment="")
    ReportRating.objects.filter(report__conversation=conversation).update(comment="")
    conversation.follows.all().delete()
    forget_contact(conversation)
    SecretAttempt.objects.filter(conversation=conversation).delete()
    erase_words(conversation)
    cut_address(conversation)


def forget_contact(conversation: Conversation) -> None:
    """Its reports name nobody any more: name, telephone, e-mail and address are ways to their author."""
    conversation.reports.update(**dict.fromkeys(CONTACT, ""))


@transaction.atomic
def withdraw_consents(conversation: Conversation, *, by: Staff | None = None) -> DataRequest | None:
    """Take back what was agreed to: exact positions and contacts leave reports. None without any consent."""
    withdrawn = consents.withdraw(conversation)
    if not withdrawn:
        return None
    request = data_requests.enter(conversation, DataRequest.Kind.WITHDRAW)
    if any(consent.purpose == Consent.Purpose.POSITION for consent in withdrawn):
        _remove_positions(conversation)
    if any(consent.purpose == Consent.Purpose.CONTACT for consent in withdrawn):
        _remove_contacts(conversation)
    data_requests.mark_fulfilled(request, by=by)
    return request


def _remove_positions(conversation: Conversation) -> None:
    for report in conversation.reports.exclude(latitude=None):
        Report.objects.filter(pk=report.pk).update(latitude=None, longitude=None)
        publications.forget_position(report)
        reports.enter(report, ReportStep.Act.POSITION_REMOVED, by_citizen=True, note=POSITION_REMOVED)
        audit.note("report.position_removed", report.code, None)
    forget_positions(conversation)


def _remove_contacts(conversation: Conversation) -> None:
    """From then on the reports are for reference, as if no name had been left."""
    nobody = dict.fromkeys(CONTACT, "")
    for report in conversation.reports.exclude(**nobody):
        Report.objects.filter(pk=report.pk).update(**nobody, is_reference_only=True)
        reports.enter(report, ReportStep.Act.NOTED, by_citizen=True, note=CONTACT_REMOVED)
        audit.note("report.contact_removed", report.code, None)


def forget_positions(conversation: Conversation) -> None:
    """No message holds a position any more: it was not agreed to, or is not any more."""
    for turn in conversation.turns.filter(direction=Turn.Direction.IN):
        if turn.payload.get("position"):
            turn.payload["position"] = None
            turn.save(update_fields=["payload"])
