"""Rulebooks read from where they are: the program's own, and those of a folder."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from domain.errors import Refused
from domain.rulebook.model import Rulebook
from domain.rulebook.parse import parse_rulebook


def installed_rulebooks(folder: Path | None = None) -> dict[str, Rulebook]:
    """Return all rulebooks by id: the program's own and those of ``folder``.

    Raises ``Refused`` when a rulebook is broken, naming each fault with its line, when the
    folder does not exist, or when two rulebooks have the same id.
    """
    return {book.id: book for book, _ in _installed(folder)}


def rulebook_texts(folder: Path | None = None) -> dict[str, bytes]:
    """Return the files of all rulebooks by id, in UTF-8 with plain line feeds.

    Raises ``Refused`` as ``installed_rulebooks`` does.
    """
    return {book.id: text.encode() for book, text in _installed(folder)}


@cache
def _installed(folder: Path | None) -> list[tuple[Rulebook, str]]:
    own = resources.files("domain") / "rulebooks"
    texts = {p.name: p.read_text("utf-8") for p in own.iterdir() if p.name.endswith(".toml")}
    if folder is not None:
        texts |= {path.name: read_text(path) for path in _files(folder)}
    books: dict[str, tuple[Rulebook, str]] = {}
    for name, text in sorted(texts.items()):
        book = parse_rulebook(text, name=name)
        if book.id in books:
            message = f"{name} 的 id“{book.id}”与另一份考核细则相同"
            raise Refused(message, fix="每份考核细则要有自己的 id。")
        books[book.id] = (book, text)
    return list(books.values())


def read_rulebook(path: Path) -> Rulebook:
    """Return the rulebook in the file ``path``. Raises ``Refused`` when it is broken."""
    return parse_rulebook(read_text(path), name=path.name)


def read_text(path: Path) -> str:
    """Return the text of a rulebook file. Raises ``Refused`` when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"不能读取考核细则 {path.name}：{error}"
        raise Refused(message, fix="请确认文件存在，且是 UTF-8 编码的 TOML 文件。") from error


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        message = f"没有考核细则文件夹 {folder}"
        raise Refused(message, fix="请核对 --rulebooks 或环境变量 KAOHE_RULEBOOKS。")
    return sorted(folder.glob("*.toml"))
