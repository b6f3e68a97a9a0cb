"""A bundle as an archive: judged like the folder, and never unpacked where it wants."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path

import pytest

from infra.standalone.report_text import as_text
from infra.standalone.verify_main import verify_bundle
from tests.domain.audit.signing import LOG_KEY

from .bundles import made, members, packed, written

KEYS = [str(LOG_KEY)]
CLAIMS = "data/claims.json"
FORMATS = [tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("top", ["b", "b" * 90, "审计包" * 9, "./b"])
def test_an_archive_is_judged_like_its_folder(tmp_path: Path, form: int, top: str) -> None:
    """Every common form of archive, with long and Chinese names, gives the folder's report."""
    files = made().files()
    packing = packed(tmp_path / "bag.tar.gz", members(files, top), format=form)
    folder = written(tmp_path / "bag", files)
    assert verify_bundle(packing, keys=KEYS) == verify_bundle(folder, keys=KEYS)
    changed = {**files, CLAIMS: b"{}\n"}
    packing = packed(tmp_path / "bag.tar.gz", members(changed, top), format=form)
    folder = written(tmp_path / "bag", changed)
    assert verify_bundle(packing, keys=KEYS) == verify_bundle(folder, keys=KEYS)


def odd_member(**fields: str | bytes) -> tuple[tarfile.TarInfo, bytes]:
    """Return a member that no bag has."""
    info = tarfile.TarInfo("bundle/x")
    for name, value in fields.items():
        setattr(info, name, value)
    return info, b""


@pytest.mark.parametrize(
    "odd",
    [
        odd_member(name="/etc/passwd"),
        odd_member(name="bundle/../../x"),
        odd_member(name="../x"),
        odd_member(name="other/x"),
        odd_member(name="bundle\\x"),
        odd_member(type=tarfile.SYMTYPE, linkname="/"),
        odd_member(type=tarfile.LNKTYPE, linkname="bundle/README.md"),
        odd_member(type=tarfile.FIFOTYPE),
        odd_member(type=tarfile.CHRTYPE),
        odd_member(type=b"?"),
        odd_member(name="bundle/README.md"),
        odd_member(name="bundle/" + "x/" * 60 + "../" * 90 + "x"),
    ],
)
def test_archives_that_mislead(tmp_path: Path, odd: tuple[tarfile.TarInfo, bytes]) -> None:
    """Names that climb out, absolute names, links, devices and doubles are found."""
    plain = members(made().files())
    for place in (0, len(plain)):
        path = packed(tmp_path / "bag.tar.gz", [*plain[:place], odd, *plain[place:]])
        report = verify_bundle(path, keys=KEYS)
        assert report["exit"] == 1
        assert "PATH" in report["counts"]
    assert {each.name for each in tmp_path.iterdir()} == {"bag.tar.gz"}


def test_an_archive_that_is_damaged(tmp_path: Path) -> None:
    """An archive cut anywhere, or with bytes flipped, is never verified and never a traceback."""
    path = Path(packed(tmp_path / "bag.tar.gz", members(made().files())))
    data = path.read_bytes()
    for cut in range(0, len(data), 97):
        path.write_bytes(data[:cut])
        assert verify_bundle(str(path), keys=KEYS)["exit"] == 2
        if cut > 10:  # the first ten bytes hold a time and a system that mean nothing
            path.write_bytes(data[:cut] + bytes([data[cut] ^ 4]) + data[cut + 1 :])
            assert verify_bundle(str(path), keys=KEYS)["exit"] in {1, 2}


@pytest.mark.parametrize("field", [0, 100, 124, 136, 148, 156, 157, 257, 263, 345])
def test_headers_of_an_archive_with_a_byte_flipped(tmp_path: Path, field: int) -> None:
    """A header that does not have its checksum is damage; one made to have it is judged."""
    path = Path(packed(tmp_path / "bag.tar.gz", members(made().files())))
    plain = gzip.decompress(path.read_bytes())
    for value in range(0, 256, 5):
        if value != plain[field]:
            changed = bytearray(plain)
            changed[field] = value
            path.write_bytes(gzip.compress(bytes(changed), 1))
            expected = {2} if field != 148 else {0, 2}  # the sum may be padded in several ways
            assert verify_bundle(str(path), keys=KEYS)["exit"] in expected
            changed[148:156] = b" " * 8
            changed[148:156] = b"%06o\0 " % sum(changed[:512])
            path.write_bytes(gzip.compress(bytes(changed), 1))
            assert verify_bundle(str(path), keys=KEYS)["exit"] in {0, 1, 2}


def test_something_behind_the_archive(tmp_path: Path) -> None:
    """Data after the end, which other programs would unpack, is refused."""
    path = Path(packed(tmp_path / "bag.tar.gz", members(made().files())))
    path.write_bytes(path.read_bytes() + gzip.compress(b"x" * 512))
    assert verify_bundle(str(path), keys=KEYS)["exit"] == 2


def test_an_extension_header_that_is_no_text(tmp_path: Path) -> None:
    """Records of a pax header that do not add up are damage."""
    path = tmp_path / "bag.tar.gz"
    for record in (b"9 path=a\n", b"99999 path=a\n", b"path=a\n", b"12 size=-44\n", b"3 =\n"):
        info = tarfile.TarInfo("x")
        info.type = tarfile.XHDTYPE
        packed(path, [(info, record), *members(made().files())])
        report = verify_bundle(str(path), keys=KEYS)
        assert report["exit"] in {1, 2}, record


@pytest.mark.parametrize("second", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_file_with_two_names(tmp_path: Path, second: bytes) -> None:
    """Programs do not agree on which of two extension headers counts, so that neither does."""
    plain = members(made().files(), "bundle")
    headers = []
    for kind, name in ((tarfile.XHDTYPE, "bundle/README.md"), (second, "bundle/x")):
        info = tarfile.TarInfo("x")
        info.type = kind
        record = f" path={name}\n".encode()
        pax = b"%d%b" % (len(record) + 2, record)
        headers.append((info, pax if kind == tarfile.XHDTYPE else name.encode() + b"\0"))
    path = packed(tmp_path / "bag.tar.gz", [*headers, *plain])
    report = verify_bundle(path, keys=KEYS)
    assert report["exit"] == 2
    assert "两个扩展头" in as_text(report, "zh")
