"""The prices, the cap and the options of an indicator, as its rule kind asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from domain.rulebook import amounts
from domain.rulebook.amounts import Unacceptable
from domain.rulebook.rule_kinds import OptionShape, RuleKind
from domain.rulebook.table import NOUGHT, Table
from domain.rulebook.vocabulary import Vocabulary


def read_cap(table: Table) -> Decimal | None:
    """Return the stated cap; ``None`` where it is written ``"none"``."""
    try:
        return amounts.cap(table.content.get("cap", amounts.NONE))
    except Unacceptable as refused:
        table.fault("cap", f"cap：{refused.what}", refused.fix)
        return None


def read_points(
    table: Table, kind: RuleKind | None, vocabulary: Vocabulary, *, deducts: bool
) -> Mapping[str, Decimal]:
    """Return the price under each key that the rule kind prices by; nothing without a rule."""
    if kind is None or "points" not in table.content:
        return MappingProxyType({})
    written = table.content["points"]
    if kind.single:
        return MappingProxyType({"": _price(table, "points", written, deducts=deducts)})
    prices = table.child("points")
    _check_price_keys(prices, kind, vocabulary)
    return MappingProxyType(
        {key: _price(prices, key, raw, deducts=deducts) for key, raw in prices.content.items()}
    )


def _price(table: Table, key: str, raw: object, *, deducts: bool) -> Decimal:
    try:
        return amounts.price(raw, deducts=deducts)
    except Unacceptable as refused:
        table.fault(key, f"{key} 的分值：{refused.what}", refused.fix)
        return NOUGHT


def _check_price_keys(prices: Table, kind: RuleKind, vocabulary: Vocabulary) -> None:
    known = tuple(vocabulary[kind.keys_from]) if kind.keys_from else kind.keys
    if not known:
        return  # that the vocabulary is empty is one fault, noted where it should stand
    where = f"[vocabulary.{kind.keys_from}] 中有" if kind.keys_from else "这种规则的分值有"
    for key in prices.content:
        if key not in known:
            prices.fault(key, f"给不存在的 {key} 定了分值", f"{where}：{'、'.join(known)}")
    missing = [key for key in known if key not in prices.content]
    if missing and (kind.every_key or not prices.content):
        fix = "请逐一写明；不计分的写 0" if kind.every_key else "至少给其中一个定分值"
        prices.faults.add(prices.path, f"没有给 {'、'.join(missing)} 定分值", fix)


def read_options(
    table: Table, kind: RuleKind | None, vocabulary: Vocabulary
) -> Mapping[str, tuple[str, ...]]:
    """Return the codes that each option of the rule kind lists."""
    if kind is None or not kind.options or "options" not in table.content:
        return MappingProxyType({})
    options = table.child("options")
    options.expect(tuple(kind.options))
    return MappingProxyType(
        {
            name: _read_option(options, name, shape, vocabulary)
            for name, shape in kind.options.items()
        }
    )


def _read_option(
    options: Table, name: str, shape: OptionShape, vocabulary: Vocabulary
) -> tuple[str, ...]:
    codes = (options.text(name),) if shape.one else options.texts(name)
    if name not in options.content or options.faults.touch((*options.path, name)):
        return ()
    known = vocabulary[shape.vocabulary]
    for code in codes:
        if known and code not in known:
            what = f"[vocabulary.{shape.vocabulary}] 中没有 {code}"
            options.fault(name, what, f"其中有：{'、'.join(known)}")
    if not codes or len(set(codes)) < len(codes):
        options.fault(name, f"{name} 是空的或有重复", "每个代码写一次，至少写一个")
    return codes
