"""A rulebook file read, checked as a whole, and turned into a ``Rulebook``.

The file is TOML 1.0. Its tables are ``[vocabulary.*]``, ``[mailboxes]``, ``[groups.*]``,
``[indicators.*]`` and ``[readings.*]``; a parameter's path is where its value stands in the file.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation

from domain.errors import Fault, Where
from domain.rulebook.errors import Faults, RulebookRefused
from domain.rulebook.fingerprint import fingerprint
from domain.rulebook.groups import build_groups, check_weights, read_weights
from domain.rulebook.indicators import read_indicators
from domain.rulebook.model import Group, Indicator, Rulebook
from domain.rulebook.parameters import read_parameters
from domain.rulebook.rule_kinds import RULE_KINDS
from domain.rulebook.table import Table
from domain.rulebook.vocabulary import Vocabulary, check_needs, read_mailboxes, read_vocabulary

_REQUIRED = (
    "id",
    "title",
    "document",
    "base",
    "decided",
    "vocabulary",
    "groups",
    "indicators",
    "readings",
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_rulebook(text: str, *, name: str) -> Rulebook:
    """Return the rulebook that the TOML ``text`` of the file ``name`` states.

    Raises:
        RulebookRefused: something in it is wrong; every fault is listed with its line. Text that
            is not TOML, where a key written twice counts too, is refused at the first such place.
    """
    text = text.removeprefix("\ufeff")
    faults = Faults()
    rulebook = _read(Table(_load(text, name), (), faults))
    faults.refuse(text, name)
    return rulebook


def _read(root: Table) -> Rulebook:
    root.expect(_REQUIRED, ("mailboxes",))
    vocabulary = read_vocabulary(root.child("vocabulary"))
    mailboxes = read_mailboxes(root.child("mailboxes"), vocabulary)
    base = root.amount("base")
    groups, indicators = _read_tree(root, base, vocabulary)
    parameters = read_parameters(root.child("readings"), indicators)
    return Rulebook(
        id=_read_id(root),
        title=root.text("title"),
        document=root.text("document"),
        base=base,
        groups=groups,
        vocabulary={**vocabulary, "indicators": {each.id: each.name for each in indicators}},
        mailboxes=mailboxes,
        parameters=parameters,
        decided=root.texts("decided"),
        fingerprint=fingerprint(base, groups, vocabulary, mailboxes, parameters),
    )


def _read_tree(
    root: Table, base: Decimal, vocabulary: Vocabulary
) -> tuple[tuple[Group, ...], tuple[Indicator, ...]]:
    groups, weights = root.child("groups"), read_weights(root.child("groups"))
    indicators = read_indicators(root.child("indicators"), weights, vocabulary)
    tree = build_groups(groups, weights, indicators)
    check_weights(root, base, tree)
    rules = {each.rule for each in indicators if each.rule in RULE_KINDS}
    check_needs(root.child("vocabulary"), vocabulary, rules)
    return tree, indicators


def _read_id(root: Table) -> str:
    rulebook_id = root.text("id")
    if rulebook_id and not _ID.fullmatch(rulebook_id):
        root.fault("id", f"编号“{rulebook_id}”不合规", "应由小写字母、数字和连字符组成")
    return rulebook_id


def _load(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except ValueError as error:
        what, row = _syntax(str(error), text)
        fix = "一个键或表只能写一次；请检查这一行的引号、括号、等号和逗号"
        raise RulebookRefused(name, (Fault(what, fix, Where(file=name, row=row)),)) from None


def _syntax(message: str, text: str) -> tuple[str, int | None]:
    """Return what is wrong, and the line, which is known of all but a number beyond reading."""
    place = _PLACE.search(message)
    if place is None:
        return f"不是合法的 TOML（{message}）", None
    row = int(place[1]) if place[1] else text.count("\n") + 1
    return f"不是合法的 TOML（{message[: place.start()]}）", row


def _decimal(written: str) -> Decimal:
    """Read a TOML float exactly; one beyond any decimal is no number, and refused as such."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal("NaN")
