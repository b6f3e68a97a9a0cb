"""How the events behind an answer are printed: what, when, by whom, and from which row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cli.output import print_table
from domain.days import show_recorded, told_moment
from domain.errors import Where

_COLUMNS = [("事件", "left"), ("发生／登记", "left"), ("内容与来源", "fold")]


def print_events(title: str, events: Iterable[dict[str, Any]]) -> None:
    """Print each event once, in the order of the log, with its corrections below its content."""
    by_position = {event["position"]: event for event in events}
    rows = [_row(by_position[position]) for position in sorted(by_position)]
    print_table(title, _COLUMNS, rows)


def print_unrecorded(title: str, events: Iterable[dict[str, Any]]) -> None:
    """Print events that are recorded nowhere, in the order given."""
    columns = [("事件", "left"), ("发生", "left"), ("内容与来源", "fold")]
    rows = (
        (f"{event['label']}\n{event['type']}", told_moment(event["on"]), "\n".join(said(event)))
        for event in events
    )
    print_table(title, columns, rows)


def _row(event: dict[str, Any]) -> tuple[str, str, str]:
    recorded = f"{show_recorded(event['recorded_at'])}\n{event['actor'] or ''}".rstrip()
    return (
        f"#{event['position']} {event['label']}\n{event['type']}",
        f"{told_moment(event['on'])}\n{recorded}",
        "\n".join(said(event)),
    )


def said(event: dict[str, Any]) -> Iterator[str]:
    """Yield what an event says, what counts of it, what it came with, and where it came from."""
    yield event["summary"]
    corrected = event.get("counts_as")
    if corrected:
        moved = corrected["on"] != event["on"]
        yield f"更正后：{corrected['summary']}" + moved * f"，发生于 {told_moment(corrected['on'])}"
    fields = event["fields"]
    if "note" in fields:
        yield f"备注：{fields['note']}"
    if "evidence" in fields:
        yield f"佐证：{'、'.join(held['name'] for held in fields['evidence'])}"
    if "appeal" in fields:
        yield f"申诉：{fields['appeal']}"
    yield _origin(event)
    for correction in event.get("corrections", ()):
        recorded = (
            f"{show_recorded(correction['recorded_at'])} {correction['actor'] or ''}".rstrip()
        )
        yield f"#{correction['position']} {correction['summary']}（{recorded} 登记）"
        yield f"　{_origin(correction)}"


def _origin(event: dict[str, Any]) -> str:
    """Return the writer's own mark and the row of the file, or that there was no file."""
    ref = f"标识 {event['ref']}；" if event["ref"] else ""
    if event["position"] is None:
        return f"{ref}来源：{event['row']}"
    source = event["source"]
    if source is None:
        return f"{ref}来源：逐条登记，没有文件"
    place = Where(file=source["file"], sheet=source.get("sheet"), row=source["row"])
    return f"{ref}来源：{place}"
