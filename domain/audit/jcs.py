"""JSON in the one spelling that everybody computes alike: RFC 8785.

``domain.events.codec.canonical`` writes the same bytes for what events hold (no floating-point
numbers, names of fields in ASCII) with one call into the standard library; this module covers
every JSON value. A test holds the two together. Reading is in ``domain.audit.strict_json``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from typing import Final

LARGEST: Final = 2**53 - 1
"""The largest whole number that every reader of JSON sees alike (RFC 7493 §2.2)."""

# Where Number::toString of ECMA-262 turns to exponents.
_MOST_DIGITS_BEFORE_POINT: Final = 21
_MOST_ZEROS_AFTER_POINT: Final = 6


class NotJson(ValueError):
    """This is not JSON that everybody reads alike; the message says why, in Chinese."""


quoted: Callable[[str], str] = encode_basestring
"""Returns a text as a JSON string, with no more escapes than needed (RFC 8785 §3.2.2.2)."""


def canonical(value: object) -> bytes:
    """Return the one spelling of a JSON value (RFC 8785 §3.2).

    Raises ``NotJson`` for what has none: a number that is not finite, a whole number beyond
    ``LARGEST``, half a character, nesting too deep. Raises ``TypeError`` for other objects.
    """
    pieces: list[str] = []
    try:
        _write(value, pieces.append)
        return "".join(pieces).encode()
    except UnicodeEncodeError:
        raise NotJson("有不成对的代理字符，不是完整的文字") from None
    except RecursionError:
        raise NotJson("括号嵌套太深") from None


def _write(value: object, put: Callable[[str], None]) -> None:
    if isinstance(value, str):
        put(encode_basestring(value))
    elif value is None or isinstance(value, bool):
        put("null" if value is None else "true" if value else "false")
    elif isinstance(value, int):
        put(_whole(value))
    elif isinstance(value, float):
        put(_number(value))
    elif isinstance(value, Mapping):
        _write_object(value, put)
    elif isinstance(value, (list, tuple)):
        put("[")
        for place, member in enumerate(value):
            put("," if place else "")
            _write(member, put)
        put("]")
    else:
        raise TypeError(f"not a JSON value: {type(value).__name__}")


def _write_object(members: Mapping[str, object], put: Callable[[str], None]) -> None:
    """Write members in the order of the UTF-16 units of their names (RFC 8785 §3.2.3)."""
    put("{")
    for place, name in enumerate(sorted(members, key=_utf16)):
        put("," if place else "")
        put(encode_basestring(name))
        put(":")
        _write(members[name], put)
    put("}")


def _utf16(name: object) -> bytes:
    if not isinstance(name, str):
        raise TypeError(f"not the name of a JSON member: {name!r}")
    return name.encode("utf-16-be")


def _whole(value: int) -> str:
    if not -LARGEST <= value <= LARGEST:
        raise NotJson("有过大的整数，各种软件读出来不一样")
    return int.__repr__(value)


def _number(value: float) -> str:
    """Write a double as ECMAScript does (RFC 8785 §3.2.2.3, ECMA-262 Number::toString).

    Python and ECMAScript choose the same shortest digits; they differ in where the point goes.
    """
    if not math.isfinite(value):
        raise NotJson(f"{value} 不是 JSON 中的数")
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    significant = (whole + fraction).lstrip("0")
    # How many digits stand before the point.
    point = len(significant) - len(fraction) + int(exponent or 0)
    digits = significant.rstrip("0")
    if not digits:
        return "0"
    if len(digits) <= point <= _MOST_DIGITS_BEFORE_POINT:
        text = digits.ljust(point, "0")
    elif 0 < point < len(digits):
        text = f"{digits[:point]}.{digits[point:]}"
    elif -_MOST_ZEROS_AFTER_POINT < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        text = f"{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{point - 1:+d}"
    return f"-{text}" if value < 0 else text
