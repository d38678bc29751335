"""What comes before everything: danger, despair, accusations, secrets, scams, tricks and insults.

What the guards saw, and what the classifier, an opinion of its own, adds to them.
"""

from __future__ import annotations

from dataclasses import replace

from bot import decided
from bot.decided import Decided, Situation
from bot.moves import Phrase, Signpost, Signposted
from bot.state import State
from bot.told_facts import says_only_facts
from bot.understanding import REPORTS
from bot.unsure import accusation_told, ask_if_accusation
from nlu.guards import GuardKind, asks_how_to_complain
from nlu.intents import SURE

#: Messages in a row that only insult, after which the assistant cools down.
INSULTS_BORNE = 3
#: The classifier's chance of an emergency from which the numbers to call are all that is said: one missed
#: outweighs two needless ones. A chance is worth less where the guards kept silent: cross-validated over our
#: examples, 17 of 26 are emergencies from .7 to .8, 93 of 103 above, and 41 of 116 from .3 to .7.
PERHAPS_DANGER = 0.7
#: From here on the numbers stand before the reply: of 193 from .1 to .3, 22 are emergencies.
HARDLY_DANGER = 0.1
#: In a form or in the queue people write pieces ("nhà tôi ở ngõ 5"), read without what they belong to; and
#: a death in the family is told in the words of an emergency.
DANGER_IN_A_PIECE = 0.8
#: Confidence of the classifier alone from which words are taken for an accusation; below it, ask.
SURE_OF_AN_ACCUSATION = 0.8
#: Its chance from which a report is not begun before the citizen said that it is one: cross-validated over
#: our examples, 5 of 69 reports from .1 on are accusations, 7 of some 2,100 below.
HARDLY_AN_ACCUSATION = 0.1


def guard(now: Situation) -> Decided | None:
    """Danger, accusations, secrets, scams, tricks and insults come before everything, even inside a form."""
    match now.seen.guard:
        case None:
            return None
        case GuardKind.ACCUSATION:
            return accusation_told(now.state)
        case GuardKind.PERHAPS_ACCUSATION:
            return None if _is_declared(now) else ask_if_accusation(now)
        case GuardKind.INJECTION:
            return decided.say(now.state, Phrase.INJECTION)
        case GuardKind.ABUSE:
            return decided.say(now.state, Phrase.ABUSE)
        case kind:
            return Decided(move=Signpost(kind=_SIGNPOST_OF_GUARD[kind]), state=now.state)


_SIGNPOST_OF_GUARD = {
    GuardKind.EMERGENCY: Signposted.EMERGENCY,
    GuardKind.SELF_HARM: Signposted.SELF_HARM,
    GuardKind.STATE_SECRET: Signposted.STATE_SECRET,
    GuardKind.SCAM: Signposted.SCAM,
    GuardKind.GENUINE_ACCOUNT: Signposted.GENUINE_ACCOUNT,
}


def insults_counted(now: Situation, after: State) -> State:
    """Insults count while they come in a row: any other message begins anew."""
    if now.seen.guard is not GuardKind.ABUSE:
        return replace(after, insults=0)
    return replace(after, insults=(now.state.insults + 1) % INSULTS_BORNE)


def danger_meant(now: Situation) -> Decided | None:
    """What the guard let through but the classifier takes for danger: the numbers to call, to be safe.

    Who only tells a fact of a procedure ("bố cháu là người Hàn") is in none.
    """
    if now.seen.danger < (DANGER_IN_A_PIECE if _is_piece(now) else PERHAPS_DANGER):
        return None
    if says_only_facts(now.seen):
        return None
    return Decided(move=Signpost(kind=Signposted.EMERGENCY), state=now.state)


def perhaps_in_danger(now: Situation) -> bool:
    """Whether the numbers to call stand beside the reply: not likely enough to say nothing else.

    Who only tells a fact, or of an event of life that the guards see no danger in, is in none.
    """
    seen = now.seen
    if not HARDLY_DANGER <= seen.danger < PERHAPS_DANGER:
        return False
    tells_of_life = seen.event is not None and seen.event.is_in_general
    return not (_is_piece(now) or tells_of_life or says_only_facts(seen))


def _is_piece(now: Situation) -> bool:
    event = now.seen.event
    return now.in_queue or now.state.form is not None or (event is not None and event.is_mourned)


def accusation_meant(now: Situation) -> Decided | None:
    """What the guard let through but the classifier takes for an accusation is not filed either.

    Only where the citizen said, by a button, that it is feedback on service, it is believed; a question how
    to complain is one like others.
    """
    seen = now.seen
    if _is_declared(now) or asks_how_to_complain(seen.text):
        return None
    if seen.is_about("complaint_or_denunciation", at_least=SURE_OF_AN_ACCUSATION):
        return accusation_told(now.state)
    likely = seen.is_about("complaint_or_denunciation", at_least=SURE)
    return ask_if_accusation(now) if likely or _hides_in_a_report(now) else None


def _hides_in_a_report(now: Situation) -> bool:
    """What is read as a report may be an accusation told as one; pieces of a report in hand are none."""
    seen = now.seen
    return seen.is_about(*REPORTS) and seen.accusation >= HARDLY_AN_ACCUSATION and not _is_piece(now)


def _is_declared(now: Situation) -> bool:
    form = now.state.form
    return form is not None and form.is_declared
