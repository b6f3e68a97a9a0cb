"""Printing, whatever the terminal can show and whether or not anybody still reads."""

from __future__ import annotations

import os
import sys


def open_closed() -> None:
    """Let the streams that whoever started the program has closed (``>&-``) lead nowhere.

    In the order of their numbers: no file that is opened later may take the number of one that
    something writes to.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115  stays open
            setattr(sys, name, nowhere)


def emit(text: str) -> None:
    """Print ``text`` and a line feed: as UTF-8 into files and pipes, as it can be on a terminal."""
    out = sys.stdout
    try:
        if out.isatty() or not hasattr(out, "buffer"):
            encoding = out.encoding or "utf-8"
            out.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        else:
            out.flush()
            out.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
        out.flush()
    except OSError:
        # Nobody reads any more. What is left must not be flushed again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
