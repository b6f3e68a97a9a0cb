"""The entries of a bundle replayed through the rules, and its claims held against the sheets."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cli.replica import Replica, replica
from domain.errors import KaoheError
from domain.register import Register
from domain.rulebook.model import Rulebook
from domain.rulebook.parse import parse_rulebook
from infra.audit.bundle_log import BundleLog
from infra.audit.finding import Finding
from projections.asking import Asked
from projections.claim_check import differences
from projections.claims import claim, digest
from projections.published_digests import contradiction, ever_published, is_comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.watching import Watch

_CLAIMED = ("cycle", "rulebook", "as_of", "known_at", "units")


class Replay:
    """The scores that follow from the entries of the bundle in ``folder``.

    The bundle has been verified; ``installed`` are the files of this program's rulebooks by id.
    """

    def __init__(self, folder: Path, installed: Mapping[str, bytes]) -> None:
        self._data = folder / "data"
        self._installed = installed
        self._export = self._json("export.json")
        self.compared: list[str] = []
        """The claims that were held against the sheets, in words."""
        self.remarks: list[str] = []
        """What whoever checks has to know, though it is nothing wrong."""

    def findings(self, watch: Watch | None = None) -> list[Finding]:
        """Return every claim that does not follow from the entries, and foreign rulebooks."""
        rulebooks: dict[str, Rulebook] = {}
        try:
            found = list(self._rulebooks(rulebooks))
            claims = self._json("claims.json")["claims"]
            with self._replayed(rulebooks, watch) as made:
                found += self._claims(made, claims)
        except KaoheError as error:
            return [Finding("CLAIM", f"不能重放：{error.what}")]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return [Finding("CLAIM", f"claims.json 的形式不对：{error!r}")]
        return found

    def _rulebooks(self, parsed: dict[str, Rulebook]) -> Iterator[Finding]:
        folder = self._data / "rulebooks"
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            text = file.read_bytes()
            try:
                book = parse_rulebook(text.decode(), name=file.name)
            except UnicodeDecodeError:
                yield Finding("RULEBOOK", f"{file.name} 不是 UTF-8 文字")
                continue
            parsed[book.id] = book
            own = self._installed.get(book.id)
            if book.id != file.stem:
                yield Finding("RULEBOOK", f"{file.name} 里是考核细则 {book.id}")
            elif own is None:
                told = "本机没有安装，按包里的那一份计算：请核对它与公布的是否一致"
                self.remarks.append(f"考核细则 {book.id} {told}")
            elif own != text:
                yield Finding("RULEBOOK", f"考核细则 {book.id} 与本机安装的不同")

    @contextmanager
    def _replayed(self, rulebooks: dict[str, Rulebook], watch: Watch | None) -> Iterator[Replica]:
        """Lend what follows from the entries; a whole log may be too long for memory."""
        log = BundleLog(self._data / "events.jsonl", self._export["size"])
        with (
            TemporaryDirectory(prefix="kaohe-") as folder,
            replica(
                log,
                rulebooks,
                today=date.fromisoformat(self._export["made_at"][:10]),
                partial=self._export["unit"] is not None,
                database=Path(folder) / "replay.db",
                watch=watch,
            ) as made,
        ):
            yield made

    def _claims(self, made: Replica, claims: list[dict[str, Any]]) -> Iterator[Finding]:
        if not claims and (cycles := made.points.setting_at(self._export["size"]).cycles):
            yield Finding(
                "CLAIM", f"没有声明任何得分，事件里却有考核年度 {'、'.join(sorted(cycles))}"
            )
        for each in claims:
            said = {name: each[name] for name in _CLAIMED}
            if digest(said) != each["sha256"]:
                yield Finding("CLAIM", f"{_named(each)}：内容与它的散列值不符")
            known = f"#{said['known_at']['position']}"
            asked = Asked(date.fromisoformat(said["as_of"]), known, said["cycle"])
            computed = claim(made.sheets, made.points.find(asked), self._export["unit"])
            del computed["sha256"]
            if self._export["unit"] is not None:
                # The entry at that position may be one of others, and not in the bundle.
                computed["known_at"] = said["known_at"]
            for text in differences(said, computed):
                yield Finding("CLAIM", f"{_named(each)}：{text}")
            self.compared.append(f"{_named(each)}（截至{known}，{len(said['units'])} 个单位）")
        yield from self._publications(made)

    def _publications(self, made: Replica) -> Iterator[Finding]:
        """Hold the digest that each publication recorded against the sheets of all units."""
        published = list(ever_published(Register(made.facts_upto(self._export["size"]))))
        if published and self._export["unit"] is not None:
            told = "包里只有一个单位的记录，算不出名次，公布时登记的得分表摘要没有核对"
            self.remarks.append(f"{told}；请用全部单位的移交包核对")
            return
        for each in published:
            named = f"第 {each.event.publication} 号公布（#{each.position}）"
            if not is_comparable(each):
                told = "是从登记文件导入的，登记时间与原来的日志不同，登记的得分表摘要没有核对"
                self.remarks.append(f"{named}{told}")
            elif wrong := contradiction(each, made.sheets, made.points):
                yield Finding("PUBLICATION", wrong)
            else:
                self.compared.append(f"{named}登记的得分表摘要")

    def _json(self, name: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self._data / name).read_bytes())
        return document


def _named(each: dict[str, Any]) -> str:
    if each.get("publication") is not None:
        return f"第 {each['publication']} 号公布"
    return f"{each['cycle']} 年度截至 {each['as_of']} 的得分"
