"""Reports: filed by a citizen, moved step by step by officials, opened only to their author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from casework import notices, report_secrets
from casework.errors import NoSuchStep, NotToWhomItIsAbout, ReasonMissing, ReportMovedOn
from casework.models import Report, ReportStep
from casework.numbers import next_number
from casework.routing import unit_in_charge
from conversations import outbox
from conversations.changes import DESK, publish
from conversations.messages import OutboundMessage, Position
from conversations.models import Attachment, Conversation
from nlu import text as texts
from office import audit
from office.models import Staff, Unit
from office.units import contact_team

State = Report.State

NEXT_STATES: dict[str, tuple[State, ...]] = {
    State.NEW: (State.TAKEN_IN, State.REFUSED),
    State.TAKEN_IN: (State.IN_PROGRESS, State.ANSWERED, State.REFUSED),
    State.IN_PROGRESS: (State.ANSWERED, State.REFUSED),
    State.ANSWERED: (),
    State.REFUSED: (),
}


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A filed report and its secret, which exists nowhere else: show it now or never."""

    report: Report
    secret: str


def file_report(  # noqa: PLR0913 -- the fields of a report, each by its name
    *,
    conversation: Conversation,
    kind: str,
    category: str,
    text: str,
    place: str = "",
    position: Position | None = None,
    ward: Unit | None = None,
    photos: Sequence[Attachment] = (),
    urgent: bool = False,
    named_unit: Unit | None = None,
    secret: report_secrets.Secret | None = None,
) -> Filed:
    """Enter a report in the register, in the charge of the right unit, with its code and secret.

    kind: a value of Report.Kind; category: one of nlu.categories; named_unit: whom a report on service is
    about; secret: made beforehand by a caller whose transaction is open. Raises NoUnitInCharge.
    """
    secret = secret or report_secrets.new_secret()
    with transaction.atomic():
        report = Report.objects.create(
            code=next_number("PA"),
            secret_hash=secret.hash,
            kind=kind,
            category=category,
            urgent=urgent,
            text=text,
            place=place[:300],
            latitude=position.latitude if position else None,
            longitude=position.longitude if position else None,
            ward=ward,
            unit=unit_in_charge(kind, ward, named_unit, contact_team=contact_team()),
            conversation=conversation,
        )
        report.photos.set(photos)
        ReportStep.objects.create(report=report, state=State.NEW)
        audit.note("report.filed", report.code, None, kind=kind, unit=report.unit.code)
        publish(DESK)
    return Filed(report=report, secret=secret.words)


def status_for_author(code: str, *, conversation: Conversation | None, secret: str | None) -> Report | None:
    """The report, for its author only: the same conversation, or code and secret.

    None for everyone else, the same whether the code or the secret is wrong, was left out, or was guessed
    at too often (`is_locked` tells the last).
    """
    named = code.strip().upper()
    report = Report.objects.select_related("unit").filter(code=named).first()
    if report and conversation and report.conversation_id == conversation.pk:
        return report
    if not secret or report_secrets.is_locked(named, conversation):
        return None
    if report_secrets.opens(secret, report.secret_hash if report else None):
        return report
    report_secrets.note_wrong_attempt(named, conversation)
    return None


def is_locked(code: str, *, conversation: Conversation | None) -> bool:
    """True when secrets were guessed at too often in the last hour: say "try again later", true or not."""
    return report_secrets.is_locked(code.strip().upper(), conversation)


@transaction.atomic
def move_on(report: Report, staff: Staff, *, to: str, seen: str, words: str = "") -> ReportStep:
    """Take the report to its next state, enter the step in the register and tell its author in the same chat.

    seen: the state the official was looking at; words: the answer or the reason for refusing, which its
    author reads. Raises ReportMovedOn, NoSuchStep or ReasonMissing; then nothing has changed.
    """
    said = texts.clean(words)
    if to not in NEXT_STATES.get(seen, ()):
        raise NoSuchStep
    if to in {State.ANSWERED, State.REFUSED} and not said:
        raise ReasonMissing
    if not Report.objects.filter(pk=report.pk, state=seen).update(state=to, answer=said):
        raise ReportMovedOn
    report.refresh_from_db()
    step = ReportStep.objects.create(report=report, actor=staff, state=to, note=said[:500])
    outbox.queue(report.conversation, _notice(report, staff), staff=staff if said else None)
    audit.note("report.moved", report.code, staff, state=to)
    publish(DESK)
    return step


@transaction.atomic
def forward(report: Report, staff: Staff, *, to: Unit, seen: Unit) -> ReportStep:
    """Put the report in another unit's charge, enter it in the register and tell its author.

    seen: the unit the official saw in charge. Raises NotToWhomItIsAbout, NoSuchStep when the report is done
    or stays where it is, or ReportMovedOn; then nothing has changed.
    """
    if report.kind == Report.Kind.SERVICE and to == report.ward:
        raise NotToWhomItIsAbout
    if to == seen or not NEXT_STATES[report.state]:
        raise NoSuchStep
    if not Report.objects.filter(pk=report.pk, state=report.state, unit=seen).update(unit=to):
        raise ReportMovedOn
    report.refresh_from_db()
    moved = f"Chuyển đến {to.name}"
    step = ReportStep.objects.create(report=report, actor=staff, state=report.state, note=moved)
    outbox.queue(report.conversation, notices.report_forwarded(report))
    audit.note("report.forwarded", report.code, staff, to=to.code)
    publish(DESK)
    return step


def _notice(report: Report, staff: Staff) -> OutboundMessage:
    if report.state == State.ANSWERED:
        return notices.report_answered(report, staff, report.answer)
    if report.state == State.REFUSED:
        return notices.report_refused(report, staff, report.answer)
    if report.state == State.IN_PROGRESS:
        return notices.report_in_progress(report)
    return notices.report_taken_in(report)
