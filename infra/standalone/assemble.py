"""Putting the parts together into ``verify.py`` and ``witness.py``, one readable file each.

Imports of the standard library are gathered at the top, those between parts fall away, and each
part keeps its text under a heading made of its docstring. The result is the same every time.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from pathlib import Path
from typing import Final, NamedTuple

_PACKAGE: Final = "infra.standalone"
_FOLDER: Final = Path(__file__).resolve().parent
_SHARED: Final = """
    wording notation ed25519 merkle verifier_keys notes signatures proof_files trust_files output
""".split()  # noqa: SIM905  one word to a line would hide the order
_PARTS: Final = {
    "verify": [
        *_SHARED,
        *"""
        findings canonical_json entry_form entry_shapes line_blocks leaf_list tree_roots
        publications entry_walk bag_names bag_source folder_bag tar_headers tar_bag fixity policy
        trust checkpoint_trust checkpoints inclusion unit_proofs pin export_statement claim_ties
        claims objects verification advice report claims_text report_text verify_main
        """.split(),  # noqa: SIM905  the same
    ],
    "witness": [
        *_SHARED,
        *"ed25519_signing durable_file witness_key witness_state witness_signing".split(),  # noqa: SIM905
        "witness_main",
    ],
}
_HEADS: Final = {
    "verify": '''\
"""Verify an audit bundle: offline, with nothing but Python 3.9 or newer and this file.

检查审计包：不联网，只需要 Python 3.9 或更新版本和这一个文件。

    python3 -I -S verify.py BUNDLE --key KEY        the log's key, obtained by another way
    python3 -I -S verify.py BUNDLE --policy FILE    known logs and witnesses, and how many must sign
    python3 -I -S verify.py BUNDLE --pin FILE       a checkpoint that you kept from earlier

BUNDLE is a folder or a .tar.gz; --json prints the report as JSON, --lang zh or en one language.

Exit code 0: verified, backed by what you gave. 1: something is wrong, the report says where.
2: the bundle or an argument cannot be opened. 3: only consistent in itself.
Scores are not computed again: claims of publications are held against the digests in the log, and
`kaohe verify bundle` computes the rest. 得分不在这里重算。

Do not use the copy of this program that lies in the bundle you check: take it from elsewhere.
不要用包里附带的这个程序来检查它自己所在的包，请从别处取得。
"""''',
    "witness": '''\
"""Witness a log: see that it only grew since you last signed, and say so with a signature.

为日志作见证：确认它自上次见证以来只增不改，并签名证明。只需要 Python 3.9 或更新版本和这一个文件。

    python3 -I -S witness.py init --name NAME       once: makes your key; hand out what it prints
    python3 -I -S witness.py log add KEY            once for each log, with its public key
    python3 -I -S witness.py sign REQUEST           checks a request, stores, writes the answer
    python3 -I -S witness.py show                   your key, and what you signed last

The state lies in --state DIR, or $KAOHE_WITNESS, or .kaohe-witness in your home folder. It is what
keeps you from signing two histories: keep one copy, never restore an older one.
状态文件夹是不替两份历史签名的依据：只保留一份，不要用旧备份覆盖。

