"""JSON read without guessing: what readers could take differently is refused.

RFC 8259 leaves open what a field written twice means, or half a character; RFC 7493 (I-JSON)
forbids them. What is signed must have one meaning.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, NoReturn

from domain.audit.jcs import LARGEST, NotJson, canonical

_in_order_of_code_points = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode
# Only where there are characters beyond U+FFFF can the order of UTF-16 units be another one.
_BEYOND_16_BITS = re.compile(b"[\xf0-\xf4]")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_LONGEST_WHOLE: Final = len(str(-LARGEST))


class NotCanonical(NotJson):
    """This is JSON, but not in its canonical spelling."""


class _HoldsFloats(Exception):
    """A value holds floating-point numbers, which Python and RFC 8785 write differently."""


def parse_canonical(data: bytes) -> Any:  # noqa: ANN401  any JSON value
    """Return the value that ``data`` states in its canonical spelling (RFC 8785).

    Raises ``NotCanonical`` for any other spelling, white space and the order of fields included,
    and ``NotJson`` for what states no value or more than one: a field twice, NaN or Infinity, a
    number out of range, half a character, a byte-order mark, bytes that are not UTF-8. Out of
    range is also a whole number beyond ``LARGEST`` that some double is written as: not all readers
    turn it into that double.
    """
    try:
        value = _load(_WITHOUT_FLOATS, data)
        plain = not (_SURROGATE.search(data) or _BEYOND_16_BITS.search(data))
    except _HoldsFloats:
        value, plain = _load(_ANY, data), False
    again = _in_order_of_code_points(value).encode() if plain else canonical(value)
    if again != data:
        raise NotCanonical("不是规范写法（RFC 8785）：空白、字段次序、转义或数的写法不对")
    return value


def _load(decoder: json.JSONDecoder, data: bytes) -> Any:  # noqa: ANN401  any JSON value
    try:
        return decoder.decode(data.decode())
    except UnicodeDecodeError as error:
        raise NotJson(f"第 {error.start + 1} 个字节处不是 UTF-8 文字") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"第 {error.lineno} 行第 {error.colno} 个字符处不是 JSON") from None
    except RecursionError:
        raise NotJson("括号嵌套太深") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in found if names.count(name) > 1)
        raise NotJson(f"字段 {repeated!a} 写了两次")
    return found


def _constant(name: str) -> NoReturn:
    raise NotJson(f"{name} 不是 JSON 中的数")


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise NotJson(f"数 {digits[:20]} 太大")
    return number


def _no_float(digits: str) -> NoReturn:
    raise _HoldsFloats(digits)


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_WHOLE or not -LARGEST <= (number := int(digits)) <= LARGEST:
        raise NotJson(f"整数 {digits[:20]} 太大，各种软件读出来不一样")
    return number


_STRICT: Final[dict[str, Any]] = {
    "object_pairs_hook": _object,
    "parse_constant": _constant,
    "parse_int": _whole,
}
_ANY: Final = json.JSONDecoder(parse_float=_float, **_STRICT)
_WITHOUT_FLOATS: Final = json.JSONDecoder(parse_float=_no_float, **_STRICT)
