"""What the office's rows tell a report in the making: what it asks for, a number told before, reports alike,
where to turn instead.

Read after a move is decided and before anything is said; changes no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot import moves
from bot.decided import Decided
from bot.report_form import ReportForm, Step, moved_on
from bot.similar_reports import SimilarReport
from bot.state import State
from casework import nearby
from casework.contact_fields import PHONE, wanted_of
from casework.models import Report
from casework.phones_given import phones_given
from casework.routing_rules import route_for
from conversations.models import Conversation
from office.models import Unit

#: What of a published report's words is told: enough to know it again.
LONGEST_SHOWN = 200


def completed(
    found: Decided, before: State, *, conversation: Conversation, titles: Mapping[str, str]
) -> Decided:
    """The same decision, its form with what is known of it from elsewhere.

    before: what was remembered. titles: of the procedures held, by code.
    """
    move = found.move
    if not isinstance(move, moves.FillReport | moves.TakeAsFeedback):
        return found
    was_reviewed = before.form.reviewed if before.form else False
    form = _with_contact(_with_procedure(move.form, before.procedure, titles), conversation)
    form = _with_signpost(_with_similar(form, conversation, was_reviewed=was_reviewed))
    return replace(found, move=replace(move, form=form), state=replace(found.state, form=form))


def _with_procedure(form: ReportForm, code: str, titles: Mapping[str, str]) -> ReportForm:
    """A report on a rule is about the procedure spoken of, unless the citizen says that it is not."""
    is_open = form.kind == "regulation" and not (form.procedure or form.procedure_denied)
    if not (is_open and code in titles):
        return form
    return replace(form, procedure=f"{titles[code]} ({code})")


def _with_contact(form: ReportForm, conversation: Conversation) -> ReportForm:
    """With the fields that its kind asks for, and a number told before that it lacks."""
    contact = replace(form.contact, wanted=wanted_of(form.kind))
    if PHONE in contact.missing and form.step in (Step.REVIEW, Step.CONTACT):
        known = phones_given(conversation)
        contact = replace(contact, known_phone=known[0] if known else "")
    return replace(form, contact=contact)


def _with_signpost(form: ReportForm) -> ReportForm:
    """With where to turn instead, when the unit for it takes no reports here."""
    if form.kind == Report.Kind.SERVICE or form.step not in (Step.PHOTO, Step.REVIEW):
        return form
    ward = Unit.objects.filter(code=form.ward).first() if form.ward else None
    unit = route_for(kind=form.kind, category=form.category, ward=ward).unit
    return replace(form, pointed_to=f"{unit.name}: {unit.signpost}" if unit.is_signpost_only else "")


def _with_similar(form: ReportForm, conversation: Conversation, *, was_reviewed: bool) -> ReportForm:
    """Looked for once the place is told, and not again until the place or the matter is another."""
    ready = form.kind == "field" and form.step in (Step.PHOTO, Step.REVIEW) and not form.editing
    if not ready or form.similar_done or form.similar:
        return form
    wanted = nearby.Wanted(
        category=form.category, text=form.text, place=form.place, ward=form.ward, position=form.position
    )
    found = tuple(map(_shown, nearby.similar_to(wanted, besides=conversation)))
    if not found:
        return replace(form, similar_done=True)
    return moved_on(replace(form, similar=found, reviewed=was_reviewed))


def _shown(report: nearby.Nearby) -> SimilarReport:
    text = report.text[:LONGEST_SHOWN]
    return SimilarReport(code=report.code, text=text, place=report.place, metres=report.metres)
