"""What a cell shows of texts and numbers: sentences, tables and sections that open.

What people typed may be among it. It becomes a text node here, and so never a tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

__all__ = ["Sentences", "Shown", "heading", "line", "opening", "sentences", "table"]

_CELL = "text-align:left;vertical-align:top;padding:0.25em 1.2em 0.25em 0;white-space:normal"
_RULE = "border-bottom:1px solid currentColor"


class Shown:
    """Something to read, in a notebook and as plain text.

    Parameters
    ----------
    text
        Without any mark-up, for a terminal.
    html
        The same for a page; every text in it is escaped.
    """

    def __init__(self, text: str, html: str) -> None:
        self.text = text
        self.html = html

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.html}

    def __repr__(self) -> str:
        return self.text


class Sentences(list[str]):
    """Sentences that a notebook shows below each other."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return sentences(self)._repr_mimebundle_()


def sentences(said: Iterable[str], *, large: bool = False) -> Shown:
    """Show sentences below each other.

    Examples
    --------
    >>> sentences(["a < b"]).html
    '<ul style="line-height:1.5"><li>a &lt; b</li></ul>'
    """
    listed = ET.Element("ul", {"style": f"line-height:1.5{';font-size:1.3em' if large else ''}"})
    texts = list(said)
    for text in texts:
        ET.SubElement(listed, "li").text = text
    return Shown("\n".join(texts), _written(listed))


def line(text: str) -> Shown:
    """Show one text; a long one goes on in a next line."""
    root = ET.Element("div", {"style": "line-height:1.5;white-space:normal"})
    root.text = text
    return Shown(text, _written(root))


def heading(text: str) -> Shown:
    """Show one line in large letters."""
    root = ET.Element("h2", {"style": "font-size:1.9em;line-height:1.2;margin:0.4em 0 0"})
    root.text = text
    return Shown(text, _written(root))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "") -> Shown:
    """Show rows under their columns, the first cell of a row as its head."""
    root = ET.Element(
        "table", {"style": "border-collapse:collapse;font-size:1em;line-height:1.5;margin:0.5em 0"}
    )
    if caption:
        ET.SubElement(root, "caption", {"style": "text-align:left;font-weight:bold"}).text = caption
    head = ET.SubElement(ET.SubElement(root, "thead"), "tr")
    for column in columns:
        ET.SubElement(head, "th", {"scope": "col", "style": f"{_CELL};{_RULE}"}).text = column
    body = ET.SubElement(root, "tbody")
    texts = [[str(cell) for cell in row] for row in rows]
    for row in texts:
        line = ET.SubElement(body, "tr")
        for place, cell in enumerate(row):
            attributes = {"style": _CELL} if place else {"scope": "row", "style": f"{_CELL};font-weight:600"}
            ET.SubElement(line, "td" if place else "th", attributes).text = cell
    plain = [*([caption] if caption else []), *(" | ".join(row) for row in [list(columns), *texts])]
    return Shown("\n".join(plain), _written(root))


def opening(entries: Iterable[tuple[str, Sequence[str]]]) -> Shown:
    """Show headings that each open to a few paragraphs."""
    root, plain = ET.Element("div"), []
    for heading, paragraphs in entries:
        part = ET.SubElement(root, "details", {"style": "margin:0.4em 0"})
        ET.SubElement(part, "summary", {"style": "cursor:pointer"}).text = heading
        for paragraph in paragraphs:
            ET.SubElement(part, "p", {"style": "margin:0.4em 0 0.4em 1.2em;max-width:60em"}).text = paragraph
        plain.append("\n  ".join([heading, *paragraphs]))
    return Shown("\n".join(plain), _written(root))


def _written(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode", method="html")
