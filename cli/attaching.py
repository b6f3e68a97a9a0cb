"""Evidence given with an event: stored before the event is recorded, and gone if it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.errors import Refused

if TYPE_CHECKING:
    from cli.office import Office


class Attached(NamedTuple):
    """The files that a command was given as evidence, and whether only their digests are kept."""

    files: tuple[Path, ...] = ()
    digest_only: bool = False

    @contextmanager
    def kept(
        self, opened: Office, line: Mapping[str, Any], *, dry_run: bool
    ) -> Iterator[dict[str, Any]]:
        """Lend ``line`` with the evidence in it, for as long as it takes to record it.

        The files are on the disk by then. When the block ends, those stored for it that no event
        has come to name are taken back. With ``dry_run`` nothing is stored. Raises ``Refused``
        when a file cannot be read or is empty, or has a name that cannot be recorded.
        """
        names = [name_of(file) for file in self.files]
        for file in self.files:
            check_readable(file)
        if not self.files:
            yield dict(line)
        elif dry_run or self.digest_only:
            from infra.evidence.bytes import digest_of

            yield _with(line, names, [digest_of(file) for file in self.files])
        else:
            with stored(opened, self.files) as digests:
                yield _with(line, names, digests)


@contextmanager
def stored(opened: Office, files: Sequence[Path]) -> Iterator[list[str]]:
    """Store files, and lend their digests; what no event names at the end is taken back."""
    store = opened.evidence
    new: list[str] = []
    digests: list[str] = []
    with store.alone():
        since = opened.log.head().position if opened.has_register() else 0
        try:
            for file in files:
                digest, is_new = store.put(file)
                digests.append(digest)
                if is_new:
                    new.append(digest)
            yield digests
        finally:
            # A file too many does no harm, one too few does: in doubt it stays.
            with suppress(Exception):
                for digest in _unnamed(opened, new, since):
                    store.remove(digest)


def _unnamed(opened: Office, new: Sequence[str], since: int) -> set[str]:
    from projections.proofs import unnamed

    if not new or not opened.has_register():
        return set(new)
    return unnamed(opened.log, new, since=since)


def name_of(file: Path) -> str:
    """Return the name that is recorded for a file: its last part, whatever the system's slashes.

    Raises ``Refused`` when a log could not hold or print it.
    """
    from domain.events.fields import check_name

    name = str(file.absolute()).replace("\\", "/").rpartition("/")[2]
    try:
        return check_name(name)
    except ValueError as error:
        message = f"佐证文件的文件名 {name!a} {error}"
        raise Refused(message, fix="请先给文件改名。") from None


def check_readable(file: Path) -> None:
    """Check that there is a file with something in it. Raises ``Refused``."""
    try:
        if not file.exists():
            raise Refused(f"没有佐证文件 {file}", fix="请核对路径。")
        if not file.is_file():
            raise Refused(f"{file} 不是文件", fix="佐证材料请逐个写出文件，不能写文件夹。")
        if not file.stat().st_size:
            raise Refused(f"佐证文件 {file} 是空的", fix="请核对是否下载或扫描完整。")
    except OSError as error:
        message = f"不能读取 {file}：{error.strerror}"
        raise Refused(message, fix="请核对路径和读取权限。") from None


def _with(line: Mapping[str, Any], names: list[str], digests: list[str]) -> dict[str, Any]:
    """Return ``line`` with the evidence after what it names itself; the same file is named once."""
    evidence: list[Any] = list(line.get("evidence") or ())
    for name, digest in zip(names, digests, strict=True):
        named = {"name": name, "sha256": digest}
        if named not in evidence:
            evidence.append(named)
    return {**line, "evidence": evidence}
