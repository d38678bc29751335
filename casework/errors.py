"""Errors of casework/, each saying what to do.

CaseworkError
├── RegisterIsAppendOnly
├── NoUnitInCharge
├── CaseProblem
│   ├── CaseNotYours
│   ├── EmptyReply
│   └── NoOutcome
├── RatingRefused
│   ├── NotYourCase
│   ├── AlreadyRated
│   └── NoSuchScore
└── StepProblem
    ├── ReportMovedOn
    ├── NoSuchStep
    ├── ReasonMissing
    └── NotToWhomItIsAbout
"""

from __future__ import annotations


class CaseworkError(Exception):
    """Unexpected error of casework/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class RegisterIsAppendOnly(CaseworkError):
    """The register is append-only: add a new entry that corrects the earlier one."""


class NoUnitInCharge(CaseworkError):
    """No unit oversees the one this report is about: give it a parent unit, then file the report again."""


class CaseProblem(CaseworkError):
    """The case cannot take this action: load it again and look at its state."""


class CaseNotYours(CaseProblem):
    """Someone else has this case, or it is closed: load it again; claim it first if it waits."""


class EmptyReply(CaseProblem):
    """A reply needs words: write what the citizen should read."""


class NoOutcome(CaseProblem):
    """A case is closed with its outcome: say in one line how it ended."""


class RatingRefused(CaseworkError):
    """This rating cannot be kept."""


class NotYourCase(RatingRefused):
    """No closed case with this number belongs to this conversation: nothing to rate here."""


class AlreadyRated(RatingRefused):
    """This case has been rated: the first rating stands."""


class NoSuchScore(RatingRefused):
    """A score is a whole number from 1 (not satisfied) to 5 (very satisfied)."""


class StepProblem(CaseworkError):
    """The report cannot take this step: load it again and look at its state."""


class ReportMovedOn(StepProblem):
    """Someone else moved this report meanwhile: load it again before deciding."""


class NoSuchStep(StepProblem):
    """A report does not go from its present state to the one asked for: choose one of its next states."""


class ReasonMissing(StepProblem):
    """An answer and a refusal need words that the citizen will read: write them."""


class NotToWhomItIsAbout(StepProblem):
    """A report on service never goes to the unit it is about: choose the unit that oversees it."""
