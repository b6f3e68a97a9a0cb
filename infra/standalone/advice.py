"""What to do about a finding: one sentence for the first of them."""

from __future__ import annotations

from infra.standalone.wording import Said

_KEEP = Said(
    "请原样保存这个包，不要修改；向办公室索取同一检查点的包，并向见证人核对他们留存的检查点。",
    "Keep this bundle as it is. Ask the office for another of the same checkpoint, and compare "
    "with the checkpoints that witnesses kept.",
)
_TRANSFER = Said(
    "可能只是传输、解压或编辑器造成的：请重新取得原来的压缩包再查；仍然如此时按改动处理。",
    "Transfer, unpacking or an editor may have caused it: obtain the original archive and check "
    "again; if it stays, treat it as tampering.",
)
_KEYS = Said(
    "请经另一条途径（电话、当面）核对日志公钥的指纹；公钥无误时按伪造处理。",
    "Compare the fingerprint of the log's key by another way (telephone, in person); if the key "
    "is right, treat the bundle as forged.",
)
_FORKED = Said(
    "请保存这个包和留存的检查点：两者合在一起，是日志被改写或分叉的证据。",
    "Keep this bundle and the pinned checkpoint: together they prove that the log was rewritten.",
)
_WITNESSES = Said(
    "请办公室先取得策略要求的见证签名，再导出一次。",
    "Ask the office to obtain the cosignatures that the policy asks for, and to export again.",
)
STRANGERS = Said(
    "这些文件可能是操作系统放进来的：请删去，或重新解压原来的压缩包，再查一次。",
    "The operating system may have put these files here: take them out, or unpack the original "
    "archive again, and check again.",
)
_OPEN = Said(
    "请检查参数和路径，或重新取得文件。", "Check the arguments and paths, or obtain the file again."
)
_OUTSIDE = Said(
    "请用 --key 给出经别的途径得到的日志公钥，或用 --pin 给出自己留存的检查点，再查一次。",
    "Give the log's key, obtained by another way, with --key, or a checkpoint that you kept "
    "yourself with --pin.",
)
_UNIT_PIN = Said(
    "单个单位的包里没有从留存的检查点起的证明；请索取整包，或带有这个证明的包。",
    "A bundle for one unit without a proof from the pin's size: ask for a whole bundle.",
)
_BY_CODE = {
    "ORIGIN": _KEYS, "UNSIGNED": _KEYS, "SIGNATURE": _KEYS, "ROLLBACK": _FORKED, "FORK": _FORKED,
    "QUORUM": _WITNESSES, "DIGEST": _TRANSFER, "MISSING": _TRANSFER, "EXTRA": _TRANSFER,
    "PATH": _TRANSFER, "FORM": _TRANSFER, "OPEN": _OPEN,
}  # fmt: skip


def advice(code: str | None, exit_code: int, *, pinned_only: bool = False) -> Said | None:
    """Return what to do about the first finding, or about a bag that nothing backs."""
    if code is not None:
        return _BY_CODE.get(code, _KEEP)
    if exit_code == 0:
        return None
    return _UNIT_PIN if pinned_only else _OUTSIDE


def since_pin(size: int) -> Said:
    """Return what is needed to check what was added since a pin of ``size`` entries."""
    return Said(
        f"到 #{size} 为止不需要别的；要核验其后的记录，请用 --key 给出经别的途径得到的日志公钥。",
        f"Up to #{size} nothing more is needed; to check what was added since, give the log's "
        "key, obtained by another way, with --key.",
    )
