"""What one message says: everything the policy may look at, read once, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.choices import Tapped, parse
from bot.intake import LONGEST_TEXT
from bot.place_words import place_phrase
from bot.report_form import Said
from conversations.messages import MediaReference, MessageKind, Position
from conversations.models import Turn
from knowledge_base.content import PartName
from knowledge_base.decision import Decision, decide
from knowledge_base.library import Library
from knowledge_base.life_events import EventNamed, event_named
from knowledge_base.tracing import Trace
from nlu import categories, entities, guards
from nlu.asked_part import asked_part
from nlu.intents import Intent, IntentClassifier
from office.places import Found, Split, find_ward

#: Intents that begin a report.
REPORTS = ("report_problem", "report_regulation", "report_service")


@dataclass(frozen=True, kw_only=True)
class WardChoice:
    """A unit of today that a named place may be."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """One message, understood.

    kind, text, tapped, media and position as sent; guard as the intake saw it, but for a button's own label.
    intent and decision are None when the message has no words to classify or to search for.
    decision: the calibrated outcome of the search; trace: how it came about.
    event: the life event that the words name, with what of its needs is held.
    place: the words that name a place; ward, ward_name: the one unit it is today;
    procedure: the code of a procedure that the text names and the release knows.
    former_ward, ward_choices: a ward of before that went to several, and these.
    """

    kind: MessageKind
    text: str = ""
    tapped: Tapped | None = None
    guard: guards.GuardKind | None = None
    intent: Intent | None = None
    part: PartName | None = None
    decision: Decision | None = None
    trace: Trace | None = None
    event: EventNamed | None = None
    report_code: str = ""
    report_secret: str = ""
    procedure: str = ""
    categories: tuple[str, ...] = ()
    urgent: bool = False
    place: str = ""
    ward: str = ""
    ward_name: str = ""
    former_ward: str = ""
    ward_choices: tuple[WardChoice, ...] = ()
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()

    def is_about(self, *names: str, at_least: float = 0.0) -> bool:
        """True when the intent is one of these, with that confidence."""
        intent = self.intent
        return intent is not None and intent.name in names and intent.confidence >= at_least

    @property
    def has_words(self) -> bool:
        """False for nothing, for emoji and for marks alone."""
        return any(letter.isalnum() for letter in self.text)

    @property
    def typed(self) -> str:
        """The words, but for those of a button."""
        return "" if self.tapped else self.text

    @property
    def is_cut(self) -> bool:
        """True when the text is as long as the intake keeps: more was probably sent."""
        return len(self.text) >= LONGEST_TEXT

    @property
    def said(self) -> Said:
        """What this message gives a report form: of all files, pictures only."""
        return Said(
            text=self.text,
            categories=self.categories,
            urgent=self.urgent,
            place=self.place,
            ward=self.ward,
            position=self.position,
            media=self.media if self.kind is MessageKind.PHOTO else (),
        )


def understand(
    turn: Turn, *, classifier: IntentClassifier, library: Library, place_expected: bool
) -> Understanding:
    """Read a turn. Searches only where there are words and no guard has spoken.

    place_expected: a report is being filled or a ward was asked for: any message may name a place.
    """
    payload = turn.payload
    position = payload.get("position")
    tapped = parse(payload.get("choice") or turn.text)
    seen = Understanding(
        kind=MessageKind(turn.kind),
        text=turn.text.strip(),
        tapped=tapped,
        guard=None if tapped else _guard(turn),
        position=Position(**position) if position else None,
        media=tuple(MediaReference(**medium) for medium in payload.get("media", ())),
    )
    if seen.tapped or seen.guard or not seen.has_words:
        return seen
    return _read(seen, classifier=classifier, library=library, place_expected=place_expected)


def _guard(turn: Turn) -> guards.GuardKind | None:
    if turn.redacted:
        return guards.GuardKind(turn.redacted)
    finding = guards.look(turn.text)
    return finding.kind if finding else None


def _read(
    seen: Understanding, *, classifier: IntentClassifier, library: Library, place_expected: bool
) -> Understanding:
    text = seen.text
    part = asked_part(text)
    intent = classifier.classify(text)
    found = library.search(text)
    read = replace(
        seen,
        intent=intent,
        part=PartName(part) if part else None,
        decision=decide(found),
        trace=Trace.of(found),
        event=event_named(text, held=library.titles),
        report_code=entities.report_code(text) or "",
        report_secret=entities.report_secret(text) or "",
        procedure=_procedure_named(text, library),
        categories=categories.rank_categories(text),
        urgent=categories.is_urgent(text),
        place=place_phrase(text),
    )
    names_a_place = place_expected or intent.name in REPORTS or read.part is PartName.WHERE
    return _with_ward(read) if names_a_place else read


def _procedure_named(text: str, library: Library) -> str:
    code = entities.procedure_code(text)
    return code if code and code in library.titles() else ""


def _with_ward(seen: Understanding) -> Understanding:
    """With the one unit the text names, or those that a former ward went to."""
    match find_ward(seen.text):
        case Found(unit=unit):
            return replace(seen, ward=unit.code, ward_name=unit.name)
        case Split(former=former, candidates=candidates):
            choices = tuple(WardChoice(code=unit.code, name=unit.name) for unit in candidates)
            return replace(seen, former_ward=former, ward_choices=choices)
    return seen
