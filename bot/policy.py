"""What to do with a message: an ordered list of pure rules. The first that returns a move decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot import moves, report_form
from bot.follow_up import is_short, names_no_matter
from bot.moves import Move, Phrase, Say, Signpost, Signposted
from bot.report_form import ReportForm, Step
from bot.state import State
from bot.understanding import REPORTS, Understanding
from conversations.messages import MessageKind
from knowledge_base.content import PartName
from knowledge_base.decision import Ambiguous, Answerable, NotFound
from nlu.guards import GuardKind
from nlu.text import fold

#: Confidence from which an intent alone decides; below it the search has its say first.
SURE = 0.5
#: Failures in a row after which a person takes over.
FAILURES_BEFORE_HAND_OVER = 2
OPTIONS = 4

_CANCEL = re.compile(
    r"\b(thoi bo di|bo di|huy|khong gui nua|thoi khong gui|dung gui|thoi khoi|khong phan anh nua)\b"
)
_SEND = re.compile(
    r"\b(gui|gui di|gui luon|dong y|xac nhan)\b|^(ok|oke|okay|dung roi|dung|duoc|u|uh|vang|da)\b"
)
_DO_NOT = re.compile(r"\b(chua gui|dung gui|khong gui|khoan)\b")
_NO_PHOTO = re.compile(r"^(khong|ko|k|khong co|khong co anh|bo qua|thoi)\b")


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All a rule may look at: who speaks next, what is remembered, what was said."""

    in_queue: bool
    state: State
    seen: Understanding


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A move, and what the assistant remembers after it."""

    move: Move
    state: State


Rule = Callable[[Situation], Decided | None]


def next_move(situation: Situation) -> Decided:
    """The first rule that has something to say decides; the last one always has."""
    for rule in RULES:
        decided = rule(situation)
        if decided is not None:
            return decided
    return fall_back(situation)


def guard(now: Situation) -> Decided | None:
    """Danger, accusations and state secrets come before everything, even inside a form."""
    kind = now.seen.guard
    if kind is None:
        return None
    return Decided(move=Signpost(kind=_SIGNPOST_OF_GUARD[kind]), state=now.state)


_SIGNPOST_OF_GUARD = {
    GuardKind.EMERGENCY: Signposted.EMERGENCY,
    GuardKind.ACCUSATION: Signposted.ACCUSATION,
    GuardKind.STATE_SECRET: Signposted.STATE_SECRET,
}


def tapped(now: Situation) -> Decided | None:
    """A button says exactly what is wanted."""
    choice = now.seen.tapped
    if choice is None:
        return None
    return _TAPPED[choice.verb](now, choice.arguments)


def _part_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code, name) if name in list(PartName):
            return _answer(now.state, moves.Answer(code=code, part=PartName(name)))
    return None


def _full_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code, name) if name in list(PartName):
            return _answer(now.state, moves.Answer(code=code, part=PartName(name), in_full=True))
    return None


def _procedure_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code,):
            return _answer(now.state, moves.Answer(code=code))
        case (code, name) if name in list(PartName):
            return _answer(now.state, moves.Answer(code=code, part=PartName(name)))
    return None


def _staff_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    reason = "guard" if arguments == ("guard",) else "asked"
    return _hand_off(now.state, reason=reason, summary="")


def _report_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    form = now.state.form
    if not arguments:
        return _fill(now.state, report_form.start(_kept(now.state)))
    if form is None:
        return None
    match arguments:
        case ("category", category):
            return _fill(now.state, report_form.choose_category(form, category))
        case ("photo", "none"):
            return _fill(now.state, report_form.decline_photo(form))
        case ("edit", step) if step in list(Step):
            return _fill(now.state, report_form.ask_again(form, Step(step)))
        case ("send", "yes") if form.step is Step.REVIEW:
            return _file(now.state, form)
        case ("cancel", _):
            return _cancelled(now.state)
    return None


def _rate_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (number, score) if score in {"1", "2", "3", "4", "5"}:
            return Decided(move=moves.Rate(number=number, score=int(score)), state=now.state)
    return None


def _back_tapped(now: Situation, _: tuple[str, ...]) -> Decided | None:
    if now.in_queue:
        return Decided(move=moves.LeaveQueue(), state=now.state)
    return _say(now.state, Phrase.NOTHING_TO_GO_BACK_TO)


def _none_tapped(now: Situation, _: tuple[str, ...]) -> Decided | None:
    return _not_understood(now.state, nearest=(), summary="")


_TAPPED: dict[str, Callable[[Situation, tuple[str, ...]], Decided | None]] = {
    "part": _part_tapped,
    "full": _full_tapped,
    "procedure": _procedure_tapped,
    "staff": _staff_tapped,
    "report": _report_tapped,
    "rate": _rate_tapped,
    "back": _back_tapped,
    "none": _none_tapped,
}


def form_in_hand(now: Situation) -> Decided | None:
    """A form is in hand: cancel, send, a question in between, a person, or the answer to what was asked."""
    form, seen = now.state.form, now.seen
    if form is None:
        return None
    if _says(_CANCEL, seen):
        return _cancelled(now.state)
    if form.step is not Step.TEXT and _is_question(seen):
        return _search(now)
    if seen.is_about("talk_to_staff", at_least=SURE):
        return None
    if form.step is Step.REVIEW and _agrees_to_send(seen):
        return _file(now.state, _with_last_words(form, now))
    if form.step is Step.PHOTO and _says(_NO_PHOTO, seen):
        return _fill(now.state, report_form.decline_photo(form))
    if not (seen.text or seen.media or seen.position):
        return _fill(now.state, form)
    return _fill(now.state, report_form.fill(form, seen.said))


def _with_last_words(form: ReportForm, now: Situation) -> ReportForm:
    """ "số nhà 29/70/15 nhé, gửi đi" adds a detail and sends; a bare "gửi đi" only sends."""
    adds = len(now.seen.text.split()) > 4
    return report_form.fill(form, now.seen.said) if adds else form


def _agrees_to_send(seen: Understanding) -> bool:
    return _says(_SEND, seen) and not _says(_DO_NOT, seen)


def _is_question(seen: Understanding) -> bool:
    answerable = isinstance(seen.decision, Answerable)
    return answerable and seen.is_about("ask_procedure", at_least=SURE)


def waiting(now: Situation) -> Decided | None:
    """In the queue a clear question is still answered; everything else is kept for the official."""
    if not now.in_queue:
        return None
    if _is_question(now.seen):
        return _search(now)
    return Decided(move=moves.Forward(), state=now.state)


def no_words(now: Situation) -> Decided | None:
    """A photo, a position, a sticker, an emoji: each gets a fitting answer, and nothing of it is lost."""
    seen = now.seen
    if seen.has_words:
        return None
    state = now.state
    match seen.kind:
        case MessageKind.PHOTO:
            remembered = State(**{**vars(state), "media": state.media + seen.media})
            return _say(remembered, Phrase.PHOTO_FIRST)
        case MessageKind.POSITION:
            return _say(State(**{**vars(state), "position": seen.position}), Phrase.POSITION_FIRST)
        case kind:
            return _say(state, _PHRASE_OF_KIND.get(kind, Phrase.STICKER if seen.text else Phrase.EMPTY))


_PHRASE_OF_KIND = {
    MessageKind.VOICE: Phrase.VOICE,
    MessageKind.VIDEO: Phrase.FILE,
    MessageKind.FILE: Phrase.FILE,
    MessageKind.STICKER: Phrase.STICKER,
    MessageKind.CONTACT: Phrase.CONTACT,
    MessageKind.EDITED: Phrase.EDITED,
}


def person_wanted(now: Situation) -> Decided | None:
    """Whoever asks for a person gets one, at any moment."""
    if not now.seen.is_about("talk_to_staff", at_least=SURE):
        return None
    return _hand_off(now.state, reason="asked", summary=now.seen.text)


def report_looked_up(now: Situation) -> Decided | None:
    """A report code, alone or with its secret, asks how far the report is."""
    seen = now.seen
    code = seen.report_code
    if not code and seen.is_about("report_status", at_least=SURE):
        code = now.state.report
    if not code:
        return None
    state = State(**{**vars(now.state), "report": code, "failures": 0})
    return Decided(move=moves.LookUp(code=code, secret=seen.report_secret), state=state)


def number_chosen(now: Situation) -> Decided | None:
    """ "2" chooses the second of the buttons just offered."""
    text = now.seen.text
    offered = now.state.offered
    if not (text.isascii() and text.isdigit() and len(text) == 1 and 1 <= int(text) <= len(offered)):
        return None
    return _answer(now.state, moves.Answer(code=offered[int(text) - 1]))


def part_followed_up(now: Situation) -> Decided | None:
    """ "còn lệ phí thì sao?" is about the procedure already spoken of."""
    seen, state = now.seen, now.state
    if not (state.procedure and seen.part):
        return None
    nothing_else = not isinstance(seen.decision, Answerable) and is_short(seen.text)
    if names_no_matter(seen.text) or nothing_else:
        return _answer(state, moves.Answer(code=state.procedure, part=seen.part))
    return None


def report_begun(now: Situation) -> Decided | None:
    """A problem told in one's own words begins a report, unless it clearly asks for a procedure."""
    seen = now.seen
    if not seen.is_about(*REPORTS, at_least=SURE):
        return None
    return _fill(now.state, report_form.start(_kept(now.state, seen)))


