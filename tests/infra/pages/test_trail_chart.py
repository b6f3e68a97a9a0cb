"""The bars from the score before to the score after."""

from __future__ import annotations

from typing import Any

import pytest

from infra.pages.trail.chart import chart_of


def trail(before: str, after: str, *changes: str, name: str = "指标") -> dict[str, Any]:
    """Return as much of a trail as the chart needs."""
    return {
        "before": {"kind": "published", "total": before},
        "after": {"kind": "decided", "total": after},
        "steps": [{"name": name, "text": "起因", "change": change} for change in changes],
    }


@pytest.mark.parametrize(
    "drawn",
    [
        trail("72", "79", "2", "5"),
        trail("79", "72.5", "-8", "1.5"),
        trail("10", "0", "-30", "20"),
        trail("0", "0"),
        trail("200", "200.01", "0.01"),
    ],
)
def test_each_bar_begins_where_the_last_one_ended(drawn: dict[str, Any]) -> None:
    """The steps lead from the first total to the last, to one scale, and none is invisible."""
    bars = chart_of(drawn).bars
    assert [bar.kind for bar in bars][:: len(bars) - 1] == ["before", "after"]
    spans = [(float(bar.x), float(bar.x) + float(bar.width)) for bar in bars]
    assert all(left >= 300 and right <= 960 - 50 for left, right in spans)
    assert all(float(bar.width) >= 2 for bar in bars)
    at = spans[0][1]
    for bar, (left, right) in zip(bars[1:-1], spans[1:-1], strict=True):
        start, end = (left, right) if bar.kind == "gain" else (right, left)
        assert start == pytest.approx(at, abs=2.1)
        at = end
    assert at == pytest.approx(spans[-1][1], abs=2.1)


def test_a_long_name_is_cut() -> None:
    """What would run into the bars ends with an ellipsis."""
    label = chart_of(trail("1", "2", "1", name="很长" * 30)).bars[1].label
    assert label.endswith("…")
    assert len(label) <= 20
