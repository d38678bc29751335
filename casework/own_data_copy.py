"""A copy of what is kept of one citizen, as plain data: what was said, sent, filed, agreed and asked for.

Officials appear by their unit, never by name; secrets' hashes, traces and the office's own notes stay inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from casework import privacy_notice
from casework.categories import CATEGORY_NAMES
from casework.models import Report
from casework.own_data import CONTACT
from conversations.messages import Author
from conversations.models import Attachment, Conversation, Turn
from conversations.transcript import visible_turns

AUTHORS = {
    Author.CITIZEN: "Anh/chị",
    Author.ASSISTANT: "Trợ lý ảo",
    Author.OFFICIAL: "Cán bộ",
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message. at: ISO 8601 with its zone. source: address of what was quoted. pictures, files: names."""

    at: str
    by: str
    text: str
    kind: str
    position: dict[str, float] | None
    source: str
    pictures: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Filed:
    """One report with the steps taken; position: where it was agreed to."""

    code: str
    kind: str
    category: str
    state: str
    text: str
    place: str
    position: dict[str, float] | None
    unit: str
    answer: str
    sent_at: str
    outcome: str
    contact: dict[str, str]
    due_at: str
    steps: tuple[dict[str, str], ...]
    ratings: tuple[dict[str, str], ...]
    pictures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The whole copy. text_version: of the notice in force when it was made. name: as the channel gave it."""

    made_at: str
    text_version: str
    channel: str
    begun_at: str
    name: str
    messages: tuple[Said, ...]
    reports: tuple[Filed, ...]
    cases: tuple[dict[str, str], ...]
    consents: tuple[dict[str, str], ...]
    requests: tuple[dict[str, str], ...]
    follows: tuple[dict[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def copy_of(conversation: Conversation) -> Copy:
    """Everything kept of the citizen of this conversation, oldest first."""
    named = {picture.public_id: file_name(picture) for picture in conversation.attachments.all()}
    return Copy(
        made_at=timezone.localtime().isoformat(timespec="seconds"),
        text_version=privacy_notice.text_version(),
        channel=conversation.channel,
        begun_at=_iso(conversation.created_at),
        name=conversation.citizen_name,
        messages=tuple(_said(turn, named) for turn in visible_turns(conversation)),
        reports=tuple(
            _filed(report) for report in conversation.reports.select_related("unit").order_by("id")
        ),
        cases=tuple(_cases(conversation)),
        consents=tuple(_consents(conversation)),
        requests=tuple(_requests(conversation)),
        follows=tuple(_follows(conversation)),
    )


def file_name(picture: Attachment) -> str:
    """The name within the copy, of a citizen's picture or an official's file."""
    return f"tep-{picture.pk}-{picture.name}" if picture.name else f"anh-{picture.pk}.jpg"


def _said(turn: Turn, named: dict[str, str]) -> Said:
    media, files = turn.payload.get("media") or (), turn.payload.get("files") or ()
    return Said(
        at=_iso(turn.created_at),
        by=_author(turn),
        text=turn.text,
        kind=turn.kind,
        position=turn.payload.get("position"),
        source=(turn.payload.get("citation") or {}).get("url", ""),
        pictures=tuple(named[medium["reference"]] for medium in media if medium["reference"] in named),
        files=tuple(named[file["reference"]] for file in files if file["reference"] in named),
    )


def _author(turn: Turn) -> str:
    unit = turn.payload.get("detail", {}).get("unit", "")
    name = AUTHORS[Author(turn.author)]
    return f"{name} – {unit}" if unit else name


def _filed(report: Report) -> Filed:
    return Filed(
        code=report.code,
        kind=report.get_kind_display(),
        category=CATEGORY_NAMES.get(report.category, report.category),
        state=report.get_state_display(),
        text=report.text,
        place=report.place,
        position=_position(report),
        unit=report.unit.name,
        answer=report.answer,
        outcome=report.get_outcome_display(),
        contact=_contact(report),
        due_at=_iso(report.due_at),
        sent_at=_iso(report.created_at),
        steps=tuple(_steps(report)),
        ratings=tuple(_ratings(report)),
        pictures=tuple(file_name(picture) for picture in report.photos.all()),
    )


def _contact(report: Report) -> dict[str, str]:
    """What was left to reach its author by."""
    left = {field.removeprefix("contact_"): getattr(report, field) for field in CONTACT}
    return {name: value for name, value in left.items() if value}


def _steps(report: Report) -> Iterator[dict[str, str]]:
    """said: of the citizen's own words only; the office's notes stay inside."""
    for step in report.steps.order_by("id"):
        said = step.note if step.by_citizen else ""
        yield {
            "at": _iso(step.at),
            "act": step.get_act_display(),
            "state": step.get_state_display(),
            "said": said,
        }


def _ratings(report: Report) -> Iterator[dict[str, str]]:
    for rating in report.ratings.order_by("id"):
        yield {
            "at": _iso(rating.at),
            "satisfied": "Hài lòng" if rating.is_satisfied else "Chưa hài lòng",
            "reason": rating.get_reason_display(),
            "comment": rating.comment,
        }


def _position(report: Report) -> dict[str, float] | None:
    if report.latitude is None or report.longitude is None:
        return None
    return {"latitude": report.latitude, "longitude": report.longitude}


def _cases(conversation: Conversation) -> Iterator[dict[str, str]]:
    for case in conversation.cases.select_related("unit").order_by("id"):
        yield {
            "number": case.number,
            "state": case.get_state_display(),
            "unit": case.unit.name,
            "opened_at": _iso(case.opened_at),
            "closed_at": _iso(case.closed_at),
            "outcome": case.outcome,
        }


def _consents(conversation: Conversation) -> Iterator[dict[str, str]]:
    for consent in conversation.consents.order_by("id"):
        yield {
            "purpose": consent.get_purpose_display(),
            "text_version": consent.text_version,
            "given_at": _iso(consent.given_at),
            "withdrawn_at": _iso(consent.withdrawn_at),
        }


def _requests(conversation: Conversation) -> Iterator[dict[str, str]]:
    for request in conversation.data_requests.order_by("id"):
        yield {
            "number": request.number,
            "kind": request.get_kind_display(),
            "received_at": _iso(request.received_at),
            "fulfilled_at": _iso(request.fulfilled_at),
        }


def _follows(conversation: Conversation) -> Iterator[dict[str, str]]:
    """Other citizens' reports: their code and how far they are, nothing else."""
    for follow in conversation.follows.select_related("report").order_by("id"):
        report = follow.report
        yield {"code": report.code, "state": report.get_state_display(), "since": _iso(follow.at)}


def _iso(at: datetime | None) -> str:
    """Hà Nội time; "" for what has not happened."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""
