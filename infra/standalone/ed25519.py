"""Ed25519 (RFC 8032) in plain Python: verifying signatures, for when nothing is installed.

Verification is the one of OpenSSL: S must be below the group order, the equation is checked
without cofactor, and R is compared as bytes.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Tuple

Point = Tuple[int, int, int, int]  # extended coordinates (X, Y, Z, T), RFC 8032 §5.1.4

_P = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_D2 = 2 * _D % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_ZERO: Point = (0, 1, 1, 0)
_BASE_WINDOW = 8
_KEY_WINDOW = 5


def ed25519_verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether ``signature`` is that of ``message`` by ``public`` (§5.1.7)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    answer = int.from_bytes(signature[32:], "little")
    table = _key_table(public)
    if answer >= GROUP_ORDER or table is None:
        return False
    start = signature[:32]
    challenge = hash_number(start, public, message)
    return encoded_point(sum_of_products(answer, challenge, table)) == start


def hash_number(*parts: bytes) -> int:
    """Return the SHA-512 of the parts as a number modulo the group order (§5.1.6)."""
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % GROUP_ORDER


def _add(p: Point, q: Point) -> Point:
    x1, y1, z1, t1 = p
    x2, y2, z2, t2 = q
    a = (y1 - x1) * (y2 - x2) % _P
    b = (y1 + x1) * (y2 + x2) % _P
    c = t1 * _D2 % _P * t2 % _P
    d = 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(p: Point) -> Point:
    x, y, z, _ = p
    a = x * x % _P
    b = y * y % _P
    h = a + b
    e = h - (x + y) * (x + y) % _P
    g = a - b
    f = 2 * z * z % _P + g
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _negative(p: Point) -> Point:
    return -p[0] % _P, p[1], p[2], -p[3] % _P


def encoded_point(p: Point) -> bytes:
    """Return the 32 bytes of a point (§5.1.2)."""
    x, y, z, _ = p
    inverse = pow(z, _P - 2, _P)
    x, y = x * inverse % _P, y * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decoded(data: bytes) -> Point | None:
    """Return the point of an encoding, y being taken modulo the prime as OpenSSL does (§5.1.3)."""
    number = int.from_bytes(data, "little")
    y, sign = number % 2**255 % _P, number >> 255
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    v3 = v * v % _P * v % _P
    x = u * v3 % _P * pow(u * v3 % _P * v3 % _P * v % _P, (_P - 5) // 8, _P) % _P
    if v * x * x % _P != u:
        x = x * _ROOT_OF_MINUS_ONE % _P
        if v * x * x % _P != u:
            return None
    if x & 1 != sign:
        x = -x % _P
    return x, y, 1, x * y % _P


def _odd_multiples(p: Point, count: int) -> list[Point]:
    twice, found = _double(p), [p]
    while len(found) < count:
        found.append(_add(found[-1], twice))
    return found


@lru_cache(maxsize=1)
def _base_table() -> list[Point]:
    base = _decoded((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))
    if base is None:
        raise AssertionError("the base point is on the curve")
    return _odd_multiples(base, 2 ** (_BASE_WINDOW - 2))


@lru_cache(maxsize=64)
def _key_table(public: bytes) -> list[Point] | None:
    """Return multiples of the negated key, kept because one key signs many checkpoints."""
    point = _decoded(public)
    return None if point is None else _odd_multiples(_negative(point), 2 ** (_KEY_WINDOW - 2))


def _digits(number: int, window: int) -> list[int]:
    """Return signed odd digits for each bit, lowest first, most of them zero (w-NAF)."""
    digits = []
    while number:
        digit = 0
        if number & 1:
            digit = number % 2**window
            if digit >= 2 ** (window - 1):
                digit -= 2**window
            number -= digit
        digits.append(digit)
        number >>= 1
    return digits


def sum_of_products(first: int, second: int, table: list[Point]) -> Point:
    """Return ``first`` times the base point plus ``second`` times the point of ``table``."""
    parts = (
        (_digits(first, _BASE_WINDOW), _base_table()),
        (_digits(second, _KEY_WINDOW), table),
    )
    total = _ZERO
    for place in reversed(range(max(len(digits) for digits, _ in parts))):
        total = _double(total)
        for digits, multiples in parts:
            digit = digits[place] if place < len(digits) else 0
            if digit > 0:
                total = _add(total, multiples[digit // 2])
            elif digit < 0:
                total = _add(total, _negative(multiples[-digit // 2]))
    return total
