"""Errors of office/, each saying what to do.

OfficeError
├── BrokenPlaceList
├── NoDemonstrationHere
└── RegisterIsAppendOnly
"""

from __future__ import annotations


class OfficeError(Exception):
    """Unexpected error of office/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class RegisterIsAppendOnly(OfficeError):
    """The register is append-only: add a new entry that corrects the earlier one."""


class BrokenPlaceList(OfficeError):
    """A list of places contradicts itself: correct the file it names and load it again."""


class NoDemonstrationHere(OfficeError):
    """Production has no demonstration accounts: create each person's account with `manage.py createsuperuser`
    or in the administration."""
