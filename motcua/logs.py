"""Logs: one line an event, to standard error, without secrets and personal data (messages are named by their
row). Our own lines and the libraries' go the same way.
"""

from __future__ import annotations

import logging
import sys
import warnings
from typing import Any

import structlog
from structlog.typing import EventDict

from motcua.log_masking import mask_secrets
from nlu.entities import mask_personal

#: What names a row or a thread of ours; other words may be a citizen's, repeated by a database or a library.
_OURS = frozenset(
    {"timestamp", "level", "event", "account", "channel", "event_id", "update_id", "turn", "thread"}
)


def _masked(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Numbers, times and flags are ours; whatever is made of letters may hold what others wrote."""
    return {
        name: value if name in _OURS or isinstance(value, int | float | None) else masked(str(value))
        for name, value in event.items()
    }


def masked(words: str) -> str:
    """The words without secrets and without personal data."""
    return mask_secrets(mask_personal(words))


class _LibrariesLines(logging.Formatter):
    """What a library says, with its trace, masked as our own lines are."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def _to_standard_error(*_: Any) -> structlog.PrintLogger:
    """To whatever is standard error now: who exchanges the stream closes the one before."""
    return structlog.PrintLogger(sys.stderr)


def set_up() -> None:
    """Route our own lines and the libraries' through one format."""
    # WhiteNoise streams its files synchronously and looks for the folder of a collectstatic we do not need.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    warnings.filterwarnings("ignore", message="No directory at")
    handler = logging.StreamHandler()
    handler.setFormatter(_LibrariesLines("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _masked,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=_to_standard_error,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
