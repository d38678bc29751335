"""Rasa's reading of a text while its server answers, the local classifier's otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

from circuitbreaker import CircuitBreaker

from nlu.errors import RasaUnavailable
from nlu.intents import LONGEST_TEXT, Intent, IntentClassifier, nothing_said
from nlu.rasa.server import RasaServer
from nlu.rasa.standing import Standing
from nlu.text import clean

#: Failures in a row after which Rasa is left alone, and for how many seconds.
FAILURES = 3
PAUSE = 30


def _breaker() -> CircuitBreaker:
    return CircuitBreaker(
        failure_threshold=FAILURES, recovery_timeout=PAUSE, expected_exception=RasaUnavailable, name="rasa"
    )


@dataclass(frozen=True, kw_only=True)
class RasaElseLocal:
    """Asks Rasa; answers by the local classifier when Rasa does not answer rightly and in time.

    Never raises, and waits at most the server's deadline. Threads may share it.
    """

    rasa: RasaServer
    local: IntentClassifier
    breaker: CircuitBreaker = field(default_factory=_breaker)

    @property
    def name(self) -> str:
        return f"{self.rasa.name}, else {self.local.name}"

    def classify(self, text: str) -> Intent:
        return self.ranking(text)[0]

    def ranking(self, text: str) -> tuple[Intent, ...]:
        return self._of_rasa(text) or self.local.ranking(text)

    def standing(self) -> Standing:
        """As of now, without asking anything."""
        circuit = self.breaker.state
        if circuit == "closed":
            return Standing(answers=self.rasa.name, rasa=circuit)
        return Standing(
            answers=self.local.name,
            rasa=circuit,
            problem=str(self.breaker.last_failure or ""),
            retry_in=max(0.0, round(self.breaker.open_remaining, 1)),
        )

    def _of_rasa(self, text: str) -> tuple[Intent, ...]:
        """() when Rasa was not asked or did not answer."""
        said = clean(text)[:LONGEST_TEXT]
        if nothing_said(said) or self.breaker.opened:
            return ()
        try:
            with self.breaker:
                return self.rasa.ranking(said)
        except RasaUnavailable:
            return ()
