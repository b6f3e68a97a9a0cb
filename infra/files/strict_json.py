"""JSON read strictly (RFC 8259): no key twice, no NaN, nothing that cannot be stored again."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_EXPLAINED = {
    "Expecting value": "缺少值，或值没有写在双引号内",
    "Expecting property name": "字段名应写在英文双引号内",
    "Expecting ':'": "字段名后应为英文冒号",
    "Expecting ','": "应为英文逗号或右括号",
    "Illegal trailing comma": "最后一项之后多了逗号",
    "Unterminated string": "引号没有成对",
    "Invalid control character": "引号内有未转义的控制字符",
    "Invalid \\": "反斜杠后的转义写法不对",
    "Extra data": "后面还有多余的内容",
    "Unexpected UTF-8 BOM": "多了字节顺序标记（BOM）",
}


class NotJson(ValueError):
    """The text is not JSON as we accept it; the message says why, in Chinese."""


def load_strictly(text: str) -> Any:  # noqa: ANN401  any JSON value
    """Return the value that ``text`` states. Raises ``NotJson`` when it states none."""
    try:
        value = _decode(text)
    except json.JSONDecodeError as error:
        raise NotJson(f"第 {error.colno} 个字符处{_explained(error.msg)}") from None
    except RecursionError:
        raise NotJson("括号嵌套太深") from None
    except NotJson:
        raise
    except ValueError:
        raise NotJson("有过长的整数") from None
    if _SURROGATE.search(text):
        _check_text(value)
    return value


def _decode(text: str) -> Any:  # noqa: ANN401  any JSON value
    if text.startswith("\ufeff"):
        message = "Unexpected UTF-8 BOM"
        raise json.JSONDecodeError(message, text, 0)
    return _DECODER.decode(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in found if names.count(name) > 1)
        shown = repeated if repeated.isprintable() else ascii(repeated)
        raise NotJson(f"字段“{shown}”写了两次")
    return found


def _constant(name: str) -> NoReturn:
    raise NotJson(f"{name} 不是 JSON 中的数")


def _number(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise NotJson(f"数 {digits[:20]} 太大")
    return number


def _check_text(value: Any) -> None:  # noqa: ANN401  any JSON value
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotJson("有不成对的 \\ud… 转义，不是完整的文字") from None


def _explained(message: str) -> str:
    found = (text for start, text in _EXPLAINED.items() if message.startswith(start))
    return next(found, "写法不对")


# Made once: `json.loads` makes one for each text.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_float=_number
)
