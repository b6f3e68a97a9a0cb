"""A drawing in SVG that needs nothing else: no script, no style sheet, no font."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from rich.cells import cell_len, set_cell_size

INK, FAINT, GRID, MARKED = "#1f2933", "#616e7c", "#e4e7eb", "#b5541c"

_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_SHORT = {"anchor": "text-anchor", "size": "font-size", "weight": "font-weight"}

# XML has no way to write these, not even escaped.
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


class Canvas:
    """A white sheet of so many pixels, on which parts are put one over the other."""

    def __init__(self, title: str, width: int, height: int, *, role: str = "img") -> None:
        """Begin a drawing; ``title`` is what it is called by who cannot see it."""
        self._svg = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width} {height}",
                "width": str(width),
                "height": str(height),
                "role": role,
                "font-family": _FONTS,
                "font-size": "13",
                "fill": INK,
            },
        )
        tip(self._svg, title)
        self.add("rect", width=width, height=height, fill="#ffffff")

    def add(self, tag: str, parent: Element | None = None, **attributes: object) -> Element:
        """Add a part, to ``parent`` if one is given; positions are in pixels.

        ``stroke_width`` is the attribute ``stroke-width``.
        """
        shown = {
            name.replace("_", "-"): number(value) if isinstance(value, float) else str(value)
            for name, value in attributes.items()
        }
        return SubElement(self._svg if parent is None else parent, tag, shown)

    def text(
        self, text: str, x: float, y: float, parent: Element | None = None, **style: object
    ) -> None:
        """Write ``text`` with its base line at ``y``, styled by ``anchor``, ``size``, ``fill``."""
        placed = {_SHORT.get(name, name): value for name, value in style.items()}
        part = self.add("text", parent, x=float(x), y=float(y), **placed)
        part.text = text.translate(_UNWRITABLE)

    def drawn(self) -> str:
        """Return the drawing as it stands in a page; the same parts always give the same text."""
        indent(self._svg)
        return tostring(self._svg, encoding="unicode") + "\n"


def tip(part: Element, text: str) -> None:
    """Say ``text`` when one points at ``part``."""
    SubElement(part, "title").text = text.translate(_UNWRITABLE)


def svg_file(drawn: str) -> str:
    """Return a drawing as a file of its own."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + drawn


def fitting(text: str, size: int, room: float) -> str:
    """Return ``text``, cut where it would leave the room: a Latin sign is half a Chinese one."""
    most = int(2 * room // size)
    return text if cell_len(text) <= most else set_cell_size(text, most - 1) + "…"


def number(value: float) -> str:
    """Return ``value`` to a tenth of a pixel, without trailing zeros."""
    return f"{value:.1f}".removesuffix(".0")
