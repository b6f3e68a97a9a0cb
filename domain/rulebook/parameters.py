"""Everything that a ruling can change, put together from the prices, caps and readings of a file.

A price or cap has its default beside its indicator; ``[readings]`` only adds why it is doubtful.
Any other reading has its default in ``[readings]`` itself. So each number stands in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from domain.rulebook.amounts import Unacceptable
from domain.rulebook.model import Indicator, Parameter, cap_path, checked, points_path
from domain.rulebook.rule_kinds import (
    GENERAL_SETTINGS,
    KIND_SETTINGS,
    RULE_KINDS,
    SETTINGS,
    Setting,
)
from domain.rulebook.table import Table


def read_parameters(readings: Table, indicators: tuple[Indicator, ...]) -> Mapping[str, Parameter]:
    """Return every parameter by its path: the doubtful in the file's order, then the others."""
    priced = {parameter.path: parameter for each in indicators for parameter in _of(each)}
    needed, settings = _settings_used(indicators)
    for path in sorted(needed):
        if path not in readings.content:
            readings.fault(path, f"[readings] 缺少 {path}", f'请补上 [readings."{path}"]')
    found: dict[str, Parameter] = {}
    for path, table in readings.children():
        if path in priced:
            found[path] = _doubtful(table, priced[path])
        elif path in settings:
            found[path] = _setting(table, path, settings[path])
        elif not _follows_from_another(path, readings, indicators):
            readings.fault(path, *_unknown(path, (*settings, *priced)))
    return MappingProxyType(found | {path: priced[path] for path in priced if path not in found})


def _of(indicator: Indicator) -> Iterable[Parameter]:
    """Return the prices and the cap of one indicator as parameters."""
    for key, points in indicator.points.items():
        yield Parameter(
            points_path(indicator.id, key),
            "points",
            points,
            deducts=indicator.deducts,
            source=indicator.source,
        )
    yield Parameter(
        cap_path(indicator.id),
        "cap",
        indicator.cap,
        deducts=indicator.deducts,
        source=indicator.source,
    )


def _settings_used(indicators: tuple[Indicator, ...]) -> tuple[set[str], dict[str, Setting]]:
    """Return the paths that must be given, and what can be given, for these indicators."""
    needed, allowed = set(GENERAL_SETTINGS), dict[str, Setting]()
    for indicator in indicators:
        rule = RULE_KINDS.get(indicator.rule)
        if rule is None:
            continue
        needed.update(rule.settings)
        for kind in filter(None, (*indicator.points, *indicator.options.get("kind", ()))):
            allowed |= {f"{kind}.{name}": KIND_SETTINGS[name] for name in rule.kind_settings}
    allowed |= {path: SETTINGS[path] for path in needed}
    return needed, allowed


def _doubtful(table: Table, parameter: Parameter) -> Parameter:
    if "default" in table.content:
        table.fault("default", "分值和封顶的默认值不写在 [readings] 里", "请写在指标处，删去这一行")
    table.expect(("why", "alternatives"), ("default",))
    return replace(
        parameter,
        doubtful=True,
        why=table.text("why"),
        alternatives=table.text("alternatives"),
    )


def _setting(table: Table, path: str, setting: Setting) -> Parameter:
    table.expect(("default", "why", "alternatives", "source"))
    default: object = table.content.get("default")
    try:
        accepted = checked(setting.kind, default, choices=setting.choices)
    except Unacceptable as refused:
        accepted = Decimal(0)
        if "default" in table.content:
            table.fault("default", f"{path} 的默认值：{refused.what}", refused.fix)
    return Parameter(
        path,
        setting.kind,
        accepted,
        choices=setting.choices,
        doubtful=True,
        why=table.text("why"),
        alternatives=table.text("alternatives"),
        source=table.text("source"),
    )


def _follows_from_another(path: str, readings: Table, indicators: tuple[Indicator, ...]) -> bool:
    """Tell whether ``path`` may be unknown only because its indicator is faulty itself."""
    if path in SETTINGS or path.rpartition(".")[2] in KIND_SETTINGS:
        return any(
            readings.faults.touch(("indicators", each.id, key))
            for each in indicators
            for key in ("rule", "options", "points")
        )
    return any(
        path.startswith(points_path(each.id)) and readings.faults.touch(("indicators", each.id))
        for each in indicators
    )


def _unknown(path: str, known: tuple[str, ...]) -> tuple[str, str]:
    if path in SETTINGS:
        return f"没有规则用到 {path}", "请删去，或补上用到它的指标"
    from domain.names import nearest  # noqa: PLC0415  needed only for a fault, and slow to import

    likely = "、".join(f'[readings."{close}"]' for close in nearest(path, known))
    return f"没有参数 {path}", f"路径要写全并加引号，相近的有：{likely or '无'}"
