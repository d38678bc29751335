"""What the assistant remembers of a conversation between two turns: small, frozen, kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from bot.contact import ToldContact
from bot.drafts import Draft
from bot.report_form import ReportForm, Step
from bot.similar_reports import SimilarReport
from bot.ward_choices import WardChoice
from conversations.messages import MediaReference, Position
from knowledge_base.content import PartName

RECENT = 5
#: Procedures that told facts are remembered for: a matter and its variants.
FACTS_OF = 12


@dataclass(frozen=True, kw_only=True)
class State:
    """The dialogue's memory.

    procedure: code last spoken of; part: what was answered of it, None for an overview.
    recent: codes answered, oldest first. offered: codes on the last buttons, in their order, so that "2" can
    choose; offered_part: the part that was asked of them.
    needs: codes of the last list of what a life event needs.
    failures: messages in a row that were not understood. position, media: sent before it was clear what for.
    told_no_papers: that pictures of identity papers are not wanted was said.
    report: code of the report last asked about. dossier: of the dossier whose proof may come next.
    asks_report: how far a report is was asked last, so that "xong chưa" is about it.
    ward: code of the unit the citizen said to be in. place: the one spoken of last, in the citizen's words.
    ward_asked: the last answer was about where, so that a ward alone answers it.
    facts: side by key of each deciding fact the citizen told. facts_of: the codes they were told of and
    forgotten with. fact_asked: key of the one just asked, then the keys of its sides, which lead to the
    first of `offered`.
    draft: a report left for a while. cancelled: one dropped with the message before, to be had back.
    unsure: words that may be an accusation, until the citizen says whether they are.
    insults: messages in a row that were nothing but abuse. appealing: the next words are an appeal.
    commenting: code of the report on whose answer the next words are. reopening: of the one they say why to
    look at again.
    """

    procedure: str = ""
    part: PartName | None = None
    recent: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    offered_part: PartName | None = None
    needs: tuple[str, ...] = ()
    failures: int = 0
    form: ReportForm | None = None
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()
    told_no_papers: bool = False
    report: str = ""
    asks_report: bool = False
    dossier: str = ""
    ward: str = ""
    place: str = ""
    ward_asked: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    facts_of: tuple[str, ...] = ()
    fact_asked: tuple[str, ...] = ()
    draft: Draft | None = None
    cancelled: ReportForm | None = None
    unsure: str = ""
    insults: int = 0
    appealing: bool = False
    commenting: str = ""
    reopening: str = ""

    @property
    def laid_aside(self) -> ReportForm | None:
        """The report left for a while."""
        return self.draft.form if self.draft else None

    def speaking_of(self, code: str) -> State:
        """The state after an answer about a procedure."""
        recent = (*(c for c in self.recent if c != code), code)[-RECENT:]
        after = self if code in self.facts_of else replace(self, facts={}, facts_of=())
        after = replace(after, procedure=code, recent=recent, dossier="", asks_report=False)
        return replace(after, offered=(), fact_asked=(), failures=0)

    def told(self, facts: Mapping[str, str], codes: tuple[str, ...]) -> State:
        """The state after these facts were told of these procedures; those of other ones are forgotten."""
        same_matter = not set(codes).isdisjoint(self.facts_of)
        known = {**self.facts, **facts} if same_matter else dict(facts)
        of = tuple(dict.fromkeys((*self.facts_of, *codes))) if same_matter else codes
        return replace(self, facts=known, facts_of=of[-FACTS_OF:])

    def without(self, code: str) -> State:
        """The state when that procedure was not meant after all: nobody goes back to it."""
        return replace(self, recent=tuple(c for c in self.recent if c != code))

    def filling(self, form: ReportForm | None) -> State:
        """The state with this form in hand; what was sent before it went into the form."""
        settled = replace(self, position=None, media=(), offered=(), fact_asked=(), dossier="", failures=0)
        return replace(settled, form=form)

    def rested(self) -> State:
        """The state after a pause: what was asked before it is not taken for granted any more."""
        asked = replace(self, offered=(), offered_part=None, fact_asked=(), ward_asked=False)
        return replace(asked, needs=(), failures=0, place="", commenting="", reopening="")


def to_json(state: State) -> dict[str, Any]:
    draft = state.draft
    since = {"draft": {**asdict(draft), "since": draft.since.isoformat()}} if draft else {}
    return {**asdict(state), **since}


def from_json(data: dict[str, Any]) -> State:
    """The state of a row. Fields this version does not know are left out, missing ones take their default."""
    known = {known.name for known in fields(State)}
    values = {name: value for name, value in data.items() if name in known}
    values["form"] = _form(data.get("form"))
    values["position"] = _position(data.get("position"))
    values["media"] = _media(data.get("media"))
    values["recent"] = tuple(data.get("recent", ()))
    values["offered"] = tuple(data.get("offered", ()))
    values["needs"] = tuple(data.get("needs", ()))
    values["fact_asked"] = tuple(data.get("fact_asked", ()))
    values["facts_of"] = tuple(data.get("facts_of", ()))
    values["offered_part"] = _part(data.get("offered_part"))
    values["part"] = _part(data.get("part"))
    values["draft"] = _draft(data.get("draft"))
    values["cancelled"] = _form(data.get("cancelled"))
    return State(**values)


def _form(data: dict[str, Any] | None) -> ReportForm | None:
    if not data:
        return None
    known = {known.name for known in fields(ReportForm)}
    values = {name: value for name, value in data.items() if name in known}
    values["categories"] = tuple(values.get("categories", ()))
    values["position"] = _position(values.get("position"))
    values["media"] = _media(values.get("media"))
    values["ward_choices"] = tuple(WardChoice(**choice) for choice in values.get("ward_choices", ()))
    values["similar"] = tuple(SimilarReport(**report) for report in values.get("similar", ()))
    values["contact"] = _contact(values.get("contact"))
    values["step"] = Step(values.get("step", Step.TEXT))
    values["editing"] = Step(values["editing"]) if values.get("editing") else None
    return ReportForm(**values)


def _contact(data: dict[str, Any] | None) -> ToldContact:
    told = ToldContact(**data) if data else ToldContact()
    return replace(told, wanted=tuple(told.wanted))


def _draft(data: dict[str, Any] | None) -> Draft | None:
    form = _form(data["form"]) if data else None
    if not (data and form):
        return None
    since = datetime.fromisoformat(data["since"])
    due, last = data.get("due", False), data.get("offered_last", False)
    return Draft(form=form, since=since, due=due, offered_last=last)


def _part(name: str | None) -> PartName | None:
    return PartName(name) if name else None


def _position(data: dict[str, float] | None) -> Position | None:
    return Position(**data) if data else None


def _media(data: list[dict[str, Any]] | None) -> tuple[MediaReference, ...]:
    return tuple(MediaReference(**medium) for medium in data or ())
