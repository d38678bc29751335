"""Which classifier answers, and why: what operators are told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Of one classifier, as of now.

    answers: the name of what answers. rasa: "off" (not asked at all), "closed" (the circuit is: Rasa is
    asked), "open" (left alone for a while) or "half_open" (the next message tries it again).
    problem: what Rasa last did wrong, "" while it is asked; retry_in: seconds until it is tried again.
    """

    answers: str
    rasa: str = "off"
    problem: str = ""
    retry_in: float = 0.0
