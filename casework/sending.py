"""Reports that other systems send: filed once, however often the same one arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from casework import report_secrets, reports
from casework.categories import kind_of
from casework.contacts import NOBODY, Contact
from casework.models import Report, ReportStep, SentReport
from conversations.messages import Position
from nlu.categories import is_urgent
from nlu.entities import mask_documents
from office.models import ApiKey, Unit

#: A system whose answer was lost sends again within minutes; who reports the same tomorrow means it.
SAME_WITHIN = timedelta(minutes=5)
#: What a line of the register holds.
_LONGEST_NOTE = 500


@dataclass(frozen=True, kw_only=True)
class ReportToSend:
    """What another system sends. sender: the device or account it names, "" for none; media: an address that
    stands with the report for the official and is never opened by us; facts: what was asked besides."""

    category: str
    text: str
    place: str = ""
    position: Position | None = None
    ward: Unit | None = None
    named_unit: Unit | None = None
    contact: Contact = NOBODY
    sender: str = ""
    media: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sent:
    """secret: opens the report to its author; "" when it was sent before, and was told then."""

    report: Report
    secret: str


def file_sent(sent: ReportToSend, *, key: ApiKey, now: datetime) -> Sent:
    """File what a system sends, or find it when the same key and sender sent the same within five minutes.

    The caller has asked `not_taken.why_not_taken`. Raises NoUnitInCharge.
    """
    digest, secret = _digest(sent), report_secrets.new_secret()
    with transaction.atomic():
        # One at a time for each key, so that two of the same at once are one. SQLite lets one write anyway.
        ApiKey.objects.select_for_update().get(pk=key.pk)
        again = SentReport.objects.filter(key=key, digest=digest, at__gt=now - SAME_WITHIN)
        if before := again.select_related("report__unit").order_by("-id").first():
            return Sent(report=before.report, secret="")
        report = _file(sent, secret)
        SentReport.objects.create(report=report, key=key, digest=digest, at=now)
        reports.enter(report, ReportStep.Act.NOTED, note=_came_with(sent, key))
    return Sent(report=report, secret=secret.words)


def _file(sent: ReportToSend, secret: report_secrets.Secret) -> Report:
    return reports.file_report(
        conversation=None,
        source=Report.Source.API,
        kind=kind_of(sent.category),
        category=sent.category,
        text=_with_facts(sent),
        place=mask_documents(sent.place),
        position=sent.position,
        ward=sent.ward,
        named_unit=sent.named_unit,
        contact=sent.contact,
        urgent=is_urgent(sent.text),
        secret=secret,
    ).report


def _with_facts(sent: ReportToSend) -> str:
    """What was said, and below it what was asked besides; without numbers of identity papers."""
    lines = [sent.text, *(f"{name}: {value}" for name, value in sent.facts)]
    return mask_documents("\n".join(line for line in lines if line))


def _came_with(sent: ReportToSend, key: ApiKey) -> str:
    media = f". Kèm đường dẫn ảnh (chưa ai kiểm tra): {sent.media}" if sent.media else ""
    return f"Gửi qua hệ thống {key.name}{media}"[:_LONGEST_NOTE]


def _digest(sent: ReportToSend) -> str:
    said = (sent.category, sent.text, sent.place, sent.position, sent.ward and sent.ward.code, sent.facts)
    return sha256(repr((sent.sender, said)).encode()).hexdigest()
