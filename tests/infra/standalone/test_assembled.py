"""The two programs as one file each: made the same every time, and run by old interpreters."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.standalone import assemble
from infra.standalone.assemble import CannotAssemble, assembled
from infra.standalone.verify_main import verify_bundle
from tests.domain.audit.signing import LOG_KEY

from .bundles import Files, bagged, made, members, packed, written

PROGRAMS = pytest.mark.parametrize("program", ["verify", "witness"])
VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


def interpreters() -> list[Any]:
    """Return the Pythons on this machine that the programs are for, the one running included."""
    versions = Path.home() / ".pyenv" / "versions"
    found = {"running": sys.executable}
    for version in VERSIONS:
        installed = sorted(versions.glob(f"{version}.*/bin/python"))
        path = str(installed[-1]) if installed else shutil.which(f"python{version}")
        if path:
            found[version] = path
    return [pytest.param(path, id=name) for name, path in found.items()]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with both programs."""
    folder = tmp_path_factory.mktemp("programs")
    for program in ("verify", "witness"):
        (folder / f"{program}.py").write_text(assembled(program), encoding="utf-8")
    return folder


@PROGRAMS
def test_it_is_the_same_every_time(program: str) -> None:
    """Assembling twice gives the same text, without long lines and without remarks to our tools."""
    text = assembled(program)
    assert text == assembled(program)
    assert text.startswith("#!/usr/bin/env python3\n# SPDX-License-Identifier: Apache-2.0\n")
    assert "\r" not in text
    assert max(map(len, text.split("\n"))) <= 100
    assert "noqa" not in text


@PROGRAMS
def test_it_needs_the_standard_library_only(program: str) -> None:
    """Nothing but the standard library is imported, nothing of the network, nothing of ours."""
    tree = ast.parse(assembled(program), feature_version=(3, 9))
    modules = {
        name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (
            [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module]
        )
    }
    assert modules <= set(sys.stdlib_module_names)
    assert not modules & {"socket", "ssl", "urllib", "http", "subprocess", "ctypes", "pickle"}


@PROGRAMS
def test_every_part_is_used(program: str) -> None:
    """No name is defined in the file that nothing in it uses."""
    tree = ast.parse(assembled(program))
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    defined = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    assert defined - used == set()


def test_all_parts_are_in_one_of_the_programs() -> None:
    """No module of the package lies there unused."""
    folder = Path(assemble.__file__).parent
    there = {path.stem for path in folder.glob("*.py")} - {"__init__", "assemble"}
    assert there == {part for parts in assemble._PARTS.values() for part in parts}  # noqa: SLF001  the list itself


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ('"""Said."""\nclass Said: ...\n', "already taken by wording"),
        ('"""Json."""\njson = 1\n', "already taken by an import"),
        ('"""Other."""\nfrom infra.standalone.advice import advice\n', "not defined by advice"),
        ('"""Other."""\nfrom domain.audit.jcs import canonical\n', "neither the standard library"),
        ('"""Other."""\nimport json as j\n', "renamed"),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, complaint: str
) -> None:
    """A name taken twice, a part used before it is there, and other packages are refused."""
    folder = Path(assemble.__file__).parent
    for name in ("wording", "notation", "canonical_json"):
        shutil.copy(folder / f"{name}.py", tmp_path)
    (tmp_path / "extra.py").write_text(part, encoding="utf-8")
    monkeypatch.setattr(assemble, "_FOLDER", tmp_path)
    parts = {"verify": ("wording", "notation", "canonical_json", "extra")}
    monkeypatch.setattr(assemble, "_PARTS", parts)
    with pytest.raises(CannotAssemble, match=complaint):
        assembled("verify")


def run(python: str, program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program as a technician would, in an interpreter without anything installed."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONWARNINGS": "error"}
    command = [python, "-I", "-S", str(program), *arguments]
    return subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", env=environment, timeout=60
    )


def damages() -> dict[str, Files]:
    """Return bundles whose judgement could hang on the interpreter."""
    files = made().files()
    events, claims = files["data/events.jsonl"], files["data/claims.json"]
    deep, huge = b"[" * 60_000 + b"]" * 60_000, b"9" * 60_000
    return {
        "right": files,
        "deep": bagged(
            {**files, "data/events.jsonl": events.replace(b'"count":3', b'"count":' + deep)}
        ),
        "huge": bagged(
            {**files, "data/events.jsonl": events.replace(b'"count":3', b'"count":' + huge)}
        ),
        "deep-claims": bagged(
            {**files, "data/claims.json": claims.replace(b'"80"', b"[" * 200_000)}
        ),
        "long-line": bagged({**files, "data/events.jsonl": b"x" * 3_000_000}),
        "half": bagged({**files, "data/events.jsonl": events.replace(b'"on":"', b'"on":"\\ud800')}),
        "zeros": bagged({**files, "data/export.json": b"\0" * 5000}),
    }


