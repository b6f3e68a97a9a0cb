"""Against a checkpoint that the reader kept: is the bag the same log, grown or as it was?"""

from __future__ import annotations

from infra.standalone.bag_names import CONSISTENCY
from infra.standalone.bag_source import Bag
from infra.standalone.checkpoint_trust import check_signatures
from infra.standalone.checkpoints import consistency_in
from infra.standalone.findings import Findings
from infra.standalone.merkle import only_grew
from infra.standalone.notes import Checkpoint
from infra.standalone.trust import Trust
from infra.standalone.wording import Said, shown

PIN = "pin"
EQUAL = "equal"
EXTENDS = "extends"
ROLLBACK = "ROLLBACK"
FORK = "FORK"
OTHER = "other-log"
NOT_SHOWN = "not-shown"


class PinCheck:
    """Holds a bag against the pin; ``state`` is the answer, or none without a pin."""

    def __init__(self, trust: Trust, findings: Findings) -> None:
        self.state: str | None = None
        self._trust = trust
        self._findings = findings
        self._fitting = [0]

    def whole(self, current: Checkpoint, roots: dict[int, bytes], fitting: list[int]) -> None:
        """Judge a whole bag: the entries themselves give the root at the pin's size."""
        self._fitting = fitting
        pin = self._comparable(current)
        if pin is None:
            return
        root = roots.get(pin.size)
        if root is None:
            self.state = NOT_SHOWN
        elif root == pin.root:
            self.state = EXTENDS
        else:
            self._fork(pin)

    def unit(self, current: Checkpoint, bag: Bag) -> None:
        """Judge a bag for one unit, if a proof from the pin's size is in it."""
        pin = self._comparable(current)
        if pin is None:
            return
        self.state = NOT_SHOWN
        file = f"{CONSISTENCY}{pin.size}"
        if file not in bag.sizes:
            return
        # What is wrong with the file itself was noted with the earlier checkpoints.
        hashes = consistency_in(bag, file, current, Findings())
        if hashes is None:
            return
        if only_grew(pin.size, current.size, hashes, pin.root, current.root):
            self.state = EXTENDS
        else:
            self._fork(pin)

    def _comparable(self, current: Checkpoint) -> Checkpoint | None:
        """Return the pin when it is smaller than the bag; otherwise the answer is found at once."""
        pin = self._trust.pin
        if pin is None:
            return None
        if pin.origin != current.origin:
            ours, theirs = shown(current.origin), shown(pin.origin)
            said = Said(
                f"留存的检查点属于日志 {theirs}，不是 {ours}", f"of log {theirs}, not {ours}"
            )
            self._findings.add("ORIGIN", PIN, said)
            self.state = OTHER
            return None
        check_signatures(pin, PIN, self._trust, self._findings)
        if pin.size < current.size:
            if pin.size:
                return pin
            self.state = EXTENDS
        elif pin.size > current.size:
            self.state = ROLLBACK
            said = Said(
                f"留存的检查点已有 {pin.size} 条，包里只到 {current.size} 条：日志被退回",
                f"the pin has {pin.size} entries, the bag only {current.size}: rolled back",
            )
            self._findings.add("ROLLBACK", PIN, said, current.size + 1, pin.size)
        elif pin.root == current.root:
            self.state = EQUAL
        else:
            self._fork(pin)
        return None

    def _fork(self, pin: Checkpoint) -> None:
        self.state = FORK
        first = max([size for size in self._fitting if size < pin.size], default=0) + 1
        said = Said(
            f"不是留存的检查点的延续：第 {first} 至第 {pin.size} 条之间与当时不同",
            f"not a continuation of the pin: it differs within entries {first} to {pin.size}",
        )
        self._findings.add("FORK", PIN, said, first, pin.size)
