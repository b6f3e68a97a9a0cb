"""A rulebook that this machine does not have: what is said of the bundle, and of the database."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

from tests.cli.driving import refused
from tests.cli.registers import OPENING
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path


def with_a_rulebook_of_its_own(folder: Path) -> tuple[Kaohe, tuple[str, Path]]:
    """Return a register whose cycle goes by a rulebook of a folder, and how it is named."""
    books = folder / "细则"
    books.mkdir()
    scheme = resources.files("domain") / "rulebooks/shuozhou-2022.toml"
    text = scheme.read_text(encoding="utf-8")
    changed = text.replace('id = "shuozhou-2022"', 'id = "own"', 1)
    (books / "own.toml").write_text(changed, encoding="utf-8")
    kaohe, option = Kaohe(folder), ("--rulebooks", books)
    lines = [{**OPENING[0], "rulebook": "own"}, *OPENING[1:]]
    kaohe(*option, "import", kaohe.file(lines))
    return kaohe, option


def test_the_reader_is_told_whose_rulebook_the_scores_follow(tmp_path: Path) -> None:
    """The bundle brings it along; whether it is the published one, only the reader can say."""
    kaohe, option = with_a_rulebook_of_its_own(tmp_path)
    bundle = tmp_path / "bundle"
    kaohe(*option, "export", "audit", "--to", bundle)
    said = kaohe("verify", "bundle", bundle, exit_code=3).stdout
    assert "注意：考核细则 own 本机没有安装" in said
    installed = kaohe(*option, "verify", "bundle", bundle, "--json", exit_code=3).stdout
    assert json.loads(installed)["remarks"] == []


def test_the_database_is_not_called_broken(tmp_path: Path) -> None:
    """Who forgets ``--rulebooks`` is told so, not that the log was tampered with."""
    kaohe, option = with_a_rulebook_of_its_own(tmp_path)
    assert "--rulebooks" in refused(kaohe, "verify", "db")
    kaohe(*option, "verify", "db")
