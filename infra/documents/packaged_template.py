"""The Word template of circulars that comes with the program, put together from its parts.

The parts are kept as readable XML beside this module, in ``circular_template``; what Word opens is
those files in a zip archive under the names of ECMA-376. The same parts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "font_table.xml",
    "word/footer1.xml": "footer_odd.xml",
    "word/footer2.xml": "footer_even.xml",
}
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold: the files of a document are of no time."""


def packaged_template() -> bytes:
    """Return the template as a ``.docx`` file."""
    folder = resources.files("infra.documents") / "circular_template"
    return zipped({name: (folder / file).read_bytes() for name, file in _PARTS.items()})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return ``members`` as a zip archive that does not tell when and where it was made."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = ZipInfo(name, _FIRST_DAY)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # else Windows and others would differ
            archive.writestr(info, data)
    return held.getvalue()
