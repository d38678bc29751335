"""What a search found, each as one line that leads to where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from casework.categories import CATEGORY_NAMES
from casework.models import Case, CaseNote, Report, ReportStep
from casework.search import Search
from conversations.messages import Author
from conversations.models import Conversation, Turn
from office.models import Staff
from office.word_index import Words
from web.desk.found_words import Piece, pieces


@dataclass(frozen=True, kw_only=True)
class Found:
    """address: "" where there is no page for it. name: what it is called; told: what is known of it at once.

    state: its key and its name, "" where it has none.
    """

    address: str
    name: tuple[Piece, ...]
    pieces: tuple[Piece, ...] = ()
    told: str = ""
    state: tuple[str, str] = ("", "")
    at: datetime | None = None


def case(found: Case, asked: Search) -> Found:
    holder = found.claimed_by.display_name if found.claimed_by else ""
    said = " – ".join(part for part in (found.summary or found.get_reason_display(), found.outcome) if part)
    return Found(
        address=reverse("desk:case", args=[found.number]),
        name=pieces(found.number, asked.words),
        pieces=pieces(said, asked.words),
        told=_told(found.conversation.citizen_name, found.unit.name, holder),
        state=(found.state, found.get_state_display()),
        at=found.opened_at,
    )


def report(found: Report, asked: Search) -> Found:
    """The text, and with it the first of place, answer and sender in which a word stands that it lacks."""
    sender = " ".join((found.contact_name, found.contact_phone, found.contact_email, found.contact_address))
    parts = [found.text, *(part for part in (found.place, found.answer, sender) if _hit(part, asked.words))]
    return Found(
        address=reverse("desk:report", args=[found.code]),
        name=pieces(found.code, asked.words),
        pieces=tuple(piece for part in _spaced(parts) for piece in pieces(part, asked.words)),
        told=_told(CATEGORY_NAMES.get(found.category, ""), found.unit.name),
        state=(found.state, found.get_state_display()),
        at=found.created_at,
    )


def turn(found: Turn, asked: Search) -> Found:
    number: str = found.case_number  # type: ignore[attr-defined]  # annotated by casework.search
    return Found(
        address=f"{reverse('desk:case', args=[number])}?first={found.pk}#turn-{found.pk}",
        name=pieces(number, asked.words),
        pieces=pieces(found.text, asked.words),
        told=_author(found),
        at=found.created_at,
    )


def _author(found: Turn) -> str:
    if found.author == Author.CITIZEN:
        return found.conversation.citizen_name or "Người dân"
    if found.author == Author.ASSISTANT:
        return "Trợ lý ảo"
    return found.staff.display_name if found.staff else "Cán bộ"


def note(found: CaseNote, asked: Search) -> Found:
    return Found(
        address=reverse("desk:case", args=[found.case.number]),
        name=pieces(found.case.number, asked.words),
        pieces=pieces(found.text, asked.words),
        told=found.staff.display_name,
        at=found.at,
    )


def report_note(found: ReportStep, asked: Search) -> Found:
    return Found(
        address=f"{reverse('desk:report', args=[found.report.code])}#register",
        name=pieces(found.report.code, asked.words),
        pieces=pieces(found.note, asked.words),
        told=_told(found.get_act_display(), found.actor.display_name if found.actor else ""),
        at=found.at,
    )


def citizen(found: Conversation, asked: Search) -> Found:
    number: str | None = found.case_number  # type: ignore[attr-defined]  # annotated by casework.search
    code: str | None = found.report_code  # type: ignore[attr-defined]
    address = reverse("desk:case", args=[number]) if number else reverse("desk:report", args=[code])
    return Found(
        address=address,
        name=pieces(found.citizen_name, asked.words),
        told=_told(number or "", code or ""),
        at=found.created_at,
    )


def colleague(found: Staff, asked: Search) -> Found:
    units = ", ".join(unit.name for unit in found.units.all())
    return Found(
        address=_of_colleague(found, asked.reader),
        name=pieces(found.display_name, asked.words),
        told=_told(found.get_role_display(), units),
    )


def _of_colleague(found: Staff, reader: Staff) -> str:
    """The account for an administrator, open cases for who oversees them; a name alone for everybody else."""
    if reader.may_administer:
        return reverse("desk:staff-member", args=[found.pk])
    is_overseen: bool = found.is_overseen  # type: ignore[attr-defined]  # annotated by casework.search
    return f"{reverse('desk:board')}?{urlencode({'person': found.username})}" if is_overseen else ""


def _hit(text: str, words: Words) -> bool:
    return any(piece.is_hit for piece in pieces(text, words))


def _spaced(parts: list[str]) -> list[str]:
    return [part for text in parts for part in (text, " · ")][:-1]


def _told(*facts: str) -> str:
    return " · ".join(fact for fact in facts if fact)
