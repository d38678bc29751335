"""Questions that narrow a matter down: the one fact that decides, and what a life event usually needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten

from django.utils.translation import gettext as _

from bot import choices, moves
from bot.replies import READ_ON_A_BUTTON
from conversations.messages import Choice, OutboundMessage
from knowledge_base.deciding_facts import FACT_OF_KEY, UNCLEAR
from knowledge_base.life_events import life_event
from knowledge_base.probes import short_title
from knowledge_base.siblings import in_words

#: Characters of an answer that messengers show without a tap (design, "Who can wait for what").
READ_AT_ONCE = 900
ADDITIONS = 3
#: Characters of a title beside its reason, so that five of them are read at once.
BESIDE_A_REASON = 80


def which_case(move: moves.AskFact, titles: Mapping[str, str], *, reminder: str = "") -> OutboundMessage:
    """One short question with a button for each side, headed by the shortest of the titles."""
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
        detail={"move": "ask_fact", "fact": move.fact, "codes": list(move.codes)},
    )


def needs_of(move: moves.ListNeeds, titles: Mapping[str, str], *, reminder: str = "") -> OutboundMessage:
    """What the event usually needs, in order, each with why; a button for each."""
    event = life_event(move.event)
    needs = [need for need in event.needs if need.code in move.codes]
    lines = [f"{n}. {_name(titles[need.code])} – {need.reason}" for n, need in enumerate(needs, start=1)]
    note = (
        []
        if event.reviewed
        else [_("(Danh sách gợi ý, chưa được duyệt; tuỳ trường hợp có thể cần việc khác.)")]
    )
    first = _("%(event)s: anh/chị thường cần những việc sau. Bấm nút hoặc gõ số để xem từng việc.") % {
        "event": event.title
    }
    return OutboundMessage(
        text="\n".join([first, *lines, *note, *([reminder] if reminder else [])]),
        choices=(
            *(
                Choice(label=f"{n}. {_on_a_button(titles[need.code])}", payload=choices.procedure(need.code))
                for n, need in enumerate(needs, start=1)
            ),
            Choice(label=_("Không phải các mục này"), payload=choices.NONE),
        ),
        detail={"move": "list_needs", "event": event.key, "codes": list(move.codes)},
    )


def with_additions(answer: OutboundMessage, move: moves.Answer, titles: Mapping[str, str]) -> OutboundMessage:
    """The answer with buttons for what else its event usually needs, where there is room.

    titles: of the release, by code.
    """
    needs = life_event(move.event).needs
    more = [need.code for need in needs if need.code in titles and need.code != move.code][:ADDITIONS]
    line = _("Anh/chị có thể cần thêm (bấm nút bên dưới): %(names)s.") % {
        "names": "; ".join(_name(titles[code]) for code in more)
    }
    text = f"{answer.text}\n\n{line}"
    if not more or len(text) > READ_AT_ONCE:
        return answer
    buttons = (Choice(label=_on_a_button(titles[code]), payload=choices.procedure(code)) for code in more)
    return replace(answer, text=text, choices=(*answer.choices[:-1], *buttons, *answer.choices[-1:]))


def _name(title: str) -> str:
    return shorten(in_words(short_title(title)), BESIDE_A_REASON, placeholder="…")


def _on_a_button(title: str) -> str:
    return shorten(in_words(short_title(title)), READ_ON_A_BUTTON, placeholder="…")
