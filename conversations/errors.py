"""Errors of conversations/, each saying what to do.

ConversationsError
├── OutcomeSuperseded
├── OwnerChanged
├── PhotoRefused
│   └── TooManyPhotos
└── FileRefused
"""

from __future__ import annotations


class ConversationsError(Exception):
    """Unexpected error of conversations/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class OutcomeSuperseded(ConversationsError):
    """The conversation or the claim changed meanwhile: drop the whole outcome, never half of it."""


class OwnerChanged(ConversationsError):
    """Someone else holds this conversation now: reload it and look before acting."""


class PhotoRefused(ConversationsError):
    """The file is not a picture that can be kept: ask for a JPEG, PNG or WebP of at most 8 MB."""


class TooManyPhotos(PhotoRefused):
    """This conversation has sent as many pictures as it may in a day: the next can be sent tomorrow."""


class FileRefused(ConversationsError):
    """The file cannot be sent: choose a PDF, a DOCX without macros or a picture, of at most 5 MB."""
