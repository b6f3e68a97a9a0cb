"""Random events of every type, as they could be recorded."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from domain.days import SHANGHAI
from domain.events.base import Event
from domain.events.catalogue import CATALOGUE, Field, fields_of
from domain.events.codec import from_fields
from domain.events.corrections import Amendment, EventCorrected
from domain.events.office_codes import OFFICE_CODES
from tests.infra.files.registers import WORDS

ODD_TEXTS = (
    "007", "=SUM(A1:A2)", "'7", "+1", "@x", "1e5", "2022-01-05", "TRUE", "是", "null", "#REF!",
    "_x000D_", "_x005F_x0041_", "<r>粗</r>", "a\ufffeb", 'json:"x"', '["a"]', '{"a": 1}', '"x"',
    "甲、乙", "a;b", "12", "#12", "🀄", "é", "一\u2028二", "a=b", "a ＝ b", "]]>", "&amp;",
)  # fmt: skip
"""Texts that a workbook, or a notation of ours, might take for something else."""
_PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"])


def _tidied(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


_names = (st.sampled_from(ODD_TEXTS) | st.text(_PRINTABLE, max_size=12)).map(_tidied).filter(bool)
_texts = (
    (st.sampled_from(ODD_TEXTS) | st.text(_PRINTABLE | st.sampled_from("\n\t"), max_size=30))
    .map(_tidied)
    .filter(bool)
)
_days = st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(lambda day: day.isoformat())
_instants = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=st.just(SHANGHAI))  # noqa: DTZ001  bounds without a zone
_moments = _days | _instants.map(lambda at: at.isoformat())
_numbers = st.integers(-(2**53) + 1, 2**53 - 1)
_digests = st.text("0123456789abcdef", min_size=64, max_size=64)
_proofs = st.fixed_dictionaries({"name": _names, "sha256": _digests})
_values = st.recursive(
    _texts | _numbers | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=2),
    max_leaves=5,
)
_lines = st.lists(
    st.dictionaries(_names, _values, max_size=2).map(lambda line: {**line, "type": "ItemAdopted"}),
    min_size=1,
    max_size=2,
)
_FORMS: Mapping[str, st.SearchStrategy[Any]] = {
    "text": _texts,
    "name": _names,
    "unit": _names,
    "count": st.integers(0, 2**53 - 1),
    "flag": st.booleans(),
    "day": _days,
    "when": _moments,
    "value": _values,
    "target": st.integers(1, 10**6),
    "digest": _digests,
    "evidence": _proofs,
    "lines": _lines,
}


def values(field: Field) -> st.SearchStrategy[Any]:
    """Return values of a field in the form in which they are stored."""
    form, codes = field.form, {**OFFICE_CODES, **WORDS}
    one = st.sampled_from(sorted(codes[form.vocabulary])) if form.vocabulary else _FORMS[form.name]
    return st.lists(one, min_size=1, max_size=3) if field.many else one


@st.composite
def plain_events(draw: st.DrawFn) -> Event:
    """Return an event of any type but a correction."""
    types = [entry.event for entry in CATALOGUE if entry.event is not EventCorrected]
    event = draw(st.sampled_from(types))
    fields = [field for field in fields_of(event) if field.required or draw(st.booleans())]
    return from_fields(event, {field.name: draw(values(field)) for field in fields})


@st.composite
def logs(draw: st.DrawFn) -> list[tuple[int, Event]]:
    """Return events with their positions; corrections are about earlier ones."""
    log = list(enumerate(draw(st.lists(plain_events(), min_size=1, max_size=6)), 1))
    about = [(at, event) for at, event in log if not isinstance(event, Amendment)]
    for _ in range(draw(st.integers(0, 2)) if about else 0):
        at, target = draw(st.sampled_from(about))
        changed = draw(st.lists(st.sampled_from(fields_of(type(target))), min_size=1, unique=True))
        changes = {field.name: draw(st.none() | values(field)) for field in changed}
        given = {"on": draw(_moments), "target": at, "reason": draw(_texts), "changes": changes}
        log.append((len(log) + 1, from_fields(EventCorrected, given)))
    return log