@pytest.mark.parametrize("python", interpreters())
def test_every_python_says_the_same(tmp_path: Path, programs: Path, python: str) -> None:
    """Each interpreter from 3.9 gives the report that the parts give here, without complaints."""
    for name, files in damages().items():
        folder = written(tmp_path / name, files)
        expected = verify_bundle(folder, keys=[str(LOG_KEY)])
        done = run(python, programs / "verify.py", folder, "--key", str(LOG_KEY), "--json")
        assert done.stderr == ""
        assert json.loads(done.stdout) == expected
        assert done.returncode == expected["exit"] == (0 if name == "right" else 1)
    packing = packed(tmp_path / "bag.tar.gz", members(made().files()))
    assert run(python, programs / "verify.py", packing, "--key", str(LOG_KEY)).returncode == 0


@pytest.mark.parametrize("python", interpreters())
def test_every_python_can_witness(tmp_path: Path, programs: Path, python: str) -> None:
    """Each interpreter from 3.9 makes a key, signs, and gives an answer that verifies."""
    program, state = programs / "witness.py", ["--state", str(tmp_path / "state")]
    made_key = run(python, program, *state, "init", "--name", "w.example")
    assert (made_key.returncode, made_key.stderr) == (0, "")
    own = made_key.stdout.splitlines()[2]
    assert run(python, program, *state, "log", "add", str(LOG_KEY)).returncode == 0
    files = made(witnessed_after=None).files()
    request = tmp_path / "request"
    request.write_bytes(b"old 0\n\n" + files["data/checkpoint"])
    signed = run(python, program, *state, "sign", str(request))
    assert (signed.returncode, signed.stderr) == (0, "")
    line = (tmp_path / "request.cosignature").read_bytes()
    cosigned = made(earlier=(), witnessed_after=None).files()
    cosigned = bagged({**cosigned, "data/checkpoint": cosigned["data/checkpoint"] + line})
    report = verify_bundle(written(tmp_path / "bag", cosigned), keys=[own])
    assert (report["exit"], report["keys"][0]["state"]) == (0, "valid")


def test_the_report_in_words(tmp_path: Path, programs: Path) -> None:
    """The text is Chinese, English or both, and names code, file, position and what to do."""
    files = made().files()
    edited = files["data/events.jsonl"].replace(b'"count":6', b'"count":7')
    folder = written(tmp_path / "bag", {**files, "data/events.jsonl": edited})
    texts = {}
    for lang in ("zh", "en", "both"):
        done = run(sys.executable, programs / "verify.py", folder, "--lang", lang)
        assert done.returncode == 1
        texts[lang] = done.stdout
    assert texts["both"] == f"{texts['zh']}\n{texts['en']}"
    assert "有问题" in texts["zh"]
    assert "怎么办" in texts["zh"]
    assert "TAMPERED" in texts["en"]
    assert "ALTERED   data/events.jsonl #6: entry 6 has another hash" in texts["en"]
    assert texts["en"].isascii() or "–" in texts["en"]
    assert str(tmp_path) not in texts["both"]


def test_many_findings_are_not_all_printed(tmp_path: Path, programs: Path) -> None:
    """Of very many findings the first are listed, and the rest are counted."""
    files = made(300, earlier=()).files()
    entries = files["data/events.jsonl"].replace(b'"by":', b'"by": ')
    folder = written(tmp_path / "bag", {**files, "data/events.jsonl": entries})
    done = run(sys.executable, programs / "verify.py", folder, "--lang", "en")
    assert len(done.stdout.splitlines()) < 60
    assert "more are not listed" in done.stdout
    report = verify_bundle(folder)
    assert report["counts"]["FORM"] == 300
    assert report["not_listed"] == sum(report["counts"].values()) - len(report["findings"])


@pytest.mark.parametrize(
    "arguments", [[], ["a", "b"], ["--lang", "fr", "x"], ["--key"], ["--nothing", "x"], ["absent"]]
)
def test_wrong_arguments(programs: Path, arguments: list[str]) -> None:
    """Arguments that are not understood end in exit 2 without a traceback."""
    done = run(sys.executable, programs / "verify.py", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a pipe of POSIX")
def test_nobody_reads_to_the_end(tmp_path: Path, programs: Path) -> None:
    """When the reader goes away early the exit code still tells, without a traceback."""
    folder = written(tmp_path / "bag", made().files())
    script = f'"{sys.executable}" -I -S "{programs}/verify.py" "{folder}"; echo $? >&2'
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        ["sh", "-c", script], stdout=writing, stderr=subprocess.PIPE, check=False, text=True
    )
    os.close(writing)
    assert done.stderr == "3\n"
