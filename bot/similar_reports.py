"""Published reports that may be of the same thing as the one in the making."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SimilarReport:
    """As the public sees it. metres: how far, None where a position is not known."""

    code: str
    text: str
    place: str = ""
    metres: int | None = None
