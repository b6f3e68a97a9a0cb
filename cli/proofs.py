"""What the log names as evidence, beside what of it is held: for listing and for taking out."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.errors import NotKnown, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.office import Office
    from domain.events.fields import Evidence
    from projections.asking import Asked

_BEGINNING = re.compile(r"[0-9a-f]{4,64}")
_POSITION = re.compile(r"#(\d{1,15})")
_ASK = "请用 kaohe evidence list 核对。"


class Wanted(NamedTuple):
    """A file to take out: what it is called, and its digest."""

    name: str
    sha256: str


def listed(opened: Office, unit: str | None, asked: Asked) -> list[dict[str, Any]]:
    """Return every piece of evidence that the log names, or of one unit, as JSON documents.

    Of those, what was known at what is asked, by events of its year up to its day.
    """
    from cli.narrowing import narrowed_to
    from cli.vocabularies import words_of
    from projections.asking import unit_named
    from projections.concerned import concerned
    from projections.journal import Journal
    from projections.proofs import proofs

    opened.caught_up()
    within = narrowed_to(opened, asked)
    journal = Journal(opened.log, words_of(opened), upto=within.upto)
    setting = opened.points.setting_at(within.upto)
    entries = journal.read_about(unit_named(setting, unit).id) if unit else journal.read()
    units_of = partial(concerned, log=opened.log, facts=opened.facts_upto(within.upto))
    wanted = (e for e in entries if within.by_then(e.event.on) and within.in_year(e.event.on))
    found = []
    for proof in proofs(wanted, units_of):
        size = opened.evidence.size(proof.sha256)
        found.append({**proof._asdict(), "held": size is not None, "size": size})
    return found


def asked_for(opened: Office, which: str) -> list[Wanted]:
    """Return the held files that a digest, its beginning or ``#12`` means.

    Raises ``NotKnown`` when there is none or one is not held, ``Refused`` when a beginning is
    that of several.
    """
    opened.existing()
    position = _POSITION.fullmatch(which.strip())
    if position:
        wanted = [Wanted(held.name, held.sha256) for held in _of(opened, int(position[1]))]
    else:
        wanted = [_beginning(opened, which)]
    missing = [each for each in wanted if opened.evidence.size(each.sha256) is None]
    if missing:
        told = "、".join(f"{each.name}（{each.sha256}）" for each in missing)
        fix = "只登记了摘要；有原文件时可用 kaohe evidence add 补存。"
        raise NotKnown(f"没有存放 {told}", fix=fix)
    return wanted


def _of(opened: Office, position: int) -> Sequence[Evidence]:
    from domain.events.proofs import evidence_in

    rows = opened.log.rows_at([position])
    if not rows:
        raise NotKnown(f"没有事件 #{position}", fix=_ASK)
    found = evidence_in(rows[0].data)
    if not found:
        raise NotKnown(f"事件 #{position} 没有佐证文件", fix=_ASK)
    return found


def _beginning(opened: Office, which: str) -> Wanted:
    from projections.proofs import digests_named

    text = which.strip().lower()
    if not _BEGINNING.fullmatch(text):
        fix = "请写 SHA-256 的开头（至少 4 位）或事件的 #编号。"
        raise NotKnown(f"“{which}”不是摘要，也不是事件编号", fix=fix)
    named = digests_named(opened.log)
    found = sorted(d for d in {*named, *opened.evidence.digests()} if d.startswith(text))
    if not found:
        raise NotKnown(f"没有摘要以 {text} 开头的佐证文件", fix=_ASK)
    if len(found) > 1:
        told = "\n".join(f"  {digest} {named.get(digest, [''])[0]}".rstrip() for digest in found)
        raise Refused(f"有 {len(found)} 个文件的摘要以 {text} 开头：\n{told}", fix="请多写几位。")
    return Wanted(named.get(found[0], found)[0], found[0])
