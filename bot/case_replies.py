"""Questions that narrow a matter down: the one fact that decides, and what a life event usually needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten

from django.utils.translation import gettext as _

from bot import choices, moves
from bot.labels import short_labels
from conversations.messages import Choice, OutboundMessage
from knowledge_base.deciding_facts import FACT_OF_KEY, UNCLEAR
from knowledge_base.life_events import life_event
from knowledge_base.probes import short_title
from knowledge_base.siblings import in_words

#: Characters of an answer that messengers show without a tap (design, "Who can wait for what").
READ_AT_ONCE = 900
ADDITIONS = 3
#: Characters of a button whose full name stands in the text.
BRIEF_LABEL = 40
#: Characters of a title beside its reason, so that five of them are read at once.
BESIDE_A_REASON = 80


def which_case(move: moves.AskFact, titles: Mapping[str, str], *, reminder: str = "") -> OutboundMessage:
    """One short question with a choice for each side, headed by the shortest of the titles."""
    fact = FACT_OF_KEY[move.fact]
    part = (move.part.value,) if move.part else ()
    sides = (
        Choice(label=side.label, payload=choices.fact(move.fact, side.key, code, *part))
        for side, code in ((fact.side(key), code) for key, code in zip(move.sides, move.codes, strict=True))
        if side
    )
    return OutboundMessage(
        heading=_name(min(titles.values(), key=len)),
        text="\n".join([fact.question, *([reminder] if reminder else [])]),
        choices=(
            *sides,
            Choice(label=_("Tôi không rõ"), payload=choices.fact(move.fact, UNCLEAR)),
            Choice(label=_("Không phải việc này"), payload=choices.NONE),
        ),
        asks=True,
        detail={"move": "ask_fact", "fact": move.fact, "codes": list(move.codes)},
    )


def needs_of(move: moves.ListNeeds, titles: Mapping[str, str], *, reminder: str = "") -> OutboundMessage:
    """What the event usually needs, in order, each with why."""
    event = life_event(move.event)
    first = _("%(event)s: anh/chị thường cần những việc sau. Bấm nút hoặc gõ số để xem từng việc.") % {
        "event": event.title
    }
    note = _("(Danh sách gợi ý, chưa được duyệt; tuỳ trường hợp có thể cần việc khác.)")
    return OutboundMessage(
        text="\n".join(
            line for line in (reminder, event.sympathy, first, "" if event.reviewed else note) if line
        ),
        choices=(
            *(
                Choice(
                    label=_name(titles[need.code]), payload=choices.procedure(need.code), about=need.reason
                )
                for need in event.needs
                if need.code in move.codes
            ),
            Choice(label=_("Không phải các mục này"), payload=choices.NONE),
        ),
        asks=True,
        detail={"move": "list_needs", "event": event.key, "codes": list(move.codes)},
    )


def with_additions(answer: OutboundMessage, move: moves.Answer, titles: Mapping[str, str]) -> OutboundMessage:
    """The answer with a word of sympathy where the event asks for one, and with buttons for what else it
    usually needs, where there is room.

    titles: of the release, by code.
    """
    event = life_event(move.event)
    needs = event.needs
    answer = replace(answer, text=f"{event.sympathy}\n{answer.text}") if event.sympathy else answer
    more = [need.code for need in needs if need.code in titles and need.code != move.code][:ADDITIONS]
    line = _("Anh/chị có thể cần thêm (bấm nút bên dưới): %(names)s.") % {
        "names": "; ".join(_name(titles[code]) for code in more)
    }
    text = f"{answer.text}\n\n{line}"
    if not more or len(text) > READ_AT_ONCE:
        return answer
    names = short_labels([_name(titles[code]) for code in more], longest=BRIEF_LABEL)
    buttons = (
        Choice(label=name, payload=choices.procedure(code)) for name, code in zip(names, more, strict=True)
    )
    return replace(answer, text=text, choices=(*answer.choices[:-1], *buttons, *answer.choices[-1:]))


def _name(title: str) -> str:
    return shorten(in_words(short_title(title)), BESIDE_A_REASON, placeholder="…")
