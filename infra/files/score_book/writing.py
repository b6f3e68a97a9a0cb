"""A workbook of score sheets, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from infra.files.book import Book, write_book
from infra.files.score_book.lines_sheet import add_lines_sheet
from infra.files.score_book.looks import Looks
from infra.files.score_book.places import Places
from infra.files.score_book.scoring import Scoring
from infra.files.score_book.summary_sheet import add_summary_sheet
from infra.files.score_book.unit_sheet import add_unit_sheet

_GUIDE: Final = (
    "评分表工作簿（由 kaohe export sheet 导出）",
    "“汇总”是各单位的得分和名次；每个单位有一张评分表；“条目”是全部计分条目，写明依据的事件和来源。",
    "评分表中的得分都是公式：条目合计由“条目”工作表的分值相加，受本项上限和一级指标权重限制，再加成总分。",
    "核对一项：在“条目”工作表按单位和指标筛选，选中“分值”一列，与评分表的“条目合计”比较。",
    "核对总分：“汇总”的“系统总分”是导出时系统算出的得分，“核对”一栏把它与公式算出的总分比较。",
    "“核对”还比较各条“计入得分”之和加权重是否等于总分；有一处不等，就显示“不一致”。",
    "可以改动分值或状态来试算，但登记的事实不会因此改变；更正登记请用 kaohe correct。",
    "只导出部分单位时，其他单位的得分照样列在“汇总”里，否则名次无法计算。",
)


def write_score_book(path: Path, scoring: Scoring) -> None:
    """Write a workbook with a summary, a sheet for each unit explained, and the list of lines.

    The same scoring gives the same bytes. Every number that follows from others is a formula,
    and stores the value that we computed exactly.

    Raises:
        Refused: there is a file already, or it cannot be written.
    """
    write_book(path, lambda book: _fill(book, scoring))


def _fill(book: Book, scoring: Scoring) -> None:
    places, looks = Places(scoring), Looks(book.workbook)
    add_summary_sheet(book.workbook, places, looks)
    for unit in scoring.explained.values():
        add_unit_sheet(book.workbook, places, looks, unit)
    add_lines_sheet(book.workbook, places, looks)
    book.guide(_GUIDE)
