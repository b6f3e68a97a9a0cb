"""The lists of codes of a rulebook, each code with the Chinese label that the office reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.rulebook.rule_kinds import ALWAYS_NEEDED, RULE_KINDS, SAME_CODES, VOCABULARIES
from domain.rulebook.table import Table, is_code

Vocabulary = Mapping[str, Mapping[str, str]]


def read_vocabulary(table: Table) -> Vocabulary:
    """Return the codes and labels of every list; one that the file does not hold is empty."""
    table.expect((), VOCABULARIES)
    return MappingProxyType(
        {name: MappingProxyType(_read_list(table.child(name))) for name in VOCABULARIES}
    )


def _read_list(table: Table) -> dict[str, str]:
    labels = {code: table.text(code) for code in table.content}
    seen: set[str] = set()
    for code, label in labels.items():
        check_code(table, code)
        if label and label in seen:
            table.fault(code, f"名称“{label}”用了两次", "每个代码要有自己的名称")
        seen.add(label)
    return labels


def check_code(table: Table, code: str) -> None:
    """Note a fault when ``code`` could not stand in a parameter path."""
    if not is_code(code):
        table.fault(code, f"代码“{code}”不合规", "应由小写字母、数字和下划线组成，以字母开头")


def check_needs(table: Table, vocabulary: Vocabulary, rules: Iterable[str]) -> None:
    """Note each list that a rule of this file reads and that is empty or lacks a code."""
    for name, codes in _needs(vocabulary, rules).items():
        missing = sorted(codes - set(vocabulary[name]))
        if table.faults.touch((*table.path, name)):
            continue
        if not vocabulary[name]:
            fix = "所用的规则要用到它，请列出代码和名称"
            table.fault(name, f"[vocabulary.{name}] 没有内容", fix)
        elif missing:
            fix = "所用的规则按代码认它，请补上"
            table.fault(name, f"[vocabulary.{name}] 缺少 {'、'.join(missing)}", fix)


def _needs(vocabulary: Vocabulary, rules: Iterable[str]) -> dict[str, set[str]]:
    needs: dict[str, set[str]] = {name: set() for name in ALWAYS_NEEDED}
    for kind in map(RULE_KINDS.__getitem__, rules):
        for name, codes in kind.needs.items():
            needs.setdefault(name, set()).update(codes)
        for name in (kind.keys_from, *(shape.vocabulary for shape in kind.options.values())):
            if name:
                needs.setdefault(name, set())
    for name in SAME_CODES.keys() & needs.keys():
        needs[name].update(vocabulary[SAME_CODES[name]])
    return needs


def read_mailboxes(table: Table, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the mailbox that each kind of submission belongs to."""
    for kind in table.content:
        if kind not in vocabulary["kinds"]:
            known = "、".join(vocabulary["kinds"])
            table.fault(kind, f"没有 {kind} 这种信息", f"[vocabulary.kinds] 中有：{known}")
    return MappingProxyType({kind: table.text(kind) for kind in table.content})
