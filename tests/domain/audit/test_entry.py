"""An entry is the canonical JSON of its seven fields, and can be read back from its bytes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.entry import Entry, NotAnEntry, entry_writer, read_entry
from domain.audit.jcs import canonical
from domain.audit.strict_json import parse_canonical
from domain.events import codec

ORIGIN = "log.example/kaohe"
MOMENT = "2026-11-22T07:01:02.123456Z"
LINE = (
    b'{"event":{"on":"2022-03-05","unit":"\xe6\x9c\x94\xe5\x9f\x8e"},"log":"log.example/kaohe",'
    b'"position":7,"recorded_at":"2026-11-22T07:01:02.123456Z","stream":"item/\\"1\\"",'
    b'"type":"unit-enrolled.v1","version":2}'
)

TEXTS = st.text(max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
NUMBERS = st.integers(1, 2**53 - 1)
MOMENTS = st.datetimes().map(lambda at: at.isoformat(timespec="microseconds") + "Z")
EVENTS = st.dictionaries(
    st.text(st.characters(max_codepoint=0x7F), max_size=6),
    st.recursive(
        TEXTS | st.booleans() | st.none() | st.integers(-(2**53) + 1, 2**53 - 1),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("a"), inner),
        max_leaves=6,
    ),
    max_size=5,
)
ENTRIES = st.builds(
    Entry,
    log=TEXTS,
    position=NUMBERS,
    stream=TEXTS,
    version=NUMBERS,
    type=TEXTS,
    recorded_at=MOMENTS,
    data=EVENTS.map(codec.canonical),
)


def test_an_entry_in_full() -> None:
    """The bytes are those that the design note writes down, every string escaped."""
    data = '{"on":"2022-03-05","unit":"朔城"}'.encode()
    made = entry_writer(ORIGIN, MOMENT)(7, 'item/"1"', 2, "unit-enrolled.v1", data)
    assert made == LINE


@given(ENTRIES)
def test_it_is_the_canonical_json_of_its_fields(entry: Entry) -> None:
    """Putting an entry together without decoding gives what RFC 8785 gives for the whole object."""
    whole = {
        "event": parse_canonical(entry.data),
        "log": entry.log,
        "position": entry.position,
        "recorded_at": entry.recorded_at,
        "stream": entry.stream,
        "type": entry.type,
        "version": entry.version,
    }
    assert entry.encode() == canonical(whole)
    assert parse_canonical(entry.encode()) == whole


@given(ENTRIES)
def test_it_is_read_back(entry: Entry) -> None:
    """Reading an entry gives the row that it was made from, the event's bytes included."""
    assert read_entry(entry.encode()) == entry


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"position":7', b'"position": 7', "规范写法"),
        (b'{"event"', b'{ "event"', "规范写法"),
        (b"}", b"}\r", "规范写法|不是 JSON"),
        (b'"version":2', b'"version":2,"version":2', "两次"),
        (b'"position":7', b'"position":7.5', "position"),
        (b'"position":7', b'"position":true', "position"),
        (b'"position":7', b'"position":"7"', "position"),
        (b'"position":7', b'"position":0', "从 1 开始"),
        (b'"position":7', b'"position":07', "不是 JSON"),
        (b'"version":2', b'"version":-2', "从 1 开始"),
        (b',"version":2', b"", "字段"),
        (b'"version":2', b'"version":2,"who":"x"', "字段"),
        (b'"log":"log.example/kaohe"', b'"log":null', "log"),
        (b'"event":{', b'"event":[{', "不是 JSON"),
        (b'{"on":"2022-03-05","unit":"\xe6\x9c\x94\xe5\x9f\x8e"}', b"[]", "event"),
        (b"07:01:02.123456Z", b"07:01:02Z", "UTC"),
        (b"07:01:02.123456Z", b"07:01:02.123456+08:00", "UTC"),
        (b"2022-03-05", b"e\xcc\x81", "NFC"),
        (b"2022-03-05", b"\xff", "UTF-8"),
        (LINE, b"[]", "字段"),
        (LINE, b"", "不是 JSON"),
    ],
)
def test_what_is_not_written_as_an_entry_is_refused(old: bytes, new: bytes, reason: str) -> None:
    """An entry with white space, a wrong field, another kind of value or other text is refused."""
    read_entry(LINE)
    changed = LINE.replace(old, new)
    assert changed != LINE
    with pytest.raises(NotAnEntry, match=reason):
        read_entry(changed)


@pytest.mark.parametrize(
    "data",
    [b'{},"log":"other"', b'{}},{"event":{}', b'{"a":1 }', b"{}\n", b"", b'{"a":1.50}', b"null"],
)
def test_an_event_cannot_pretend_to_be_other_fields(data: bytes) -> None:
    """Stored bytes that are not one canonical object make an entry that nobody accepts."""
    line = entry_writer(ORIGIN, MOMENT)(7, "unit/1", 2, "unit-enrolled.v1", data)
    with pytest.raises(NotAnEntry):
        read_entry(line)
