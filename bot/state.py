"""What the assistant remembers of a conversation between two turns: small, frozen, kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from bot.report_form import ReportForm, Step
from conversations.messages import MediaReference, Position
from knowledge_base.content import PartName

RECENT = 5
#: Procedures that told facts are remembered for: a matter and its variants.
FACTS_OF = 12


@dataclass(frozen=True, kw_only=True)
class State:
    """The dialogue's memory.

    procedure: code last spoken of. recent: codes answered, oldest first. offered: codes on the last buttons,
    in their order, so that "2" can choose; offered_part: the part that was asked of them.
    failures: messages in a row that were not understood. position, media: sent before it was clear what for.
    report: code of the report last asked about. ward: code of the unit the citizen said to be in.
    ward_asked: the last answer was about where, so that a ward alone answers it.
    facts: side by key of each deciding fact the citizen told. facts_of: the codes they were told of and
    forgotten with. fact_asked: key of the one just asked, then the keys of its sides, which lead to the
    first of `offered`.
    """

    procedure: str = ""
    recent: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    offered_part: PartName | None = None
    failures: int = 0
    form: ReportForm | None = None
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()
    report: str = ""
    ward: str = ""
    ward_asked: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    facts_of: tuple[str, ...] = ()
    fact_asked: tuple[str, ...] = ()

    def speaking_of(self, code: str) -> State:
        """The state after an answer about a procedure."""
        recent = (*(c for c in self.recent if c != code), code)[-RECENT:]
        after = self if code in self.facts_of else replace(self, facts={}, facts_of=())
        return replace(after, procedure=code, recent=recent, offered=(), fact_asked=(), failures=0)

    def told(self, facts: Mapping[str, str], codes: tuple[str, ...]) -> State:
        """The state after these facts were told of these procedures; those of other ones are forgotten."""
        same_matter = not set(codes).isdisjoint(self.facts_of)
        known = {**self.facts, **facts} if same_matter else dict(facts)
        of = tuple(dict.fromkeys((*self.facts_of, *codes))) if same_matter else codes
        return replace(self, facts=known, facts_of=of[-FACTS_OF:])

    def filling(self, form: ReportForm | None) -> State:
        """The state with this form in hand; what was sent before it went into the form."""
        return replace(self, form=form, position=None, media=(), offered=(), fact_asked=(), failures=0)


def to_json(state: State) -> dict[str, Any]:
    return asdict(state)


def from_json(data: dict[str, Any]) -> State:
    """The state of a row. Fields this version does not know are left out, missing ones take their default."""
    known = {known.name for known in fields(State)}
    values = {name: value for name, value in data.items() if name in known}
    values["form"] = _form(data.get("form"))
    values["position"] = _position(data.get("position"))
    values["media"] = _media(data.get("media"))
    values["recent"] = tuple(data.get("recent", ()))
    values["offered"] = tuple(data.get("offered", ()))
    values["fact_asked"] = tuple(data.get("fact_asked", ()))
    values["facts_of"] = tuple(data.get("facts_of", ()))
    values["offered_part"] = PartName(data["offered_part"]) if data.get("offered_part") else None
    return State(**values)


def _form(data: dict[str, Any] | None) -> ReportForm | None:
    if not data:
        return None
    known = {known.name for known in fields(ReportForm)}
    values = {name: value for name, value in data.items() if name in known}
    values["categories"] = tuple(values.get("categories", ()))
    values["position"] = _position(values.get("position"))
    values["media"] = _media(values.get("media"))
    values["step"] = Step(values.get("step", Step.TEXT))
    return ReportForm(**values)


def _position(data: dict[str, float] | None) -> Position | None:
    return Position(**data) if data else None


def _media(data: list[dict[str, Any]] | None) -> tuple[MediaReference, ...]:
    return tuple(MediaReference(**medium) for medium in data or ())
