"""The circular as a Word document, filled into a template that an office can replace.

A template is Jinja2 in a ``.docx``, as docxtpl reads it. What the register holds is put in as
text: it is escaped, and never read as a tag.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from domain.errors import Refused
from infra.documents.packaged_template import zipped

if TYPE_CHECKING:
    from jinja2 import Environment

_LONGEST_SHOWN = 60
_BREAK = "\n"
_TROUBLES: Mapping[type[Exception], str] = {
    TemplateSyntaxError: "标记不合语法",
    SecurityError: "标记做了模板不许做的事",
    UndefinedError: "标记所指的内容不在通报的数据里",
    etree.XMLSyntaxError: "填写之后不再是完好的文档，{%p、{%tr、{%tc 应各自独占一段、一行、一格",
}
_UNFILLED = "标记填不出来"
_FAILURES = (
    TemplateError,
    etree.XMLSyntaxError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a template can go wrong with while it is filled."""
_NOT_IN_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_FIX = (
    "请用 Word 打开改正。可以先用 kaohe export circular-template 写出现成的模板，"
    "与它对照；各标记的含义见 docs/guide/circular.md。"
)


class _Watched(DocxTemplate):  # type: ignore[misc]  # docxtpl has no annotations
    """A template that remembers what it is filling, and takes no broken markup."""

    lines: tuple[str, ...] = ()
    place = "正文"

    def render_xml_part(
        self,
        src_xml: str,
        part: Any,  # noqa: ANN401  as docxtpl has it
        context: dict[str, Any],
        jinja_env: Environment,
    ) -> str:
        """Fill one part: the text, or a header or footer. Jinja counts paragraphs as lines."""
        self.lines = tuple(re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).split("\n"))
        self.place = "正文" if "document" in str(part.partname) else "页眉或页脚"
        filled: str = super().render_xml_part(src_xml, part, context, jinja_env)
        etree.fromstring(filled.encode())  # docxtpl itself would mend it by leaving things out
        return filled


def circular_docx(document: Mapping[str, Any], template: bytes, *, name: str) -> bytes:
    """Return ``template`` filled with a circular, dated the day that the circular tells of.

    The same document and template give the same bytes.

    Raises ``Refused`` when the template, called ``name``, cannot be opened or filled: it says
    what is wrong and beside which words.
    """
    opened = _opened(template, name)
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_plain
    )
    try:
        opened.render(dict(document), environment, autoescape=True)
    except _FAILURES as error:
        raise _broken(name, opened, error) from error
    if not opened.get_undeclared_template_variables(environment) & document.keys():
        message = f"模板 {name} 里没有任何要填的标记，写出来的不会是通报"
        raise Refused(message, fix=_FIX)
    properties = opened.docx.core_properties
    properties.title = "".join(document["title"])
    properties.created = properties.modified = datetime.combine(
        date.fromisoformat(document["as_of"]), time(), UTC
    )
    held = BytesIO()
    opened.save(held)
    with ZipFile(held) as archive:
        return zipped({member: archive.read(member) for member in archive.namelist()})


def _opened(template: bytes, name: str) -> _Watched:
    opened = _Watched(BytesIO(template))
    try:
        opened.init_docx()
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Refused(f"模板 {name} 不是完好的 Word 文档（.docx）", fix=_FIX) from error
    return opened


def _plain(value: Any) -> Markup:  # noqa: ANN401  whatever a tag names
    """Return a value as text of the document: braces are written so that nobody reads a tag."""
    text = str(escape(str(value).translate(_NOT_IN_XML)))
    return Markup(text.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704  escaped above


def _broken(name: str, opened: _Watched, error: Exception) -> Refused:
    what = next((said for kind, said in _TROUBLES.items() if isinstance(error, kind)), _UNFILLED)
    beside = _beside(opened, error)
    where = f"{opened.place}“{beside}”" if beside else opened.place
    return Refused(
        f"模板 {name} 的{where}处：{what}（{str(error).partition(_BREAK)[0]}）", fix=_FIX
    )


def _beside(opened: _Watched, error: Exception) -> str:
    """Return the words of the paragraph in which the template failed, as far as that is known."""
    number = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            number = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, etree.XMLSyntaxError) or not number or number > len(opened.lines):
        return ""
    text = re.sub(r"<[^>]+>", "", opened.lines[number - 1]).strip()
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
