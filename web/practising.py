"""Whether somebody practises: said by the session of his browser, told to the person who asks.

The session and not a row: a digest, a count or another browser of the same person knows nothing of it.
"""

from __future__ import annotations

from django.http import HttpRequest

_KEY = "practising"


def begin(request: HttpRequest) -> None:
    request.session[_KEY] = True


def end(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def note(request: HttpRequest) -> None:
    """Tell the person who asks, from whom casework/visibility.py hears it."""
    request.user.is_practising = _KEY in request.session  # type: ignore[union-attr]
