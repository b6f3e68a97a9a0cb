"""``claims.json``: what the office claims the scores to be, read one unit at a time.

Whether the scores follow from the entries needs the rules; here the form is checked, that each
claim is what its digest says, and that a publication's is the one that was recorded.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import unicodedata
from typing import Any, BinaryIO

from infra.standalone.bag_names import CLAIMS_FILE
from infra.standalone.bag_source import PIECE_BYTES, Bag
from infra.standalone.canonical_json import PLAIN_JSON, confirmed
from infra.standalone.claim_ties import ClaimTies
from infra.standalone.findings import Findings
from infra.standalone.wording import Malformed, Said, shown

_LONGEST_VALUE = 1 << 24
_FIELDS = ("as_of", "cycle", "known_at", "publication", "rulebook", "sha256")
_COVERED = ("as_of", "cycle", "known_at", "rulebook")
_TEXTS = ("as_of", "cycle", "rulebook", "sha256")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def check_claims(bag: Bag, ties: ClaimTies, findings: Findings) -> None:
    """Check form and digests of ``claims.json``, and tie each claim to what is recorded."""
    if CLAIMS_FILE not in bag.sizes:
        findings.add("MISSING", CLAIMS_FILE, Said("包里没有这个文件", "the bag lacks this file"))
        return
    try:
        with bag.open(CLAIMS_FILE) as stream:
            _Claims(_JsonWindow(stream), ties, findings).read()
    except Malformed as error:
        findings.add("FORM", CLAIMS_FILE, error.said)
    except OSError:
        findings.add("FORM", CLAIMS_FILE, Said("文件读不出来", "the file cannot be read"))


class _Claims:
    """The claims of a file, one after the other."""

    def __init__(self, window: _JsonWindow, ties: ClaimTies, findings: Findings) -> None:
        self._window = window
        self._ties = ties
        self._findings = findings

    def read(self) -> None:
        """Read all claims. Raises ``Malformed``."""
        window, number = self._window, 0
        window.expect('{"claims":[')
        while number == 0 or window.take(","):
            if number == 0 and window.take("]"):
                break
            number += 1
            self._claim(number)
        else:
            window.expect("]")
        window.expect("}\n")
        window.expect_end()

    def _claim(self, number: int) -> None:
        window = self._window
        parts: dict[str, str] = {}
        values: dict[str, Any] = {}
        mark = "{"
        for name in _FIELDS:
            window.expect(f'{mark}"{name}":')
            values[name], parts[name] = window.value()
            mark = ","
        texts = all(isinstance(values[name], str) for name in _TEXTS)
        numbered = values["publication"] is None or isinstance(values["publication"], str)
        known = isinstance(values["known_at"], dict) and values["known_at"].get("position")
        placed = type(known) is int
        if not (texts and numbered and placed and _DIGEST.fullmatch(values["sha256"])):
            raise _wrong(f"第 {number} 项的字段", f"the fields of claim {number}")
        window.expect(',"units":[')
        covered = ",".join(f'"{name}":{parts[name]}' for name in _COVERED)
        digest = hashlib.sha256(f'{{{covered},"units":['.encode())
        comma, units = b"", 0
        while not (comma == b"" and window.take("]")):
            unit, text = window.value()
            if not isinstance(unit, dict):
                raise _wrong(f"第 {number} 项的单位", f"the units of claim {number}")
            digest.update(comma + text.encode("utf-8"))
            comma, units = b",", units + 1
            if not window.take(","):
                window.expect("]")
                break
        window.expect("}")
        digest.update(b"]}")
        altered = values["sha256"] != digest.hexdigest()
        if altered:
            self._unlike(number, values["publication"])
        self._ties.take(values, units, digest.hexdigest(), altered=altered)

    def _unlike(self, number: int, publication: str | None) -> None:
        which = "包末的状态" if publication is None else f"{shown(publication)} 号公布"
        what = "the end of the bag" if publication is None else f"publication {shown(publication)}"
        said = Said(
            f"第 {number} 项（{which}）与它的摘要不符：声称的分数被改动",
            f"claim {number} ({what}) is not what its digest says: altered",
        )
        self._findings.add("CLAIM", CLAIMS_FILE, said)


class _JsonWindow:
    """A JSON file read piece by piece: fixed text is taken, values are parsed one at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._ended = False

    def take(self, literal: str) -> bool:
        """Go past ``literal`` if it comes next."""
        while len(self._text) - self._at < len(literal) and not self._ended:
            self._more()
        if not self._text.startswith(literal, self._at):
            return False
        self._at += len(literal)
        return True

    def expect(self, literal: str) -> None:
        """Go past ``literal``. Raises ``Malformed`` when something else comes."""
        if not self.take(literal):
            wanted = literal.strip()
            raise Malformed(
                f"应有 {wanted} 之处是别的内容", f"something else where {wanted} should be"
            )

    def expect_end(self) -> None:
        """Raise ``Malformed`` when anything comes."""
        while not self._ended:
            self._more()
        if self._at < len(self._text):
            raise _wrong("文件末尾", "the end of the file")

    def value(self) -> tuple[Any, str]:
        """Return the next value and its text, which is canonical. Raises ``Malformed``."""
        while True:
            value, end = None, len(self._text)
            try:
                value, end = PLAIN_JSON.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if self._ended:
                    raise _wrong("一处值", "a value") from None
            except RecursionError:
                raise _wrong("嵌套", "nesting") from None
            if end < len(self._text):
                text = self._text[self._at : end]
                self._at = end
                if not unicodedata.is_normalized("NFC", text):
                    raise Malformed("文字不是 Unicode NFC 形式", "text is not in Unicode NFC")
                return confirmed(value, text), text
            if self._ended or len(self._text) - self._at > _LONGEST_VALUE:
                raise _wrong("一处值", "a value")
            self._more()

    def _more(self) -> None:
        left = self._text[self._at :]
        data = self._stream.read(max(PIECE_BYTES, len(left)))
        self._ended = not data
        try:
            self._text = left + self._utf8.decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise Malformed("不是 UTF-8", "not UTF-8") from None
        self._at = 0


def _wrong(zh: str, en: str) -> Malformed:
    return Malformed(f"{zh}不对", f"{en}: not as it should be")
