"""How an appeal went, and the events that the trail rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.errors import Where
from infra.pages.trail.words import cited, positions

Document = dict[str, Any]


class Said(NamedTuple):
    """Something said of an event, and the digest that it ends with, if it does."""

    text: str
    digest: str = ""

    def __str__(self) -> str:
        """Return both on one line."""
        return f"{self.text} {self.digest}".rstrip()


def course(trail: Document) -> Iterator[tuple[Document, list[Said]]]:
    """Yield each step of the appeal: the event, and what belongs to it in words."""
    events = {event["position"]: event for event in trail["events"]}
    proposals = {made["event"]: made for made in trail["proposals"]}
    for at in trail["course"]:
        event = events[at]
        more = list(_evidence(event))
        if at in proposals:
            more += [
                Said(f"拟更正第 {number} 条：{each}")
                for number, each in enumerate(proposals[at]["corrections"], 1)
            ]
        yield event, more


def outcome(trail: Document) -> list[str]:
    """Return what came of it: corrections that were recorded, or that would be."""
    said = []
    if trail["corrections"]:
        said.append(f"随决定一并登记的更正：{positions(trail['corrections'])}")
    elif trail["end"]:
        said.append("没有随之登记更正")
    if trail["trial"]["events"]:
        said.append(f"拟作的更正经试算可以登记（{len(trail['trial']['events'])} 条），现在没有登记")
    said += [f"拟作的更正现在不能登记：{fault}" for fault in trail["trial"]["faults"]]
    if trail["also_named"]:
        said.append(f"另行登记、写明本申诉的事件：{positions(trail['also_named'])}")
    if not trail["appeal"]["two_person"]:
        said.append("本考核年度没有要求由两人办理（two_person 为否）")
    return said


def told(event: Document) -> Iterator[Said]:
    """Yield what an event says, where it came from, what proves it, and its leaf."""
    yield Said(particulars(event))
    ref = f"标识 {event['ref']}；" if event["ref"] else ""
    yield Said(f"{ref}来源：{origin(event)}")
    if event["source"]:
        yield Said("来源文件 SHA-256", event["source"]["sha256"])
    yield from _evidence(event)
    if event["appeal"]:
        yield Said(f"申诉：{event['appeal']}")
    if became(event):
        yield Said(became(event))
    yield Said("叶子", event["leaf"]) if event["leaf"] else Said("试算的事件，没有登记")


def _evidence(event: Document) -> Iterator[Said]:
    for each in event["evidence"]:
        yield Said(f"佐证 {each['name']} SHA-256", each["sha256"])


def particulars(event: Document) -> str:
    """Return all that an event says."""
    said = [f"{each['heading']}：{each['value']}" for each in event["particulars"]]
    return "；".join(said)


def origin(event: Document) -> str:
    """Return the file, sheet and row that an event came from, or that there was none."""
    source = event["source"]
    if source is None:
        return "逐条登记，没有文件"
    return str(Where(file=source["file"], sheet=source.get("sheet"), row=source["row"]))


def became(event: Document) -> str:
    """Return what later became of an event, if something did."""
    parts = []
    if event["corrected_by"]:
        parts.append(f"经 {positions(event['corrected_by'])} 更正")
    if event["retracted_by"]:
        parts.append(f"由 {cited(event['retracted_by'])} 撤销")
    return "；".join(parts)
