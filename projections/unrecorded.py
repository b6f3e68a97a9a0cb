"""Events that are recorded nowhere, told by where they were written: they have no position."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

_POSITION: Final = re.compile(r"#(\d+)")
_CITING: Final = frozenset(
    {"events", "event", "target", "causes", "by", "corrected_by", "retracted_by"}
    | {"ruling", "ruling_before", "without_line"}
)
"""The fields of documents that cite events by position."""

Told = Callable[[Any], Any]


class Unrecorded:
    """The names of events by the position that they would have, and what to say instead of it."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self._names = names

    def at(self, known_at: Any) -> Told:  # noqa: ANN401  any JSON value
        """Return what tells a JSON document without positions that do not exist.

        Such an event is cited by its row, as in the ``events`` of a line; an event told as in
        ``kaohe explain`` has neither ``position`` nor ``recorded_at`` nor ``actor``, but its
        ``row``.
        What is known is what is recorded: ``known_at``, and no more.
        """

        def told(value: Any, key: str = "") -> Any:  # noqa: ANN401  any JSON value
            if key == "known_at":
                return known_at
            if isinstance(value, dict):
                return {name: told(held, name) for name, held in self._event(value).items()}
            if isinstance(value, list):
                return [told(held, key) for held in value]
            return self._value(value, key)

        return told

    def _event(self, value: dict[str, Any]) -> dict[str, Any]:
        row = self._names.get(value["position"]) if "recorded_at" in value else None
        nothing = dict.fromkeys(("position", "recorded_at", "actor"))
        return value if row is None else {**value, **nothing, "row": row}

    def _value(self, value: Any, key: str) -> Any:  # noqa: ANN401  any JSON value
        if key in _CITING and isinstance(value, int):
            return self._names.get(value, value)
        if key == "summary":
            return _POSITION.sub(lambda found: self._names.get(int(found[1]), found[0]), value)
        return value
