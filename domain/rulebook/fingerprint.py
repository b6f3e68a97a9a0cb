"""A digest of everything in a rulebook that can change a score, and of nothing else.

Names, labels, clauses, reasons and the order of the file are left out: rewording a clause does not
make another rulebook. It is SHA-256 over lines of ``path value``, sorted, in UTF-8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from domain.rulebook.amounts import NONE
from domain.rulebook.model import Group, Parameter
from domain.rulebook.values import ParameterValue

_FORM = "kaohe-rulebook 1"


def fingerprint(
    base: Decimal,
    groups: Iterable[Group],
    vocabulary: Mapping[str, Mapping[str, str]],
    mailboxes: Mapping[str, str],
    parameters: Mapping[str, Parameter],
) -> str:
    """Return the digest in hexadecimal."""
    lines = [f"base {base}"]
    for group in groups:
        lines.extend(_group_lines(group))
    lines += [f"vocabulary.{name} {','.join(sorted(codes))}" for name, codes in vocabulary.items()]
    lines += [f"mailboxes.{kind} {address}" for kind, address in mailboxes.items()]
    lines += [f"{each.path} {_canonical(each.default)}" for each in parameters.values()]
    text = "\n".join([_FORM, *sorted(lines)])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _group_lines(group: Group) -> Iterator[str]:
    yield f"groups.{group.id}.weight {_canonical(group.weight)}"
    for indicator in group.indicators:
        place = f"indicators.{indicator.id}"
        yield f"{place}.group {group.id}"
        yield f"{place}.rule {indicator.rule}"
        yield f"{place}.weight {_canonical(indicator.weight)}"
        for name, codes in indicator.options.items():
            yield f"{place}.options.{name} {','.join(sorted(codes))}"


def _canonical(value: ParameterValue) -> str:
    if isinstance(value, tuple):
        return ";".join(f"{name}={lowest}" for name, lowest in value) or NONE
    return NONE if value is None else str(value)
