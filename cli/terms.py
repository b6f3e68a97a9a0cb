"""How the terms of an indicator are printed: clause, prices, and the readings that hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from domain.rulebook.shown import in_words


def print_terms(entry: dict[str, Any], limits: str = "") -> None:
    """Print clause, source, prices with the ``limits``, and each doubtful or ruled reading."""
    click.echo(f"　条款：{entry['clause']}")
    click.echo(f"　出处：{entry['source']}")
    click.echo(f"　分值：{_prices(entry)}{limits}")
    for reading in entry["readings"]:
        if reading["doubtful"] or reading["ruling"]:
            click.echo(f"　口径：{_reading(reading)}")


def rulings_of(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the events that set the readings of an indicator."""
    for reading in entry["readings"]:
        if reading["ruling"]:
            yield reading["ruling"]


def _prices(entry: dict[str, Any]) -> str:
    return "，".join(f"{price['label']} {price['points']}".strip() for price in entry["prices"])


def _reading(reading: dict[str, Any]) -> str:
    said = f"{reading['parameter']} 取 {in_words(reading['value'])}"
    ruling = reading["ruling"]
    if ruling is None:
        return f"{said}（默认：{reading['why'].rstrip('。')}）"
    reason = (ruling["counts_as"] or ruling)["fields"]["reason"]
    return f"{said}（裁定 #{ruling['position']}：{reason}）"
