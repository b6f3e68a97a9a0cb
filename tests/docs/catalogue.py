"""What click says in Chinese: the catalogue for gettext, made of the text that people read."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import cli

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

TEXT = Path(cli.__file__).parent / "locale" / "zh" / "LC_MESSAGES" / "messages.po"


def write_catalogue(text: Path = TEXT) -> list[str]:
    """Write the catalogue beside ``text`` if it is stale, and return its name then."""
    if catalogue_is_fresh(text):
        return []
    made = text.with_suffix(".mo")
    with made.open("wb") as catalogue:
        write_mo(catalogue, _read(text))
    return [made.name]


def catalogue_is_fresh(text: Path = TEXT) -> bool:
    """Tell whether the catalogue is there and says what the text says."""
    made = text.with_suffix(".mo")
    if not made.is_file():
        return False
    with made.open("rb") as catalogue:
        said = GNUTranslations(catalogue)
    return all(_says(said, message) for message in _read(text) if message.id)


def _says(said: GNUTranslations, message: Message) -> bool:
    match message.id, message.string:
        case (str(one), str(told)):
            return said.gettext(one) == told
        case ((str(one), str(many)), (str(told),)):
            return said.ngettext(one, many, 2) == told
        case _:
            return False


def _read(text: Path) -> Catalog:
    with text.open("rb") as lines:
        return read_po(lines)
