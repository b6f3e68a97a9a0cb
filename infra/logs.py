"""The program's own log: to stderr, in the words of the events; it is not the audit trail."""

from __future__ import annotations

import sys
from typing import Any

import structlog


def logger(name: str) -> Any:  # noqa: ANN401  structlog's loggers are made of processors
    """Return a logger that writes one JSON line for each message to stderr."""
    structlog.configure_once(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    return structlog.get_logger(module=name)
