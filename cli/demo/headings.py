"""The headings of the demonstration's parts."""

from __future__ import annotations

import click


def section(title: str) -> None:
    """Print the heading of a part."""
    click.echo()
    click.secho(f"── {title}", bold=True)
    click.echo()
