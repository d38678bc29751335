"""How far is a dossier: asked of the city's own system, by the contract in docs/developers/dossiers.md.

Nothing is kept here: each question is asked anew, and the answer is shown with its source and time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import httpx
from circuitbreaker import CircuitBreaker
from django.conf import settings

from nlu.text import clean
from office.errors import DossierLocked, DossierNotShown, DossierSystemUnavailable

#: Seconds to connect, to wait for each piece of an answer, and for all of it.
CONNECT_WITHIN, READ_WITHIN, ANSWER_WITHIN = 2.0, 4.0, 6.0
#: Bytes of the largest answer that is read.
LARGEST = 64_000
#: Failures in a row after which the system is left alone, and for how many seconds.
FAILURES, PAUSE = 3, 30
#: Digits a proof may have. An identity number has nine or twelve: no system can make us ask for one.
FEWEST_DIGITS, MOST_DIGITS = 3, 6
#: Characters of one thing that the system says, and how many papers it may name as missing.
LONGEST_WORDS, MOST_MISSING = 300, 10


Told = TypeVar("Told")


class Stage(StrEnum):
    """Where a dossier stands."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    SUPPLEMENT_WANTED = "supplement_wanted"
    READY = "ready"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What the system says of a dossier to its owner. source: who says so; as_of: aware, when it was true.

    due_on: None where no day is promised. missing: papers to bring; note: a sentence of the unit, or "".
    """

    code: str
    stage: Stage
    unit: str
    source: str
    as_of: datetime
    due_on: date | None = None
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProofWanted:
    """The system shows a dossier only to who proves to be its owner. asks: what for; digits: how many."""

    asks: str
    digits: int


@dataclass(frozen=True, kw_only=True)
class DossierSystem:
    """A city's dossier system. Threads may share it."""

    url: str
    token: str
    breaker: CircuitBreaker

    def look_up(self, code: str, *, proof: str = "") -> Dossier | ProofWanted:
        """Ask once, within ANSWER_WITHIN seconds.

        Raises DossierNotShown for a dossier that is not there or not the asker's, one and the same;
        DossierLocked after too many wrong proofs; DossierSystemUnavailable when it does not answer as agreed.
        """
        if self.breaker.opened:
            raise DossierSystemUnavailable(f"left alone for {PAUSE} seconds after {FAILURES} failures")
        with self.breaker:
            return self._asked(code, proof)

    def _asked(self, code: str, proof: str) -> Dossier | ProofWanted:
        until = time.monotonic() + ANSWER_WITHIN
        # What citizens write must not pass a proxy that the environment happens to name.
        times = httpx.Timeout(READ_WITHIN, connect=CONNECT_WITHIN)
        try:
            with (
                httpx.Client(timeout=times, trust_env=False) as client,
                client.stream(
                    "POST",
                    f"{self.url}/lookup",
                    headers={"Authorization": f"Bearer {self.token}"},
                    json={"code": code, "proof": proof},
                ) as response,
            ):
                return _answer(response.status_code, _read(response, until=until), code)
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise DossierSystemUnavailable(f"cannot be asked ({type(problem).__name__})") from problem


def dossier_system() -> DossierSystem | None:
    """The system of the settings, None where none is connected."""
    return _system(settings.DOSSIER_URL, settings.DOSSIER_TOKEN) if settings.DOSSIER_URL else None


@cache
def _system(url: str, token: str) -> DossierSystem:
    """One a process and address, so that its failures are counted together."""
    breaker = CircuitBreaker(
        failure_threshold=FAILURES,
        recovery_timeout=PAUSE,
        expected_exception=DossierSystemUnavailable,
        name="dossiers",
    )
    return DossierSystem(url=url, token=token, breaker=breaker)


def _read(response: httpx.Response, *, until: float) -> bytes:
    content = b""
    for piece in response.iter_bytes():
        content += piece
        if len(content) > LARGEST:
            raise DossierSystemUnavailable(f"answers with more than {LARGEST} bytes")
        if time.monotonic() > until:
            raise DossierSystemUnavailable(f"no whole answer within {ANSWER_WITHIN:g} seconds")
    return content


def _answer(status: int, content: bytes, code: str) -> Dossier | ProofWanted:
    match status:
        case 200:
            return _well_formed(_dossier, content, code)
        case 403:
            return _well_formed(_proof, content, code)
        case 404:
            raise DossierNotShown
        case 429:
            raise DossierLocked
        case 401:
            raise DossierSystemUnavailable("HTTP 401: set MOTCUA_DOSSIER_TOKEN to the token it gave out")
    raise DossierSystemUnavailable(f"HTTP {status}")


def _well_formed(read: Callable[[Any, str], Told], content: bytes, code: str) -> Told:
    try:
        return read(httpx.Response(200, content=content).json(), code)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise DossierSystemUnavailable("answers otherwise than the contract says") from problem


def _dossier(body: Any, code: str) -> Dossier:
    as_of = datetime.fromisoformat(body["as_of"])
    if as_of.tzinfo is None or body["code"] != code:
        raise ValueError("another dossier, or a time without a zone")
    return Dossier(
        code=code,
        stage=Stage(body["stage"]),
        unit=_words(body["unit"]),
        source=_words(body["source"]),
        as_of=as_of,
        due_on=date.fromisoformat(body["due_on"]) if body.get("due_on") else None,
        missing=tuple(_words(paper) for paper in body.get("missing", ())[:MOST_MISSING]),
        note=_words(body.get("note", "")),
    )


def _proof(body: Any, _code: str) -> ProofWanted:
    wanted = ProofWanted(asks=_words(body["proof"]["asks"]), digits=int(body["proof"]["digits"]))
    if not FEWEST_DIGITS <= wanted.digits <= MOST_DIGITS:
        raise ValueError(f"a proof has {FEWEST_DIGITS} to {MOST_DIGITS} digits")
    return wanted


def _words(said: str) -> str:
    """One line of plain text."""
    return " ".join(clean(said).split())[:LONGEST_WORDS]
