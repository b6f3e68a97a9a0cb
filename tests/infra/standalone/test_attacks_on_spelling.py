"""What says the same otherwise, or something else beside the entries, is found.

Unless a test is about the bag itself, the tamperer makes all manifests anew.
"""

from __future__ import annotations

import unicodedata

import pytest

from infra.standalone.report_text import as_text
from tests.domain.audit.signing import LOG_KEY, WITNESS_KEY

from .bundles import bagged, changed, document, made
from .conftest import Verify
from .judging import codes, first

EVENTS = "data/events.jsonl"
LEAVES = "data/leaf-hashes"
LOG_ONLY = [str(LOG_KEY)]
BOTH = [str(LOG_KEY), str(WITNESS_KEY)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n11\n", b"\n011\n"),
        (b"\n11\n", b"\n+11\n"),
        (b"\n11\n", b"\n11 \n"),
        (b"=\n\n", b"\n\n"),
    ],
)
def test_a_number_spelled_otherwise(judge: Verify, old: bytes, new: bytes) -> None:
    """A size with a leading zero, a sign or white space, and Base64 without padding, is no form."""
    files = made().files()
    spelled = files["data/checkpoint"].replace(old, new, 1)
    assert spelled != files["data/checkpoint"]
    report = judge(bagged({**files, "data/checkpoint": spelled}))
    assert "FORM" in codes(report)
    assert report["exit"] == 1


def test_crlf_conversion(judge: Verify) -> None:
    """Line ends that were converted are said once, in place of all that follows from it."""
    files = {name: data.replace(b"\n", b"\r\n") for name, data in made().files().items()}
    report = judge(files)
    first(report, "FORM", EVENTS, 1)
    assert "CRLF" in report["findings"][0]["zh"]
    assert (report["verdict"], report["counts"]) == ("line-ends-converted", {"FORM": 1})
    said = as_text(report, "both")
    assert "没有检查：换行被改动" in said
    assert "NOT CHECKED: line ends were converted" in said
    assert "None" not in said
    one = {**made().files(), EVENTS: made().files()[EVENTS].replace(b"\n", b"\r\n", 1)}
    first(judge(bagged(one)), "FORM", EVENTS, 1)
    last = made().files()[EVENTS][:-1] + b"\r\n"
    first(judge(bagged({**made().files(), EVENTS: last})), "FORM", EVENTS, 11)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"event"', b'{ "event"'),
        (b'"version":2}', b'"version":2 }'),
        (b'"by":"', b'"by":"x","by":"'),
        ("张".encode(), b"\\u5f20"),
        (b'"count":6', b'"count":6.0'),
        (b'"count":6', b'"count":06'),
        (b'"count":6', b'"count":99999999999999999999'),
        (b'"count":6', b'"count":' + b"[" * 200 + b"]" * 200),
        (b'"by"', "名".encode().join((b'"', b'"'))),
        (b'"on":"2022', b'"on":"\xff2022'),
        (b'"on":"2022', b'"on":"\x0b2022'),
        (b'"on":"2022-03-05"', b'"on":"' + b"x" * 70_000 + b'"'),
        (b'"recorded_at":"2022-03-01', b'"recorded_at":"2022-02-30'),
        (b'"type"', b'"typo"'),
        (b'"version":2', b'"version":0'),
        (b'"version":2', b'"version":true'),
    ],
)
def test_an_entry_spelled_otherwise(judge: Verify, old: bytes, new: bytes) -> None:
    """White space, a duplicate key, an escape, a fraction and the like are found, though signed."""
    log = changed(made(), 6, old, new)
    first(judge(log.files()), "FORM", EVENTS, 6)


def test_nfd_for_nfc(judge: Verify) -> None:
    """Text that only looks the same is found, though signed."""
    decomposed = unicodedata.normalize("NFD", "é").encode()
    composed = changed(made(), 6, b'"on":"', b'"on":"' + "é".encode())
    assert judge(composed.files())["exit"] == 0
    log = changed(made(), 6, b'"on":"', b'"on":"' + decomposed)
    first(judge(log.files()), "FORM", EVENTS, 6)


def test_export_that_says_something_else(judge: Verify) -> None:
    """What ``export.json`` says is compared with the checkpoint and the entries."""
    files = made().files()
    said = files["data/export.json"].replace(b'"size":11', b'"size":12')
    first(judge(bagged({**files, "data/export.json": said})), "EXPORT", "data/export.json")
    for old, new in (
        (b'"by"', b'"bx"'), (b'"size":11', b'"size":"11"'), (b"}", b',"x":1}'), (b"}", b"} "),
        (b"T00:00:00Z", b"T00:00:00+08:00"), (b"{", b"[" * 5000),
    ):  # fmt: skip
        said = files["data/export.json"].replace(old, new)
        report = judge(bagged({**files, "data/export.json": said}))
        assert codes(report) == {"FORM"}


def test_claims_that_were_changed(judge: Verify) -> None:
    """A claimed score that was changed no longer fits its digest; other forms are refused."""
    files = made().files()
    claims = files["data/claims.json"]
    higher = claims.replace(b'"81.5"', b'"91.5"', 1)
    first(judge(bagged({**files, "data/claims.json": higher})), "CLAIM", "data/claims.json")
    for data in (
        b"", b"{}\n", claims[:-1], claims + b"\n", claims.replace(b":[", b": [", 1), claims[:90],
        claims.replace(b"}]}]}", b"},]}]}"), claims.replace(b'"81.5"', b"81.5"),
        claims.replace(b'{"total"', b'{"total":"1","total"'), b'{"claims":[' + b"[" * 99_999,
        claims.replace("乙".encode(), b"\xff"), claims.replace("乙".encode(), b"\\ud800"),
        claims.replace(b'"publication":null', b'"publication":7'),
    ):  # fmt: skip
        report = judge(bagged({**files, "data/claims.json": data}))
        assert codes(report) == {"FORM"}, data[:80]
    none = bagged({**files, "data/claims.json": document({"claims": []})})
    assert judge(none)["exit"] == 0


def test_an_evidence_file_changed(judge: Verify) -> None:
    """An evidence file is named by its digest, so changing it shows without any manifest."""
    files = made().files()
    name = next(name for name in files if name.startswith("data/objects/"))
    first(judge(bagged({**files, name: b"other"})), "DIGEST", name)
