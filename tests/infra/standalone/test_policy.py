"""Policies (C2SP tlog-policy): read strictly, and met by enough witnesses."""

from __future__ import annotations

import pytest

from domain.audit.keys import Kind
from infra.standalone.policy import policy_of
from infra.standalone.trust_files import keys_of
from infra.standalone.verifier_keys import key_of
from infra.standalone.wording import Malformed
from tests.domain.audit.signing import LOG_KEY, key

KEYS = {name: str(key(f"{name}.example", Kind.WITNESS, 20 + n)[0]) for n, name in enumerate("abcd")}
WITNESSES = "".join(f"witness {name} {text}\n" for name, text in KEYS.items())


def is_met(text: str, signed: str) -> bool:
    """Return whether the witnesses named by letters meet a policy."""
    return policy_of((WITNESSES + text).encode()).is_met_by({key_of(KEYS[name]) for name in signed})


@pytest.mark.parametrize(
    ("text", "enough", "too_few"),
    [
        ("quorum none\n", ["", "a"], []),
        ("quorum a\n", ["a", "abcd"], ["", "bcd"]),
        ("group g any a b\nquorum g\n", ["a", "b"], ["", "cd"]),
        ("group g all a b\nquorum g\n", ["ab"], ["a", "bcd"]),
        ("group g 2 a b c\nquorum g", ["ab", "bc"], ["a", "cd"]),
        (
            "group g any a b\ngroup h any c d\ngroup i all g h\nquorum i\n",
            ["ac", "bd"],
            ["ab", "c"],
        ),
        ("  # note\n\n\tgroup\tg  2  a b  \r\n quorum g\n", ["ab"], ["a"]),
    ],
)
def test_what_is_enough(text: str, enough: list[str], too_few: list[str]) -> None:
    """A quorum is a witness or a group, of whom any, all or a number must have signed."""
    assert all(is_met(text, signed) for signed in enough)
    assert not any(is_met(text, signed) for signed in too_few)


def test_the_logs_and_witnesses_are_named() -> None:
    """Keys of logs and witnesses come with the policy; an address behind them is allowed."""
    policy = policy_of(f"log {LOG_KEY} https://log.example/\n{WITNESSES}quorum none\n".encode())
    assert [each.written() for each in policy.logs] == [str(LOG_KEY)]
    assert {name: each.written() for name, each in policy.witnesses.items()} == KEYS


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None),
        ("quorum a\nquorum a\n", None),
        ("quorum x\n", 5),
        ("quorum g\ngroup g any a\n", 5),
        ("group g 0 a\nquorum g\n", 5),
        ("group g 3 a b\nquorum g\n", 5),
        ("group g 01 a b\nquorum g\n", 5),
        ("group g some a b\nquorum g\n", 5),
        ("group g any\nquorum g\n", 5),
        ("group g any g\nquorum g\n", 5),
        ("group g any none\nquorum g\n", 5),
        ("group none any a\nquorum none\n", 5),
        ("group a any b\nquorum a\n", 5),
        ("group g any a a\nquorum g\n", 5),
        ("group g any a\ngroup h any a\nquorum g\n", 6),
        (f"witness e {KEYS['a']}\nquorum a\n", 5),
        (f"log {KEYS['a']}\nquorum a\n", 5),
        (f"witness e {LOG_KEY}\nquorum a\n", 5),
        (f"log {LOG_KEY}\nlog {LOG_KEY}\nquorum a\n", 6),
        (f"log {str(LOG_KEY)[:-1]}\nquorum a\n", 5),
        ("quorum\u3000a\n", 5),
        ("quorum a\v\n", 5),
        ("quota a\n", 5),
    ],
)
def test_what_is_no_policy(text: str, line: int | None) -> None:
    """Each other spelling is refused, naming the line."""
    with pytest.raises(Malformed, match="exactly one" if line is None else f"line {line}:"):
        policy_of((WITNESSES + text).encode())


def test_a_policy_of_very_many_groups() -> None:
    """Groups within groups are counted however deep they are."""
    groups = "".join(f"group g{n + 1} any g{n}\n" for n in range(20_000))
    assert is_met(f"group g0 any a\n{groups}quorum g20000\n", "a")
    assert not is_met(f"group g0 any a\n{groups}quorum g20000\n", "b")


def test_a_file_of_keys() -> None:
    """A file may hold several keys, one a line, with notes and a byte-order mark; none is wrong."""
    text = f"\ufeff# notes\r\n{LOG_KEY}\r\n\n{KEYS['a']}"
    assert [each.written() for each in keys_of(text.encode())] == [str(LOG_KEY), KEYS["a"]]
    for wrong in (b"", b"# a\n", b"\xff", str(LOG_KEY).encode() + b" x\n"):
        with pytest.raises(Malformed):
            keys_of(wrong)
