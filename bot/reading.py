"""Reading a turn: its words classified, searched for and taken apart, once, before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.choices import Tapped, parse
from bot.correction_words import correction
from bot.follow_up import goes_on, is_short, names_no_matter
from bot.heard import Heard, heard
from bot.place_words import place_phrase
from bot.understanding import REPORTS, Understanding
from bot.ward_choices import WardChoice, is_elsewhere
from conversations.messages import MessageKind, Position
from conversations.models import Turn
from knowledge_base.content import PartName
from knowledge_base.decision import Decision, decide
from knowledge_base.library import Library
from knowledge_base.life_events import event_named
from knowledge_base.siblings import saying_all, variants_of
from knowledge_base.tracing import Trace
from knowledge_base.variations import told
from knowledge_base.weighing import left_for, weighed
from nlu import entities, guards
from nlu.asked_part import asked_part
from nlu.intents import Intent, IntentClassifier
from nlu.report_classifier import ReportClassifier
from office.entrances import Entered, entered_by
from office.places import Found, Split, find_ward


def understand(  # noqa: PLR0913 -- what reads is handed in
    turn: Turn,
    *,
    classifier: IntentClassifier,
    reports: ReportClassifier,
    library: Library,
    place_expected: bool,
    spoken_of: str = "",
) -> Understanding:
    """Read a turn. Searches only where there are words and no guard has spoken.

    place_expected: a report is being filled or a ward was asked for: any message may name a place.
    spoken_of: code of the procedure last answered, "" for none.
    """
    payload = turn.payload
    shared = payload.get("position")
    position = Position(**shared) if shared else None
    elsewhere = position is not None and is_elsewhere(position)
    said = heard(turn)
    tapped = parse(payload.get("choice") or said.text)
    seen = Understanding(
        kind=MessageKind(turn.kind),
        text=guards.without_instructions(said.text) or said.text,
        tapped=tapped,
        entered=_entered(tapped),
        guard=None if tapped else _guard(said),
        position=None if elsewhere else position,
        position_elsewhere=elsewhere,
        media=said.media,
        replaces=said.replaces,
        forwarded=payload.get("forwarded", False),
        shows_paper=said.shows_paper,
    )
    if seen.tapped or seen.guard not in _READ_ALL_THE_SAME or not seen.has_words:
        return seen
    read = _read(seen, classifier=classifier, reports=reports, library=library, place_expected=place_expected)
    moved = _moved(read, spoken_of, library)
    return replace(read, variants=variants_of(spoken_of, library.titles()), moved=moved)


def _moved(seen: Understanding, spoken_of: str, library: Library) -> Decision | None:
    """ "Nghỉ luôn thì sao" after how to open a shop: closing one is found when both are read together."""
    title = library.titles().get(spoken_of)
    if title is None or not seen.may_lean or seen.nearest[:1] in ((), (spoken_of,)):
        return None
    if names_no_matter(seen.words) or not (is_short(seen.words) or goes_on(seen.words)):
        return None
    return decide(library.search(f"{title}, {seen.words}").without(spoken_of))


def _entered(tapped: Tapped | None) -> Entered | None:
    match tapped:
        case Tapped(verb="start", arguments=(key,)):
            return entered_by(key)
    return None


#: The citizen may have said before that it is feedback: then it is read like any other words.
_READ_ALL_THE_SAME = (None, guards.GuardKind.PERHAPS_ACCUSATION)


def _guard(said: Heard) -> guards.GuardKind | None:
    if said.redacted:
        return guards.GuardKind(said.redacted)
    finding = guards.look(said.text)
    return finding.kind if finding else None


def _read(
    seen: Understanding,
    *,
    classifier: IntentClassifier,
    reports: ReportClassifier,
    library: Library,
    place_expected: bool,
) -> Understanding:
    seen = replace(seen, correction=correction(seen.text))
    text = seen.words
    part = asked_part(seen.text)
    found = library.search(text)
    decision = decide(found)
    ranking = classifier.ranking(text)
    without = _without_look_alikes(text, ranking, classifier)
    intent = weighed(without if ranking[0].name == "emergency" else ranking, decision)
    facts = told(text)
    read = replace(
        seen,
        intent=intent,
        danger=left_for("emergency", without, decision),
        accusation=left_for("complaint_or_denunciation", ranking, decision),
        part=PartName(part) if part else None,
        decision=decision,
        trace=Trace.of(found),
        event=event_named(text, held=library.titles),
        report_code=entities.report_code(text) or "",
        report_secret=entities.report_secret(text) or "",
        dossier_code=entities.dossier_code(text) or "",
        procedure=_procedure_named(text, library),
        facts=facts,
        as_told=saying_all([hit.code for hit in found.hits], library.titles(), facts),
        categories=reports.categories(text),
        urgent=reports.is_urgent(text),
        place=place_phrase(text),
    )
    names_a_place = place_expected or intent.name in REPORTS or read.part is PartName.WHERE
    return _with_ward(read) if names_a_place or read.correction else read


def _without_look_alikes(
    text: str, ranking: Sequence[Intent], classifier: IntentClassifier
) -> Sequence[Intent]:
    """The ranking without figures of speech ("nóng muốn chết") and other words that only sound of danger."""
    meant = guards.without_look_alikes(text)
    return ranking if meant == text else classifier.ranking(meant)


def _procedure_named(text: str, library: Library) -> str:
    code = entities.procedure_code(text)
    return code if code and code in library.titles() else ""


def _with_ward(seen: Understanding) -> Understanding:
    """With the one unit the text names, or those that a former ward went to."""
    match find_ward(seen.words):
        case Found(unit=unit):
            return replace(seen, ward=unit.code, ward_name=unit.name)
        case Split(former=former, candidates=candidates):
            choices = tuple(WardChoice(code=unit.code, name=unit.name) for unit in candidates)
            return replace(seen, former_ward=former, ward_choices=choices)
    return seen
