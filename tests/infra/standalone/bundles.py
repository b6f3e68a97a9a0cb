"""Small bundles, made with ``domain.audit``: the implementation that the programs do not share."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from domain.audit.checkpoint import Checkpoint, SignedCheckpoint
from domain.audit.entry import Entry
from domain.audit.jcs import canonical
from domain.audit.proof import EntryProof
from domain.audit.tree import leaf_hash
from domain.audit.witness_request import WitnessRequest
from tests.domain.audit import naive
from tests.domain.audit.signing import LOG, LOG_KEY, WITNESS_KEY, cosign, log_sign, witness_sign

START = datetime(2022, 3, 1, tzinfo=UTC)
RULEBOOK = "shuozhou-2022"
Files = dict[str, bytes]


def entry(position: int, *, log: str = LOG) -> Entry:
    """Return a made-up entry; every third is about the first unit, every fifth has an escape."""
    unit = position % 3
    data: dict[str, Any] = {
        "by": "张三", "count": position, "on": "2022-03-05", "points": "1.5",
        "unit": f"朔城区第{unit}中学",
    }  # fmt: skip
    if position % 5 == 0:
        data["note"] = 'said "yes"\n'
    moment = START + timedelta(hours=position, microseconds=position)
    return Entry(
        log=log,
        position=position,
        stream=f"unit/{unit}",
        version=(position - unit) // 3 + (1 if unit else 0),
        type="unit-noted.v1",
        recorded_at=moment.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        data=canonical(data),
    )


def seconds(position: int) -> int:
    """Return when entry ``position`` was recorded, in whole seconds since 1970."""
    return int((START + timedelta(hours=position)).timestamp())


@dataclass(frozen=True)
class Made:
    """What a bundle is made of; tests change a part and write the bundle anew."""

    entries: tuple[bytes, ...]
    earlier: tuple[int, ...] = (4, 7)
    unit: str | None = None
    witnessed_after: int | None = 60
    origin: str = LOG
    key: Any = LOG_KEY
    sign: Any = log_sign

    @property
    def leaves(self) -> list[bytes]:
        """The leaf hashes of all entries."""
        return [leaf_hash(each) for each in self.entries]

    def checkpoint(self, size: int) -> SignedCheckpoint:
        """Return the signed checkpoint of the first ``size`` entries."""
        stated = Checkpoint(self.origin, size, naive.root(self.leaves[:size]))
        signed = SignedCheckpoint.make(stated, self.key, self.sign)
        if self.witnessed_after is None:
            return signed
        time = seconds(size) + self.witnessed_after
        return signed.with_signature(cosign(stated.text, time, WITNESS_KEY, witness_sign))

    def files(self) -> Files:
        """Return the bundle's files, manifests included."""
        size = len(self.entries)
        signed = self.checkpoint(size)
        held = [n for n in range(1, size + 1) if self.unit is None or n % 3 == 1]
        sheets = [{"total": "81.5", "unit": "朔城区第0中学"}, {"total": "80", "unit": "乙"}]
        claim = {
            "as_of": "2022-12-31", "cycle": "2022",
            "known_at": {"position": size, "recorded_at": "2022-03-01T00:00:00.000000Z"},
            "rulebook": RULEBOOK,
            "units": sheets[: None if self.unit is None else 1],
        }  # fmt: skip
        digest = sha256(canonical(claim)).hexdigest()
        evidence = b"evidence"
        files = {
            "README.md": b"how to check\n",
            "bag-info.txt": b"Bag-Software-Agent: kaohe\n",
            "data/events.jsonl": b"".join(self.entries[n - 1] + b"\n" for n in held),
            "data/checkpoint": signed.encode(),
            f"data/rulebooks/{RULEBOOK}.toml": b'id = "shuozhou-2022"\n',
            f"data/objects/{sha256(evidence).hexdigest()}": evidence,
            "data/claims.json": document(
                {"claims": [{**claim, "publication": None, "sha256": digest}] * 2}
            ),
            "data/export.json": document(
                {
                    "by": "李四", "entries": len(held), "for": None, "format": "kaohe-audit-1",
                    "log": self.origin, "made_at": "2022-06-01T00:00:00Z",
                    "root": signed.checkpoint.root.hex(), "size": size, "unit": self.unit,
                }
            ),
        }  # fmt: skip
        for old in self.earlier:
            proof = tuple(naive.proof(old, self.leaves)) if old else ()
            files[f"data/checkpoints/{old}"] = self.checkpoint(old).encode()
            files[f"data/consistency/{old}"] = WitnessRequest(old, proof, signed).encode()
        if self.unit is None:
            files["data/leaf-hashes"] = b"".join(
                b"%b\n" % leaf.hex().encode() for leaf in self.leaves
            )
        else:
            for n in held:
                path = tuple(naive.path(n - 1, self.leaves))
                files[f"data/proofs/{n}"] = EntryProof(n - 1, path, signed).encode()
        return bagged(files)


def made(count: int = 11, **parts: Any) -> Made:  # noqa: ANN401  the fields of Made
    """Return a log of ``count`` made-up entries."""
    return Made(tuple(entry(n).encode() for n in range(1, count + 1)), **parts)


def changed(log: Made, position: int, old: bytes, new: bytes) -> Made:
    """Return the log with one entry edited, as somebody would who can sign: all follows suit."""
    entries = list(log.entries)
    assert old in entries[position - 1]
    entries[position - 1] = entries[position - 1].replace(old, new, 1)
    return replace(log, entries=tuple(entries))


def document(value: object) -> bytes:
    """Return one canonical JSON document and a line feed."""
    return canonical(value) + b"\n"


def bagged(files: Mapping[str, bytes]) -> Files:
    """Return ``files`` with the files of BagIt made anew, as a tamperer would make them."""
    made_anew = {"bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}
    found = {name: data for name, data in files.items() if name not in made_anew}
    payload = [data for name, data in found.items() if name.startswith("data/")]
    oxum = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}\n".encode()
    found["bag-info.txt"] = b"Bag-Software-Agent: kaohe\n" + oxum
    found["bagit.txt"] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    found["manifest-sha256.txt"] = _manifest(found, payload=True)
    found["tagmanifest-sha256.txt"] = _manifest(found, payload=False)
    return found


def _manifest(files: Files, *, payload: bool) -> bytes:
    names = sorted(name for name in files if name.startswith("data/") == payload)
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in names).encode()


def written(folder: Path, files: Mapping[str, bytes]) -> str:
    """Write a bundle as a folder, and return its path."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return str(folder)


def packed(path: Path, members: Iterable[tuple[tarfile.TarInfo, bytes]], **how: Any) -> str:  # noqa: ANN401  what tarfile takes
    """Write an archive of these members, and return its path."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", **how) as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    path.write_bytes(gzip.compress(plain.getvalue(), mtime=0))
    return str(path)


def members(files: Mapping[str, bytes], top: str = "bundle") -> list[tuple[tarfile.TarInfo, bytes]]:
    """Return the files of a bundle as members of an archive."""
    return [(tarfile.TarInfo(f"{top}/{name}"), data) for name, data in files.items()]
