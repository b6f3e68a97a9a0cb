"""What the reader trusts: keys, a policy, and a checkpoint kept from earlier, all from outside."""

from __future__ import annotations

import os
from typing import Callable, NamedTuple, Sequence, TypeVar

from infra.standalone.notes import LONGEST_NOTE, Checkpoint, checkpoint_of
from infra.standalone.policy import Policy, policy_of
from infra.standalone.trust_files import argument_file, keys_of
from infra.standalone.verifier_keys import PublicKey, key_of, looks_like_key
from infra.standalone.wording import Malformed, Unusable

Parsed = TypeVar("Parsed")
_LONGEST_ARGUMENT_FILE = 1 << 20


class Trust(NamedTuple):
    """Keys of logs and witnesses, a policy or none, a pinned checkpoint or none."""

    keys: tuple[PublicKey, ...]
    policy: Policy | None
    pin: Checkpoint | None

    def log_keys(self, origin: str) -> list[PublicKey]:
        """Return the keys of the log ``origin``."""
        return [key for key in self.keys if key.is_log and key.name == origin]


def trust_given(bundle: str, keys: Sequence[str], policy: str | None, pin: str | None) -> Trust:
    """Return what the arguments name. Raises ``Unusable``, also for files within the bundle."""
    found: list[PublicKey] = []
    for each in keys:
        found += _keys_in(each, bundle)
    rules = None
    if policy is not None:
        rules = _argument(policy, bundle, _LONGEST_ARGUMENT_FILE, policy_of, "--policy")
        found += [*rules.logs, *rules.witnesses.values()]
    kept = None
    if pin is not None:
        kept = _argument(pin, bundle, LONGEST_NOTE, checkpoint_of, "--pin")
    return Trust(tuple(dict.fromkeys(found)), rules, kept)


def _keys_in(text: str, bundle: str) -> list[PublicKey]:
    if looks_like_key(text):
        try:
            return [key_of(text)]
        except Malformed as error:
            raise Unusable(f"--key：{error.said.zh}", f"--key: {error.said.en}") from None
    return _argument(text, bundle, _LONGEST_ARGUMENT_FILE, keys_of, "--key")


def _argument(
    path: str, bundle: str, longest: int, parse: Callable[[bytes], Parsed], option: str
) -> Parsed:
    if _is_within(path, bundle):
        raise Unusable(
            f"{option} 指向被检查的包之内：包自己说的不能用来检查它自己，请用从别处得到的文件",
            f"{option} names a file of the bundle itself, which cannot vouch for itself",
        )
    try:
        return parse(argument_file(path, longest))
    except Malformed as error:
        raise Unusable(f"{option}：{error.said.zh}", f"{option}: {error.said.en}") from None


def _is_within(path: str, bundle: str) -> bool:
    try:
        inner, outer = os.path.realpath(path), os.path.realpath(bundle)
        return inner == outer or os.path.commonpath([inner, outer]) == outer
    except (OSError, ValueError):
        return False
