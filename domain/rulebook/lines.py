"""The line of a TOML document that each key stands in.

``tomllib`` does not say where a value came from. This walks a document that ``tomllib`` has
already accepted (so it need not judge it) and notes the line of every key and array element.
Tables and keys follow TOML 1.0, https://toml.io/en/v1.0.0.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""The keys from the top of a document down to a value; an array element by its number from 0."""

# A pattern is compiled when a fault has to be located, not whenever a rulebook is read.
_TOKEN = (
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\n\[\]{}=,.]"
    r"|[^\s\[\]{}=,.\#\"']+"
)


def locate(text: str) -> dict[Path, int]:
    """Return the line, counted from 1, of every table, key and array element of ``text``."""
    walk = _Walk()
    for token in re.finditer(_TOKEN, text, re.DOTALL):
        walk.step(token[0])
    return walk.lines


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of ``path``, or of the nearest table above it that was written down."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Opened:
    """An array or inline table whose closing bracket has not come yet."""

    def __init__(self, path: Path, *, array: bool) -> None:
        self.path = path
        self.array = array
        self.index = 0


class _Walk:
    """Where the walk stands: in a header or key, or in a value, and the brackets still open."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self._line = 1
        self._table: Path = ()
        self._path: Path = ()
        self._key: list[str] = []
        self._opened: list[_Opened] = []
        self._in_value = False

    def step(self, token: str) -> None:
        if token == "\n" and not self._opened:
            self._key, self._in_value = [], False
        elif token != "\n" and not token.startswith("#"):
            if self._in_value:
                self._value(token)
            else:
                self._name(token)
        self._line += token.count("\n")

    def _name(self, token: str) -> None:
        if token == "=":
            self._path = self._note(self._base() + tuple(self._key))
            self._key, self._in_value = [], True
        elif token == "}":
            self._close()
        elif token == "]":
            self._table = self._note(tuple(self._key))
        elif token not in {"[", ".", ","}:
            self._key.append(_unquoted(token))

    def _value(self, token: str) -> None:
        top = self._opened[-1] if self._opened else None
        if token == "," and top:
            top.index += 1
            self._in_value = top.array
        elif token in {"]", "}"}:
            self._close()
        else:
            if top and top.array:
                self._path = self._note((*top.path, top.index))
            if token in {"[", "{"}:
                self._opened.append(_Opened(self._path, array=token == "["))
                self._in_value = token == "["

    def _close(self) -> None:
        self._opened.pop()
        self._in_value = True

    def _base(self) -> Path:
        return self._opened[-1].path if self._opened else self._table

    def _note(self, path: Path) -> Path:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], self._line)
        return path


def _unquoted(token: str) -> str:
    if token[0] not in "\"'":
        return token
    return str(tomllib.loads(f"key = {token}")["key"])
