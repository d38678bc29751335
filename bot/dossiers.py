"""What there is to say of a dossier: asked of the city's system, outside any transaction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

import structlog

from casework.report_secrets import is_locked, note_wrong_attempt
from conversations.models import Conversation
from office.dossiers import Dossier, ProofWanted, dossier_system
from office.errors import DossierLocked, DossierNotShown, DossierSystemUnavailable

log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What came of a look at a dossier."""

    NOT_CONNECTED = "not_connected"
    CODE_WANTED = "code_wanted"
    PROOF_WANTED = "proof_wanted"
    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    LOCKED = "locked"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, kw_only=True)
class DossierAnswer:
    """code: as typed, "" for none. proof: what to ask for, of PROOF_WANTED; dossier: of SHOWN."""

    outcome: Outcome
    code: str
    proof: ProofWanted | None = None
    dossier: Dossier | None = None


def how_far(code: str, proof: str, conversation: Conversation) -> DossierAnswer:
    """Ask the system, if there is one and a code. Wrong proofs are counted like wrong secrets of reports."""
    system = dossier_system()
    if system is None:
        return DossierAnswer(outcome=Outcome.NOT_CONNECTED, code=code)
    if not code:
        return DossierAnswer(outcome=Outcome.CODE_WANTED, code="")
    if proof and is_locked(_counted_as(code), conversation):
        return DossierAnswer(outcome=Outcome.LOCKED, code=code)
    try:
        match system.look_up(code, proof=proof):
            case Dossier() as dossier:
                return DossierAnswer(outcome=Outcome.SHOWN, code=code, dossier=dossier)
            case ProofWanted() as wanted:
                return DossierAnswer(outcome=Outcome.PROOF_WANTED, code=code, proof=wanted)
    except DossierNotShown:
        if proof:
            note_wrong_attempt(_counted_as(code), conversation)
        return DossierAnswer(outcome=Outcome.NOT_SHOWN, code=code)
    except DossierLocked:
        return DossierAnswer(outcome=Outcome.LOCKED, code=code)
    except DossierSystemUnavailable as problem:
        log.warning("dossier_system_unavailable", problem=str(problem))
        return DossierAnswer(outcome=Outcome.UNAVAILABLE, code=code)


def _counted_as(code: str) -> str:
    """Under which name wrong proofs are counted: the whole code tells, and stands in no table of ours."""
    return f"HS{sha256(code.encode()).hexdigest()[:18]}"
