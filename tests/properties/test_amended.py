"""What is taken back is as if it never was; what is corrected is as if it had been right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.facts import target_position
from tests.oracle.world import World
from tests.properties.effort import by_ref, tried_on, valid
from tests.properties.offices import Desk, desk, question

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from tests.oracle.facts import RegisterLine
    from tests.properties.offices import Lines

    Register = list[RegisterLine]


@tried_on(few=12, many=100)
def test_a_retraction_restores_the_score_without_the_event(lines: Lines, chance: Random) -> None:
    """A log with an event and its retraction scores as the log without either."""
    register = by_ref(list(lines))
    refs = _retractable(register)
    # Without it what rested on it must be as it was: not what an earlier retraction had let pass.
    ref = next(ref for ref in chance.sample(refs, len(refs)) if valid(_without(register, ref)))
    retraction = {
        "type": "EventRetracted", "on": "2022-12-31", "target": ref, "reason": "误登",
        "ref": "撤销",
    }  # fmt: skip
    without = _without(register, ref)
    _assert_alike([*register, retraction], without, chance)


@tried_on(few=12, many=100)
def test_a_correction_gives_the_score_of_the_right_event(lines: Lines, chance: Random) -> None:
    """A log with an event and its correction scores as the log with the right event."""
    register = by_ref(list(lines))
    for correction, ref in list(_corrections(register))[:2]:
        upto = register.index(correction)
        at = next(n for n, line in enumerate(register) if line["ref"] == ref)
        right = register[:upto]
        right[at] = _right(register[at], correction["changes"])
        # What came between may rest on what the wrong event said; then there is no such log.
        if valid(right):
            _assert_alike([*register[:upto], correction], right, chance)


def _assert_alike(one: Register, other: Register, chance: Random) -> None:
    """Both registers show the same sheets on some days, but for positions."""
    with desk(one) as first, desk(other) as second:
        for _ in range(3):
            as_of = question(other, chance)[0]
            assert _sheets(first, as_of) == _sheets(second, as_of)


def _sheets(office: Desk, as_of: Any) -> Any:  # noqa: ANN401  any JSON value
    return _bare(office.sheets(as_of))


def _bare(shown: Any) -> Any:  # noqa: ANN401  any JSON value
    if isinstance(shown, dict):
        return {key: _bare(value) for key, value in shown.items() if key != "events"}
    if isinstance(shown, list):
        return sorted(map(_bare, shown), key=str)
    return shown


def _retractable(register: Register) -> list[str]:
    """The refs of events that stand, are no amendments, and whose number nothing names."""
    world = World()
    for line in register:
        world.add(line)
    facts = [fact for fact in world.state.facts if not fact.type.startswith("Event")]
    first = next(fact for fact in facts if fact.type == "CycleOpened")
    return [fact["ref"] for fact in facts if fact is not first and world.may_retract(fact)]


def _without(register: Register, ref: str) -> Register:
    """The register without an event and without all that was ever said of it."""
    gone = {ref}
    for line in register:
        if line.get("target") in gone:
            gone.add(line["ref"])
    return [line for line in register if line["ref"] not in gone]


def _corrections(register: Register) -> Iterable[tuple[RegisterLine, str]]:
    """Each first correction of an event, with the event's ref."""
    seen = set()
    for line in register:
        if line["type"] == "EventCorrected" and line["target"] not in seen:
            seen.add(line["target"])
            target = register[target_position(register, line["target"]) - 1]
            if target["type"] != "EventCorrected":
                yield line, line["target"]


def _right(line: RegisterLine, changes: RegisterLine) -> RegisterLine:
    kept = {key: held for key, held in line.items() if not (key == "unit" and "units" in changes)}
    kept = {key: held for key, held in kept.items() if not (key == "units" and "unit" in changes)}
    return {**kept, **changes}
