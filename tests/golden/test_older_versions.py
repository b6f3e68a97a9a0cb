"""Older versions are brought to the present one when they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from domain.errors import IntegrityBroken
from domain.events.base import Event
from domain.events.catalogue import BY_STORED, EventType
from domain.events.codec import decode, revive
from domain.events.fields import Count, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed(Event):
    """A made-up event: its first version had kilograms, its second no name for the scales."""

    grams: Count
    scales: Name

    @staticmethod
    def upcast_v1_v2(values: dict[str, Any]) -> dict[str, Any]:
        """Count in grams."""
        kilograms = values.pop("kilograms")
        return {**values, "grams": kilograms * 1000}

    @staticmethod
    def upcast_v2_v3(values: dict[str, Any]) -> dict[str, Any]:
        """Name the scales that there were."""
        return {**values, "scales": "旧秤"}


@pytest.fixture(autouse=True)
def weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue know the made-up type, at its third version, for one test."""
    monkeypatch.setitem(BY_STORED, "weighed", EventType(Weighed, "weighed", 3, "称重"))


@pytest.mark.parametrize("read", [decode, revive])
@pytest.mark.parametrize(
    ("name", "data", "scales"),
    [
        ("weighed.v1", b'{"kilograms":2,"on":"2022-02-28"}', "旧秤"),
        ("weighed.v2", b'{"grams":2000,"on":"2022-02-28"}', "旧秤"),
        ("weighed.v3", '{"grams":2000,"on":"2022-02-28","scales":"新秤"}'.encode(), "新秤"),
    ],
)
def test_each_version_is_read_as_the_present_one(
    read: Any,  # noqa: ANN401  either of two readers
    name: str,
    data: bytes,
    scales: str,
) -> None:
    """The first goes through both steps, the second through the last, the third through none."""
    assert read(name, data) == Weighed(on=date(2022, 2, 28), grams=2000, scales=scales)


@pytest.mark.parametrize("read", [decode, revive])
@pytest.mark.parametrize("name", ["weighed.v4", "weighed.v0", "weighed", "measured.v1", ""])
def test_a_version_not_known_here_is_refused(read: Any, name: str) -> None:  # noqa: ANN401
    """A newer program wrote it: the message says so, and nothing is guessed."""
    with pytest.raises(IntegrityBroken, match="不认识") as caught:
        read(name, b'{"grams":2000,"on":"2022-02-28","scales":"a"}')
    assert "较新版本" in caught.value.fix


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"grams":2000,"on":"2022-02-28"}',
        b'{"grams":2000,"on":"2022-02-30","scales":"a"}',
        b'{"grams":"two","on":"2022-02-28","scales":"a"}',
        b'{"grams":2000,"more":1,"on":"2022-02-28","scales":"a"}',
    ],
)
def test_content_that_cannot_be_of_the_type_is_refused(data: bytes) -> None:
    """Missing, impossible and unknown fields mean that the store was tampered with."""
    with pytest.raises(IntegrityBroken, match="内容无法读取") as caught:
        decode("weighed.v3", data)
    assert "kaohe check" in caught.value.fix
