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
    click.echo(f"　分值：{prices(entry)}{limits}")
    for reading in entry["readings"]:
        if reading["doubtful"] or reading["ruling"]:
            click.echo(f"　口径：{in_force(reading)}")


def rulings_of(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the events that set the readings of an indicator."""
    for reading in entry["readings"]:
        if reading["ruling"]:
            yield reading["ruling"]


def prices(entry: dict[str, Any]) -> str:
    """Return what each thing is worth."""
    return "，".join(f"{price['label']} {price['points']}".strip() for price in entry["prices"])


def in_force(reading: dict[str, Any]) -> str:
    """Return which value of a reading holds, and why or by which ruling."""
    said = f"{reading['parameter']} 取 {in_words(reading['value'])}"
    ruling = reading["ruling"]
    if ruling is None:
        return f"{said}（默认：{reading['why'].rstrip('。')}）"
    reason = (ruling["counts_as"] or ruling)["fields"]["reason"]
    return f"{said}（裁定 #{ruling['position']}：{reason}）"


def limits(entry: dict[str, Any]) -> str:
    """Return the weight and the cap of an explained indicator, and what they leave of it."""
    weight = "" if entry["weight"] is None else f"赋分 {entry['weight']}；"
    cap = "没有自己的上限" if entry["cap"] is None else f"上限 {entry['cap']}"
    absorbed = "" if entry["absorbed"] == "0" else f"，吸收 {entry['absorbed']}"
    more = entry["absorbed_by_weight"]
    by_weight = "" if more == "0" else f"；一级指标权重吸收 {more}"
    return f"{weight}{cap}；条目合计 {entry['raw']}{absorbed}{by_weight}，计入 {entry['counted']}"
