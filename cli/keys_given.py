"""Keys that a user gives: written out, or the name of a file that holds one."""

from __future__ import annotations

from pathlib import Path

from domain.audit.keys import VerifierKey
from domain.audit.notation import Malformed
from domain.errors import Refused

_EXPECTED = (
    "请写公钥那一行“名称+8 位编号+Base64”，或只有这一行的文件（kaohe key show --to 文件 写出）。"
)


def key_given(text: str) -> VerifierKey:
    """Return the key that ``text`` is or names. Raises ``Refused``."""
    written = text.strip()
    if "+" not in written or Path(text).is_file():
        try:
            written = Path(text).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            message = f"“{text}”不是公钥，也不是存有公钥的文件"
            raise Refused(message, fix=_EXPECTED) from None
    try:
        return VerifierKey.parse(written)
    except Malformed as error:
        raise Refused(f"公钥不对：{error}", fix=_EXPECTED) from None