Exit code 0: done. 1: refused, nothing was signed. 2: an argument or file cannot be used.
"""''',
}
_FOR_TOOLS: Final = re.compile(r"  # (?:noqa|type: ignore|fmt: ).*$")
"""Remarks to the tools that check the parts; they mean nothing to a reader of the programs."""
_WIDTH: Final = 100
_LICENCE: Final = "# SPDX-License-Identifier: Apache-2.0"


class CannotAssemble(ValueError):
    """The parts do not fit into one file; the message names the part and the name."""


class _Part(NamedTuple):
    name: str
    title: str
    body: str
    imports: frozenset[str]
    borrowed: dict[str, str]
    defined: tuple[str, ...]


def assembled(program: str) -> str:
    """Return the text of ``verify.py`` or ``witness.py``.

    Raises ``CannotAssemble`` when two parts define the same name, a part uses what no earlier
    part defines, or imports something else than the standard library.
    """
    parts = [_read(name) for name in _PARTS[program]]
    _check_names(parts)
    plain = sorted({line for part in parts for line in part.imports if line.startswith("import ")})
    chosen = _merged({line for part in parts for line in part.imports} - set(plain))
    sections = "".join(f"\n\n{_heading(part)}\n\n{part.body}\n" for part in parts)
    head = f"#!/usr/bin/env python3\n{_LICENCE}\n{_HEADS[program]}\n"
    imports = "\n".join(["from __future__ import annotations", "", *plain, *chosen])
    return f'{head}\n{imports}\n{sections}\n\nif __name__ == "__main__":\n    run_{program}()\n'


def _read(name: str) -> _Part:
    text = (_FOLDER / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    imports: set[str] = set()
    borrowed: dict[str, str] = {}
    defined: list[str] = []
    for node in tree.body[1:]:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            _take_import(name, node, imports, borrowed)
            last = node.end_lineno or node.lineno
            lines[node.lineno - 1 : last] = [""] * (last - node.lineno + 1)
        else:
            defined += _names(node)
    docstring = tree.body[0]
    lines[: docstring.end_lineno] = [""] * (docstring.end_lineno or 0)
    body = "\n".join(_FOR_TOOLS.sub("", line) for line in lines).strip("\n")
    title = ast.get_docstring(tree) or ""
    return _Part(name, title, body, frozenset(imports), borrowed, tuple(defined))


def _take_import(
    part: str, node: ast.Import | ast.ImportFrom, imports: set[str], borrowed: dict[str, str]
) -> None:
    if isinstance(node, ast.Import):
        imports.update(f"import {each.name}" for each in node.names)
    elif node.module == "__future__":
        return
    elif node.module and node.module.startswith(f"{_PACKAGE}."):
        source = node.module[len(_PACKAGE) + 1 :]
        borrowed.update({each.name: source for each in node.names})
    else:
        imports.update(f"from {node.module} import {each.name}" for each in node.names)
    if any(each.asname for each in node.names):
        raise CannotAssemble(f"{part}: an import is renamed")
    for line in imports:
        if line.split()[1].partition(".")[0] not in sys.stdlib_module_names:
            raise CannotAssemble(f"{part}: {line} is neither the standard library nor a part")


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
    walked = (each for target in targets for each in ast.walk(target))
    return [each.id for each in walked if isinstance(each, ast.Name)]


def _check_names(parts: list[_Part]) -> None:
    home: dict[str, str] = {}
    imported = {line.split()[-1] for part in parts for line in part.imports}
    for part in parts:
        for name, source in part.borrowed.items():
            if home.get(name) != source:
                raise CannotAssemble(f"{part.name}: {name} is not defined by {source} before it")
        for name in part.defined:
            if name in home or name in imported:
                other = home.get(name, "an import")
                raise CannotAssemble(f"{part.name}: {name} is already taken by {other}")
            home[name] = part.name


def _merged(imports: set[str]) -> list[str]:
    """Return one line for each module that names are imported from."""
    found: dict[str, set[str]] = {}
    for line in imports:
        module, name = line[len("from ") :].split(" import ")
        found.setdefault(module, set()).add(name)
    return [_import(module, ", ".join(sorted(found[module]))) for module in sorted(found)]


def _import(module: str, names: str) -> str:
    line = f"from {module} import {names}"
    if len(line) <= _WIDTH:
        return line
    folded = textwrap.fill(f"{names},", _WIDTH, initial_indent="    ", subsequent_indent="    ")
    return f"from {module} import (\n{folded}\n)"


def _heading(part: _Part) -> str:
    rule = "# " + "-" * 98
    text = "\n".join(f"# {line}".rstrip() for line in part.title.splitlines())
    return f"{rule}\n{text}\n{rule}"
