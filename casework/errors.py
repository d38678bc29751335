"""Errors of casework/, each saying what to do.

CaseworkError
└── RegisterIsAppendOnly
"""

from __future__ import annotations


class CaseworkError(Exception):
    """Unexpected error of casework/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class RegisterIsAppendOnly(CaseworkError):
    """The register is append-only: add a new entry that corrects the earlier one."""
