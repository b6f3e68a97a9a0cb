"""The bag as a bag (BagIt 1.0, RFC 8493): every file listed, and every one with its digest."""

from __future__ import annotations

import re

from infra.standalone.bag_names import is_in_layout, is_plain_name
from infra.standalone.bag_source import Bag, small_file
from infra.standalone.findings import Findings
from infra.standalone.notation import text_of
from infra.standalone.wording import Malformed, Said, shown

PAYLOAD_MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LONGEST_TAG_FILE = 1 << 20
_LONGEST_MANIFEST = 1 << 27
_LISTED = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_TAG_FILES = re.compile(
    r"bagit\.txt|bag-info\.txt|[a-z]*manifest-.*|README.*|verify/.*\.py.*", re.DOTALL
)
_OXUM = re.compile(r"^Payload-Oxum:(.*)$", re.MULTILINE)


def check_fixity(bag: Bag, kind: str, findings: Findings) -> int:
    """Check the manifests against the files; return how many files are strangers to the bag.

    A stranger is not listed, and not in the place of anything that a bag has: a file that belongs
    in the bag and was only struck from the list is none.
    """
    for name, said in bag.oddities:
        findings.add("PATH", shown(name), said)
    _check_declaration(bag, findings)
    listed = {TAG_MANIFEST: ""}
    for manifest in (TAG_MANIFEST, PAYLOAD_MANIFEST):
        listed.update(_listed(bag, manifest, findings))
    odd = {name for name, _ in bag.oddities}
    for name, digest in listed.items():
        if name not in bag.sizes and name not in odd:
            said = Said("清单中有，包里没有", "listed in the manifest, but not there")
            findings.add("MISSING", shown(name), said)
        elif name in bag.sizes and digest:
            _check_digest(bag, name, digest, findings)
    strangers = 0
    for name in sorted(bag.sizes):
        if name not in listed:
            strangers += not (is_in_layout(name, kind) or _TAG_FILES.fullmatch(name))
            said = Said("清单中没有列出", "not listed in the manifest")
            findings.add("EXTRA", name, said)
        elif name.startswith("data/") and not is_in_layout(name, kind):
            said = Said("不属于这种包的内容", "not a file that a bag of this kind has")
            findings.add("EXTRA", name, said)
    _check_oxum(bag, listed, findings)
    return strangers


def _check_declaration(bag: Bag, findings: Findings) -> None:
    data = _tag_file(bag, "bagit.txt", findings, required=True)
    if data is not None and data != _DECLARATION:
        said = Said("应为 BagIt 1.0、UTF-8 的两行声明", "not the two lines of BagIt 1.0 in UTF-8")
        findings.add("FORM", "bagit.txt", said)


def _tag_file(
    bag: Bag, name: str, findings: Findings, *, required: bool, longest: int = _LONGEST_TAG_FILE
) -> bytes | None:
    if name not in bag.sizes:
        if required:
            findings.add("MISSING", name, Said("包里没有这个文件", "the bag lacks this file"))
        return None
    try:
        return small_file(bag, name, longest)
    except Malformed as error:
        findings.add("FORM", name, error.said)
        return None


def _listed(bag: Bag, manifest: str, findings: Findings) -> dict[str, str]:
    """Return digests by name as a manifest lists them; its form is checked."""
    required = manifest in bag.sizes or manifest == TAG_MANIFEST
    data = _tag_file(bag, manifest, findings, required=required, longest=_LONGEST_MANIFEST)
    if data is None:
        return {}
    try:
        text = text_of(data, _LONGEST_MANIFEST)
    except Malformed as error:
        findings.add("FORM", manifest, error.said)
        return {}
    found: dict[str, str] = {}
    lines = text.split("\n")
    if lines.pop():
        findings.add(
            "FORM", manifest, Said("最后一行没有换行", "the last line lacks its line feed")
        )
    before = ""
    for number, line in enumerate(lines, 1):
        matched = _LISTED.fullmatch(line)
        if not matched or matched.group(2) <= before:
            said = Said(
                f"第 {number} 行不对：应为小写摘要、两个空格、路径，按路径排列",
                f"line {number}: expected a digest in lower case, two spaces, paths in order",
            )
            findings.add("FORM", manifest, said)
            continue
        digest, before = matched.groups()
        if not is_plain_name(before):
            said = Said(
                f"第 {number} 行的路径“{shown(before)}”会离开包，或不能用",
                f'line {number}: the path "{shown(before)}" leaves the bag, or is not usable',
            )
            findings.add("PATH", manifest, said)
        elif before.startswith("data/") != (manifest == PAYLOAD_MANIFEST):
            said = Said(
                f"第 {number} 行应在另一个清单中", f"line {number} is in the wrong manifest"
            )
            findings.add("FORM", manifest, said)
        else:
            found[before] = digest
    return found


def _check_digest(bag: Bag, name: str, digest: str, findings: Findings) -> None:
    try:
        same = bag.digest(name) == digest
    except OSError as error:
        kind = type(error).__name__
        findings.add("MISSING", name, Said("文件读不出来", f"the file cannot be read ({kind})"))
        return
    if not same:
        said = Said(
            "摘要与清单不同：文件被改动", "another digest than listed: the file was changed"
        )
        findings.add("DIGEST", name, said)


def _check_oxum(bag: Bag, listed: dict[str, str], findings: Findings) -> None:
    """Compare number and sum of the payload; a file that is not listed is its own finding."""
    data = _tag_file(bag, "bag-info.txt", findings, required=False)
    if data is None:
        return
    try:
        stated = _OXUM.findall(text_of(data, _LONGEST_TAG_FILE))
    except Malformed as error:
        findings.add("FORM", "bag-info.txt", error.said)
        return
    sizes = [(name, size) for name, size in bag.sizes.items() if name in listed]
    payload = [size for name, size in sizes if name.startswith("data/")]
    computed = f" {sum(payload)}.{len(payload)}"
    if any(each != computed for each in stated):
        said = Said(
            f"Payload-Oxum 应为{computed}，写的是 {shown(stated[0].strip())}",
            f"Payload-Oxum is{computed}, not {shown(stated[0].strip())}",
        )
        findings.add("DIGEST", "bag-info.txt", said)
