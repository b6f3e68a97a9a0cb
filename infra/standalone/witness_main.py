"""The command line of ``witness.py``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import NoReturn, Sequence

from infra.standalone.durable_file import write_durably
from infra.standalone.output import emit, open_closed
from infra.standalone.proof_files import LONGEST_PROOF_FILE
from infra.standalone.trust_files import argument_file, keys_of
from infra.standalone.verifier_keys import PublicKey, key_of, looks_like_key
from infra.standalone.witness_key import WitnessKey, held_key, made_key
from infra.standalone.witness_signing import RefusedToSign, answer_to
from infra.standalone.witness_state import STATE_FILE, WitnessState, first_memory
from infra.standalone.wording import Malformed, Unusable, shown, why

DONE, REFUSED, NOT_USABLE = 0, 1, 2
_STATE_VARIABLE = "KAOHE_WITNESS"
_ANSWER_SUFFIX = ".cosignature"


def witness_main(arguments: Sequence[str]) -> int:
    """Run ``witness.py`` with these arguments, and return the exit code."""
    given = _parser().parse_args(arguments)
    home = os.path.join(os.path.expanduser("~"), ".kaohe-witness")  # noqa: PTH111, PTH118  text
    try:
        _run(given.state or os.environ.get(_STATE_VARIABLE) or home, given)
    except RefusedToSign as error:
        emit(f"拒绝签名（{error.code}）：{error.said.zh}\nREFUSED ({error.code}): {error.said.en}")
        return REFUSED
    except Unusable as error:
        emit(f"{error.said.zh}\n{error.said.en}")
        return NOT_USABLE
    except OSError as error:
        emit(f"出错：{why(error)}\nerror: {why(error)}")
        return NOT_USABLE
    return DONE


def _run(folder: str, given: argparse.Namespace) -> None:
    if given.command == "init":
        _init(folder, given.name)
        return
    own = held_key(folder)
    with WitnessState(folder) as state:
        state.read()
        if given.command == "log":
            _add_log(state, given.key)
        elif given.command == "sign":
            _sign(own, state, given.request, given.out)
        else:
            _show(own.key, state)


def run_witness() -> NoReturn:
    """Run the program and end it."""
    open_closed()
    try:
        code = witness_main(sys.argv[1:])
    except KeyboardInterrupt:
        code = NOT_USABLE
    sys.exit(code)


def _init(folder: str, name: str) -> None:
    os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103  paths are text here
    with WitnessState(folder) as state:
        if os.path.lexists(os.path.join(folder, STATE_FILE)):  # noqa: PTH118  paths are text here
            raise Unusable(
                f"文件夹里有 {STATE_FILE} 却没有密钥；请换一个文件夹",
                f"there is a {STATE_FILE} without its key; use another folder",
            )
        own = made_key(folder, name)
        state.store()
    emit("密钥已生成。请把下面的公钥交给办公室和委员会，并当面或用电话核对指纹：")
    emit("The key was made. Hand out this public key, and compare its fingerprint in person:")
    _emit_key(own.key)


def _add_log(state: WitnessState, text: str) -> None:
    try:
        keys = [key_of(text)] if looks_like_key(text) else keys_of(argument_file(text, 1 << 20))
    except Malformed as error:
        raise Unusable(*error.said) from None
    key = keys[0]
    if len(keys) != 1 or not key.is_log:
        raise Unusable("应是一个日志的公钥", "expected the key of one log")
    held = state.logs.get(key.name)
    if held and held.key != key:
        raise Unusable(
            f"日志 {shown(key.name)} 已用另一个公钥（{held.key.key_id.hex()}）登记，不会替换",
            f"{shown(key.name)} is known with another key ({held.key.key_id.hex()}); not replaced",
        )
    if held is None:
        state.logs[key.name] = first_memory(key)
        state.store()
    emit("已登记日志，请核对指纹：\nThe log is known now; compare the fingerprint:")
    _emit_key(key)


def _sign(own: WitnessKey, state: WitnessState, request: str, out: str | None) -> None:
    data = argument_file(request, LONGEST_PROOF_FILE)
    now = int(time.time())
    line, checkpoint, signed_at = answer_to(data, state, own, now)
    path = out or request + _ANSWER_SUFFIX
    try:
        write_durably(path, line.encode("utf-8"))
    except OSError as error:
        raise Unusable(
            f"已签名并记下，但写不了 {shown(path)}：{why(error)}；再运行一次会得到答复",
            f"signed and stored, but cannot write {shown(path)}: {why(error)}; run again",
        ) from None
    name = shown(checkpoint.origin)
    emit(f"已见证 {name} 到 {checkpoint.size} 条，答复在 {shown(path)}，请交回办公室")
    emit(f"Signed {name} at size {checkpoint.size}; the answer, for the office: {shown(path)}")
    if signed_at > now:
        behind = signed_at - now
        emit(f"注意：本机时钟比上次签名慢 {behind} 秒，用了上次的时间，请校准时钟")
        emit(f"Note: the clock is {behind} s behind the last signature, whose time was used")


def _show(own: PublicKey, state: WitnessState) -> None:
    emit("见证公钥 / witness key:")
    _emit_key(own)
    for origin, log in sorted(state.logs.items()):
        emit(f"日志 / log {shown(origin)}: 条数 / size {log.size}, 树根 / root {log.root.hex()}")


def _emit_key(key: PublicKey) -> None:
    emit("\n".join([key.written(), *key.fingerprint()]))


def _parser() -> argparse.ArgumentParser:
    parser = _WitnessParser(prog="witness.py", description="为日志作见证 / Witness a log")
    parser.add_argument("--state", metavar="DIR", help="状态文件夹 / state folder")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    init = commands.add_parser("init", help="生成密钥 / make a key")
    init.add_argument("--name", required=True, help="见证人名称 / name of the witness")
    log = commands.add_parser("log", help="登记日志 / logs to witness")
    added = log.add_subparsers(dest="what", metavar="add", required=True).add_parser("add")
    added.add_argument("key", metavar="KEY", help="日志公钥或文件 / key of the log, or a file")
    sign = commands.add_parser("sign", help="检查请求并签名 / check a request and sign")
    sign.add_argument("request", metavar="REQUEST", help="见证请求文件 / witness request")
    sign.add_argument("--out", metavar="FILE", help="答复写到 / where the answer goes")
    commands.add_parser("show", help="显示公钥和记忆 / show key and memory")
    return parser


class _WitnessParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(
            NOT_USABLE, f"参数不对 / wrong arguments: {shown(message)}\n{self.format_usage()}"
        )
