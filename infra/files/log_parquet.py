"""The log as Parquet, for programs that analyse tables; times are timestamps in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any, BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet

from domain.days import day_of
from domain.told import Basis, ToldEvent
from infra.files.log_columns import effect_heading

_ROWS_AT_ONCE: Final = 5_000
_INSTANT: Final = pa.timestamp("us", tz="UTC")
_SOURCE: Final = pa.struct([("file", pa.string()), ("sheet", pa.string()), ("row", pa.int64())])
_POINTS: Final = pa.decimal128(18, 2)
_NEEDED: Final = {"position", "summary", "type", "label", "on", "recorded_at"}


def write_parquet(file: BinaryIO, rows: Iterable[ToldEvent], basis: Basis) -> None:
    """Write one row for each of ``rows``.

    ``on`` is the day in Asia/Shanghai, ``on_at`` the instant where the hour is known,
    ``score_effect`` a map from unit to points, its description saying what they rest on.
    """
    schema = _schema(basis)
    waiting = iter(rows)
    with parquet.ParquetWriter(file, schema) as writer:
        while held := [_row(told) for told in islice(waiting, _ROWS_AT_ONCE)]:
            writer.write_batch(pa.RecordBatch.from_pylist(held, schema=schema))


def _schema(basis: Basis) -> pa.Schema:
    types = {
        "position": (pa.int64(), "编号"),
        "units": (pa.list_(pa.string()), "单位"),
        "summary": (pa.string(), "内容"),
        "type": (pa.string(), "类型"),
        "label": (pa.string(), "类型的中文名称"),
        "on": (pa.date32(), "发生日期（北京时间）"),
        "on_at": (_INSTANT, "发生时刻（UTC）；只登记了日期的没有"),
        "recorded_at": (_INSTANT, "登记时间（UTC）"),
        "actor": (pa.string(), "登记人"),
        "ref": (pa.string(), "标识"),
        "source": (_SOURCE, "来源：文件、工作表、行"),
        "corrected_by": (pa.list_(pa.int64()), "由哪些事件更正"),
        "retracted_by": (pa.int64(), "由哪个事件撤销"),
        "score_effect": (pa.map_(pa.string(), _POINTS), effect_heading(basis)),
    }
    return pa.schema(
        pa.field(name, form, nullable=name not in _NEEDED, metadata={"description": said})
        for name, (form, said) in types.items()
    )


def _row(told: ToldEvent) -> dict[str, Any]:
    source = told.source
    return {
        **told._asdict(),
        "on": day_of(told.on),
        "on_at": told.on.astimezone(UTC) if isinstance(told.on, datetime) else None,
        "source": source and {"file": source.file, "sheet": source.sheet, "row": source.row},
        "score_effect": list(told.effect.items()),
    }
