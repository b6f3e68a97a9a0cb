"""Reading the entries of a bag once, in order: their form, their order, their leaf hashes.

Memory does not grow with the number of entries but for one number for each stream.
"""

from __future__ import annotations

from hashlib import sha256
from typing import BinaryIO, Callable, NamedTuple, Sequence

from infra.standalone.entry_form import LONGEST_LINE, Entry, entry_of, seconds_of
from infra.standalone.entry_shapes import Recognised, Shapes
from infra.standalone.findings import EVENTS_FILE, Findings
from infra.standalone.leaf_list import LeafList
from infra.standalone.line_blocks import line_blocks
from infra.standalone.notation import LARGEST_SIZE
from infra.standalone.publications import Publications
from infra.standalone.tree_roots import PrefixRoots
from infra.standalone.wording import Malformed, Said, shown


class Wanted(NamedTuple):
    """What the entries are held against.

    ``sizes``, in order, are those of checkpoints, at which root and time are to be known.
    ``each`` is called with the position and leaf hash of each entry.
    """

    origin: str | None
    whole: bool
    sizes: Sequence[int]
    leaves: LeafList | None = None
    each: Callable[[int, bytes], None] | None = None


class EntryWalk:
    """The entries read so far: how many, from when to when, and roots and times at sizes."""

    def __init__(self, wanted: Wanted, findings: Findings) -> None:
        self.count = 0
        self.last_position = 0
        self.first_moment = b""
        self.last_moment = b""
        self.stopped = False
        self.publications = Publications()
        self.moments: dict[int, tuple[int, int]] = {}  # size -> seconds, position
        self.origin = None if wanted.origin is None else wanted.origin.encode("utf-8")
        self._wanted = wanted
        self._findings = findings
        self._tree = PrefixRoots(wanted.sizes if wanted.whole else ())
        self._shapes = Shapes()
        self._versions: dict[bytes, int] = {}
        self._days: set[bytes] = set()
        self._sizes = iter((*wanted.sizes, LARGEST_SIZE + 1))
        self._next_size = next(self._sizes)

    @property
    def roots(self) -> dict[int, bytes]:
        """The root at each of the sizes wanted that the entries reach; none in a unit's bag."""
        return self._tree.roots

    def read(self, stream: BinaryIO) -> None:
        """Read all entries."""
        for block in line_blocks(stream):
            if len(block) > LONGEST_LINE and not block.endswith(b"\n"):
                self.stopped = True
                self._bad("FORM", "这一行太长，没有读下去", "the line is too long; reading stopped")
                break
            self._read_block(block)
        while self._next_size <= LARGEST_SIZE:
            self._pass_size()

    def _read_block(self, block: bytes) -> None:
        lines = block.split(b"\n")
        if lines[-1]:
            self._ended_by_line_feed(lines)
        else:
            lines.pop()
        leaves = [sha256(b"\x00" + line).digest() for line in lines]
        positions = self._check_lines(lines, self._shapes.recognised(block, lines))
        self.publications.read(block, lines, positions)
        self._compare(positions, leaves)
        self._tree.extend(leaves)
        self.count += len(lines)

    def _check_lines(self, lines: Sequence[bytes], matches: Sequence[Recognised]) -> list[int]:
        """Check form and order of each line, and return the positions."""
        positions = []
        versions, days = self._versions, self._days
        for line, match in zip(lines, matches):
            if match and match[2][:10] in days:
                place, moment, stream, count = match.groups()
                position, version = int(place), int(count)
            else:
                entry = self._read_carefully(line)
                if entry is None:
                    self.last_position += 1
                    positions.append(self.last_position)
                    continue
                _, position, moment, stream, version = entry
            if position > self._next_size:
                self._pass_sizes(position)
            if position != self.last_position + 1:
                position = self._position_after_gap(position)
            self.last_position = position
            positions.append(position)
            if moment < self.last_moment:
                self._clock(moment)
            self.last_moment = moment
            before = versions.get(stream, 0)
            if version != before + 1 and (self._wanted.whole or version <= before):
                self._version(stream, version, before)
            versions[stream] = version
        return positions

    def _read_carefully(self, line: bytes) -> Entry | None:
        try:
            entry = entry_of(line)
        except Malformed as error:
            self._bad("FORM", *error.said)
            return None
        if self.origin is None:
            self.origin = entry.log
        if entry.log != self.origin:
            found, ours = shown(entry.log), shown(self.origin)
            self._bad(
                "ORIGIN", f"这条记录属于日志 {found}，不是 {ours}", f"of log {found}, not {ours}"
            )
            return entry
        self.first_moment = self.first_moment or entry.recorded_at
        if len(self._days) < 100_000:
            self._days.add(entry.recorded_at[:10])
        self._shapes.learn(line, entry)
        return entry

    def _compare(self, positions: Sequence[int], leaves: Sequence[bytes]) -> None:
        if self._wanted.each is not None:
            for position, leaf in zip(positions, leaves):
                self._wanted.each(position, leaf)
        if self._wanted.leaves is None:
            return
        if positions[-1] - positions[0] == len(positions) - 1:
            self._wanted.leaves.compare(positions[0], leaves)
            return
        start = 0
        for stop in range(1, len(positions) + 1):
            if stop == len(positions) or positions[stop] != positions[stop - 1] + 1:
                self._wanted.leaves.compare(positions[start], leaves[start:stop])
                start = stop

    def _pass_sizes(self, position: int) -> None:
        while position > self._next_size:
            self._pass_size()

    def _pass_size(self) -> None:
        """Note when the last entry of a checkpoint was recorded."""
        if self.last_moment and self.last_position:
            seconds = seconds_of(self.last_moment.decode("ascii"))
            self.moments[self._next_size] = seconds, self.last_position
        self._next_size = next(self._sizes)

    def _position_after_gap(self, position: int) -> int:
        expected = self.last_position + 1
        if position > expected and not self._wanted.whole:
            return position
        self._bad(
            "GAP",
            f"这里应是第 {expected} 条，写的是第 {position} 条：有记录被删除、插入或调换",
            f"expected position {expected}, found {position}: deleted, inserted or reordered",
        )
        return max(position, expected)

    def _clock(self, moment: bytes) -> None:
        now, before = moment.decode("ascii"), self.last_moment.decode("ascii")
        said = Said(
            f"记录时间 {now} 早于前一条的 {before}",
            f"recorded at {now}, the one before at {before}",
        )
        self._findings.add("CLOCK", EVENTS_FILE, said, self.last_position)

    def _version(self, stream: bytes, version: int, before: int) -> None:
        name = shown(stream)
        said = Said(
            f"{name} 的版本应接在 {before} 之后，写的是 {version}",
            f"{name} has version {version} after {before}",
        )
        self._findings.add("VERSION", EVENTS_FILE, said, self.last_position)

    def _ended_by_line_feed(self, lines: Sequence[bytes]) -> None:
        place = self.count + len(lines)
        said = Said("最后一行没有换行", "the last line is not ended by a line feed")
        self._findings.add("FORM", EVENTS_FILE, said, place)

    def _bad(self, code: str, zh: str, en: str) -> None:
        self._findings.add(code, EVENTS_FILE, Said(zh, en), self.last_position + 1)
