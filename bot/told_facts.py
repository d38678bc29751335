"""The answer to a deciding fact: a tapped button, its number, "có", "không", or words that say it."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.follow_up import names_no_matter
from bot.searched import OPTIONS, which_one
from bot.state import State
from bot.understanding import Understanding
from knowledge_base.content import PartName
from knowledge_base.deciding_facts import FACT_OF_KEY, UNCLEAR, Fact
from knowledge_base.siblings import as_told, plainest_first, tells_apart
from knowledge_base.variations import besides_facts, told
from nlu.text import fold, syllables

#: Folded words that stand around a short answer and say nothing: "dạ không ạ".
_AROUND = frozenset("a ah da vang thua em anh chi oi nhe nhi minh toi la phai thi".split())  # noqa: SIM905
#: And around facts: "quên, thực ra bố cháu mang quốc tịch Hàn".
_AROUND_FACTS = _AROUND | frozenset(
    [
        "u",
        "o",
        "nham",
        "quen",
        "that",
        "thuc",
        "y",
        "chau",
        "be",
        "no",
        "mang",
        "quoc",
        "tich",
        "van",
        "het",
        "ca",
        "deu",
        "vi",
        "tren",
        "duoi",
        "hon",
        "du",
        "tuoi",
        "bo",
        "cha",
        "vo",
        "chong",
        "viet",
    ]
)
_SHORT = {
    "yes": frozenset({"co", "dung", "uh", "u", "yes", "da co", "co roi", "dung roi", "roi"}),
    "no": frozenset({"khong", "ko", "k", "hong", "no", "chua", "khong co", "chua co", "deu khong"}),
    UNCLEAR: frozenset({"khong ro", "khong biet", "ko biet", "ko ro", "chua ro", "khong chac"}),
}


def fact_told(now: Situation) -> Decided | None:
    """A typed answer to the fact just asked; anything else is read as a new message."""
    state = now.state
    fact = FACT_OF_KEY.get(state.fact_asked[0]) if state.fact_asked else None
    if fact is None:
        return None
    sides = state.fact_asked[1:]
    side = _side_typed(now.seen.text, fact, sides)
    if side == UNCLEAR:
        return _unclear(state, fact.key)
    if side is None:
        return None
    return _chosen(state, fact.key, side, state.offered[sides.index(side)], state.offered_part)


def variant_told(now: Situation) -> Decided | None:
    """ "À không, bố cháu là người nước ngoài": the same part again, of the variant that this leads to.

    Only where the message says nothing else: "vợ em người Lào, đăng ký kết hôn thế nào" is a new question.
    """
    seen, state = now.seen, now.state
    if not (tells_apart(seen.facts, seen.variants) and says_only_facts(seen)):
        return None
    after = state.told(seen.facts, (state.procedure, *state.facts_of))
    code = as_told(state.procedure, seen.variants, after.facts)
    if code is None:
        return which_one(replace(now, state=after), plainest_first(seen.variants, after.facts)[:OPTIONS])
    after = after.told(seen.facts, (state.procedure, code)).without(state.procedure)
    return decided.answer(after, moves.Answer(code=code, part=seen.part or state.part))


def says_only_facts(seen: Understanding) -> bool:
    """ "Dạ chồng em là người Lào ạ": who is concerned or what happened to a paper, and nothing else."""
    if not seen.facts:
        return False
    rest = (word for word in besides_facts(seen.words).split() if word not in _AROUND_FACTS)
    return names_no_matter(" ".join(rest))


def says_only_side(now: Situation) -> bool:
    """ "Dạ có", "không rõ", a side's label: the fact just asked for, and nothing else."""
    asked = now.state.fact_asked
    fact = FACT_OF_KEY.get(asked[0]) if asked else None
    return fact is not None and _side_in_short(now.seen.text, fact, asked[1:]) is not None


def _side_typed(text: str, fact: Fact, sides: tuple[str, ...]) -> str | None:
    said = told(text).get(fact.key)
    return _side_in_short(text, fact, sides) or (said if said in sides else None)


def _side_in_short(text: str, fact: Fact, sides: tuple[str, ...]) -> str | None:
    words = syllables(fold(text))
    short = " ".join(word for word in words if word not in _AROUND) or " ".join(words)
    return next(
        (side for side in (*sides, UNCLEAR) if short in _SHORT.get(side, ()) or short == _label(fact, side)),
        None,
    )


def _label(fact: Fact, key: str) -> str:
    side = fact.side(key)
    return " ".join(syllables(fold(side.label))) if side else ""


def fact_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """A button of a question about a fact, however old: it names the procedure it leads to."""
    match arguments:
        case (key, side) if side == UNCLEAR and now.state.fact_asked[:1] == (key,):
            return _unclear(now.state, key)
        case (key, side, code):
            return _chosen(now.state, key, side, code, None)
        case (key, side, code, name) if name in list(PartName):
            return _chosen(now.state, key, side, code, PartName(name))
    return None


def _chosen(state: State, key: str, side: str, code: str, part: PartName | None) -> Decided | None:
    fact = FACT_OF_KEY.get(key)
    if fact is None or fact.side(side) is None:
        return None
    told_of = tuple(dict.fromkeys((code, *_asked_of(state, key))))
    return decided.answer(state.told({key: side}, told_of), moves.Answer(code=code, part=part))


def _asked_of(state: State, key: str) -> tuple[str, ...]:
    """The variants that the fact was just asked to tell apart."""
    return state.offered[: len(state.fact_asked) - 1] if state.fact_asked[:1] == (key,) else ()


def _unclear(state: State, key: str) -> Decided:
    """Who cannot say sees the titles, the plain case first, and is not asked the same again."""
    sides = state.fact_asked[1:]
    plain = FACT_OF_KEY[key].otherwise
    asked = sorted(zip(sides, state.offered, strict=False), key=lambda pair: pair[0] != plain)
    codes = (*(code for _, code in asked), *state.offered[len(sides) :])
    told_of = _asked_of(state, key)
    remembered = replace(state.told({key: UNCLEAR}, told_of), offered=codes, fact_asked=(), failures=0)
    return Decided(move=moves.Clarify(codes=codes, part=state.offered_part), state=remembered)
