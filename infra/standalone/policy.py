"""A policy: which logs and witnesses are known, and how many of them must have signed.

C2SP tlog-policy. It is worth something only when it comes from outside the bag.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from infra.standalone.verifier_keys import PublicKey, key_of
from infra.standalone.wording import Malformed, shown

_NONE = "none"
_THRESHOLD = re.compile(r"[1-9][0-9]{0,8}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Group(NamedTuple):
    """How many of the members must have signed for the group to count."""

    threshold: int
    members: tuple[str, ...]


class Policy(NamedTuple):
    """Keys of logs; witnesses and groups by name, in order; whom the quorum names, or none."""

    logs: tuple[PublicKey, ...]
    witnesses: dict[str, PublicKey]
    groups: dict[str, Group]
    quorum: str | None

    def is_met_by(self, signed: set[PublicKey]) -> bool:
        """Return whether the witnesses that signed are enough."""
        counts = {name: key in signed for name, key in self.witnesses.items()}
        for name, group in self.groups.items():
            counts[name] = sum(counts[member] for member in group.members) >= group.threshold
        return self.quorum is None or counts[self.quorum]


def policy_of(data: bytes) -> Policy:
    """Return the policy that a file states. Raises ``Malformed`` naming the line."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("策略文件不是 UTF-8", "the policy is not UTF-8") from None
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), 1):
        plain = line.strip(" \t\r")
        if not plain or plain.startswith("#"):
            continue
        try:
            if _FORBIDDEN.search(plain):
                raise _not_understood(plain)
            reading.line(re.split(r"[ \t]+", plain))
        except Malformed as error:
            zh, en = error.said
            raise Malformed(f"策略第 {number} 行：{zh}", f"policy, line {number}: {en}") from None
    return reading.policy()


class _Reading:
    """A policy as far as its lines were read."""

    def __init__(self) -> None:
        self._logs: list[PublicKey] = []
        self._witnesses: dict[str, PublicKey] = {}
        self._groups: dict[str, Group] = {}
        self._members: set[str] = set()
        self._quorums: list[str] = []

    def line(self, words: list[str]) -> None:
        """Take one line, which is neither empty nor a comment."""
        kind, values = words[0], words[1:]
        if kind == "log" and len(values) in (1, 2):
            self._logs.append(_key(values[0], [*self._logs], is_log=True))
        elif kind == "witness" and len(values) in (2, 3):
            self._check_new(values[0])
            known = [*self._witnesses.values()]
            self._witnesses[values[0]] = _key(values[1], known, is_log=False)
        elif kind == "group" and len(values) >= 3:
            self._group(values[0], values[1], values[2:])
        elif kind == "quorum" and len(values) == 1:
            if values[0] != _NONE:
                self._check_known(values[0])
            self._quorums.append(values[0])
        else:
            raise _not_understood(" ".join(words))

    def policy(self) -> Policy:
        """Return the policy, when it has its one quorum line."""
        if len(self._quorums) != 1:
            raise Malformed(
                f"策略应有正好一行 quorum，这里有 {len(self._quorums)} 行",
                f"a policy has exactly one quorum line, this one {len(self._quorums)}",
            )
        quorum = None if self._quorums[0] == _NONE else self._quorums[0]
        return Policy(tuple(self._logs), self._witnesses, self._groups, quorum)

    def _group(self, name: str, threshold: str, members: list[str]) -> None:
        self._check_new(name)
        for member in members:
            self._check_known(member)
            if member in self._members:
                raise Malformed(f"{shown(member)} 已是组员", f"{shown(member)} is a member already")
            self._members.add(member)
        number = {"any": 1, "all": len(members)}.get(threshold, 0)
        if _THRESHOLD.fullmatch(threshold):
            number = int(threshold)
        if not 1 <= number <= len(members):
            raise Malformed(
                f"门槛应为 any、all 或 1 至 {len(members)}",
                f"the threshold must be any, all, or 1 to {len(members)}",
            )
        self._groups[name] = Group(number, tuple(members))

    def _check_new(self, name: str) -> None:
        if name == _NONE or name in self._witnesses or name in self._groups:
            raise Malformed(f"名称 {shown(name)} 已经用过", f"the name {shown(name)} is taken")

    def _check_known(self, name: str) -> None:
        if name not in self._witnesses and name not in self._groups:
            raise Malformed(
                f"{shown(name)} 没有在前面的行中定义",
                f"{shown(name)} is not defined on a line above",
            )


def _key(text: str, known: list[PublicKey], *, is_log: bool) -> PublicKey:
    key = key_of(text)
    if key.is_log != is_log:
        wanted = ("日志", "a log") if is_log else ("见证人", "a witness")
        raise Malformed(f"这里应是{wanted[0]}的公钥", f"this must be the key of {wanted[1]}")
    if any(key.public == other.public for other in known):
        raise Malformed("同一个公钥写了两次", "the same key is there twice")
    return key


def _not_understood(text: str) -> Malformed:
    return Malformed(f"看不懂“{shown(text)}”", f'"{shown(text)}" is not understood')
