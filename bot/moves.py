"""What the assistant can decide to do with a message. A move is data; bot/responder.py carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.drafts import Draft
from bot.report_form import ReportForm
from knowledge_base.content import PartName

#: Messages in a row not understood after which other ways are offered.
FAILURES_BEFORE_HELP = 2


class Phrase(StrEnum):
    """One short sentence of small talk or guidance; its words are in bot/phrases.py."""

    GREETING = "greeting"
    GREETING_AGAIN = "greeting_again"
    THANKS = "thanks"
    ABOUT = "about"
    HELP = "help"
    OUT_OF_SCOPE = "out_of_scope"
    EMPTY = "empty"
    GO_ON = "go_on"
    PHOTO_FIRST = "photo_first"
    PHOTO_AGAIN = "photo_again"
    IDENTITY_PAPER = "identity_paper"
    POSITION_FIRST = "position_first"
    POSITION_NO_WARD = "position_no_ward"
    POSITION_ELSEWHERE = "position_elsewhere"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    CONTACT = "contact"
    CONTACT_GIVEN = "contact_given"
    EDITED = "edited"
    FORWARDED = "forwarded"
    UNREADABLE = "unreadable"
    RATING = "rating"
    BUTTON_OUT_OF_DATE = "button_out_of_date"
    PROCEDURE_GONE = "procedure_gone"
    NOTHING_TO_GO_BACK_TO = "nothing_to_go_back_to"
    NOT_REOPENED = "not_reopened"
    REPORT_CANCELLED = "report_cancelled"
    DRAFT_LAID_ASIDE = "draft_laid_aside"
    QUESTION_OUT_OF_DATE = "question_out_of_date"
    WHICH_PAPER = "which_paper"
    APPEAL_FIRST = "appeal_first"
    INJECTION = "injection"
    ABUSE = "abuse"


class Signposted(StrEnum):
    """What we do not handle here, and show the way for."""

    EMERGENCY = "emergency"
    ACCUSATION = "accusation"
    STATE_SECRET = "state_secret"  # noqa: S105 -- a kind of message, not a password
    SELF_HARM = "self_harm"
    SCAM = "scam"
    GENUINE_ACCOUNT = "genuine_account"
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
    """Say that nothing held fits and ask for other words.

    nearest: codes, for the editors' gap list only. alike: those likely enough to word examples with.
    denied: something was found, and the citizen said that it is not what is meant.
    """

    nearest: tuple[str, ...]
    alike: tuple[str, ...] = ()
    denied: bool = False


@dataclass(frozen=True, kw_only=True)
class OfferHelp:
    """Not understood again: offer a person, the hotline, a report. failures: messages in a row, this too."""

    nearest: tuple[str, ...]
    failures: int


@dataclass(frozen=True, kw_only=True)
class AskWard:
    """Ask which unit of today is meant: the former ward went to several, or, former "", a position is near
    them. codes and names agree."""

    former: str
    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FillReport:
    """Ask for what the report form still needs; summed_up: after telling what it holds."""

    form: ReportForm
    summed_up: bool = False


@dataclass(frozen=True, kw_only=True)
class OfferDraft:
    """Ask whether to go on with the report laid aside, or to drop it.

    last: it is not asked again. anew: another report is wanted now, which may begin instead.
    """

    draft: Draft
    last: bool = False
    anew: bool = False


@dataclass(frozen=True, kw_only=True)
class TellDropped:
    """Tell that an unfinished report is dropped; it can be had back with the next message."""

    form: ReportForm


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """The citizen said "send": file the report. unseen: something in it was told with that order."""

    form: ReportForm
    unseen: bool = False


@dataclass(frozen=True, kw_only=True)
class JoinReport:
    """The citizen means the same as this published report: follow it instead of sending one more.

    text: what was told here, for the unit; "" of who came from the report's public page.
    """

    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """Put the conversation into the staff queue; reason is a casework Case.Reason value.

    procedure: code of the one spoken of; category: of the report in hand, which comes before it.
    """

    reason: str
    summary: str
    procedure: str = ""
    category: str = ""


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
class AskIfAccusation:
    """Ask whether what was told is feedback on service, or a khiếu nại or tố cáo that is not taken here."""


@dataclass(frozen=True, kw_only=True)
class TakeAsFeedback:
    """The citizen said that it is feedback on service: fill in the report that begins with those words."""

    form: ReportForm


@dataclass(frozen=True, kw_only=True)
class PassOver:
    """Answers are stopped: keep the message and say nothing."""


@dataclass(frozen=True, kw_only=True)
class AskForAppeal:
    """Ask for the one message in which a blocked citizen explains."""


@dataclass(frozen=True, kw_only=True)
class TakeAppeal:
    """Put this message before a supervisor."""


@dataclass(frozen=True, kw_only=True)
class CoolDown:
    """Stop answering for some minutes; reason: a value of casework Block.Reason."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """Tell the state of a report, to its author only; without a code, of the last one filed here.

    again: it was told just before, and is asked after: who has it, why it takes so long.
    """

    code: str
    secret: str
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class AskWhyReopen:
    """Ask in which way an answer or a refusal does not do."""

    code: str


@dataclass(frozen=True, kw_only=True)
class Reopen:
    """The author of a report wants it looked at again, and says why."""

    code: str
    secret: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LookUpDossier:
    """Tell how far a dossier is, to its owner only. code: "" for none typed; proof: digits, "" for none."""

    code: str = ""
    proof: str = ""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Keep how satisfied the citizen is with a closed case."""

    number: str
    score: int


@dataclass(frozen=True, kw_only=True)
class RateAnswer:
    """Keep what the author of a report thinks of its answer.

    said: yes, no, or why not (a value of casework ReportRating.Reason); more: words of one's own are wanted.
    """

    code: str
    said: str


@dataclass(frozen=True, kw_only=True)
class CommentOnAnswer:
    """Keep the author's own words on the answer to a report."""

    code: str
    words: str


class OwnDataAct(StrEnum):
    """What is done about the citizen's own data; bot/own_data.py decides which."""

    TELL = "tell"
    ASK_BEFORE_ERASING = "ask_before_erasing"
    ERASE = "erase"
    KEEP = "keep"
    COPY = "copy"
    WITHDRAW_CONSENT = "withdraw_consent"
    AGREE_TO_NOTICES = "agree_to_notices"


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """Tell what is kept of the citizen, give a copy of it, erase it, keep a consent or take it back."""

    act: OwnDataAct


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """Greet somebody who came in at the counter of this ward."""

    ward_name: str


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
    | OfferHelp
    | AskWard
    | FillReport
    | OfferDraft
    | TellDropped
    | FileReport
    | JoinReport
    | HandOff
    | Forward
    | LeaveQueue
    | Signpost
    | AskIfAccusation
    | TakeAsFeedback
    | PassOver
    | AskForAppeal
    | TakeAppeal
    | CoolDown
    | LookUp
    | LookUpDossier
    | AskWhyReopen
    | Reopen
    | Rate
    | RateAnswer
    | CommentOnAnswer
    | OwnData
    | Welcome
    | Say
)
