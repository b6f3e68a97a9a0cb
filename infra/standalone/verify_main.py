"""The command line of ``verify.py``."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from typing import Any, NoReturn, Sequence

from infra.standalone.bag_source import Bag
from infra.standalone.folder_bag import FolderBag
from infra.standalone.output import emit
from infra.standalone.report import as_json, report_converted, report_of, report_unusable
from infra.standalone.report_text import as_text
from infra.standalone.tar_bag import TarBag
from infra.standalone.trust import trust_given
from infra.standalone.verification import UNUSABLE, is_converted, verify_bag
from infra.standalone.wording import Unusable, shown, why

_GZIP = b"\x1f\x8b"


def verify_bundle(
    bundle: str, *, keys: Sequence[str] = (), policy: str | None = None, pin: str | None = None
) -> dict[str, Any]:
    """Verify a bundle, a folder or ``.tar.gz``, and return the report as a JSON value.

    ``keys`` are keys or names of files of keys, ``policy`` and ``pin`` names of files.
    """
    try:
        trust = trust_given(bundle, keys, policy, pin)
        bag = _opened_bag(bundle)
        try:
            if is_converted(bag):
                return report_converted()
            return report_of(verify_bag(bag, trust))
        finally:
            bag.close()
    except Unusable as error:
        return report_unusable(error)
    except Exception as error:  # noqa: BLE001  whatever a hostile file does, no traceback and never 0
        kind = type(error).__name__
        said = (
            f"检查程序自身出错（{kind}），没有得出结论",
            f"the verifier failed ({kind}): no verdict",
        )
        return report_unusable(Unusable(*said))


def verify_main(arguments: Sequence[str]) -> int:
    """Run ``verify.py`` with these arguments, and return the exit code."""
    parser = _Parser(
        prog="verify.py",
        description="检查审计包 / Verify an audit bundle",
        epilog="0 已验证 verified; 1 有问题 tampered; 2 打不开 cannot be opened; "
        "3 只是自相一致 only consistent in itself",
    )
    parser.add_argument("bundle", metavar="BUNDLE", help="文件夹或 .tar.gz / folder or .tar.gz")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        help="日志或见证人的公钥，或公钥文件 / key, or file of keys",
    )
    parser.add_argument("--policy", metavar="FILE", help="策略文件 / policy (C2SP tlog-policy)")
    parser.add_argument(
        "--pin", metavar="FILE", help="自己留存的检查点 / a checkpoint that you kept"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    parser.add_argument(
        "--lang", choices=("zh", "en", "both"), default="both", help="语言 / language"
    )
    given = parser.parse_args(arguments)
    report = verify_bundle(given.bundle, keys=given.key, policy=given.policy, pin=given.pin)
    emit(as_json(report) if given.json else as_text(report, given.lang))
    code: int = report["exit"]
    return code


def run_verify() -> NoReturn:
    """Run the program and end it."""
    try:
        code = verify_main(sys.argv[1:])
    except KeyboardInterrupt:
        code = UNUSABLE
    sys.exit(code)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"参数不对 / wrong arguments: {shown(message)}\n{self.format_usage()}")


def _opened_bag(bundle: str) -> Bag:
    try:
        status = os.stat(bundle)  # noqa: PTH116  the path is text from the command line
        if stat.S_ISDIR(status.st_mode):
            return FolderBag(bundle)
        if stat.S_ISREG(status.st_mode):
            with open(bundle, "rb") as stream:  # noqa: PTH123  the same
                packed = stream.read(2) == _GZIP
            if packed:
                return TarBag(bundle)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "?"
        raise Unusable(f"包打不开：{reason}", f"the bundle cannot be opened: {reason}") from None
    raise Unusable("包应为文件夹或 .tar.gz", "the bundle must be a folder or a .tar.gz")
