"""What a citizen says in a dialogue line by line, and what an excellent assistant answers.

Two forms, read alike: JSON Lines for the sets shared with others, YAML for those that people read and write.
docs/developers/dialogue.md describes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.dialogues.errors import DialogueProblem
from conversations.messages import MessageKind
from knowledge_base.content import PartName

#: What an assistant can do, as the shared sets name it.
ACTIONS = frozenset(
    {
        *("answer", "clarify", "refuse", "handoff", "report_form", "report_filed"),
        *("status", "smalltalk", "signpost"),
    }
)
#: The parts of a procedure as the labelled questions name them; "general" is any part.
PART_OF_FACET = {
    "duration": PartName.TIME,
    "agency": PartName.WHERE,
    "method": PartName.HOW,
    "condition": PartName.CONDITIONS,
    "form": PartName.FORMS,
    **{part.value: part for part in PartName},
}
KIND_OF_MARK = {
    "ảnh": MessageKind.PHOTO,
    "vị trí": MessageKind.POSITION,
    "thoại": MessageKind.VOICE,
    "video": MessageKind.VIDEO,
    "tệp": MessageKind.FILE,
    "nhãn dán": MessageKind.STICKER,
    "danh bạ": MessageKind.CONTACT,
    "sửa tin": MessageKind.EDITED,
    "nút": MessageKind.CHOICE,
}
PAUSES = {"phút": timedelta(minutes=1), "giờ": timedelta(hours=1), "ngày": timedelta(days=1)}
_MARK = re.compile(r"\[(?:(\d+) )?(" + "|".join(KIND_OF_MARK) + r")(?: ([^\]]+))?\]\s*(.*)", re.DOTALL)
_PAUSE = re.compile(r"\[sau (\d+) (" + "|".join(PAUSES) + r")\]")
_OFFICIAL = re.compile(r"\[cán bộ (nhận|trả lời|xong)(?:: ([^\]]+))?\]")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that happens: a message of a kind, a pause, or what an official does.

    text: what is typed, a caption, or the words of the button that is tapped. count: pictures.
    official: "nhận" takes the case, "trả lời" answers `text`, "xong" closes it.
    """

    kind: MessageKind = MessageKind.TEXT
    text: str = ""
    count: int = 1
    at: tuple[float, float] | None = None
    pause: timedelta | None = None
    official: str = ""

    @property
    def is_message(self) -> bool:
        return self.pause is None and not self.official


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the replies to a line must be. Nothing that is left empty is looked at.

    actions: any of them will do. codes: any of them, of the answer or among the choices.
    says, never: words in the replies, their buttons and source, whatever their case. form: fields of the
    form in hand by name; None for no form in hand. filed: fields of the report that was sent.
    """

    actions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    part: PartName | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    form: Mapping[str, Any] | None = field(default_factory=dict)
    filed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A line and what it must lead to; expected is None where anything but silence will do."""

    line: Line
    expected: Expected | None = None


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """A conversation from its first word. base: "starter" or "national", what it is played over."""

    id: str
    title: str
    scenes: tuple[Scene, ...]
    base: str = "starter"


def line_of(written: str) -> Line:
    """A line as people write it: words, or "[ảnh] chữ kèm", "[vị trí 21.03,105.85]", "[sau 2 giờ]" …"""
    if pause := _PAUSE.fullmatch(written):
        return Line(pause=int(pause[1]) * PAUSES[pause[2]])
    if written == "[hôm sau]":
        return Line(pause=timedelta(days=1))
    if official := _OFFICIAL.fullmatch(written):
        return Line(official=official[1], text=official[2] or "")
    if mark := _MARK.fullmatch(written):
        return _marked(*mark.groups())
    return Line(text=written)


def _marked(count: str | None, name: str, argument: str | None, words: str) -> Line:
    kind = KIND_OF_MARK[name]
    match kind:
        case MessageKind.POSITION:
            latitude, _, longitude = (argument or "").partition(",")
            return Line(kind=kind, text=words, at=(float(latitude), float(longitude)))
        case MessageKind.CHOICE:
            return Line(kind=kind, text=argument or "")
    return Line(kind=kind, text=words, count=int(count or 1))


def dialogue_of(written: Mapping[str, Any], *, id: str) -> Dialogue:  # noqa: A002 -- the word of the files
    """A dialogue as it stands in a file. Raises DialogueProblem."""
    try:
        return Dialogue(
            id=id,
            title=written["title"],
            base=written.get("base", "starter"),
            scenes=tuple(_scenes(written["turns"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise DialogueProblem(f"Dialogue {id} cannot be read ({problem!r}): correct it.") from problem


def _scenes(turns: Iterable[str | Mapping[str, Any]]) -> Iterator[Scene]:
    for turn in turns:
        if isinstance(turn, str):
            yield Scene(line=line_of(turn))
            continue
        expected = turn.get("expect")
        if isinstance(expected, Mapping):
            yield Scene(line=line_of(str(turn["user"])), expected=_shared(expected))
        else:
            fields = {name: value for name, value in turn.items() if name != "user"}
            yield Scene(line=line_of(str(turn["user"])), expected=_ours(fields))


def _shared(expected: Mapping[str, Any]) -> Expected:
    code = expected.get("code")
    return Expected(
        actions=_actions([expected["action"], *_listed(expected.get("or"))]),
        codes=_listed(code),
        part=PART_OF_FACET.get(expected.get("facet") or ""),
    )


def _ours(fields: Mapping[str, Any]) -> Expected:
    known = {"expect", "code", "part", "says", "never", "form", "filed"}
    if unknown := set(fields) - known:
        raise ValueError(f"there are the fields {sorted(known)}, not {sorted(unknown)}")
    return Expected(
        actions=_actions(_listed(fields.get("expect"))),
        codes=_listed(fields.get("code")),
        part=PART_OF_FACET[fields["part"]] if "part" in fields else None,
        says=_listed(fields.get("says")),
        never=_listed(fields.get("never")),
        form=fields.get("form", {}),
        filed=fields.get("filed", {}),
    )


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _actions(names: Iterable[str]) -> tuple[str, ...]:
    actions = tuple(names)
    if unknown := set(actions) - ACTIONS:
        raise ValueError(f"there are the actions {sorted(ACTIONS)}, not {sorted(unknown)}")
    return actions
