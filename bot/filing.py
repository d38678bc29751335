"""Files a report, or follows one of the same thing, inside the outcome's transaction."""

from __future__ import annotations

from django.utils import timezone

from bot import filed_replies, moves, notice_replies, paid_templates
from bot.contact import ToldContact
from bot.preparation import Prepared
from bot.report_form import ReportForm
from bot.signposts import with_calls
from bot.term_words import intake_told
from casework import joining, own_data, reports
from casework.contacts import Contact
from casework.errors import NothingToJoin
from casework.models import Report
from casework.privacy_notice import text_version
from conversations import consents
from conversations.messages import OutboundMessage
from conversations.models import Consent, Conversation
from office.models import Unit
from office.opening_hours import working_clock
from office.places import find_ward
from office.unit_names import unit_named


def filed_or_joined(
    move: moves.FileReport | moves.JoinReport, conversation: Conversation, prepared: Prepared
) -> OutboundMessage:
    """The receipt, or what following means."""
    if isinstance(move, moves.JoinReport):
        return _joined(move, conversation)
    form, ward = move.form, Unit.objects.filter(code=move.form.ward).first()
    filed = reports.file_report(
        conversation=conversation,
        kind=form.kind,
        category=form.category,
        text=_text(form),
        place=form.place,
        position=form.position,
        ward=ward,
        photos=prepared.photos.attachments,
        urgent=form.urgent,
        secret=prepared.secret,
        contact=_contact(form.contact),
        is_reference_only=bool(form.contact.missing),
        named_unit=_complained_of(form, ward) if form.kind == Report.Kind.SERVICE else None,
    )
    _keep_consents(form, conversation)
    told = filed_replies.filed(
        filed.report,
        filed.secret,
        lost_photos=prepared.photos.lost,
        term=intake_told(filed.report, now=timezone.now(), clock=working_clock()),
        window=notice_replies.may_not_write_first(conversation.channel, filed.report.code),
        unseen=form if move.unseen else None,
    )
    if paid_templates.may_be_offered(conversation):
        told = notice_replies.offered(told)
    return with_calls(told) if filed.report.is_urgent else told


def _complained_of(form: ReportForm, ward: Unit | None) -> Unit | None:
    """The ward of the story; else the office that the answer "where?" names, which may have an address in a
    ward; else the ward, or the office of the story.
    """
    if ward and find_ward(form.text):
        return ward
    return unit_named(form.place) or ward or unit_named(form.text)


def _text(form: ReportForm) -> str:
    """With the procedure that a report on a rule is about."""
    return f"{form.text}\nVề thủ tục: {form.procedure}" if form.procedure else form.text


def _contact(told: ToldContact) -> Contact:
    return Contact(name=told.name, phone=told.phone)


def _keep_consents(form: ReportForm, conversation: Conversation) -> None:
    """What was agreed to by sending; a position that does not go along is kept nowhere."""
    if form.contact.is_told:
        consents.give(conversation, Consent.Purpose.CONTACT, text_version=text_version())
    if form.position:
        consents.give(conversation, Consent.Purpose.POSITION, text_version=text_version())
    else:
        own_data.forget_positions(conversation)


def _joined(move: moves.JoinReport, conversation: Conversation) -> OutboundMessage:
    try:
        report = joining.join(move.code, conversation, text=move.text)
    except NothingToJoin:
        return filed_replies.nothing_to_join() if move.text else filed_replies.not_to_follow()
    return filed_replies.joined(report) if move.text else filed_replies.follows_now(report)
