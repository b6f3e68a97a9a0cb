"""What follows when lines were recorded: checkpoints, and a word about a clock that was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.clock import ahead_of_clock
from cli.signing import sign
from domain.events.publications import ScoresPublished
from domain.events.setting import CycleClosed

if TYPE_CHECKING:
    from cli.office import Office
    from infra.recording import Outcome


def after_recording(opened: Office, outcome: Outcome) -> None:
    """Sign when a cycle was closed or scores were published; tell what is in the future."""
    for event, what in ((CycleClosed, "年度关闭"), (ScoresPublished, "公布")):
        if any(isinstance(decided.event, event) for decided in outcome.recorded):
            sign(opened, what)
    recorded = outcome.recorded or outcome.proposal
    if recorded and (told := ahead_of_clock(opened)):
        click.echo(f"注意：{told}", err=True)
