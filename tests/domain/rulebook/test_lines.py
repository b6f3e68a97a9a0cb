"""Where in a TOML document each key stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from domain.rulebook.lines import Path, line_of, locate

from .files import OTHER_CITY, TEXT

SAMPLE = '''\
# [no.table] = 1
top = "a # b"  # comment = 2

[one]
"quoted.key" = """first
[not.a.table]
second"""
plain = [ # open
  "x",
  [1, 2], { deep = "]", more = [3,
  4] },
]
a.b = 'c:\\dir\\'  # a literal ends at its first quote
[one."two.three"]
e\\u0301 = 1
'''.replace("e\\u0301 = 1", '"\\u00e9" = 1')


def test_every_form_of_key_is_located() -> None:
    """Tables, quoted and dotted keys, and array elements are found behind comments and texts."""
    assert locate(SAMPLE) == {
        ("top",): 2,
        ("one",): 4,
        ("one", "quoted.key"): 5,
        ("one", "plain"): 8,
        ("one", "plain", 0): 9,
        ("one", "plain", 1): 10,
        ("one", "plain", 1, 0): 10,
        ("one", "plain", 1, 1): 10,
        ("one", "plain", 2): 10,
        ("one", "plain", 2, "deep"): 10,
        ("one", "plain", 2, "more"): 10,
        ("one", "plain", 2, "more", 0): 10,
        ("one", "plain", 2, "more", 1): 11,
        ("one", "a"): 13,
        ("one", "a", "b"): 13,
        ("one", "two.three"): 14,
        ("one", "two.three", "é"): 15,
    }


def test_all_that_tomllib_reads_is_located() -> None:
    """Each key and element that tomllib finds has a line, and that line shows it."""
    for text in (SAMPLE, TEXT, OTHER_CITY):
        lines, written = locate(text), text.split("\n")
        paths = set(paths_of(tomllib.loads(text)))
        assert set(lines) == paths
        for path in paths:
            if isinstance(path[-1], str) and path[-1].isascii():
                assert path[-1] in written[lines[path] - 1]


def test_what_is_missing_is_sought_above() -> None:
    """A key that is not there is reported at the nearest table above it that is."""
    lines = locate(SAMPLE)
    assert line_of(("one", "plain", 2, "absent"), lines) == 10
    assert line_of(("one", "absent", "deeper"), lines) == 4
    assert line_of(("absent",), lines) == 1
    assert line_of((), {}) == 1


def paths_of(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything inside ``value``."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_of(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths_of(inner, (*path, index))
