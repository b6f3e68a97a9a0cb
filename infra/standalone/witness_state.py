"""What a witness remembers: for each log its key, and what was signed last.

This memory is what keeps a witness from signing two histories. It is on disk before an answer is
given out, and only one run at a time may use it.
"""

from __future__ import annotations

import json
import os
from types import TracebackType
from typing import Any, NamedTuple

from infra.standalone.durable_file import write_durably
from infra.standalone.merkle import EMPTY_TREE
from infra.standalone.notation import LARGEST_SIZE
from infra.standalone.verifier_keys import PublicKey, key_of
from infra.standalone.wording import Malformed, Unusable, why

STATE_FILE = "state.json"
LOCK_FILE = "lock"
_STATE_FORMAT = "kaohe-witness-1"


class Remembered(NamedTuple):
    """A log: its key, and size, root and time of the checkpoint that was signed last."""

    key: PublicKey
    size: int
    root: bytes
    time: int


def first_memory(key: PublicKey) -> Remembered:
    """Return what is remembered of a log of which nothing was signed yet."""
    return Remembered(key, 0, EMPTY_TREE, 0)


class WitnessState:
    """The memory of a witness in its folder, locked from beginning to end of a run."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._lock = os.path.join(folder, LOCK_FILE)  # noqa: PTH118  paths are text here
        self.logs: dict[str, Remembered] = {}

    def __enter__(self) -> WitnessState:  # noqa: PYI034  Self came with Python 3.11
        try:
            number = os.open(self._lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            raise Unusable(
                f"另一个 witness.py 正在使用这个文件夹。如果确定没有（上次中途断电等），"
                f"请删除其中的文件 {LOCK_FILE} 再运行",
                f"another witness.py is using this folder. If you are sure that none is (a power "
                f"failure, say), delete the file {LOCK_FILE} in it and run again",
            ) from None
        except OSError as error:
            raise _cannot_use(error) from None
        os.close(number)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.remove(self._lock)  # noqa: PTH107  paths are text here

    def read(self) -> None:
        """Read what is remembered. Raises ``Unusable`` when it is not there, or broken."""
        path = os.path.join(self._folder, STATE_FILE)  # noqa: PTH118  paths are text here
        try:
            with open(path, encoding="utf-8") as stream:  # noqa: PTH123  the same
                stated = json.load(stream)
            self.logs = _logs_in(stated)
        except OSError as error:
            raise _cannot_use(error) from None
        except (Malformed, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Unusable(
                f"{STATE_FILE} 已损坏。不能从头开始：那样可能替两份历史签名。请找出原来的文件，"
                "找不到就停用这个密钥",
                f"{STATE_FILE} is broken. Do not start afresh, which could sign two histories: "
                "find the original, or retire this key",
            ) from None

    def store(self) -> None:
        """Put all that is remembered on disk. Raises ``Unusable``; then nothing may be signed."""
        logs = {origin: _stated(log) for origin, log in self.logs.items()}
        stated = {"format": _STATE_FORMAT, "logs": logs}
        text = json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        path = os.path.join(self._folder, STATE_FILE)  # noqa: PTH118  paths are text here
        try:
            write_durably(path, text.encode("utf-8"))
        except OSError as error:
            raise _cannot_use(error) from None


def _stated(log: Remembered) -> dict[str, object]:
    return {"key": log.key.written(), "root": log.root.hex(), "size": log.size, "time": log.time}


def _logs_in(stated: Any) -> dict[str, Remembered]:  # noqa: ANN401  any JSON value
    if stated["format"] != _STATE_FORMAT:
        raise ValueError
    return {origin: _remembered(origin, log) for origin, log in stated["logs"].items()}


def _remembered(origin: str, log: Any) -> Remembered:  # noqa: ANN401  any JSON value
    key, root = key_of(log["key"]), bytes.fromhex(log["root"])
    size, time = log["size"], log["time"]
    numbers = type(size) is int and type(time) is int and min(size, time) >= 0
    if key.name != origin or not key.is_log or len(root) != 32 or not numbers:
        raise ValueError
    if max(size, time) > LARGEST_SIZE or (size == 0 and root != EMPTY_TREE):
        raise ValueError
    return Remembered(key, size, root, time)


def _cannot_use(error: OSError) -> Unusable:
    return Unusable(
        f"状态文件夹不能用：{why(error)}；用 --state 指明文件夹，或先运行 witness.py init",
        f"the state folder cannot be used: {why(error)}; give --state, or run witness.py init",
    )