def small_talk(now: Situation) -> Decided | None:
    """A greeting, thanks, or a question about the assistant: one short line, and what was spoken of stays."""
    seen = now.seen
    for names, phrase in _PHRASE_OF_INTENT:
        if seen.is_about(names, at_least=SURE):
            return _say(now.state, phrase)
    return None


_PHRASE_OF_INTENT = (
    ("greet", Phrase.GREETING),
    ("goodbye_thanks", Phrase.THANKS),
    ("about_bot", Phrase.ABOUT),
    ("rate_service", Phrase.RATING),
    ("out_of_scope", Phrase.OUT_OF_SCOPE),
)


def dossier_asked(now: Situation) -> Decided | None:
    """The state of a dossier is not known here: show where it is."""
    if not now.seen.is_about("dossier_status", at_least=SURE):
        return None
    return Decided(move=Signpost(kind=Signposted.DOSSIER), state=now.state)


def accusation_meant(now: Situation) -> Decided | None:
    """What the guard let through but the classifier is sure of is not taken as feedback either."""
    if not now.seen.is_about("complaint_or_denunciation", at_least=SURE):
        return None
    return Decided(move=Signpost(kind=Signposted.ACCUSATION), state=now.state)


def fall_back(now: Situation) -> Decided:
    """Search decides: answer, ask which one, or say that it is not known."""
    return _search(now)


