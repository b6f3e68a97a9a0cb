"""JSON in its one canonical spelling (RFC 8785), without fractions; all else is refused.

The standard library parses and writes again, and the result must be the same bytes. What it would
let pass is refused on the way: a field twice, NaN, numbers that not every reader sees alike,
fractions, half characters, nesting so deep that a reader could fail on it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, NoReturn

from infra.standalone.wording import Malformed, shown

LARGEST_INTEGER = 2**53 - 1
DEEPEST_NESTING = 64
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
# Only with these is the order of UTF-16 units another than that of code points (RFC 8785 §3.2.3).
_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")
_in_order = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode
_as_it_is = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def utf8_text(data: bytes) -> str:
    """Return ``data`` as text in Unicode NFC. Raises ``Malformed``."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + 1
        raise Malformed(f"第 {at} 字节处不是 UTF-8", f"byte {at} is not UTF-8") from None
    if not unicodedata.is_normalized("NFC", text):
        raise Malformed("文字不是 Unicode NFC 形式", "text is not in Unicode NFC")
    return text


def document_of(data: bytes) -> Any:  # noqa: ANN401  any JSON value
    """Return the one canonical document of a file that ends with a line feed."""
    if not data.endswith(b"\n"):
        raise Malformed("文件末尾没有换行", "no line feed at the end of the file")
    return value_of(utf8_text(data[:-1]))


def value_of(text: str) -> Any:  # noqa: ANN401  any JSON value
    """Return the value that ``text`` writes canonically. Raises ``Malformed``."""
    _check_depth(text)
    return confirmed(_parsed(PLAIN_JSON, text), text)


def confirmed(value: Any, text: str) -> Any:  # noqa: ANN401  any JSON value
    """Return ``value``, read by ``PLAIN_JSON`` from ``text``, if that is its canonical spelling."""
    _check_depth(text)
    same = _in_order(value) == text and not _BEYOND_16_BITS.search(text)
    return value if same else careful_value_of(text)


def careful_value_of(text: str, *, ascii_names: bool = False) -> Any:  # noqa: ANN401  any JSON value
    """Return the value like ``value_of``, slower, naming the first thing that is not canonical.

    With ``ascii_names`` the names of fields may hold ASCII only, as those of events do.
    """
    _check_depth(text)
    value = _parsed(_ASCII_NAMES if ascii_names else _ANY_NAMES, text)
    if _as_it_is(value) != text:
        raise Malformed(
            "不是规范写法（RFC 8785）：有多余的空白，或转义、数的写法不对",
            "not canonical (RFC 8785): white space, or an escape or number spelled otherwise",
        )
    return value


def _parsed(decoder: json.JSONDecoder, text: str) -> Any:  # noqa: ANN401  any JSON value
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as error:
        at = error.pos + 1
        raise Malformed(f"第 {at} 个字符处不是 JSON", f"character {at} is not JSON") from None
    except RecursionError:
        raise _too_deep() from None


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= DEEPEST_NESTING:
        return
    depth = 0
    for mark in re.findall(r"[][{}]", _STRING.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > DEEPEST_NESTING:
            raise _too_deep()


def _too_deep() -> Malformed:
    return Malformed(
        f"括号嵌套超过 {DEEPEST_NESTING} 层", f"nested more than {DEEPEST_NESTING} levels deep"
    )


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    found = dict(pairs)
    if len(found) < len(names):
        twice = shown(next(name for name in found if names.count(name) > 1))
        raise Malformed(f"字段“{twice}”写了两次", f'the field "{twice}" is there twice')
    plain = "".join(names).isascii()
    if names != (sorted(names) if plain else sorted(names, key=_utf16)):
        raise Malformed(
            "字段次序不规范（RFC 8785）", "fields are not in canonical order (RFC 8785)"
        )
    return found


def _ascii_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name, _ in pairs:
        if not name.isascii():
            raise Malformed(f"字段名“{shown(name)}”不是 ASCII", f'field "{shown(name)}" not ASCII')
    return _object(pairs)


def _constant(name: str) -> NoReturn:
    raise Malformed(f"{name} 不是 JSON 中的数", f"{name} is not a number in JSON")


def _fraction(digits: str) -> NoReturn:
    raise Malformed(f"有带小数或指数的数 {shown(digits)}", f"a fraction: {shown(digits)}")


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise Malformed(
            f"整数 {shown(digits)} 太大，各种软件读出来不一样",
            f"the integer {shown(digits)} is too large to be read alike everywhere",
        )
    return int(digits)


def _decoder(hook: Any) -> json.JSONDecoder:  # noqa: ANN401  what the library takes
    return json.JSONDecoder(
        object_pairs_hook=hook, parse_float=_fraction, parse_int=_integer, parse_constant=_constant
    )


PLAIN_JSON = _decoder(None)
_ANY_NAMES = _decoder(_object)
_ASCII_NAMES = _decoder(_ascii_object)
