"""``kaohe appeal trail``: the answer to the unit, complete by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from domain.errors import IntegrityBroken, LinesRefused
from domain.events.appeals import AppealDecided, AppealProposed
from projections.trail.document import Trail
from projections.trail.known import Known, Trial, appeal_numbered, proposed

if TYPE_CHECKING:
    from cli.office import Office
    from domain.procedure import Appeal
    from infra.second_person import Tried

FORMS = (".html", ".md", ".json")
"""How the name of a file may end that the answer is written to."""


def trail_of(opened: Office, number: str, known_at: str | None) -> dict[str, Any]:
    """Return the trail of an appeal, as known at ``known_at``, as one document.

    Raises ``NotKnown`` when there was no such appeal, ``IntegrityBroken`` when the sheets are not
    those that were published, an event that is told is not the one in the tree of the log, or the
    key of the log is damaged.
    """
    opened.caught_up()
    upto = opened.points.position_of(known_at)
    appeal = appeal_numbered(opened.register(upto), number)
    with _known(opened, appeal, upto) as (known, trial):
        document = Trail(known, appeal, trial).document(sealed=_sealed(opened, upto))
    _check_included(opened, document["events"], upto)
    return document


def shown_as(file: Path, document: dict[str, Any]) -> bytes:
    """Return the document in the form that the name of ``file`` asks for."""
    if file.suffix.lower() == ".json":
        return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
    from infra.pages.trail.page import trail_page

    return trail_page(document, file.suffix.lower()).encode()


@contextmanager
def _known(opened: Office, appeal: Appeal, upto: int) -> Iterator[tuple[Known, Trial]]:
    """Lend what the trail is read from, with what is proposed tried out where it is."""
    plain = Known(opened.log, opened.reading, opened.points, opened.sheets, opened.facts_upto, upto)
    trial = _tried(opened, appeal, upto)
    if not trial.events:
        yield plain, trial
        return
    from cli.office import today
    from cli.replica import replica
    from projections.supposed_log import SupposedLog

    log = SupposedLog(opened.log, upto=upto)
    log.suppose(trial.events)
    with replica(log, opened.rulebooks, today=today()) as made:
        known = Known(log, made.reading, made.points, made.sheets, made.facts_upto, upto)
        yield known, trial


def _tried(opened: Office, appeal: Appeal, upto: int) -> Trial:
    """Decide, for trial only, what the proposal in force would record.

    As a decider stands somebody that nobody is: who will decide is not known yet.
    """
    offered = proposed(appeal)[-1].event if appeal.state == "proposed" else None
    if not isinstance(offered, AppealProposed) or not offered.corrections:
        return Trial()
    from cli.office import today
    from domain.decisions.batch import RegisterLine
    from infra.second_person import Request, SecondPerson

    decision = {
        "type": AppealDecided.__name__,
        "on": offered.on.isoformat(),
        "appeal": appeal.number,
        "outcome": offered.outcome,
        "reasons": offered.reasons,
    }
    second = SecondPerson(opened.facts_upto, rulebooks=opened.rulebooks, today=today)
    asked = Request([RegisterLine(decision)], f"{offered.actor}之外的另一人", (), None, None)
    try:
        tried = second.tried(asked, opened.register(upto), upto)
    except LinesRefused as error:
        return Trial(faults=[str(fault) for fault in error.faults])
    return Trial(tried.batch.events, _names(tried))


def _names(tried: Tried) -> dict[int, str]:
    """Return what to call the events of a trial: the decision, and each correction by its line."""
    skipped = {id(line) for line, _ in tried.batch.skipped}
    kept = (number for number, line in enumerate(tried.lines) if id(line) not in skipped)
    return {
        one.position: f"拟更正第 {number} 条" if number else "拟作的决定"
        for number, one in zip(kept, tried.batch.events, strict=True)
    }


def _sealed(opened: Office, upto: int) -> dict[str, Any]:
    """Return what of the tree and the key a reader needs to hold the trail against a checkpoint."""
    from domain.audit.fingerprint import fingerprint
    from domain.audit.notation import write_base64
    from domain.audit.tree_proofs import root_at
    from infra.store.transactions import reading
    from infra.store.tree import tree_of

    (origin, _), key = opened.checkpoints.identity(), opened.checkpoints.key()
    with reading(opened.engine) as connection:
        root = root_at(tree_of(connection, upto), upto)
    rows = fingerprint(key) if key else ()
    return {
        "log": origin,
        "key": str(key) if key else None,
        "fingerprint": [{"hexadecimal": r.hexadecimal, "words": list(r.words)} for r in rows],
        "size": upto,
        "root": write_base64(root),
    }


def _check_included(opened: Office, events: list[dict[str, Any]], upto: int) -> None:
    """Check that each event, as it was read, is in the tree whose root the trail states.

    And that this tree ends in the right edge that the head row keeps. Raises ``IntegrityBroken``,
    which names the first event that is not in the tree.
    """
    from domain.audit.tiles import TreeIncomplete
    from domain.audit.tree_checks import ProofRefused, check_inclusion
    from domain.audit.tree_proofs import inclusion_proof, root_at
    from infra.store.rows import BROKEN_FIX
    from infra.store.transactions import reading
    from infra.store.tree import STATE, State, tree_of

    with reading(opened.engine) as connection:
        state = State.of(connection.execute(STATE).one_or_none())
        tree = tree_of(connection, upto)
        root = root_at(tree, upto)
        for each in events:
            if not each["recorded"]:
                continue
            index, leaf = each["position"] - 1, bytes.fromhex(each["leaf"])
            try:
                check_inclusion(leaf, index, upto, inclusion_proof(tree, index, upto), root)
            except (ProofRefused, TreeIncomplete) as error:
                message = f"事件 #{each['position']} 与审计树不符，可能被改动过：{error}"
                raise IntegrityBroken(message, fix=BROKEN_FIX) from None
        if root_at(tree_of(connection, state.position), state.position) != state.edge.root:
            message = "审计树的右边缘与记录不符：有记录连同叶子被改动过"
            raise IntegrityBroken(message, fix=BROKEN_FIX)


def write_out(file: Path, document: dict[str, Any]) -> None:
    """Write the document to a new file. Raises ``Refused`` when there is one already."""
    from infra.files.new_file import write_new

    write_new(file, shown_as(file, document))
    click.echo(f"申诉 {document['appeal']['appeal']} 的答复已写到 {file}", err=True)
