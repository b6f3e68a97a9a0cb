"""Files that the reader names on the command line: opened once, plain, and not too long."""

from __future__ import annotations

import os
import stat

from infra.standalone.verifier_keys import PublicKey, key_of, looks_like_key
from infra.standalone.wording import Malformed, Said, Unusable, shown, why

_WANTED = Said(
    "公钥文件里每行只有一个公钥“名称+8 位编号+Base64”，可用 kaohe key show --to 文件 写出",
    "a file of keys has nothing but one key a line, name+8 hexadecimal digits+Base64, as "
    "kaohe key show --to FILE writes it",
)


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
    found = [_key_on(line) for line in plain if line and not line.startswith("#")]
    if not found:
        raise Malformed(f"文件中没有公钥；{_WANTED.zh}", f"no key in the file; {_WANTED.en}")
    return found


def _key_on(line: str) -> PublicKey:
    if not looks_like_key(line):
        raise Malformed(
            f"“{shown(line)}”不是公钥；{_WANTED.zh}", f'"{shown(line)}" is not a key; {_WANTED.en}'
        )
    return key_of(line)
