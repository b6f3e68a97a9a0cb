"""Where the command line meets its surroundings: odd arguments, the environment, pipes, screens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.cli.driving import MAIN, ROOT, ended, events_of, fit_for_a_clerk, refused, started
from tests.cli.registers import YEAR_END, of_length
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe

RECORDING = ["record", "DeploymentStudied", "on=2022-03-01", "unit=应县", "topics=brief"]
CONTROLS = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
posix = pytest.mark.skipif(os.name != "posix", reason="bytes that are no text, and terminals")


@posix
@pytest.mark.parametrize(
    "typed",
    [
        ["score", "\udcff"],
        ["score", "--known-at", "\udcff"],
        ["log", "--unit", "\udcff"],
        [*RECORDING, "note=\udcff"],
        ["retract", "\udcff", "--reason", "x"],
        ["import", "\udcff.jsonl"],
    ],
)
def test_an_argument_that_is_no_text_is_refused(opened: Kaohe, typed: list[str]) -> None:
    """Bytes of another encoding on the command line end in a message, never in a traceback."""
    answer = ended(started(opened.database, *typed))
    assert answer.exit_code == 1, answer
    fit_for_a_clerk(answer.stderr)
    assert len(events_of(opened)) == 5


@pytest.mark.parametrize("actor", ["张\n三", "张\x1b[31m三", "张\udcff三", "张" * 300])
def test_a_name_that_cannot_be_printed_is_refused(opened: Kaohe, actor: str) -> None:
    """Who acts is recorded for ever, so it has to be a name that every list can show."""
    message = refused(opened, "--actor", actor, *RECORDING)
    assert "--actor “张" in message
    assert len(message) < 150
    assert len(events_of(opened)) == 5


@pytest.mark.parametrize("sign", [0x3164, 0x2800, 0x034F, 0x202E, 0x2066, 0xFE0F, 0xE0100])
def test_a_name_with_a_sign_that_nobody_sees_is_refused(opened: Kaohe, sign: int) -> None:
    """It would look like another's; the message names the sign and does not print it as it is."""
    message = refused(opened, "--actor", f"王{chr(sign)}敏", *RECORDING)
    assert f"U+{sign:04X}" in message
    assert "\u202e" not in message
    assert len(events_of(opened)) == 5


def test_a_blank_name_is_no_name(opened: Kaohe) -> None:
    """An empty ``--actor`` is as if none were given: the system's user acts."""
    for blank in ("", "   "):
        opened("--actor", blank, *RECORDING, f"note={blank!r}")
    assert all(event["actor"] for event in events_of(opened))


