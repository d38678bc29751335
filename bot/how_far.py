"""How far is it: a report of ours, or a dossier of the city's own system where one is connected."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import moves
from bot.decided import Decided, Situation
from bot.follow_up import ASKING, is_short
from bot.understanding import REPORTS
from knowledge_base.content import PartName
from nlu.intents import SURE
from nlu.text import fold, syllables


def report_looked_up(now: Situation) -> Decided | None:
    """How far is a report: the one named by its code, else the one spoken of, else the last one here.

    A secret sent alone after a code belongs to that code: people send the two as two messages.
    """
    seen = now.seen
    opens_it = bool(seen.report_secret and now.state.asks_report and now.state.report)
    if not (seen.report_code or opens_it or seen.is_about("report_status", at_least=SURE)):
        return None
    return _report(now, seen.report_code or now.state.report)


def report_followed_up(now: Situation) -> Decided | None:
    """ "Sao lâu thế", "ai đang xử lý" after the state of a report: the same one, unless a place is told."""
    seen = now.seen
    if not now.state.asks_report or now.state.offered or seen.place or seen.ward:
        return None
    if seen.part in _OF_NO_REPORT or not _WAITS.search(fold(seen.words)):
        return None
    is_about_reports = is_short(seen.words) and seen.is_about(*REPORTS, "report_status")
    about_it = _names_nothing(seen.words) or is_about_reports
    return _report(now, now.state.report, again=True) if about_it else None


#: Parts of a procedure that no report has.
_OF_NO_REPORT = frozenset({PartName.FEE, PartName.DOCUMENTS, PartName.FORMS, PartName.LEGAL_BASIS})
#: Folded words of who waits: how long, who, how far, not yet.
_WAITS = re.compile(
    r"\b(?:chua|van|mai|lau|bao gio|khi nao|chung nao|bao h|ai|ben nao|don vi nao|co quan nao|den dau|"
    r"toi dau|qua han|tre han|cham|giu|chiu trach nhiem|im lang|xu ly|giai quyet|tien do|tinh hinh|"
    r"sao roi|the nao roi)\b"
)


def _report(now: Situation, code: str, *, again: bool = False) -> Decided:
    move = moves.LookUp(code=code, secret=now.seen.report_secret, again=again)
    return Decided(move=move, state=replace(now.state, report=code, dossier="", asks_report=True, failures=0))


def dossier_named(now: Situation) -> Decided | None:
    """A dossier's code, or the proof for the one just asked about. A complaint that names a code is none."""
    seen, asked = now.seen, now.state.dossier
    if seen.report_code or seen.tells_a_problem:
        return None
    if seen.dossier_code:
        return _look_up(now, seen.dossier_code, _proof(_without(seen.dossier_code, seen.text)))
    proof = _proof(seen.text) if asked else ""
    return _look_up(now, asked, proof) if proof else None


def _without(code: str, text: str) -> str:
    """The text without the code, in capitals or not, with dashes or spaces."""
    typed = r"\W{1,3}".join(map(re.escape, re.split(r"[-–—_ ]", code)))
    return re.sub(typed, " ", text, flags=re.IGNORECASE)


def _proof(text: str) -> str:
    """Some digits that stand alone, or behind "số cuối"; "" for none."""
    found = _DIGITS_ALONE.fullmatch(text) or _LAST_DIGITS.search(fold(text))
    return found["digits"] if found else ""


_DIGITS_ALONE = re.compile(r"\W*(?P<digits>\d{3,6})\W*", re.ASCII)
_LAST_DIGITS = re.compile(r"\bso cuoi\D{0,25}(?P<digits>\d{3,6})(?!\d)", re.ASCII)


# "Hồ sơ khai sinh nộp ở đâu" asks about a procedure, "hồ sơ tôi nộp hôm qua đến đâu rồi" about a dossier.
_WHERE_TO_FILE = re.compile(
    r"\bnop (?:o |tai |cho |den |qua )?(?:dau|ai|cho nao|noi nao|the nao|nhu the nao)\b"
)


def dossier_asked(now: Situation) -> Decided | None:
    """ "Hồ sơ của tôi đến đâu rồi?": the one named before, else its code is asked for."""
    seen = now.seen
    if not seen.is_about("dossier_status", at_least=SURE) or _WHERE_TO_FILE.search(fold(seen.words)):
        return None
    state = now.state
    if state.asks_report and _names_nothing(seen.words):
        return _report(now, state.report)
    return _look_up(now, state.dossier, "")


def last_asked(now: Situation) -> Decided:
    """The dossier asked about last, else the report spoken of or the last one filed here."""
    return _look_up(now, now.state.dossier, "") if now.state.dossier else _report(now, now.state.report)


def _names_nothing(text: str) -> bool:
    """ "Ba hôm rồi, xong chưa" is about what was asked after before."""
    return all(word in ASKING | _PASSING or word.isdigit() for word in syllables(fold(text)))


_PASSING = frozenset(
    (  # noqa: SIM905 -- read as a sentence is
        "ba bon hom bua xu ly dang thay den sua phu trach chiu tien do tinh hinh mai vu phan anh nhan don vi "
        "ben kiem chung ca tuan thang vay han qua tre cham hen trach nhiem dang giu im lang tra loi can bo "
        "phong quan nao rut cuc the troi oi roi nhi gom sot ruot mot hai nam sau bay tam chin muoi"
    ).split()
)


def _look_up(now: Situation, code: str, proof: str) -> Decided:
    state = replace(now.state, dossier=code, asks_report=False, failures=0)
    return Decided(move=moves.LookUpDossier(code=code, proof=proof), state=state)
