"""What one message says: everything the policy may look at, read once, before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.choices import Tapped
from bot.correction_words import Correction
from bot.follow_up import goes_on
from bot.intake import LONGEST_TEXT
from bot.report_form import Said
from bot.ward_choices import WardChoice
from conversations.messages import MediaReference, MessageKind, Position
from knowledge_base.content import PartName
from knowledge_base.decision import Ambiguous, Answerable, Decision, NotFound
from knowledge_base.life_events import EventNamed
from knowledge_base.tracing import Trace
from nlu import entities, guards
from nlu.intents import SURE, Intent
from office.entrances import Entered

#: Intents that begin a report.
REPORTS = ("report_problem", "report_regulation", "report_service")
#: A question ("phường làm việc thứ 7 không") begins a report only from this confidence on.
SURE_OF_A_REPORT = 0.8
#: Intents that a follow-up is not, when the classifier is sure.
_NO_FOLLOW_UP = ("greet", "goodbye_thanks", "about_bot", "talk_to_staff", "out_of_scope")


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """One message, understood.

    kind, text, tapped, media and position as sent, with what is answered together with it.
    entered: where the key leads with which the citizen came in, None without one that we know.
    guard: as the intake saw it, but for a button's own label.
    text is without orders to the machine where a real question stands beside them.
    intent: what the classifier takes it for, weighed against what was found.
    danger: the classifier's chance that somebody is in danger, whatever else is likelier, without look-alikes
    and when the search has had its vote. accusation: its chance that somebody accuses, with that vote, too.
    intent and decision are None when the message has no words to classify or to search for.
    decision: the calibrated outcome of the search; trace: how it came about.
    event: the life event that the words name, with what of its needs is held.
    place: the words that name a place; ward, ward_name: the one unit it is today;
    procedure: the code of a procedure that the text names and the release knows.
    facts: sides of deciding facts that the words tell, by key.
    as_told: code of the variant of what was found that says all the facts; "" for none.
    variants: titles by code of the procedure spoken of last and of its variants.
    moved: what words that may lean on the procedure spoken of mean beside it, other than itself; None also
    where they alone come nearest to it.
    correction: what it puts right; then everything but the part is read from what stands instead.
    former_ward, ward_choices: a ward of before that went to several, and these.
    position_elsewhere: a position came that is outside the city; it was not taken.
    replaces: the words a corrected message had before. forwarded: somebody else's words, passed on.
    shows_paper: it came with the picture of an identity paper, which was not kept.
    """

    kind: MessageKind
    text: str = ""
    tapped: Tapped | None = None
    entered: Entered | None = None
    guard: guards.GuardKind | None = None
    intent: Intent | None = None
    danger: float = 0.0
    accusation: float = 0.0
    part: PartName | None = None
    decision: Decision | None = None
    trace: Trace | None = None
    event: EventNamed | None = None
    report_code: str = ""
    report_secret: str = ""
    dossier_code: str = ""
    procedure: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    as_told: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    moved: Decision | None = None
    categories: tuple[str, ...] = ()
    urgent: bool = False
    correction: Correction | None = None
    place: str = ""
    ward: str = ""
    ward_name: str = ""
    former_ward: str = ""
    ward_choices: tuple[WardChoice, ...] = ()
    position: Position | None = None
    position_elsewhere: bool = False
    media: tuple[MediaReference, ...] = ()
    replaces: str = ""
    forwarded: bool = False
    shows_paper: bool = False

    def is_about(self, *names: str, at_least: float = 0.0) -> bool:
        """True when the intent is one of these, with that confidence."""
        intent = self.intent
        return intent is not None and intent.name in names and intent.confidence >= at_least

    @property
    def tells_a_problem(self) -> bool:
        """True when the words surely tell of one, whatever was asked for."""
        return self.is_about(*REPORTS, at_least=SURE_OF_A_REPORT)

    @property
    def nearest(self) -> tuple[str, ...]:
        """Codes of what came closest to words that lead to nothing sure, best first."""
        match self.decision:
            case Ambiguous(hits=hits) | NotFound(nearest=hits):
                return tuple(hit.code for hit in hits)
        return ()

    @property
    def may_lean(self) -> bool:
        """True when the words may be about what was spoken of: they lean on it, or lead nowhere."""
        if isinstance(self.decision, Answerable) or self.tells_a_problem:
            return False
        if self.is_about(*_NO_FOLLOW_UP, at_least=SURE):
            return False
        return goes_on(self.words) or isinstance(self.decision, NotFound)

    @property
    def has_words(self) -> bool:
        """False for nothing, for emoji and for marks alone."""
        return any(letter.isalnum() for letter in self.text)

    @property
    def words(self) -> str:
        """The words, of a correction those that stand instead; without numbers that were masked."""
        return entities.without_masked(self.correction.said if self.correction else self.text)

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
            tells=self.tells_a_problem,
            place=self.place,
            ward=self.ward,
            ward_name=self.ward_name,
            former_ward=self.former_ward,
            ward_choices=self.ward_choices,
            position=self.position,
            media=self.media if self.kind is MessageKind.PHOTO else (),
        )
