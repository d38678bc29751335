"""Reports: filed by a citizen, opened only to their author. What is done with one: report_acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casework import report_secrets
from casework.contacts import NOBODY, Contact
from casework.models import Report, ReportStep
from casework.numbers import next_number
from casework.routing_rules import route_for
from casework.terms import terms
from conversations.changes import DESK, publish
from conversations.messages import Position
from conversations.models import Attachment, Conversation
from nlu import text as texts
from office import audit
from office.models import Staff, Unit
from office.units import contact_team

Act = ReportStep.Act


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A filed report and its secret, which exists nowhere else: show it now or never."""

    report: Report
    secret: str


def file_report(  # noqa: PLR0913 -- the fields of a report, each by its name
    *,
    conversation: Conversation | None,
    kind: str,
    category: str,
    text: str,
    source: str = Report.Source.CHAT,
    contact: Contact = NOBODY,
    is_reference_only: bool = False,
    place: str = "",
    position: Position | None = None,
    ward: Unit | None = None,
    photos: Sequence[Attachment] = (),
    urgent: bool = False,
    named_unit: Unit | None = None,
    secret: report_secrets.Secret | None = None,
) -> Filed:
    """Enter a report in the register, in the charge of the right unit, with its code and secret.

    conversation: None when it came from elsewhere, as source says; kind: a value of Report.Kind;
    category: one of nlu.categories; named_unit: whom a report on service is about, the ward where nobody is
    named; secret: made beforehand by a caller whose transaction is open. Raises NoUnitInCharge.
    """
    secret = secret or report_secrets.new_secret()
    if kind == Report.Kind.SERVICE:
        named_unit = named_unit or ward
    with transaction.atomic():
        taken = route_for(kind=kind, category=category, ward=ward, named_unit=named_unit)
        unit = contact_team() if taken.is_signpost else taken.unit
        report = Report.objects.create(
            code=next_number("PA"),
            secret_hash=secret.hash,
            source=source,
            kind=kind,
            category=category,
            level=Report.Level.URGENT if urgent else Report.Level.NORMAL,
            text=text,
            place=place[:300],
            folded=searchable(text, place),
            latitude=position.latitude if position else None,
            longitude=position.longitude if position else None,
            accuracy=position.accuracy if position else None,
            ward=ward,
            named_unit=named_unit,
            unit=unit,
            conversation=conversation,
            contact_name=contact.name[:120],
            contact_phone=contact.phone[:40],
            contact_email=contact.email[:120],
            contact_address=contact.address[:300],
            **terms().at_filing(timezone.now()),
            is_reference_only=is_reference_only,
        )
        report.photos.set(photos)
        report.photos.update(is_filed=True)
        enter(report, Act.FILED, by_citizen=True)
        audit.note("report.filed", report.code, None, kind=kind, unit=report.unit.code)
        publish(DESK)
    return Filed(report=report, secret=secret.words)


def searchable(text: str, place: str) -> str:
    """What lists are searched in: without marks, so that whoever types without them finds the same."""
    return texts.fold(f"{text}\n{place}")


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


def enter(
    report: Report, act: str, staff: Staff | None = None, *, note: str = "", by_citizen: bool = False
) -> ReportStep:
    """A line in the register of what was just done, as the report stands after it."""
    return ReportStep.objects.create(
        report=report,
        act=act,
        actor=staff,
        by_citizen=by_citizen,
        state=report.state,
        unit=report.unit,
        note=note,
    )