def test_the_environment_says_which_database_and_who(opened: Kaohe) -> None:
    """KAOHE_DB and KAOHE_ACTOR stand for their options, and the options go first."""
    command = [sys.executable, "-c", MAIN]
    given = {
        **os.environ,
        "KAOHE_DB": opened.database,
        "KAOHE_ACTOR": "赵六",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([*command, *RECORDING], env=given, cwd=opened.folder, check=True)
    subprocess.run(
        [*command, "--actor", "钱七", *RECORDING, "note=2"],
        env=given,
        cwd=opened.folder,
        check=True,
    )
    assert [event["actor"] for event in events_of(opened)][-2:] == ["赵六", "钱七"]


def test_without_any_option_the_database_is_in_the_current_folder(kaohe: Kaohe) -> None:
    """``kaohe init`` makes ``kaohe.db`` where the user stands."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("KAOHE_")}
    command = [sys.executable, "-c", MAIN, "init"]
    subprocess.run(command, env={**given, "PYTHONPATH": str(ROOT)}, cwd=kaohe.folder, check=True)
    assert (kaohe.folder / "kaohe.db").is_file()
    assert "一致" in kaohe("check").stdout


def test_wrong_evidence_is_told_with_its_right_form(opened: Kaohe) -> None:
    """What a cell of a workbook is told, an argument is told too."""
    message = refused(opened, *RECORDING, "evidence=会议记录.pdf abc")
    assert "“会议记录.pdf abc”不是一份佐证材料" in message
    assert "SHA-256" in message


@posix
def test_a_reader_that_has_seen_enough_is_no_error(kaohe: Kaohe) -> None:
    """``kaohe log | head`` ends quietly, and so does whatever else prints a table."""
    kaohe.imports(of_length(600))
    for typed in (["log"], ["log", "--json"], ["late"], ["--help"]):
        process = started(kaohe.database, *typed)
        assert process.stdout is not None
        if typed != ["--help"]:  # written at once
            process.stdout.readline()
        process.stdout.close()
        process.stdout = None
        answer = ended(process)
        assert (answer.exit_code, answer.stderr) == (0, "")


@posix
@pytest.mark.parametrize("closed", ["1", "0 1 2"])
def test_an_output_that_is_closed_is_no_error(opened: Kaohe, closed: str) -> None:
    """``kaohe … >&-``: what nobody can read is not written, and nothing else goes wrong."""
    command = [sys.executable, "-c", MAIN, "--db", opened.database, *RECORDING]
    shell = " ".join(['exec "$@"', *(f"{number}>&-" for number in closed.split())])
    given = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        ["sh", "-c", shell, "sh", *command], env=given, capture_output=True, check=False
    )
    assert (process.returncode, process.stdout) == (0, b"")
    assert b"Traceback" not in process.stderr
    assert len(events_of(opened)) == 6
    opened("verify", "db")


@posix
def test_a_terminal_that_cannot_show_chinese_gets_an_answer(kaohe: Kaohe) -> None:
    """Signs that the terminal has no code for are written in another way, and nothing fails."""
    kaohe.imports(EVERY_TYPE)
    typed = ["rank", "--as-of", YEAR_END]
    shown = on_a_terminal(kaohe, typed, columns=200, PYTHONIOENCODING="ascii")[0]
    assert "应县" in shown or "\\u5e94\\u53bf" in shown


@posix
@pytest.mark.parametrize(
    "typed",
    [
        ["score", "--as-of", YEAR_END],
        ["score", "应县", "--as-of", "2023-01-31"],
        ["rank", "--as-of", YEAR_END],
        ["log"],
        ["rulebook", "show"],
        ["rulebook", "readings"],
    ],
    ids=" ".join,
)
def test_a_terminal_of_eighty_columns_hides_nothing(kaohe: Kaohe, typed: list[str]) -> None:
    """What does not fit beside one another is broken into lines: no cell is cut, no column lost."""
    kaohe.imports(EVERY_TYPE)
    wide = kaohe(*typed).stdout
    narrow = on_a_terminal(kaohe, typed, columns=80)[0]
    assert "…" not in narrow
    assert squeezed(wide) == squeezed(narrow)


@posix
@pytest.mark.parametrize(
    ("typed", "label"),
    [(["import", "{file}"], "导入 "), (["rebuild"], "重新计算"), (["check"], "核对")],
)
def test_long_work_shows_its_progress_on_a_terminal_only(
    kaohe: Kaohe, typed: list[str], label: str
) -> None:
    """A bar runs on stderr while something takes its time; a file gets no trace of it."""
    path = kaohe.file(of_length(400))
    kaohe("import", path)
    words = [word.format(file=kaohe.file(of_length(400, "乙", opening=False))) for word in typed]
    seen, data = on_a_terminal(kaohe, words, columns=100, output="stderr")
    assert label in seen
    assert "%" in seen
    assert label not in data
    answer = kaohe(*words)
    assert "%" not in answer.stdout + answer.stderr


def squeezed(text: str) -> list[str]:
    """Return the signs of a text in no order, without those that draw tables."""
    return sorted(sign for sign in text if not sign.isspace() and sign not in "─━…")


def on_a_terminal(
    kaohe: Kaohe,
    typed: list[str],
    *,
    columns: int,
    output: str = "stdout",
    **environment: str,
) -> tuple[str, str]:
    """Return what a command writes to a terminal of that width, and what to its other output."""
    import fcntl  # noqa: PLC0415  only where there are POSIX terminals
    import pty  # noqa: PLC0415  the same
    import struct  # noqa: PLC0415  the same
    import termios  # noqa: PLC0415  the same

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-c", MAIN, "--db", kaohe.database, *typed]
    given = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TERM": "xterm"}
    given |= environment
    given.pop("COLUMNS", None)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, output: theirs}
    process = subprocess.Popen(command, env=given, **streams)  # type: ignore[call-overload]
    os.close(theirs)
    found = b""
    with suppress(OSError):  # the terminal is gone when the process is
        while part := os.read(ours, 65536):
            found += part
    os.close(ours)
    other = b"".join(part for part in process.communicate() if part)
    assert process.returncode == 0, other
    return CONTROLS.sub("", found.decode("utf-8")), other.decode("utf-8")
