"""Publications, appeals and proposals told in a few words, each by whom it was."""

from __future__ import annotations

from domain.decisions.batch import Batch, RegisterLine
from domain.decisions.decide import Clerk
from domain.errors import Where
from domain.register import Register, Unrecorded
from tests.domain.telling import BOOKS, START, TODAY, Told, said

DIGEST = "b6" * 32
CYCLE = START[0]
STUDIED = said("DeploymentStudied", "2022-03-01", unit="应县", topics=["brief"])


def published(number: int = 1, on: str = "2023-02-01", **more: object) -> Told:
    """The scores were published."""
    fields = {"publication": number, "as_of": "2023-01-31", "position": 4, "sheets": DIGEST}
    return said("ScoresPublished", on, **{**fields, **more})


def lodged(appeal: str = "申1", on: str = "2023-02-03", **more: object) -> Told:
    """A county appeals."""
    fields = {"appeal": appeal, "unit": "应县", "as_of": "2023-01-31", "claim": "漏计"}
    return said("AppealLodged", on, **{**fields, **more})


def offered(outcome: str = "upheld", appeal: str = "申1", **more: object) -> Told:
    """Somebody proposes an answer."""
    fields = {"appeal": appeal, "outcome": outcome, "reasons": "属实"}
    return said("AppealProposed", "2023-02-05", **{**fields, **more})


def settled(outcome: str = "upheld", appeal: str = "申1", **more: object) -> Told:
    """Somebody decides."""
    fields = {"appeal": appeal, "outcome": outcome, "reasons": "同意"}
    return said("AppealDecided", "2023-02-06", **{**fields, **more})


def withdrawn(appeal: str = "申1") -> Told:
    """The county takes its appeal back."""
    return said("AppealWithdrawn", "2023-02-06", appeal=appeal, reason="已核对")


def suggested(number: int = 1, **more: object) -> Told:
    """Somebody proposes a correction."""
    fields = {"proposal": number, "lines": [STUDIED], "reason": "补登"}
    return said("CorrectionProposed", "2023-02-05", **{**fields, **more})


def confirmed(number: int = 1) -> Told:
    """Somebody confirms it."""
    return said("CorrectionConfirmed", "2023-02-06", proposal=number)


def dismissed(number: int = 1) -> Told:
    """Somebody refuses it."""
    return said("CorrectionRefused", "2023-02-06", proposal=number, reason="不必")


def by_people(*steps: tuple[str, Told]) -> Batch:
    """Return what became of the last step, when each is decided by its own person in its turn."""
    register, head, batch = Register(Unrecorded()), 0, Batch()
    for number, (actor, told) in enumerate([*(("王五", line) for line in START), *steps], 1):
        assert batch.faults == [], [str(fault) for fault in batch.faults]
        clerk = Clerk(register, head=head, rulebooks=BOOKS, today=TODAY, actor=actor)
        batch = clerk.decide([RegisterLine(told, Where(f"{number}.jsonl", row=1))])
        head += len(batch.events)
    return batch
