"""The citizen's own data, asked about in the chat: what is kept, a copy, deletion, a consent withdrawn."""

from __future__ import annotations

from bot import choices
from bot.decided import Decided, Situation
from bot.moves import OwnData, OwnDataAct
from nlu.own_data import (
    OwnDataAsked,
    confirms_deletion,
    declines_deletion,
    half_confirms_deletion,
    own_data_asked,
)

_ACT_OF = {
    OwnDataAsked.KEPT: OwnDataAct.TELL,
    OwnDataAsked.DELETE: OwnDataAct.ASK_BEFORE_ERASING,
    OwnDataAsked.EXPORT: OwnDataAct.COPY,
    OwnDataAsked.WITHDRAW: OwnDataAct.WITHDRAW_CONSENT,
}
_ACT_OF_BUTTON: dict[tuple[str, ...], OwnDataAct] = {
    ("kept",): OwnDataAct.TELL,
    ("ask",): OwnDataAct.ASK_BEFORE_ERASING,
    ("copy",): OwnDataAct.COPY,
    ("withdraw",): OwnDataAct.WITHDRAW_CONSENT,
    ("keep",): OwnDataAct.KEEP,
    ("notices",): OwnDataAct.AGREE_TO_NOTICES,
}


def own_data(now: Situation) -> Decided | None:
    """Erasing cannot be undone: it takes the button that asks for it, or a plain yes in its words."""
    text = now.seen.typed
    if _was_just_asked(now):
        if confirms_deletion(text):
            return _decided(now, OwnDataAct.ERASE)
        if half_confirms_deletion(text):
            return _decided(now, OwnDataAct.ASK_BEFORE_ERASING)
        if declines_deletion(text):
            return _decided(now, OwnDataAct.KEEP)
    asked = own_data_asked(text)
    return _decided(now, _ACT_OF[asked]) if asked else None


def own_data_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """A button about one's data. An old or typed "erase" is asked about again before anything goes."""
    if arguments == ("erase",):
        return _decided(now, OwnDataAct.ERASE if _was_just_asked(now) else OwnDataAct.ASK_BEFORE_ERASING)
    act = _ACT_OF_BUTTON.get(arguments)
    return _decided(now, act) if act else None


def _was_just_asked(now: Situation) -> bool:
    return any(choice.payload == choices.ERASE for choice in now.choices)


def _decided(now: Situation, act: OwnDataAct) -> Decided:
    return Decided(move=OwnData(act=act), state=now.state)
