"""The witness's own key: made once, kept in a file that nobody else may read."""

from __future__ import annotations

import os
import re
import stat
from typing import NamedTuple

from infra.standalone.durable_file import write_durably
from infra.standalone.ed25519_signing import ed25519_public
from infra.standalone.notation import HASH_BYTES, base64_of, bytes_of
from infra.standalone.verifier_keys import WITNESS_KIND, PublicKey, check_key_name
from infra.standalone.wording import Malformed, Unusable, shown, why

KEY_FILE = "private-key"
# The form in which Go's implementation of signed notes writes private keys.
_WRITTEN_KEY = re.compile(r"PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n")


class WitnessKey(NamedTuple):
    """The public half, and the 32 secret bytes."""

    key: PublicKey
    seed: bytes


def made_key(folder: str, name: str) -> WitnessKey:
    """Make a key and store it. Raises ``Unusable`` when there is one, or the name cannot be."""
    try:
        check_key_name(name)
    except Malformed as error:
        raise Unusable(*error.said) from None
    path = os.path.join(folder, KEY_FILE)  # noqa: PTH118  paths are text here
    if os.path.lexists(path):
        raise Unusable(
            "这个文件夹里已有密钥，不会覆盖；可用 witness.py show 查看",
            "there is a key in this folder already, which is not replaced; see witness.py show",
        )
    seed = os.urandom(HASH_BYTES)
    made = WitnessKey(PublicKey(name, WITNESS_KIND, ed25519_public(seed)), seed)
    secret = base64_of(bytes([WITNESS_KIND]) + seed)
    text = f"PRIVATE+KEY+{name}+{made.key.key_id.hex()}+{secret}\n"
    write_durably(path, text.encode("utf-8"))
    return made


def held_key(folder: str) -> WitnessKey:
    """Return the key in a state folder. Raises ``Unusable``, also when others may read it."""
    path = os.path.join(folder, KEY_FILE)  # noqa: PTH118  paths are text here
    try:
        status = os.stat(path)  # noqa: PTH116  the same
        if not stat.S_ISREG(status.st_mode):
            raise _broken()
        if os.name != "nt" and status.st_mode & 0o077:
            raise Unusable(
                f"私钥文件 {KEY_FILE} 别人也能读，不能用；请 chmod 600，并考虑更换密钥",
                f"others can read {KEY_FILE}: chmod 600 it, and consider making a new key",
            )
        with open(path, "rb") as stream:  # noqa: PTH123  the same
            data = stream.read(4096)
    except FileNotFoundError:
        raise Unusable(
            "状态文件夹里没有密钥；先运行 witness.py init --name 名称，或用 --state 指明文件夹",
            "no key in the state folder; run witness.py init --name NAME, or give --state",
        ) from None
    except OSError as error:
        raise Unusable(
            f"私钥读不出来：{why(error)}", f"cannot read the key: {why(error)}"
        ) from None
    try:
        found = _WRITTEN_KEY.fullmatch(data.decode("utf-8"))
        secret = bytes_of(found.group(3)) if found else b""
    except (UnicodeDecodeError, Malformed):
        raise _broken() from None
    if not found or len(secret) != 1 + HASH_BYTES or secret[0] != WITNESS_KIND:
        raise _broken()
    held = WitnessKey(
        PublicKey(found.group(1), WITNESS_KIND, ed25519_public(secret[1:])), secret[1:]
    )
    if held.key.key_id.hex() != found.group(2):
        raise _broken()
    return held


def _broken() -> Unusable:
    name = shown(KEY_FILE)
    return Unusable(f"私钥文件 {name} 已损坏", f"the file {name} is broken")
