"""Random events of every type, as they are recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from domain.days import SHANGHAI
from domain.events.catalogue import EventType, Field, fields_of
from domain.events.codec import from_fields
from domain.events.fields import Source
from domain.events.office_codes import OFFICE_CODES
from domain.names import tidy
from tests.domain.telling import BOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.events.base import Event

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)

_digests = st.text("0123456789abcdef", min_size=64, max_size=64)
_signs = st.sampled_from("甲乙丙AZé09“”\\/\"'<&>=+\u2028\ufffe🀄　 ") | st.characters(
    exclude_categories=["Cs", "Cc"]
)
_names = st.text(_signs, max_size=12).map(tidy).filter(bool)
_texts = st.text(_signs | st.sampled_from("\n\t"), max_size=30).map(tidy).filter(bool)
_days = st.dates(FIRST, LAST).map(date.isoformat)
_instants = st.builds(
    datetime.combine, st.dates(FIRST, LAST), st.times(timezones=st.just(SHANGHAI))
).map(datetime.isoformat)
_numbers = st.integers(-(2**53) + 1, 2**53 - 1)
_values = st.recursive(
    _texts | _numbers | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=3)
)
_FORMS: Mapping[str, st.SearchStrategy[Any]] = {
    "text": _texts,
    "name": _names,
    "unit": _names,
    "count": st.integers(0, 2**53 - 1),
    "flag": st.booleans(),
    "day": _days,
    "when": _days | _instants,
    "value": _values.filter(lambda value: value is not None),
    "target": st.integers(1, 2**53 - 1),
    "digest": _digests,
    "evidence": st.fixed_dictionaries({"name": _names, "sha256": _digests}),
    "lines": st.lists(
        st.dictionaries(_names, _values, max_size=2).map(lambda line: {**line, "type": "甲"}),
        min_size=1,
        max_size=2,
    ),
    "changes": st.dictionaries(_names, _values, min_size=1, max_size=3),
}
_sources = st.none() | st.builds(
    Source, file=_names, sha256=_digests, row=st.integers(1, 10**6), sheet=st.none() | _names
)


@st.composite
def events(draw: st.DrawFn, entry: EventType) -> Event:
    """Draw an event of a type: each field that need not be given is given or not."""
    spelled = [f for f in fields_of(entry.event) if f.required or draw(st.booleans())]
    event = from_fields(entry.event, {field.name: draw(_held(field)) for field in spelled})
    return replace(event, actor=draw(st.none() | _names), source=draw(_sources))


def _held(field: Field) -> st.SearchStrategy[Any]:
    """Values of a field in the form in which they are stored."""
    form = field.form
    if form.vocabulary in OFFICE_CODES:
        one = st.sampled_from(sorted(OFFICE_CODES[form.vocabulary]))
    elif form.vocabulary:
        one = st.sampled_from(sorted(BOOKS["shuozhou-2022"].vocabulary[form.vocabulary]))
    else:
        one = _FORMS[form.name]
    return st.lists(one, min_size=1, max_size=3) if field.many else one
