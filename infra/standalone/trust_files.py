"""Files that the reader names on the command line: opened once, plain, and not too long."""

from __future__ import annotations

import os
import stat

from infra.standalone.verifier_keys import PublicKey, key_of
from infra.standalone.wording import Malformed, Unusable, shown, why


def argument_file(path: str, longest: int) -> bytes:
    """Return the content of a file that an argument names. Raises ``Unusable``."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  reads best with stat beside it
            raise Unusable(f"{shown(path)} 不是普通文件", f"{shown(path)} is not a plain file")
        with open(path, "rb") as stream:  # noqa: PTH123  the path is text from the command line
            data = stream.read(longest + 1)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "?"
        raise Unusable(
            f"打不开 {shown(path)}：{reason}", f"cannot open {shown(path)}: {reason}"
        ) from None
    if len(data) > longest:
        raise Unusable(f"{shown(path)} 太长", f"{shown(path)} is too long")
    return data


def keys_of(data: bytes) -> list[PublicKey]:
    """Return the keys in a file, one a line; empty lines and lines with ``#`` do not count."""
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise Malformed("公钥文件不是 UTF-8", "the file of keys is not UTF-8") from None
    plain = [line.strip(" \t\r") for line in lines]
    found = [key_of(line) for line in plain if line and not line.startswith("#")]
    if not found:
        raise Malformed("文件中没有公钥", "there is no key in the file")
    return found
