"""A verdict on what somebody else handed over, told by the exit code even where nothing is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import click

from cli.output import stop_printing
from domain.errors import KaoheError


class NoVerdict(KaoheError):
    """Something else went wrong: neither tampering nor its absence was shown (exit code 2)."""

    exit_code: ClassVar[int] = 2


@contextmanager
def ending_with_a_verdict() -> Iterator[None]:
    """Let a command end with 0, 1 or 3 for a verdict only; whatever prevents one ends it with 2.

    Of a bundle 1 means that it was tampered with (note 6), which must not be said because a key
    was pressed or a disk is full.
    """
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, NoVerdict):
        raise
    except KeyboardInterrupt:
        raise NoVerdict("已中止，没有得出结论", fix="请重新核验。") from None
    except KaoheError as error:
        raise NoVerdict(f"没有得出结论：{error.what}", fix=error.fix) from None
    except Exception as error:
        settings = click.get_current_context().find_root().obj
        if settings.debug:
            raise
        from cli.troubles import explained

        found = explained(error, settings)
        raise NoVerdict(f"没有得出结论：{found.what}", fix=found.fix) from None


def say(text: str) -> None:
    """Print a part of the verdict. A reader who has seen enough does not change it.

    Raises ``NoVerdict`` when it cannot be written, such as to a disk that is full.
    """
    try:
        click.echo(text)
    except BrokenPipeError:
        stop_printing()
    except OSError as error:
        stop_printing()
        message = f"核验的结论写不出来：{error.strerror}"
        raise NoVerdict(message, fix="请核对磁盘空间，或改输出到屏幕。") from None
