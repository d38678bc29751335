"""What the assistant can decide to do with a message. A move is data; bot/responder.py carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.report_form import ReportForm
from knowledge_base.content import PartName


class Phrase(StrEnum):
    """One short sentence of small talk or guidance; its words are in bot/phrases.py."""

    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT = "about"
    OUT_OF_SCOPE = "out_of_scope"
    EMPTY = "empty"
    PHOTO_FIRST = "photo_first"
    POSITION_FIRST = "position_first"
    VOICE = "voice"
    FILE = "file"
    STICKER = "sticker"
    CONTACT = "contact"
    EDITED = "edited"
    RATING = "rating"
    BUTTON_OUT_OF_DATE = "button_out_of_date"
    PROCEDURE_GONE = "procedure_gone"
    NOTHING_TO_GO_BACK_TO = "nothing_to_go_back_to"
    REPORT_CANCELLED = "report_cancelled"


class Signposted(StrEnum):
    """What we do not handle here, and show the way for."""

    EMERGENCY = "emergency"
    ACCUSATION = "accusation"
    STATE_SECRET = "state_secret"  # noqa: S105 -- a kind of message, not a password
    DOSSIER = "dossier"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Quote a procedure: the asked part, or an overview; or an article. in_full: not only its beginning.

    section: key of the section of an article that a button names; "" for the one the words ask for.
    event: key of the life event that was named with it, whose other needs are offered; "" for none.
    """

    code: str
    part: PartName | None = None
    section: str = ""
    in_full: bool = False
    probability: float | None = None
    event: str = ""


@dataclass(frozen=True, kw_only=True)
class ListPapers:
    """Give the papers of a procedure as a list to tick off."""

    code: str


@dataclass(frozen=True, kw_only=True)
class Clarify:
    """Ask which one is meant, by at most four buttons."""

    codes: tuple[str, ...]
    part: PartName | None = None


@dataclass(frozen=True, kw_only=True)
class AskFact:
    """Ask the one fact that tells variants of a procedure apart.

    fact: its key. sides: keys of its sides, each with the code it leads to.
    """

    fact: str
    sides: tuple[str, ...]
    codes: tuple[str, ...]
    part: PartName | None = None


@dataclass(frozen=True, kw_only=True)
class ListNeeds:
    """What a life event usually needs: its key, and the codes held, in order."""

    event: str
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AskAgain:
    """Say that nothing held fits and ask for other words. nearest: codes, for the editors' gap list only."""

    nearest: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AskWard:
    """Ask which unit of today is meant: the former ward went to several. codes and names agree."""

    former: str
    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FillReport:
    """Ask for what the report form still needs."""

    form: ReportForm


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """The citizen said "send": file the report."""

    form: ReportForm


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """Put the conversation into the staff queue; reason is a casework Case.Reason value."""

    reason: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Forward:
    """The conversation waits for a person: keep the message for that person and say so."""


@dataclass(frozen=True, kw_only=True)
class LeaveQueue:
    """The citizen goes back from the queue to the assistant."""


@dataclass(frozen=True, kw_only=True)
class Signpost:
    """Show the right way for what is not handled here."""

    kind: Signposted


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """Tell the state of a report, to its author only; without a code, of the last one filed here."""

    code: str
    secret: str


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Keep how satisfied the citizen is with a closed case."""

    number: str
    score: int


@dataclass(frozen=True, kw_only=True)
class Say:
    """One sentence of ours."""

    phrase: Phrase


Move = (
    Answer
    | ListPapers
    | Clarify
    | AskFact
    | ListNeeds
    | AskAgain
    | AskWard
    | FillReport
    | FileReport
    | HandOff
    | Forward
    | LeaveQueue
    | Signpost
    | LookUp
    | Rate
    | Say
)
