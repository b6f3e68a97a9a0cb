"""Names of files in a bag: which are plain, and which place each file has in the layout."""

from __future__ import annotations

import re

WHOLE = "whole"
UNIT = "unit"
EXPORT_FILE = "data/export.json"
CLAIMS_FILE = "data/claims.json"
CHECKPOINT_FILE = "data/checkpoint"
CHECKPOINTS = "data/checkpoints/"
CONSISTENCY = "data/consistency/"
PROOFS = "data/proofs/"
OBJECTS = "data/objects/"

_DRIVE = re.compile(r"[A-Za-z]:")
_IN_ANY = re.compile(
    r"data/(?:events\.jsonl|checkpoint|claims\.json|export\.json"
    r"|(?:checkpoints|consistency)/(?:0|[1-9][0-9]{0,18})"
    r"|rulebooks/[^/]+\.toml|objects/[0-9a-f]{64})"
)
_ONLY_IN = {
    WHOLE: re.compile(r"data/leaf-hashes"),
    UNIT: re.compile(r"data/proofs/[1-9][0-9]{0,15}"),
}


def is_plain_name(name: str) -> bool:
    """Return whether a path stays inside the bag and means the same file on every system."""
    parts = name.split("/")
    return (
        all(part not in ("", ".", "..") for part in parts)
        and not _DRIVE.match(name)
        and "\\" not in name
        and name.isprintable()
    )


def is_in_layout(name: str, kind: str) -> bool:
    """Return whether the layout of a bag of this kind has a payload file of this name."""
    return bool(_IN_ANY.fullmatch(name) or _ONLY_IN[kind].fullmatch(name))
