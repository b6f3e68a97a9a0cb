"""Register files for tests: the words of the 2022 rulebook, a register with every event type."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from domain.errors import Fault, LinesRefused
from infra.files.reading import RegisterFile, read_register
from infra.rulebooks import installed_rulebooks

WORDS = installed_rulebooks()["shuozhou-2022"].vocabulary
PROOF = {"name": "批示 扫描件.pdf", "sha256": "0f" * 32}


def wide(text: str) -> str:
    """Return ASCII text in its full-width forms."""
    return text.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})


def write_jsonl(path: Path, lines: Sequence[Mapping[str, Any]], encoding: str = "utf-8") -> Path:
    """Write a file of JSON lines."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(path: Path, **sheets: Sequence[Any]) -> Path:
    """Write a workbook with the given rows on each sheet, by a library that we do not use."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def altered(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Change what one part of a workbook says."""
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


def read(path: Path) -> RegisterFile:
    """Read a register file with the words of the 2022 rulebook."""
    return read_register(path, vocabularies=lambda _: [WORDS])


def raw_lines(path: Path) -> list[dict[str, Any]]:
    """Return what the lines of a register file say."""
    return [dict(line.raw) for line in read(path).lines]


def faults_of(path: Path) -> list[Fault]:
    """Return what is wrong with a file whose lines are refused."""
    try:
        read(path)
    except LinesRefused as refused:
        return list(refused.faults)
    raise AssertionError(path)


