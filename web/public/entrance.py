"""What the chat offers to whoever came in by a QR code (`/?q=KEY`) or a published report (`/?q=PA-…`)."""

from __future__ import annotations

from textwrap import shorten

from bot import choices
from bot.choices import Tapped
from casework import public_reports
from casework.categories import CATEGORY_NAMES
from casework.report_life import ANSWER_OWED
from conversations.messages import Choice
from knowledge_base.errors import ReleaseProblem
from knowledge_base.releases import pinned_library
from nlu.entities import report_code
from office.entrances import Entered, entered_by

#: Characters of a procedure's title on the button: three lines of a phone.
LONGEST_TITLE = 120


def offered_by(key: str) -> Choice | None:
    """The button of an entrance; None for a key that is not ours, or leads nowhere (any more)."""
    if report_code(key):
        return _offered_by_report(key)
    entered = entered_by(key) if key else None
    label = _label(entered) if entered else ""
    return Choice(label=label, payload=choices.start(key), main=True) if label else None


def offered_as(payload: str) -> Choice | None:
    """The same, by the payload of the button."""
    match choices.parse(payload):
        case Tapped(verb="start", arguments=(key,)):
            return offered_by(key)
    return None


def _offered_by_report(code: str) -> Choice | None:
    """To follow a published report that is not done yet."""
    publication = public_reports.opened(code)
    if publication is None or publication.report.state not in ANSWER_OWED:
        return None
    title = f"{CATEGORY_NAMES.get(publication.category, '')}, {publication.place}".strip(", ")
    label = f"Tôi cũng gặp việc {code}: {shorten(title, LONGEST_TITLE, placeholder='…')}"
    return Choice(label=label, payload=choices.start(code), main=True)


def _label(entered: Entered) -> str:
    if entered.ward_name:
        return f"Tôi hỏi từ {entered.ward_name}"
    title = _title(entered.procedure)
    return f"Tôi hỏi về: {shorten(title, LONGEST_TITLE, placeholder='…')}" if title else ""


def _title(code: str) -> str:
    """Of the release in force; "" when it is not held there."""
    try:
        with pinned_library() as library:
            return library.titles().get(code, "")
    except ReleaseProblem:
        return ""
