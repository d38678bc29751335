"""What a citizen wants, as one of fourteen words, and the port through which a classifier says which.

Implementations: nlu/local_classifier.py (scikit-learn, in this process) and a Rasa server beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from nlu import guards

INTENTS = (
    "ask_procedure",
    "report_problem",
    "report_regulation",
    "report_service",
    "report_status",
    "dossier_status",
    "talk_to_staff",
    "rate_service",
    "complaint_or_denunciation",
    "emergency",
    "greet",
    "goodbye_thanks",
    "about_bot",
    "out_of_scope",
)
NOTHING_SAID = "out_of_scope"
#: Confidence from which an intent alone decides; below it the search has its say first.
SURE = 0.5
#: What follows a long message's first sentences seldom changes what it wants, and reading it costs time.
LONGEST_TEXT = 600
_CERTAIN = {
    guards.GuardKind.EMERGENCY: "emergency",
    guards.GuardKind.SELF_HARM: "emergency",
    guards.GuardKind.ACCUSATION: "complaint_or_denunciation",
}


@dataclass(frozen=True, kw_only=True)
class Intent:
    """An intent and how likely it is (0–1): of a hundred answers given with .8, about eighty are right."""

    name: str
    confidence: float


class IntentClassifier(Protocol):
    """Says what a text wants. Any text is safe; threads may share it."""

    @property
    def name(self) -> str:
        """What figures and logs call it."""

    def classify(self, text: str) -> Intent:
        """The likeliest intent. A text without letters or digits is out_of_scope with confidence 0."""

    def ranking(self, text: str) -> tuple[Intent, ...]:
        """All intents, likeliest first; confidences sum to 1 unless nothing was said."""


def nothing_said(text: str) -> bool:
    """True for emoji, marks and nothing: no classifier is asked then."""
    return not any(char.isalnum() for char in text)


def read_intent(text: str, classifier: IntentClassifier) -> Intent:
    """The intent as the assistant takes it: what a guard is certain of, else what the classifier says."""
    finding = guards.look(text)
    certain = _CERTAIN.get(finding.kind) if finding else None
    return Intent(name=certain, confidence=1.0) if certain else classifier.classify(text)