EVERY_TYPE: tuple[dict[str, Any], ...] = (
    {
        "type": "CycleOpened", "on": "2022-01-01", "cycle": "2022", "rulebook": "shuozhou-2022",
        "starts": "2022-01-01", "ends": "2022-12-31", "evidence_due": "2023-01-15",
        "duty_due": "2022-03-31", "two_person": False, "appeal_days": 7,
    },
    {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "应县", "category": "county",
     "aliases": ["应县人民政府", "应县、应州"]},
    {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "市财政局", "category": "department"},
    {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "市能源局", "category": "department"},
    {"type": "UnitChanged", "on": "2022-02-01", "unit": "市能源局", "aliases": ["能源局"],
     "category": "zone"},
    {"type": "UnitChanged", "on": "2022-12-01", "unit": "市能源局", "into": "市财政局"},
    {"type": "QuotaSet", "on": "2022-06-20", "kind": "special", "required": 0,
     "from": "2022-07-01", "to": "2022-12-31", "units": ["应县", "市财政局"]},
    {"type": "DocumentIssued", "on": "2022-03-01", "document": "朔政办函 2022-96",
     "title": "关于考核的通知", "kind": "notice", "instruction_due": "2022-04-01T17:00:00+08:00"},
    {"type": "LeaderInstructed", "on": "2022-03-05", "unit": "应县",
     "document": "朔政办函 2022-96", "leader": "县长", "evidence": [PROOF]},
    {"type": "DeploymentStudied", "on": "2022-03-06", "unit": "应县",
     "topics": ["commissioned", "brief"], "note": "第3次\n常务会议"},
    {"type": "DutyRosterReported", "on": "2022-03-07", "unit": "应县", "leader": "张三",
     "agency": "信息科", "staff": ["李四", "王五"]},
    {"type": "StaffChanged", "on": "2022-04-01", "change": "变1", "unit": "应县", "role": "staff",
     "out": "李四", "into": "赵六"},
    {"type": "StaffChangeNotified", "on": "2022-04-03", "change": "变1"},
    {"type": "CommissionIssued", "on": "2022-05-01", "commission": "约1", "topic": "春耕",
     "due": "2022-05-10T09:30:15.000250+08:00", "units": ["应县"]},
    {"type": "CommissionIssued", "on": "2022-05-02", "commission": "约2", "topic": "营商环境",
     "due": "2022-05-20"},
    {"type": "CommissionExtended", "on": "2022-05-09", "commission": "约1", "due": "2022-05-12",
     "units": ["应县"]},
    {"type": "CommissionDeclined", "on": "2022-05-12", "commission": "约2", "unit": "市财政局"},
    {"type": "CommissionWithdrawn", "on": "2022-05-15", "commission": "约2", "reason": "另行安排"},
    {"type": "SubmissionReceived", "on": "2022-05-11T08:00:00+08:00", "item": "007",
     "units": ["应县", "市财政局"], "kind": "commissioned", "title": "=SUM(A1:A2)",
     "commission": "约1", "ref": "信-1"},
    {"type": "SubmissionReceived", "on": "2022-07-05", "item": "Z1", "units": ["应县"],
     "kind": "special", "title": "'引号", "characters": 1400, "content": "meeting_news",
     "labelled": False, "mailbox": "a@b.cn", "ref": "z1"},
    {"type": "SubmissionReceived", "on": "2022-07-06", "item": "Z2", "units": ["应县"],
     "kind": "special", "title": "二", "characters": 1800},
    {"type": "ItemsMerged", "on": "2022-07-10", "item": "合1", "items": ["Z1", "Z2"],
     "kind": "special", "title": "合编"},
    {"type": "ItemAdopted", "on": "2022-07-20", "item": "合1", "level": "province",
     "publication": "晋政信息"},
    {"type": "ItemEndorsed", "on": "2022-07-25", "item": "合1", "level": "city", "leader": "市长",
     "body": "party"},
    {"type": "FindingMade", "on": "2022-08-01", "finding": "认1", "unit": "应县",
     "kind": "outline_only", "item": "007", "detail": "只有标题"},
    {"type": "SecondmentStarted", "on": "2022-08-01", "secondment": "跟1", "unit": "应县",
     "person": "钱七", "host": "city"},
    {"type": "SecondmentEnded", "on": "2022-11-20", "secondment": "跟1"},
    {"type": "RulingMade", "on": "2022-12-01", "parameter": "secondment.months", "value": 2,
     "reason": "会议纪要", "cycle": "2022"},
    {"type": "RulingMade", "on": "2022-12-01", "parameter": "indicators.format.cap",
     "value": "none", "reason": "会议纪要"},
    {"type": "EventCorrected", "on": "2022-12-02", "target": "z1",
     "changes": {"characters": 1600, "content": None, "mailbox": None}, "reason": "漏计附表"},
    {"type": "EventCorrected", "on": "2022-12-02", "target": "z1", "changes": {"note": "一\n二"},
     "reason": "补记"},
    {"type": "EventRetracted", "on": "2022-12-03", "target": 31, "reason": "更正有误"},
    {"type": "AuditExported", "on": "2022-12-05", "upto": 32, "digest": "5e" * 32, "unit": "应县",
     "recipient": "市审计局"},
    {"type": "DeploymentStudied", "on": "2022-03-06", "unit": "应县",
     "topics": ["commissioned", "brief"], "note": "第3次\n常务会议"},
    {"type": "CycleClosed", "on": "2023-02-01", "cycle": "2022", "as_of": "2023-01-31"},
    {"type": "ScoresPublished", "on": "2023-02-01", "publication": 1, "as_of": "2023-01-31",
     "cycle": "2022", "position": 34, "sheets": "b6" * 32},
    {"type": "AppealLodged", "on": "2023-02-03", "appeal": "申1", "unit": "应县",
     "as_of": "2023-01-31", "indicator": "special", "events": [20, 12],
     "claim": "漏计一条", "remedy": "add"},
    {"type": "AppealEvidenceAdded", "on": "2023-02-04", "appeal": "申1", "description": "收文簿",
     "evidence": [PROOF]},
    {"type": "AppealProposed", "on": "2023-02-05", "appeal": "申1", "outcome": "partly",
     "reasons": "部分属实", "corrections": [
         {"type": "DeploymentStudied", "on": "2022-04-06", "unit": "应县", "topics": ["brief"]}]},
    {"type": "AppealDecided", "on": "2023-02-06", "appeal": "申1", "outcome": "rejected",
     "reasons": "已过整改期"},
    {"type": "AppealLodged", "on": "2023-03-01", "appeal": "申2", "unit": "市财政局",
     "as_of": "2023-01-31", "claim": "不应扣分", "late_reason": "公文在途"},
    {"type": "AppealWithdrawn", "on": "2023-03-02", "appeal": "申2", "reason": "已核对"},
    {"type": "CorrectionProposed", "on": "2023-03-05", "proposal": 1, "reason": "补登",
     "lines": [{"type": "StaffChangeNotified", "on": "2022-04-03", "change": "变1"}]},
    {"type": "CorrectionConfirmed", "on": "2023-03-06", "proposal": 1},
    {"type": "CorrectionProposed", "on": "2023-03-07", "proposal": 2, "reason": "重复",
     "lines": [{"type": "EventRetracted", "on": "2023-03-07", "target": 13, "reason": "重复"}],
     "part": 1, "parts": 1},
    {"type": "CorrectionRefused", "on": "2023-03-08", "proposal": 2, "reason": "查无重复"},
)  # fmt: skip
"""A register in which every event type occurs, and the last but one line says what another does."""
