"""What to do with a message: an ordered list of pure rules. The first that returns a move decides."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves, report_form
from bot.decided import Decided, Rule, Situation
from bot.follow_up import asks_about_a_rule, is_asking, is_short, names_no_matter
from bot.form_rules import UNREAD, form_in_hand
from bot.living_place import remembered, ward_named
from bot.moves import Phrase, Signpost, Signposted
from bot.report_form import Step
from bot.searched import is_question, search, which_one
from bot.taps import tapped
from bot.told_facts import fact_told
from bot.understanding import REPORTS
from conversations.messages import MessageKind
from knowledge_base.decision import Ambiguous, Answerable, Decision, NotFound
from nlu.guards import GuardKind
from nlu.intents import SURE

#: A question ("phường làm việc thứ 7 không") begins a report only from this confidence on.
SURE_OF_A_REPORT = 0.8
#: A list of one is no list: the search has its say instead.
FEWEST_NEEDS = 2


def next_move(situation: Situation) -> Decided:
    """The first rule that has something to say decides; the last one always has."""
    now = remembered(situation)
    for rule in RULES:
        found = rule(now)
        if found is not None:
            return found
    return fall_back(now)


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


def waiting(now: Situation) -> Decided | None:
    """In the queue a clear question is still answered; everything else is kept for the official."""
    if not now.in_queue:
        return None
    if is_question(now.seen):
        return search(now)
    return Decided(move=moves.Forward(), state=now.state)


def no_words(now: Situation) -> Decided | None:
    """A photo, a position, a sticker, an emoji: each gets a fitting answer, and nothing of it is lost."""
    seen = now.seen
    if seen.has_words:
        return None
    state = now.state
    match seen.kind:
        case MessageKind.PHOTO:
            return _photo_kept(now)
        case MessageKind.POSITION:
            return decided.say(replace(state, position=seen.position), Phrase.POSITION_FIRST)
        case kind:
            otherwise = Phrase.STICKER if seen.text else Phrase.EMPTY
            return decided.say(state, _PHRASE_OF_KIND.get(kind, otherwise))


_PHRASE_OF_KIND = {
    **UNREAD,
    MessageKind.STICKER: Phrase.STICKER,
    MessageKind.EDITED: Phrase.EDITED,
}


def person_wanted(now: Situation) -> Decided | None:
    """Whoever asks for a person gets one, at any moment."""
    if not now.seen.is_about("talk_to_staff", at_least=SURE):
        return None
    return decided.hand_off(now.state, reason="asked", summary=now.seen.text)


def report_looked_up(now: Situation) -> Decided | None:
    """How far is a report: the one named by its code, else the one spoken of, else the last one here."""
    seen = now.seen
    if not (seen.report_code or seen.is_about("report_status", at_least=SURE)):
        return None
    code = seen.report_code or now.state.report
    move = moves.LookUp(code=code, secret=seen.report_secret)
    return Decided(move=move, state=replace(now.state, report=code, failures=0))


def number_chosen(now: Situation) -> Decided | None:
    """ "2" chooses the second of the buttons just offered; a number that chooses none is no question."""
    text, state = now.seen.text, now.state
    if not (text.isascii() and text.isdigit() and len(text) == 1):
        return None
    if 1 <= int(text) <= len(state.offered):
        move = moves.Answer(code=state.offered[int(text) - 1], part=state.offered_part)
        return decided.answer(state, move)
    return which_one(now, state.offered) if state.offered else decided.say(state, Phrase.EMPTY)


def code_named(now: Situation) -> Decided | None:
    """A procedure named by its code is that procedure, whatever its digits resemble."""
    if not now.seen.procedure:
        return None
    return decided.answer(now.state, moves.Answer(code=now.seen.procedure, part=now.seen.part))


def life_event(now: Situation) -> Decided | None:
    """ "Mới sinh con cần làm những gì" is about no one procedure: list what is usually needed, in order."""
    event = now.seen.event
    if event is None or not event.is_in_general or len(event.codes) < FEWEST_NEEDS:
        return None
    if isinstance(now.seen.decision, Answerable) and not event.asks_for_all:
        return None
    state = replace(now.state, offered=event.codes, offered_part=None, fact_asked=(), failures=0)
    return Decided(move=moves.ListNeeds(event=event.key, codes=event.codes), state=state)


def part_followed_up(now: Situation) -> Decided | None:
    """ "Còn lệ phí thì sao?" is about the procedure spoken of; "tạm trú mất bao lâu" names another matter."""
    seen, state = now.seen, now.state
    if not seen.part:
        return None
    if state.offered and names_no_matter(seen.text):
        return which_one(now, state.offered)
    if not state.procedure:
        return None
    if names_no_matter(seen.text) or _comes_first(state.procedure, seen.decision):
        return decided.answer(state, moves.Answer(code=state.procedure, part=seen.part))
    if isinstance(seen.decision, NotFound) and is_short(seen.text) and not state.failures:
        return which_one(now, (state.procedure,))
    return None


def _comes_first(code: str, decision: Decision | None) -> bool:
    """Among siblings hard to tell apart, the one spoken of is meant when it is also the likeliest."""
    return isinstance(decision, Ambiguous) and decision.hits[0].code == code


def report_begun(now: Situation) -> Decided | None:
    """A problem told in one's own words begins a report; one phrased as a question must be a sure one."""
    seen = now.seen
    if asks_about_a_rule(seen.text):
        return None
    if not seen.is_about(*REPORTS, at_least=SURE_OF_A_REPORT if is_asking(seen.text) else SURE):
        return None
    said = decided.with_what_came_before(now.state, seen.said)
    return decided.fill(now.state, report_form.start(said))


def small_talk(now: Situation) -> Decided | None:
    """A greeting, thanks, or a question about the assistant: one short line, and what was spoken of stays."""
    seen = now.seen
    if seen.part and isinstance(seen.decision, Answerable):
        return None
    for names, phrase in _PHRASE_OF_INTENT:
        if seen.is_about(names, at_least=SURE):
            return decided.say(replace(now.state, failures=0), phrase)
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
    return Decided(move=Signpost(kind=Signposted.DOSSIER), state=replace(now.state, failures=0))


def accusation_meant(now: Situation) -> Decided | None:
    """What the guard let through but the classifier is sure of is not taken as feedback either.

    Only where the citizen has just said, by a button, that it is feedback on service, it is believed.
    """
    form = now.state.form
    declared = form is not None and form.step is Step.TEXT
    if declared or not now.seen.is_about("complaint_or_denunciation", at_least=SURE):
        return None
    return Decided(move=Signpost(kind=Signposted.ACCUSATION), state=now.state)


def photo_explained_too_little(now: Situation) -> Decided | None:
    """ "Chỗ này đây" under a photo: the photo is kept until it is told what it shows."""
    if now.seen.kind is not MessageKind.PHOTO or isinstance(now.seen.decision, Answerable):
        return None
    return _photo_kept(now)


def _photo_kept(now: Situation) -> Decided:
    state = now.state
    return decided.say(replace(state, media=state.media + now.seen.media), Phrase.PHOTO_FIRST)


def fall_back(now: Situation) -> Decided:
    """Search decides: answer, ask which one, or say that it is not known."""
    return search(now)


RULES: tuple[Rule, ...] = (
    guard,
    tapped,
    accusation_meant,
    form_in_hand,
    person_wanted,
    report_looked_up,
    waiting,
    no_words,
    ward_named,
    fact_told,
    number_chosen,
    code_named,
    life_event,
    part_followed_up,
    report_begun,
    dossier_asked,
    small_talk,
    photo_explained_too_little,
)
