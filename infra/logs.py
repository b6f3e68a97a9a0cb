"""The program's own log: to stderr, in the words of the events; it is not the audit trail."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(*, debug: bool) -> None:
    """Write warnings, or with ``debug`` everything, as JSON lines to stderr."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.DEBUG if debug else logging.WARNING
        ),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,  # stderr may be another one by then
    )