RULES: tuple[Rule, ...] = (
    guard,
    tapped,
    form_in_hand,
    person_wanted,
    report_looked_up,
    waiting,
    no_words,
    number_chosen,
    part_followed_up,
    accusation_meant,
    report_begun,
    dossier_asked,
    small_talk,
)


def _search(now: Situation) -> Decided:
    seen, state = now.seen, now.state
    match seen.decision:
        case Answerable(hit=hit, probability=probability):
            return _answer(state, moves.Answer(code=hit.code, part=seen.part, probability=probability))
        case Ambiguous(hits=hits):
            codes = tuple(hit.code for hit in hits[:OPTIONS])
            remembered = State(**{**vars(state), "offered": codes, "failures": 0})
            return Decided(move=moves.Clarify(codes=codes, part=seen.part), state=remembered)
        case NotFound(nearest=nearest):
            return _not_understood(state, nearest=tuple(h.code for h in nearest[:OPTIONS]), summary=seen.text)
        case None:
            return _say(state, Phrase.EMPTY)


def _answer(state: State, move: moves.Answer) -> Decided:
    return Decided(move=move, state=state.speaking_of(move.code))


def _say(state: State, phrase: Phrase) -> Decided:
    return Decided(move=Say(phrase=phrase), state=state)


def _fill(state: State, form: ReportForm) -> Decided:
    return Decided(move=moves.FillReport(form=form), state=state.filling(form))


def _file(state: State, form: ReportForm) -> Decided:
    return Decided(move=moves.FileReport(form=form), state=state.filling(None))


def _cancelled(state: State) -> Decided:
    return _say(state.filling(None), Phrase.REPORT_CANCELLED)


def _hand_off(state: State, *, reason: str, summary: str) -> Decided:
    remembered = State(**{**vars(state), "failures": 0})
    return Decided(move=moves.HandOff(reason=reason, summary=summary), state=remembered)


def _not_understood(state: State, *, nearest: tuple[str, ...], summary: str) -> Decided:
    failures = state.failures + 1
    if failures >= FAILURES_BEFORE_HAND_OVER:
        return _hand_off(state, reason="not_understood", summary=summary)
    remembered = State(**{**vars(state), "failures": failures, "offered": ()})
    return Decided(move=moves.AskAgain(nearest=nearest), state=remembered)


def _kept(state: State, seen: Understanding | None = None) -> report_form.Said:
    """What a new form starts from: this message, and the photo or position sent before it."""
    said = seen.said if seen else report_form.Said()
    return report_form.Said(
        **{**vars(said), "media": state.media + said.media, "position": said.position or state.position}
    )


def _says(pattern: re.Pattern[str], seen: Understanding) -> bool:
    return bool(seen.text) and pattern.search(fold(seen.text)) is not None
