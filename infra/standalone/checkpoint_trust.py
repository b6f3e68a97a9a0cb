"""Who signed the checkpoints of a bag, judged by what was given from outside."""

from __future__ import annotations

from typing import NamedTuple

from infra.standalone.findings import Findings
from infra.standalone.notes import Checkpoint
from infra.standalone.signatures import ABSENT, INVALID, VALID, judged
from infra.standalone.trust import Trust
from infra.standalone.verifier_keys import PublicKey
from infra.standalone.wording import Said, shown

TOLERANCE_SECONDS = 300


class Signing(NamedTuple):
    """What was found of one key on one checkpoint; ``time`` is in seconds since 1970 or 0."""

    key: PublicKey
    state: str
    time: int


def check_signatures(
    checkpoint: Checkpoint, file: str, trust: Trust, findings: Findings
) -> list[Signing]:
    """Return what each key given from outside did to the checkpoint; note what is wrong."""
    ours = trust.log_keys(checkpoint.origin)
    witnesses = [key for key in trust.keys if not key.is_log]
    signings = [Signing(key, *judged(checkpoint, key)) for key in (*ours, *witnesses)]
    for signing in signings:
        if signing.state == INVALID:
            name = f"{shown(signing.key.name)}+{signing.key.key_id.hex()}"
            said = Said(
                f"{name} 的签名与内容不符，或有两个",
                f"the signature of {name} is not valid, or twice",
            )
            findings.add("SIGNATURE", file, said)
    named = any(line.name == checkpoint.origin for line in checkpoint.lines)
    if not named:
        said = Said("检查点上没有日志自己的签名", "the checkpoint is not signed by its log")
        findings.add("UNSIGNED", file, said)
    elif ours and all(signing.state == ABSENT for signing in signings[: len(ours)]):
        said = Said(
            "日志名下的签名不是用所给的公钥作的：密钥被调换，或所给的公钥不对",
            "signed in the log's name, but by another key than the one given",
        )
        findings.add("SIGNATURE", file, said)
    return signings


def check_log_is_known(checkpoint: Checkpoint, file: str, trust: Trust, findings: Findings) -> None:
    """Note when keys of logs were given, but none of this one."""
    given = [key.name for key in trust.keys if key.is_log]
    if given and checkpoint.origin not in given:
        ours, theirs = shown(checkpoint.origin), shown("、".join(given))
        said = Said(
            f"这是日志 {ours} 的，所给的公钥是 {theirs} 的",
            f"this is of the log {ours}; the keys given are of {theirs}",
        )
        findings.add("ORIGIN", file, said)


def check_times(
    signings: list[Signing], file: str, last: tuple[int, int] | None, findings: Findings
) -> None:
    """Note witnesses that signed before the last entry says it was recorded.

    ``last`` are the seconds since 1970 of the checkpoint's last entry, and its position.
    """
    if last is None:
        return
    for signing in signings:
        if signing.state == VALID and not signing.key.is_log:
            early = last[0] - signing.time
            if early > TOLERANCE_SECONDS:
                name = shown(signing.key.name)
                said = Said(
                    f"见证人 {name} 签名比第 {last[1]} 条记录所写的时间早 {early} 秒",
                    f"{name} signed {early} s before entry {last[1]} says it was recorded",
                )
                findings.add("TIME", file, said, last[1])


def check_quorum(signings: list[Signing], file: str, trust: Trust, findings: Findings) -> bool:
    """Return whether the policy, if there is one, is met; note when it is not."""
    signed = {signing.key for signing in signings if signing.state == VALID}
    if trust.policy is None or trust.policy.is_met_by(signed):
        return True
    witnesses = sum(not key.is_log for key in signed)
    said = Said(
        f"见证人不够：策略中的见证人有 {witnesses} 个签了名",
        f"too few witnesses: {witnesses} of the policy's have signed",
    )
    findings.add("QUORUM", file, said)
    return False
