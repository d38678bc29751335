"""Logs: one line an event, to standard error, without personal data (messages are named by their row)."""

from __future__ import annotations

import logging
import sys
import warnings

import structlog


def set_up() -> None:
    """Route our own lines and the libraries' through one format."""
    # WhiteNoise streams its files synchronously and looks for the folder of a collectstatic we do not need.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    warnings.filterwarnings("ignore", message="No directory at")
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
