"""A page made from its template and a plain document."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from infra.pages.markdown import as_text

_TEMPLATES: Final = resources.files("infra.pages") / "templates"


def render(template: str, /, **values: object) -> str:
    """Return the page that ``template`` makes of ``values``; the same ones give the same text.

    Whatever a register holds is text, never markup, in HTML and in Markdown (``.md``). A value
    that a template names and nobody gave is an error, not a gap in the page.
    """
    environment = _markdown() if template.endswith(".md") else _environment()
    return environment.get_template(template).render(**values)


@cache
def _markdown() -> Environment:
    return _environment().overlay(finalize=as_text)


def source(name: str) -> str:
    """Return a template, or what stands beside the templates, as it is written."""
    return (_TEMPLATES / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(source),
        autoescape=select_autoescape(disabled_extensions=("md",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
